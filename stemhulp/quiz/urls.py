from django.urls import path, register_converter

from stemhulp.quiz import views


class ElectionSlug:
    """The kind of election and its year, such as gr2022."""

    regex = "[a-z]{1,8}[0-9]{4}[a-z]?"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(ElectionSlug, "election")

app_name = "quiz"
urlpatterns = [
    path("", views.landing, name="landing"),
    path("hoe-werkt-het/", views.method, name="method"),
    path("<election:election>/", views.landing, name="election"),
    path("<election:election>/<slug:municipality>/", views.introduction, name="introduction"),
    path("<election:election>/<slug:municipality>/begin/", views.start, name="start"),
    path(
        "<election:election>/<slug:municipality>/stelling/<int:number>/",
        views.statement,
        name="statement",
    ),
    path("<election:election>/<slug:municipality>/weging/", views.weights, name="weights"),
    path("<election:election>/<slug:municipality>/uitslag/", views.result, name="result"),
    path(
        "<election:election>/<slug:municipality>/hoe-werkt-het/",
        views.own_methods,
        name="own_methods",
    ),
    path("<election:election>/<slug:municipality>/editie/", views.editions, name="editions"),
    path(
        "<election:election>/<slug:municipality>/editie/<int:number>.json",
        views.edition_file,
        name="edition_file",
    ),
    path("<election:election>/<slug:municipality>/wissen/", views.erase, name="erase"),
    path("<election:election>/<slug:municipality>/gewist/", views.erased, name="erased"),
]
