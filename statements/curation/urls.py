"""Addresses for VluchtelingenWerk's own people: one room for each subject."""

from django.urls import include, path

app_name = "curation"
urlpatterns = [
    path("lijsten/", include("statements.curation.lists.urls")),
    path("voortgang/", include("statements.curation.progress.urls")),
    path("stellingen/", include("statements.curation.writing.urls")),
    path("vertalingen/", include("statements.curation.translating.urls")),
    path("gemeenten/", include("statements.curation.ballot.urls")),
    path("doorlichting/", include("statements.curation.set_audit.urls")),
    path("programma/", include("statements.curation.research.urls")),
    path("toelichtingen/", include("statements.curation.moderation.urls")),
    path("inhoud/", include("statements.curation.features.urls")),
    path("regios/", include("statements.curation.regions.urls")),
    path("verkiezingen/", include("statements.curation.elections.urls")),
    path("collegas/", include("statements.curation.colleagues.urls")),
    path("logboek/", include("statements.curation.log.urls")),
]
