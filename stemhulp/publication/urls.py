"""Addresses of the editors' first page, and of publishing."""

from django.urls import path

from statements.curation.access import to_first_election
from stemhulp.publication.views import contest, desk, overview, preview, together

app_name = "publication"
ROOM = "publiceren/"
CONTEST = f"{ROOM}<slug:election>/<slug:municipality>/"
urlpatterns = [
    path("", desk.desk, name="desk"),
    path(ROOM, to_first_election("publication:overview"), name="publish"),
    path(f"{ROOM}proef/hoe-werkt-het/", preview.method, name="method"),
    path(f"{ROOM}<slug:election>/", overview.overview, name="overview"),
    path(f"{ROOM}<slug:election>/samen/", together.together, name="together"),
    path(f"{ROOM}<slug:election>/samen/goedkeuren/", together.approve, name="approve_together"),
    path(f"{ROOM}<slug:election>/samen/<int:pk>/", together.progress, name="progress"),
    path(f"{ROOM}<slug:election>/samen/<int:pk>/verder/", together.go_on, name="go_on"),
    path(CONTEST, contest.contest, name="contest"),
    path(f"{CONTEST}publiceer/", contest.publish, name="publish_contest"),
    path(f"{CONTEST}voorstel/<int:pk>/goedkeuren/", contest.approve, name="approve"),
    path(f"{CONTEST}voorstel/<int:pk>/afwijzen/", contest.decline, name="decline"),
    path(f"{CONTEST}terug/<int:number>/", contest.roll_back, name="roll_back"),
    path(f"{CONTEST}proef/", preview.preview, name="preview"),
    path(f"{CONTEST}proef/<path:rest>", preview.preview, name="preview_page"),
]
