from django.urls import path, register_converter

from stemhulp.quiz.views import answering, public


class ElectionSlug:
    """The kind of election and its year, such as gr2022."""

    regex = "[a-z]{1,8}[0-9]{4}[a-z]?"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(ElectionSlug, "election")

app_name = "quiz"
# The addresses of a contest that are asked for most come first: they are tried in this order.
CONTEST = "<election:election>/<slug:municipality>"
urlpatterns = [
    path(f"{CONTEST}/stelling/<int:number>/", answering.statement, name="statement"),
    path(f"{CONTEST}/uitslag/", answering.result, name="result"),
    path(f"{CONTEST}/", public.introduction, name="introduction"),
    path("", public.landing, name="landing"),
    path("<election:election>/", public.landing, name="election"),
    path("hoe-werkt-het/", public.method, name="method"),
    path(f"{CONTEST}/begin/", answering.start, name="start"),
    path(f"{CONTEST}/stellingen/", answering.overview, name="overview"),
    path(f"{CONTEST}/weging/", answering.weights, name="weights"),
    path(f"{CONTEST}/uitslag/<int:number>/", answering.answer, name="answer"),
    path(f"{CONTEST}/hoe-werkt-het/", answering.own_methods, name="own_methods"),
    path(f"{CONTEST}/editie/", public.editions, name="editions"),
    path(f"{CONTEST}/editie/<int:number>.json", public.edition_file, name="edition_file"),
    path(f"{CONTEST}/wissen/", answering.erase, name="erase"),
    path(f"{CONTEST}/gewist/", answering.erased, name="erased"),
]
