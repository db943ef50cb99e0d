"""Addresses of the whole product."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from statements.portal.urls import PARTY
from stemhulp import administration
from stemhulp.editions.views import health
from stemhulp.logo import logo
from stemhulp.quiz.views.preview import party_preview
from stemhulp.secure import notices
from stemhulp.watch.views import live, ready

urlpatterns = [
    path(".well-known/security.txt", notices.security, name="security_txt"),
    path("robots.txt", notices.robots, name="robots_txt"),
    path("logo", logo, name="logo"),
    path("health/live", live, name="health_live"),
    path("health/ready", ready, name="health_ready"),
    path("health/editions", health, name="health_editions"),
    path("account/", include("parties.accounts.urls")),
    path(f"partij/{PARTY}voorbeeld/", party_preview, name="party_preview"),
    path("partij/", include("statements.portal.urls")),
    path("redactie/", include("stemhulp.publication.urls")),
    path("redactie/", include("statements.curation.urls")),
    path("beheer/", administration.site.urls),
    path("api/v1/", include("stemhulp.opendata.api.urls")),
    *i18n_patterns(
        path("", include("stemhulp.opendata.downloads.urls")),
        path("", include("stemhulp.opendata.country.urls")),
        path("", include("stemhulp.opendata.use.urls")),
        path("", include("stemhulp.quiz.urls")),
        prefix_default_language=False,
    ),
]

if settings.DEMO:
    urlpatterns.insert(0, path("demo/", include("stemhulp.demo.urls")))

handler400 = "stemhulp.quiz.problems.bad_request"
handler403 = "stemhulp.quiz.problems.forbidden"
handler404 = "stemhulp.quiz.problems.not_found"
handler429 = "parties.problems.too_often"  # allauth's
