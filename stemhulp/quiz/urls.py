from django.urls import URLPattern, path

from stemhulp.quiz import converters  # noqa: F401  # it registers them
from stemhulp.quiz.views import answering, handouts, languages, public, result

app_name = "quiz"
CONTEST = "<election:election>/<slug:municipality>"


def pages_of(contest: str) -> list[URLPattern]:
    """The pages of a contest under this address, those that are asked for most in front.

    Staff try what is not published yet on the same pages, under an address of their own.
    """
    return [
        path(f"{contest}/stelling/<int:number>/", answering.statement, name="statement"),
        path(f"{contest}/uitslag/", result.result, name="result"),
        path(f"{contest}/", public.introduction, name="introduction"),
        path(f"{contest}/begin/", answering.start, name="start"),
        path(f"{contest}/stellingen/", answering.overview, name="overview"),
        path(f"{contest}/weging/", answering.weights, name="weights"),
        path(f"{contest}/uitslag/<int:number>/", result.answer, name="answer"),
        path(f"{contest}/uitslag/partij/<slug:party>/", result.party, name="party"),
        path(f"{contest}/uitslag/vergelijk/", result.compare, name="compare"),
        path(f"{contest}/uitslag/profielen/", result.profiles, name="profiles"),
        path(f"{contest}/uitslag/pdf/", handouts.result_pdf, name="result_pdf"),
        path(f"{contest}/uitslag/afbeelding/", handouts.result_image, name="result_image"),
        path(f"{contest}/uitslag/afbeelding.png", handouts.result_png, name="result_png"),
        path(f"{contest}/hoe-werkt-het/", answering.own_methods, name="own_methods"),
        path(f"{contest}/editie/", public.editions, name="editions"),
        path(f"{contest}/editie/<int:number>.json", public.edition_file, name="edition_file"),
        path(f"{contest}/delen/", public.share, name="share"),
        path(f"{contest}/delen/voorbeeld.png", handouts.preview, name="preview"),
        path(f"{contest}/delen/flyer-<paper:paper>.pdf", handouts.flyer, name="flyer"),
        path(f"{contest}/taal/", languages.choose, name="language"),
        path(f"{contest}/taal/<slug:language>/<path:rest>", languages.fetch, name="fetch"),
        path(f"{contest}/wissen/", answering.erase, name="erase"),
        path(f"{contest}/gewist/", answering.erased, name="erased"),
    ]


_most, _others = pages_of(CONTEST)[:3], pages_of(CONTEST)[3:]
urlpatterns = [  # they are tried in this order
    *_most,
    path("", public.landing, name="landing"),
    path("<election:election>/", public.landing, name="election"),
    path("<election:election>/voorbeeld.png", handouts.election_preview, name="election_preview"),
    path("hoe-werkt-het/", public.method, name="method"),
    path("privacy/", public.privacy, name="privacy"),
    path("toegankelijkheid/", public.accessibility, name="accessibility"),
    *_others,
    path("<slug:municipality>/", public.shortcut, name="shortcut"),
]
