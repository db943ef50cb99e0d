from django.urls import path

from statements.curation.elections import views

ELECTION = "<slug:election>/"
urlpatterns = [
    path("", views.elections, name="elections"),
    path("nieuw/", views.new_election, name="new_election"),
    path(ELECTION, views.election, name="election"),
    path(f"{ELECTION}verbeteren/", views.correct_election, name="correct_election"),
    path(f"{ELECTION}gemeenten/nieuw/", views.new_municipality, name="new_municipality"),
    path(f"{ELECTION}gemeenten/", views.election_contests, name="election_contests"),
    path(f"{ELECTION}gemeenten/overnemen/", views.copy_contests, name="copy_contests"),
    path(f"{ELECTION}gemeenten/tabellen/", views.read_tables, name="read_tables"),
    path(f"{ELECTION}gemeenten/weg/", views.remove_contests, name="remove_contests"),
    path(f"{ELECTION}stellingen/", views.copy_statements, name="copy_statements"),
]
