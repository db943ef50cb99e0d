"""A screen that passers-by share: for the next of them it begins anew."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse

from stemhulp.editions.edition import DUTCH
from stemhulp.quiz import answers
from stemhulp.quiz.addresses import contest_address, in_language
from stemhulp.quiz.contests import edition_at
from stemhulp.quiz.requests import VoterRequest, takes
from stemhulp.quiz.venues import Venue, here
from stemhulp.quiz.views.showing import private


@takes("GET", "HEAD", "POST")
def restart(request: VoterRequest) -> HttpResponse:
    """Have the browser forget everything, and show the first page in Dutch.

    Of the municipality that the screen is for, which the form names, if of any.
    """
    if request.method != "POST":
        return redirect("quiz:landing")
    contest = [request.POST.get("verkiezing", ""), request.POST.get("gemeente", "")]
    try:
        first = reverse("quiz:introduction", args=contest)
    except NoReverseMatch:
        first = reverse("quiz:landing")
    response = redirect(f"{first}#opnieuw")  # where in-kiosk.js waits for the next
    response.status_code = 303
    response["Cache-Control"] = "no-store"
    answers.erase_all(response)
    return response


@takes("GET", "HEAD", "POST")
def still_there(request: VoterRequest, election: str, municipality: str, page: str) -> HttpResponse:
    """Whether anyone is still there, where no script can see a touch: below the page left alone.

    A page with answers leads here by itself, and from here the first page comes by itself, by when
    the browser has forgotten the answers: nothing is erased by looking. Who is still there says so
    (WCAG 2.2.1), keeps the answers as long again, and is back on the page.
    """
    if here() is not Venue.KIOSK:
        raise Http404
    edition = edition_at(election, municipality)
    if request.method != "POST":
        first = in_language(contest_address(edition), DUTCH)
        context = {"edition": edition, "first": first}
        return private(render(request, "quiz/still_there.html", context))
    response = redirect("../")
    response.status_code = 303
    answers.prolong(request, response, edition)
    return private(response)
