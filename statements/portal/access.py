"""Who may open a list: the people who are a member of it now."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from parties.accounts.access import PersonRequest, signed_in
from parties.models import Membership, Party
from parties.problems import Problem, WayOn, typed_in
from statements.portal.queries import with_contest

P = ParamSpec("P")


def for_member(
    view: Callable[Concatenate[PersonRequest, Party, P], HttpResponse],
) -> Callable[Concatenate[PersonRequest, P], HttpResponse]:
    """Hand the view the list of its address, if the person is a member of it.

    Which lists exist is no secret; who works for them and what they drafted is.
    """

    @signed_in
    @wraps(view)
    def checked(request: PersonRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        party = get_object_or_404(
            with_contest(Party.objects.all()),
            contest__election__slug=kwargs.pop("election"),
            contest__municipality__slug=kwargs.pop("municipality"),
            slug=kwargs.pop("slug"),
        )
        if not Membership.objects.current().filter(party=party, user=request.user).exists():
            raise not_a_member(request)
        if party.withdrawn_at is not None:
            raise withdrawn(request, party)
        return view(request, party, *args, **kwargs)

    return checked


def withdrawn(request: PersonRequest, party: Party) -> Problem:
    return Problem(
        410,
        "Deze lijst is ingetrokken",
        f"{party} staat niet op het stembiljet van {party.contest.municipality.name}. Je kunt hier "
        "niets meer veranderen. De antwoorden zijn bewaard. Klopt dit niet? "
        "Vraag VluchtelingenWerk de lijst terug te zetten.",
        [WayOn("Naar je lijsten", reverse("portal:lists"))],
        typed_in(request),
    )


def not_a_member(request: PersonRequest) -> Problem:
    ways = [WayOn("Naar je lijsten", reverse("portal:lists"))]
    if request.user.works_for_us:
        ways.append(WayOn("Naar de redactie", reverse("curation:lists")))
    return Problem(
        403,
        "Je werkt niet (meer) voor deze lijst",
        "Alleen mensen die daarvoor zijn uitgenodigd, kunnen de antwoorden van een lijst zien. "
        "Vraag een collega die al meedoet om je uit te nodigen.",
        ways,
        typed_in(request),
    )
