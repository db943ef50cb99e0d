"""Accepting an invitation."""

from typing import Any

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from parties import invitations
from parties.accounts.access import person
from parties.accounts.forms import InvitationForm
from parties.accounts.limits import limited
from parties.invitations import (
    ColleagueError,
    ExpiredError,
    ForgedError,
    RevokedError,
    SomeoneElsesError,
    UsedError,
    UselessTokenError,
)
from parties.models import Invitation, User
from parties.problems import Problem, WayOn

REASONS: dict[type[UselessTokenError], tuple[int, str, str]] = {
    ForgedError: (
        404,
        "Deze uitnodiging kennen we niet",
        "Misschien is de link niet helemaal overgenomen. Open hem vanuit de mail, of vraag degene "
        "die je uitnodigde om een nieuwe.",
    ),
    UsedError: (
        410,
        "Deze uitnodiging is al gebruikt",
        "Een uitnodiging werkt één keer. Log voortaan in met je e-mailadres.",
    ),
    RevokedError: (
        410,
        "Deze uitnodiging is ingetrokken",
        "Denk je dat dat niet klopt? Vraag het degene die je uitnodigde.",
    ),
    ExpiredError: (
        410,
        "Deze uitnodiging is verlopen",
        "Een uitnodiging is veertien dagen geldig. Vraag degene die je uitnodigde om een nieuwe.",
    ),
    ColleagueError: (
        403,
        "Je werkt bij VluchtelingenWerk",
        "Wie bij VluchtelingenWerk werkt, kan niet ook voor een partij antwoorden. "
        "Gebruik voor de partij een ander account, of laat een collega van de lijst meedoen.",
    ),
    SomeoneElsesError: (
        403,
        "Deze uitnodiging is voor iemand anders",
        "Je bent ingelogd met een ander e-mailadres dan het adres waar deze uitnodiging naartoe "
        "ging. Log eerst uit. Daarna kom je vanzelf weer bij de uitnodiging.",
    ),
}


@never_cache
@require_http_methods(["GET", "POST"])
@limited("invitation", "Zo houden we tegen dat iemand uitnodigingen raadt.")
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Say who invites whom for what; only a press on the button uses the token.

    Mail programs follow links to look at them, so opening it changes nothing.
    """
    visitor = person(request)
    if invitations.was_used_by(token, visitor):
        return redirect("portal:lists")
    try:
        found = invitations.find(token, visitor=visitor, at=timezone.now())
        form = InvitationForm(_posted(request), initial={"name": _known_name(found)})
        if form.is_valid():
            return _accept(request, token, form.cleaned_data["name"])
    except UselessTokenError as error:
        raise _problem(request, error) from error
    status = 422 if form.is_bound else 200
    return render(request, "account/invitation.html", _shown(found, form), status=status)


def _posted(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _known_name(invitation: Invitation) -> str:
    """As this person wrote it once, or else as the one who invites did."""
    user = User.objects.filter(email=invitation.email).first()
    return (user.name if user else "") or invitation.name


def _shown(invitation: Invitation, form: InvitationForm) -> dict[str, Any]:
    party = invitation.party
    return {"invitation": invitation, "party": party, "contest": party.contest, "form": form}


def _accept(request: HttpRequest, token: str, name: str) -> HttpResponse:
    visitor = person(request)
    accepted, user = invitations.accept(token, visitor=visitor, name=name, at=timezone.now())
    address = reverse("portal:lists")
    if visitor:
        return redirect(address)
    record_authentication(request, user, method="invitation", email=accepted.email)
    login = Login(user=user, redirect_url=address, email=accepted.email)
    response: HttpResponse = perform_login(request, login)  # asks for a second factor, if any
    return response


def _problem(request: HttpRequest, error: UselessTokenError) -> Problem:
    status, title, explanation = REASONS[type(error)]
    way_on = WayOn("Log in", reverse("account_login"))
    if isinstance(error, SomeoneElsesError):
        way_on = WayOn("Log uit", f"{reverse('account_logout')}?next={request.path}")
    return Problem(status, title, explanation, [way_on])
