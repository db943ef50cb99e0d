"""The pages that voters meet. Each fetches an edition from memory, never from the database."""

from http import HTTPStatus
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers

from parties.search import Answer, Outcome
from statements.models import Stance
from stemhulp.editions import store
from stemhulp.editions.changes import changes
from stemhulp.editions.edition import Edition, Election, Statement
from stemhulp.editions.guide import Guide
from stemhulp.quiz import answers, refusals
from stemhulp.quiz.answers import Answers
from stemhulp.quiz.facts import facts
from stemhulp.quiz.forms import StanceForm, WeightsForm
from stemhulp.quiz.problems import Problem, WayOn
from stemhulp.quiz.requests import VoterRequest, takes
from stemhulp.quiz.result import by_method, calculate

LENGTH_OF_POSTCODE = 4
SEARCH_STATUS = {
    Outcome.NOT_A_POSTCODE: 400,
    Outcome.TOO_LONG: 400,
    Outcome.NO_POSTCODES: 404,
    Outcome.UNKNOWN_POSTCODE: 404,
    Outcome.UNKNOWN_NAME: 404,
    Outcome.SUGGESTION: 404,
}


@takes("GET", "HEAD")
def landing(request: VoterRequest, election: str = "") -> HttpResponse:
    """What this is, and finding one's municipality: by form, or while typing."""
    known = store.elections(timezone.localdate())
    guide = store.guide(election or (known[0].slug if known else ""))
    if guide is None:
        raise refusals.no_election(election)
    question = request.GET.get("plaats", "")
    # While someone is still typing, the beginning of a postcode is no mistake.
    is_begun = request.htmx and question.isdecimal() and len(question) < LENGTH_OF_POSTCODE
    answer = guide.gazetteer.find("" if is_begun else question)
    if not request.htmx and answer.is_certain and len(answer.results) == 1:
        return redirect("quiz:introduction", guide.election.slug, answer.results[0].locality.slug)
    return _show_landing(request, guide, question, answer, others=known)


def _show_landing(
    request: VoterRequest, guide: Guide, question: str, answer: Answer, others: tuple[Election, ...]
) -> HttpResponse:
    template = "quiz/landing.html"
    response = render(
        request,
        f"{template}#results" if _wants_fragment(request) else template,
        {
            "guide": guide,
            "election": guide.election,
            "question": question[:80],
            "answer": answer,
            "outcome": answer.outcome.name,
            "is_over": guide.election.date < timezone.localdate(),
            "others": [other for other in others if other != guide.election],
        },
        # Nor is half a name.
        status=200 if request.htmx else SEARCH_STATUS.get(answer.outcome, 200),
    )
    patch_vary_headers(response, ["HX-Request"])
    return _for_everyone(response)


@takes("GET", "HEAD")
def introduction(request: VoterRequest, election: str, municipality: str) -> HttpResponse:
    """What is on the ballot and what happens with answers; or why there is no election here."""
    guide = _guide(election)
    if absence := guide.absences.get(municipality):
        is_over = guide.election.date < timezone.localdate()
        context = {"absence": absence, "election": guide.election, "is_over": is_over}
        return _for_everyone(render(request, "quiz/absence.html", context))
    if municipality not in guide.municipalities:
        return _by_another_name(guide, municipality)
    edition = _edition_in(guide, municipality)
    context = {
        "edition": edition,
        "answered": sum(party.answered > 0 for party in edition.parties),
        "is_over": edition.election.date < timezone.localdate(),
    }
    return _for_everyone(render(request, "quiz/introduction.html", context))


@takes("GET", "HEAD", "POST")
def start(request: VoterRequest, election: str, municipality: str) -> HttpResponse:
    """The button that is the consent: from here on there is a cookie.

    Pressed again, it leads on to where the voter was; nothing is lost.
    """
    edition = _edition(election, municipality)
    if request.method != "POST" or not edition.statements:
        return redirect("quiz:introduction", election, municipality)
    fresh = Answers(edition.path, edition=_number(edition))
    try:
        given = answers.read(request, edition) or fresh
    except answers.UnreadableAnswers:
        given = fresh
    return _redirect(_statement_url(edition, given.first_open(edition) or 1), given)


