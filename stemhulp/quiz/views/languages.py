"""Reading on in another language, with the answers."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import Resolver404, get_script_prefix, get_urlconf, resolve
from django.utils.translation import override

from stemhulp.editions.edition import Edition
from stemhulp.quiz import answers, refusals
from stemhulp.quiz.addresses import contest_address
from stemhulp.quiz.contests import edition_at
from stemhulp.quiz.requests import VoterRequest, takes


@takes("GET", "HEAD", "POST")
def choose(request: VoterRequest, election: str, municipality: str) -> HttpResponse:
    """The page that one was on, in the chosen language; the cookie moves along.

    The browser names that page (Referer): without it, the contest's first page.
    """
    edition = edition_at(election, municipality)
    if request.method != "POST":
        return HttpResponseRedirect(contest_address(edition))
    other = _in_language(request.POST.get("taal", ""), edition)
    before = urlsplit(request.META.get("HTTP_REFERER", ""))
    ours = contest_address(edition)
    page = before.path.removeprefix(ours) if before.path.startswith(ours) else ""
    response = HttpResponseRedirect(_address(other, page, before.query), status=303)
    response["Cache-Control"] = "no-store"
    if (token := answers.token_in(request)) and other is not edition:
        answers.settle(response, token, other)
    return response


@takes("GET", "HEAD", "POST")
def fetch(
    request: VoterRequest, election: str, municipality: str, language: str, rest: str
) -> HttpResponse:
    """Take the answers from here to the language in which the voter opened a page, and go there.

    A signpost led here (`showing.answers_here`). What was asked there is asked again, a POST with
    what was posted (307). Are there no answers, then the signpost is wrong, and is removed.
    """
    other = _in_language(language, edition_at(election, municipality))
    url = _address(other, rest, request.META["QUERY_STRING"])
    response = HttpResponseRedirect(url, preserve_request=True)
    response["Cache-Control"] = "no-store"
    if token := answers.token_in(request):
        answers.settle(response, token, other)
    else:
        answers.forget(response, other)
    return response


def _in_language(code: str, edition: Edition) -> Edition:
    """The edition in this language. Raises Problem."""
    if code not in dict(settings.LANGUAGES):
        raise refusals.unknown_language(edition)
    with override(code):
        return edition_at(edition.election.slug, edition.municipality.slug)


def _address(edition: Edition, page: str, query: str) -> str:
    """Of a page of the contest, by the rest of its address; of the first where that leads nowhere.

    The query names what of a page is shown, such as the parties that are compared.
    """
    address = contest_address(edition)
    within_venue = (address + page).removeprefix(get_script_prefix())
    try:
        with override(edition.language):
            resolve(f"/{within_venue}", get_urlconf())
    except Resolver404:
        return address
    return f"{address}{page}?{query}" if query else address + page
