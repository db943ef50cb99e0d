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

    The cookie belongs to the address of the contest, which begins with the language: a link would
    lead away from it.
    """
    edition = edition_at(election, municipality)
    chosen = request.POST.get("taal", "")
    if request.method != "POST":
        return HttpResponseRedirect(contest_address(edition))
    if chosen not in dict(settings.LANGUAGES):
        raise refusals.unknown_language(edition)
    with override(chosen):
        other = edition_at(election, municipality)
        address = contest_address(other) + _page_before(request, edition, other)
    response = HttpResponseRedirect(address, status=303)
    response["Cache-Control"] = "no-store"
    token = request.COOKIES.get(answers.COOKIE)
    if token and other is not edition:
        answers.move(response, token, edition, other)
    return response


def _page_before(request: VoterRequest, edition: Edition, other: Edition) -> str:
    """The rest of the address of the page that the form stood on: the browser names it (Referer).

    Without it, or where it is none of ours, the contest's first page.
    """
    path = urlsplit(request.META.get("HTTP_REFERER", "")).path
    ours = contest_address(edition)
    if not path.startswith(ours):
        return ""
    rest: str = path.removeprefix(ours)
    within_venue = (contest_address(other) + rest).removeprefix(get_script_prefix())
    try:
        resolve(f"/{within_venue}", get_urlconf())
    except Resolver404:
        return ""
    return rest
