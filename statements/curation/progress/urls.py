from django.urls import path

from statements.curation.access import to_first_election
from statements.curation.progress import views

urlpatterns = [
    path("", to_first_election("curation:progress_election"), name="progress"),
    path("<slug:election>/", views.progress, name="progress_election"),
    path("<slug:election>/voortgang.csv", views.progress_file, name="progress_file"),
    path("<slug:election>/herinneren/", views.reminder, name="reminder"),
    path("<slug:election>/herinneren/versturen/", views.send_reminder, name="send_reminder"),
]
