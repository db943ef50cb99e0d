"""Pages that show a voter's answers: made anew for each request, never kept by anyone."""

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render

from stemhulp.editions.edition import Edition, Statement
from stemhulp.quiz import answers, pages, refusals
from stemhulp.quiz.addresses import address
from stemhulp.quiz.answers import Answers
from stemhulp.quiz.contests import edition_at
from stemhulp.quiz.forms import StanceForm, UnknownChoiceError, WeightsForm
from stemhulp.quiz.pages import Page
from stemhulp.quiz.requests import VoterRequest, takes, wants_fragment
from stemhulp.quiz.result_page import result_page
from stemhulp.quiz.views.showing import (
    answers_here,
    answers_of,
    finished,
    number_of,
    show,
    statement_of,
)
from stemhulp.use.counting import tally


@takes("GET", "HEAD", "POST")
def start(request: VoterRequest, election: str, municipality: str) -> HttpResponse:
    """The button that is the consent: from here on there is a cookie.

    Pressed again, also in another language, it leads on to where the voter was; nothing is lost.
    """
    edition = edition_at(election, municipality)
    if request.method != "POST" or not edition.statements:
        return redirect("quiz:introduction", election, municipality)
    fresh = Answers(edition.path, edition=number_of(edition))
    try:
        given = answers_here(request, edition) or fresh
    except answers.UnreadableAnswers:
        given = fresh
    if given is fresh and edition.imprint is not None:
        tally.add(election, municipality, started=1)
    response = _see_other(_place(edition, given))
    answers.settle(response, answers.encrypt(given), edition)
    return response


@takes("GET", "HEAD", "POST")
def statement(request: VoterRequest, election: str, municipality: str, number: int) -> HttpResponse:
    """One statement; a POST answers it and leads to the next."""
    edition = edition_at(election, municipality)
    asked = statement_of(edition, number)
    given = answers_of(request, edition)
    if request.method == "POST":
        return _answer(request, edition, given, asked)
    return show(request, edition, given, pages.statement_page(edition, given, asked))


def _answer(
    request: VoterRequest, edition: Edition, given: Answers, asked: Statement
) -> HttpResponse:
    try:
        form = StanceForm.read(request.POST, edition)
    except UnknownChoiceError:
        raise refusals.unknown_answer(edition, asked) from None
    if form.statement not in {"", asked.key}:
        raise refusals.moved(edition)
    given = given.answering(asked.key, form.stance)
    if form.to_result:
        page = result_page(edition, given, changed=asked, chosen=form.chosen)
    elif asked.number < len(edition.statements):
        page = pages.statement_page(edition, given, edition.statements[asked.number])
    elif edition.is_answered:
        page = pages.weights_page(edition, given)
    else:  # there is nobody whose agreement could be weighed
        given = finished(edition, given)
        page = result_page(edition, given)
    return _go_on(request, edition, given, page)


@takes("GET", "HEAD", "POST")
def weights(request: VoterRequest, election: str, municipality: str) -> HttpResponse:
    """Which themes and statements count double."""
    edition = edition_at(election, municipality)
    given = answers_of(request, edition)
    if request.method != "POST":
        return show(request, edition, given, pages.weights_page(edition, given))
    try:
        form = WeightsForm.read(request.POST, edition)
    except UnknownChoiceError:
        raise refusals.unknown_weights(edition) from None
    given = given.weighing(form.themes, form.statements)
    if form.to_previous:
        page = pages.statement_page(edition, given, edition.statements[-1])
    else:
        given = finished(edition, given)
        page = result_page(edition, given)
    return _go_on(request, edition, given, page)


@takes("GET", "HEAD")
def overview(request: VoterRequest, election: str, municipality: str) -> HttpResponse:
    """All statements, with what was answered."""
    edition = edition_at(election, municipality)
    given = answers_of(request, edition)
    return show(request, edition, given, pages.overview_page(edition, given))


@takes("GET", "HEAD")
def own_methods(request: VoterRequest, election: str, municipality: str) -> HttpResponse:
    """How the count works, with this voter's own result under every method."""
    edition = edition_at(election, municipality)
    given = answers_of(request, edition)
    return show(request, edition, given, pages.methods_page(edition, given))


@takes("GET", "HEAD", "POST")
def erase(request: VoterRequest, election: str, municipality: str) -> HttpResponse:
    """Have the browser forget everything."""
    edition = edition_at(election, municipality)
    if request.method != "POST":
        return redirect("quiz:introduction", election, municipality)
    response = HttpResponseRedirect(address("erased", edition), status=303)
    answers.erase(response, edition)
    return response


@takes("GET", "HEAD")
def erased(request: VoterRequest, election: str, municipality: str) -> HttpResponse:
    """Says that everything was erased, and what to do next; or that it was not."""
    edition = edition_at(election, municipality)
    has_answers = bool(request.COOKIES.get(answers.COOKIE))
    context = {"edition": edition, "has_answers": has_answers}
    response = render(request, "quiz/erased.html", context)
    response["Cache-Control"] = "no-store"
    return response


def _place(edition: Edition, given: Answers) -> str:
    """Where a voter was: the first open statement, or what comes after the last."""
    number = given.first_open(edition)
    if number:
        return address("statement", edition, number)
    return address("weights" if edition.is_answered else "result", edition)


def _go_on(request: VoterRequest, edition: Edition, given: Answers, page: Page) -> HttpResponse:
    """After a POST: the next page at once for htmx, a redirect to it for everyone else.

    In the history that is a step, unless it is the page where the voter is already.
    """
    if not wants_fragment(request):
        response = _see_other(page.address)
        answers.store(response, given, edition)
        return response
    response = show(request, edition, given, page)
    url, _, _ = page.address.partition("#")
    if _path(request.META.get("HTTP_HX_CURRENT_URL", "")).endswith(_path(url)):
        response["HX-Replace-Url"] = url
    else:
        response["HX-Push-Url"] = page.address
    answers.store(response, given.told_of(number_of(edition)), edition)
    return response


def _path(url: str) -> str:
    """The address without its query and fragment; never parsed, as anyone may send anything."""
    return url.partition("#")[0].partition("?")[0]


def _see_other(url: str) -> HttpResponse:
    response = HttpResponseRedirect(url, status=303)
    response["Cache-Control"] = "no-store"
    return response
