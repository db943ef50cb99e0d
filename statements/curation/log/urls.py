from django.urls import path

from statements.curation.log import views

urlpatterns = [
    path("", views.log, name="log"),
    path("bestand/", views.export, name="log_file"),
]