@takes("GET", "HEAD", "POST")
def statement(request: VoterRequest, election: str, municipality: str, number: int) -> HttpResponse:
    """One statement; a POST answers it and leads to the next."""
    edition = _edition(election, municipality)
    if not 1 <= number <= len(edition.statements):
        raise refusals.no_statement(edition, number)
    given = _answers(request, edition)
    asked = edition.statements[number - 1]
    if request.method == "POST":
        return _answer(request, edition, given, asked)
    return _show(request, "statement", edition, given, **_statement_context(edition, given, asked))


def _answer(
    request: VoterRequest, edition: Edition, given: Answers, asked: Statement
) -> HttpResponse:
    form = StanceForm(request.POST)
    if not form.is_valid():
        raise Problem(
            400,
            "Dit antwoord kennen we niet",
            "Kies een van de vijf antwoorden, of ‘geen mening’. Je andere antwoorden zijn bewaard.",
            [WayOn(f"Terug naar stelling {asked.number}", _statement_url(edition, asked.number))],
            edition=edition,
        )
    if form.cleaned_data["stelling"] not in {"", asked.key}:
        raise refusals.moved(edition)
    given = given.answering(asked.key, form.stance)
    if form.cleaned_data["daarna"] == "uitslag":
        context = _result_context(edition, given, changed=asked)
        return _go_on(request, "result", edition, given, **context)
    if asked.number == len(edition.statements):
        if not edition.is_answered:  # there is nobody whose agreement could be weighed
            return _go_on(request, "result", edition, given, **_result_context(edition, given))
        return _go_on(request, "weights", edition, given, **_weights_context(edition, given))
    following = edition.statements[asked.number]
    return _go_on(
        request, "statement", edition, given, **_statement_context(edition, given, following)
    )


@takes("GET", "HEAD", "POST")
def weights(request: VoterRequest, election: str, municipality: str) -> HttpResponse:
    """Which themes and statements count double."""
    edition = _edition(election, municipality)
    given = _answers(request, edition)
    if request.method != "POST":
        return _show(request, "weights", edition, given, **_weights_context(edition, given))
    form = WeightsForm(request.POST, edition=edition)
    if not form.is_valid():
        raise Problem(
            400,
            "Deze keuze kennen we niet",
            "Er stond een onderwerp in dat niet bestaat. Je antwoorden zijn bewaard.",
            [WayOn("Terug naar extra belangrijk", _url("weights", edition))],
            edition=edition,
        )
    given = given.weighing(*form.keys)
    if form.cleaned_data["daarna"] == "vorige":
        context = _statement_context(edition, given, edition.statements[-1])
        return _go_on(request, "statement", edition, given, **context)
    return _go_on(request, "result", edition, given, **_result_context(edition, given))


@takes("GET", "HEAD")
def result(request: VoterRequest, election: str, municipality: str) -> HttpResponse:
    """Every party of the ballot, beside the voter's answers."""
    edition = _edition(election, municipality)
    given = _answers(request, edition)
    return _show(request, "result", edition, given, **_result_context(edition, given))


@takes("GET", "HEAD")
def method(request: VoterRequest) -> HttpResponse:
    """How the count works, for everyone."""
    return _for_everyone(render(request, "quiz/method.html"))


@takes("GET", "HEAD")
def own_methods(request: VoterRequest, election: str, municipality: str) -> HttpResponse:
    """How the count works, with this voter's own result under every method."""
    edition = _edition(election, municipality)
    given = _answers(request, edition)
    return _show(request, "method", edition, given, rows=by_method(edition, given))


@takes("GET", "HEAD", "POST")
def erase(request: VoterRequest, election: str, municipality: str) -> HttpResponse:
    """Have the browser forget everything."""
    edition = _edition(election, municipality)
    if request.method != "POST":
        return redirect("quiz:introduction", election, municipality)
    response = HttpResponseRedirect(_url("erased", edition), status=303)
    answers.erase(response, edition.path)
    return response


