"""A voter's result, and what leads on from it: each statement, one party, parties side by side."""

from django.http import HttpResponse

from stemhulp.editions.edition import Edition, Party
from stemhulp.quiz import answers, refusals
from stemhulp.quiz.compare_page import choice_page, compare_page
from stemhulp.quiz.compression import compressed
from stemhulp.quiz.contests import edition_at
from stemhulp.quiz.forms import ChoiceForm, FilterForm, UnknownChoiceError
from stemhulp.quiz.party_page import party_page
from stemhulp.quiz.profiles_page import profiles_page
from stemhulp.quiz.requests import VoterRequest, takes, wants_fragment
from stemhulp.quiz.result_page import answer_page, result_page
from stemhulp.quiz.statement_list import LIST, answer_part, filtered_list
from stemhulp.quiz.views.showing import answers_of, finished, number_of, private, show, statement_of


@takes("GET", "HEAD")
def result(request: VoterRequest, election: str, municipality: str) -> HttpResponse:
    """Every party of the ballot, beside the voter's answers; or some of the statements."""
    edition = edition_at(election, municipality)
    try:
        chosen = FilterForm.read(request.GET, edition).chosen
    except UnknownChoiceError:
        raise refusals.unknown_filter(edition) from None
    given = answers_of(request, edition)
    if wants_fragment(request) and request.META.get("HTTP_HX_TARGET") == LIST:
        part = HttpResponse(filtered_list(edition, given, chosen))
        return compressed(request, private(part))
    seen = finished(edition, given) if request.method == "GET" else given
    response = show(request, edition, seen, result_page(edition, seen, chosen=chosen))
    if seen is not given:
        answers.store(response, seen.told_of(number_of(edition)), edition)
    return response


@takes("GET", "HEAD")
def answer(request: VoterRequest, election: str, municipality: str, number: int) -> HttpResponse:
    """One statement of the result: a page, or the part that htmx unfolds on the result."""
    edition = edition_at(election, municipality)
    asked = statement_of(edition, number)
    given = answers_of(request, edition)
    if wants_fragment(request):
        return compressed(request, private(HttpResponse(answer_part(edition, given, asked))))
    return show(request, edition, given, answer_page(edition, given, asked))


@takes("GET", "HEAD")
def party(request: VoterRequest, election: str, municipality: str, party: str) -> HttpResponse:
    """Why a party stands where it stands, and all that it holds."""
    edition = edition_at(election, municipality)
    asked = _party(edition, party)
    given = answers_of(request, edition)
    return show(request, edition, given, party_page(edition, given, asked))


@takes("GET", "HEAD")
def compare(request: VoterRequest, election: str, municipality: str) -> HttpResponse:
    """Two or three parties side by side, or the choice of them; which, may stand in the address."""
    edition = edition_at(election, municipality)
    form = ChoiceForm.read(request.GET, edition)
    given = answers_of(request, edition)
    if form.parties and not form.mistake:
        page = compare_page(
            edition, given, form.parties, shows_all=form.shows_all, explains=form.explains
        )
        return show(request, edition, given, page)
    response = show(request, edition, given, choice_page(edition, form.parties, form.mistake))
    if form.mistake and not wants_fragment(request):  # of which htmx shows no other status
        response.status_code = form.mistake.status
    return response


@takes("GET", "HEAD")
def profiles(request: VoterRequest, election: str, municipality: str) -> HttpResponse:
    """The voter and all parties, theme by theme."""
    edition = edition_at(election, municipality)
    given = answers_of(request, edition)
    return show(request, edition, given, profiles_page(edition, given))


def _party(edition: Edition, slug: str) -> Party:
    """The party of this slug. Raises Problem."""
    found = next((each for each in edition.parties if each.slug == slug), None)
    if found is None:
        raise refusals.no_party(edition, slug)
    return found
