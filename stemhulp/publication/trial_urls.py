"""The addresses of the voter's pages for someone who tries what is not published yet.

They are those of `stemhulp.quiz.urls` by the same names, so that every link stays in the trial.
"""

from django.urls import include, path

from stemhulp.publication.views import preview
from stemhulp.quiz.urls import pages_of
from stemhulp.quiz.views import public

ROOM = "redactie/publiceren/"

quiz = [
    *pages_of(f"{ROOM}<election:election>/<slug:municipality>/proef"),
    path(ROOM, preview.leave, name="landing"),
    path(f"{ROOM}<election:election>/", preview.leave, name="election"),
    path(f"{ROOM}proef/hoe-werkt-het/", preview.method, name="method"),
    # Says nothing of any municipality, so a trial leads to the page that voters have.
    path("privacy/", public.privacy, name="privacy"),
    path("toegankelijkheid/", public.accessibility, name="accessibility"),
]
urlpatterns = [
    path("", include((quiz, "quiz"))),
    path("redactie/", include("stemhulp.publication.urls")),
]