@takes("GET", "HEAD")
def erased(request: VoterRequest, election: str, municipality: str) -> HttpResponse:
    """Says that everything was erased, and what to do next; or that it was not."""
    edition = _edition(election, municipality)
    has_answers = bool(request.COOKIES.get(answers.COOKIE))
    context = {"edition": edition, "has_answers": has_answers}
    response = render(request, "quiz/erased.html", context)
    response["Cache-Control"] = "no-store"
    return response


@takes("GET", "HEAD")
def editions(request: VoterRequest, election: str, municipality: str) -> HttpResponse:
    """All editions of a contest, with what changed from one to the next."""
    edition = _edition(election, municipality)
    try:
        history = changes(store.imprints(election, municipality), store.document)
    except store.UnreachableError:
        raise refusals.unreachable() from None
    context = {"edition": edition, "history": history}
    return _for_everyone(render(request, "quiz/editions.html", context))


@takes("GET", "HEAD")
def edition_file(
    request: VoterRequest, election: str, municipality: str, number: int
) -> HttpResponse:
    """The exact bytes of an edition, which never change."""
    imprints = store.imprints(election, municipality)
    if not 1 <= number <= len(imprints):
        raise refusals.no_edition(election, municipality, number)
    imprint = imprints[number - 1]
    try:
        document = store.document(imprint)
    except store.UnreachableError:
        raise refusals.unreachable() from None
    response = HttpResponse(document, content_type="application/json")
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    response["ETag"] = f'"{imprint.digest}"'
    return response


# What the pages are filled with


def _statement_context(edition: Edition, given: Answers, asked: Statement) -> dict[str, Any]:
    last = asked.number == len(edition.statements)
    return {
        "url": _statement_url(edition, asked.number),
        "statement": asked,
        "stance": given.stances.get(asked.key),
        "is_answered": asked.key in given.stances,
        "stances": Stance,
        "jump_list": [
            (each, address, each.key in given.stances, given.stances.get(each.key))
            for each, address in zip(edition.statements, _addresses(edition), strict=True)
        ],
        "answered": sum(each.key in given.stances for each in edition.statements),
        "previous": _statement_url(edition, asked.number - 1) if asked.number > 1 else "",
        "following": _url("weights" if edition.is_answered else "result", edition)
        if last
        else _statement_url(edition, asked.number + 1),
    }


def _weights_context(edition: Edition, given: Answers) -> dict[str, Any]:
    return {
        "url": _url("weights", edition),
        "themes": [
            (
                theme,
                theme.key in given.themes,
                any(each.key in given.statements for each in statements),
                [(each, each.key in given.statements) for each in statements],
            )
            for theme, statements in edition.by_theme
        ],
        "first_open": given.first_open(edition),
    }


def _result_context(
    edition: Edition, given: Answers, changed: Statement | None = None
) -> dict[str, Any]:
    """`changed` is the statement whose answer was just changed: it stays in view."""
    url, result = _url("result", edition), calculate(edition, given)
    return {
        # Below the fragment lies a folded part, which the browser then opens by itself.
        "url": f"{url}#antwoord-{changed.number}" if changed else url,
        "changed": changed,
        "result": result,
        "statements": zip(result.statements, _addresses(edition), facts(edition), strict=True),
        "stances": Stance,
        "is_over": edition.election.date < timezone.localdate(),
    }


# Getting at things


def _guide(election: str) -> Guide:
    guide = store.guide(election)
    if guide is None:
        raise refusals.no_election(election)
    return guide


def _edition(election: str, municipality: str) -> Edition:
    """The edition of this address. Raises Problem when there is none."""
    return _edition_in(_guide(election), municipality)


def _edition_in(guide: Guide, municipality: str) -> Edition:
    if municipality in guide.municipalities and municipality not in guide.absences:
        try:
            edition = store.edition(guide.election.slug, municipality)
        except store.UnreachableError:
            raise refusals.unreachable() from None
        if edition is None:
            raise refusals.not_published(guide, municipality)
        return edition
    raise refusals.no_municipality(guide, municipality)


