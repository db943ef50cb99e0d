"""A screen that passers-by share: for the next of them it begins anew."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse

from stemhulp.quiz import answers
from stemhulp.quiz.requests import VoterRequest, takes


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
    response = redirect(first)
    response.status_code = 303
    response["Cache-Control"] = "no-store"
    answers.erase_all(response)
    return response
