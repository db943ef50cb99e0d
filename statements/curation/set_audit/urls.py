from django.urls import path

from statements.curation.set_audit import views

CONTEST = "<slug:election>/<slug:municipality>/"
urlpatterns = [
    path("", views.front, name="set_audit"),
    path("<slug:election>/", views.election, name="set_audit_election"),
    path(CONTEST, views.contest, name="set_audit_contest"),
    path(f"{CONTEST}kiezers/", views.voters, name="set_audit_voters"),
]