def _answers(request: VoterRequest, edition: Edition) -> Answers:
    """The voter's answers. Raises Problem when there are none, or none that can be read."""
    begin = WayOn("Lees de uitleg en begin", _url("introduction", edition))
    try:
        given = answers.read(request, edition)
    except answers.UnreadableAnswers:
        raise Problem(
            400,
            "We kunnen je antwoorden niet meer lezen",
            "Je antwoorden zijn te oud, of er is iets in je browser veranderd. We bewaren ze "
            "niet zelf, dus we kunnen ze niet terughalen. Je kunt opnieuw beginnen.",
            [begin],
            edition=edition,
            forget_answers=True,
        ) from None
    if given is None:
        raise Problem(
            200 if request.method in {"GET", "HEAD"} else 403,
            "Je bent nog niet begonnen",
            "Lees eerst wat er met je antwoorden gebeurt. Had je al antwoorden gegeven? Dan zijn "
            "ze gewist, of je browser bewaart geen cookies. Zonder die ene cookie kan de stemhulp "
            "je antwoorden niet onthouden.",
            [begin],
            edition=edition,
        )
    return given


def _by_another_name(guide: Guide, slug: str) -> HttpResponse:
    """Lead "den-haag" to "s-gravenhage". Raises Problem where that says nothing."""
    locality = guide.gazetteer.named(slug.replace("-", " "))
    if locality is None:
        raise refusals.no_municipality(guide, slug)
    return redirect("quiz:introduction", guide.election.slug, locality.slug)


# Showing them


def _show(
    request: VoterRequest, page: str, edition: Edition, given: Answers, **context: Any
) -> HttpResponse:
    """A page that shows answers: whole, or its fragment for htmx; never kept by anyone.

    Who started with another edition is told, once.
    """
    is_fragment = _wants_fragment(request)
    is_new_edition = given.edition != _number(edition)
    response = render(
        request,
        f"quiz/{page}.html#page" if is_fragment else f"quiz/{page}.html",
        {
            "edition": edition,
            "has_answers": True,
            "is_fragment": is_fragment,
            "is_new_edition": is_new_edition,
            **context,
        },
    )
    response["Cache-Control"] = "no-store"
    patch_vary_headers(response, ["HX-Request", "Cookie"])
    if is_new_edition:
        answers.store(response, given.told_of(_number(edition)))
    return response


def _go_on(
    request: VoterRequest, page: str, edition: Edition, given: Answers, *, url: str, **context: Any
) -> HttpResponse:
    """After a POST: the next page at once for htmx, a redirect to it for everyone else."""
    if not _wants_fragment(request):
        return _redirect(url, given)
    response = _show(request, page, edition, given, url=url, **context)
    response["HX-Push-Url"] = url
    answers.store(response, given.told_of(_number(edition)))
    return response


def _redirect(url: str, given: Answers) -> HttpResponse:
    response = HttpResponseRedirect(url, status=303)
    response["Cache-Control"] = "no-store"
    answers.store(response, given)
    return response


def _for_everyone(response: HttpResponse) -> HttpResponse:
    """Let any cache keep a page without answers: briefly, and through an outage of ours."""
    if response.status_code == HTTPStatus.OK:
        response["Cache-Control"] = (
            "public, max-age=30, s-maxage=60, stale-while-revalidate=600, stale-if-error=86400"
        )
    return response


def _wants_fragment(request: VoterRequest) -> bool:
    return bool(request.htmx) and not request.htmx.history_restore_request


def _number(edition: Edition) -> int:
    return edition.imprint.number if edition.imprint else 0


def _addresses(edition: Edition) -> list[str]:
    """The addresses of all statements, made once per edition."""
    if "addresses" not in edition.beside:
        numbers = [each.number for each in edition.statements]
        edition.beside["addresses"] = [_statement_url(edition, number) for number in numbers]
    known: list[str] = edition.beside["addresses"]
    return known


def _url(name: str, edition: Edition) -> str:
    return reverse(f"quiz:{name}", args=[edition.election.slug, edition.municipality.slug])


def _statement_url(edition: Edition, number: int) -> str:
    return reverse(
        "quiz:statement", args=[edition.election.slug, edition.municipality.slug, number]
    )
