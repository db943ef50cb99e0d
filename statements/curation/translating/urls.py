from django.urls import path

from statements.curation.access import to_first_election
from statements.curation.translating import views

LANGUAGE = "<slug:election>/<slug:language>/"
urlpatterns = [
    path("", to_first_election("curation:translation_overview"), name="translations"),
    path("<slug:election>/", views.overview, name="translation_overview"),
    path(LANGUAGE, views.listing, name="translation_list"),
    path(f"{LANGUAGE}<slug:subject>/", views.translation, name="translation"),
    path(f"{LANGUAGE}<slug:subject>/nagelezen/", views.review, name="translation_review"),
]
