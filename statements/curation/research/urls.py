from django.urls import path

from statements.curation.research import views

PARTY = "<slug:election>/<slug:municipality>/<slug:slug>/"
STATEMENT = f"{PARTY}<slug:key>/"
urlpatterns = [
    path("", views.front, name="research"),
    path("<slug:election>/", views.research_list, name="research_list"),
    path(PARTY, views.research_party, name="research_party"),
    path(STATEMENT, views.research_statement, name="research_statement"),
    path(f"{STATEMENT}<int:pk>/nakijken/", views.research_check, name="research_check"),
    path(f"{STATEMENT}<int:pk>/terug/", views.research_withdraw, name="research_withdraw"),
]
