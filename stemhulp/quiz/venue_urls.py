"""The addresses within a venue: the voter's, and no others."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from stemhulp.quiz.urls import CONTEST
from stemhulp.quiz.views import kiosk

urlpatterns = [
    path("opnieuw/", kiosk.restart, name="restart"),
    *i18n_patterns(
        path(f"{CONTEST}/<path:page>nog-daar/", kiosk.still_there, name="still_there"),
        path("", include("stemhulp.quiz.urls")),
        prefix_default_language=False,
    ),
]

handler400 = "stemhulp.quiz.problems.bad_request"
handler403 = "stemhulp.quiz.problems.forbidden"
handler404 = "stemhulp.quiz.problems.not_found"
