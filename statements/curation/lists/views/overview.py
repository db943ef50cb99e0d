"""The lists of someone's municipalities, and who works for each of them."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from parties import invitations
from parties.accounts.access import PersonRequest
from parties.accounts.limits import limited
from parties.models import Party
from statements.curation.access import elections_by_interest, for_staff, staff
from statements.curation.lists import queries
from statements.curation.lists.actions import resend_once
from statements.curation.lists.addresses import party_address
from statements.curation.lists.forms import FilterForm, InviteForm

NOT_INVITED = {
    "member": "{email} doet al mee voor deze lijst.",
    "withdrawn": "Deze lijst is ingetrokken. {email} is niet uitgenodigd.",
    "invited": "{email} is al uitgenodigd. Kwam de mail niet aan? Verstuur hem hieronder opnieuw.",
}


@require_GET
@staff
def lists(request: PersonRequest) -> HttpResponse:
    """How far each list is."""
    at = timezone.now()
    form = FilterForm(request.GET, elections_by_interest())
    is_valid = form.is_valid()
    context: dict[str, Any] = {"form": form, "election": form.election, "at": at}
    if form.election:
        context["overview"] = queries.overview(
            request.user,
            form.election,
            municipality=form.cleaned_data.get("gemeente", ""),
            state=form.cleaned_data.get("stand", ""),
            number=form.cleaned_data.get("pagina", ""),
            at=at,
        )
    return render(request, "curation/lists/overview.html", context, status=200 if is_valid else 400)


@require_GET
@for_staff
def party(request: PersonRequest, party: Party) -> HttpResponse:
    """One list: who takes part, who is invited, and after the deadline what it answered."""
    return _party_page(request, party, InviteForm())


def _party_page(
    request: PersonRequest, party: Party, form: InviteForm, status: int = 200
) -> HttpResponse:
    """Drafts are the party's own: answers show only when they are handed in and final."""
    at = timezone.now()
    submission = queries.submission(party)
    is_closed = party.contest.is_closed(at)
    lines = queries.lines(party)
    context = {
        "party": party,
        "form": form,
        "at": at,
        "is_closed": is_closed,
        "submission": submission,
        "members": queries.members(party),
        "invitations": queries.invitations(party, at),
        "asked": len(lines),
        "answered": sum(line.is_answered for line in lines),
        "lines": lines if is_closed and submission else [],
    }
    return render(request, "curation/lists/party.html", context, status=status)


@require_POST
@for_staff
@limited("invite", "Zo krijgt niemand een stapel mails van ons.")
def invite(request: PersonRequest, party: Party) -> HttpResponse:
    """Invite one person."""
    form = InviteForm(request.POST)
    if not form.is_valid():
        return _party_page(request, party, form, status=422)
    email, name = form.cleaned_data["email"], form.cleaned_data["name"]
    try:
        invitations.invite(party, email, name, by=request.user, at=timezone.now())
    except invitations.NotInvitedError as error:
        messages.info(request, NOT_INVITED[str(error)].format(email=email))
    else:
        messages.success(request, f"{email} krijgt een mail met de uitnodiging.")
    return redirect(party_address(party))


@require_POST
@for_staff
@limited("invite", "Zo krijgt niemand een stapel mails van ons.")
def resend(request: PersonRequest, party: Party, pk: int) -> HttpResponse:
    """Mail an invitation again."""
    invitation = get_object_or_404(party.invitations, pk=pk)
    try:
        if resend_once(invitation, by=request.user, at=timezone.now()):
            text = f"{invitation.email} krijgt een nieuwe mail. De link in de oude werkt niet meer."
        else:
            text = f"De nieuwe mail aan {invitation.email} is al onderweg."
        messages.success(request, text)
    except invitations.UsedError:
        messages.info(request, f"{invitation.email} heeft de uitnodiging al gebruikt.")
    except invitations.RevokedError:
        messages.info(request, "Deze uitnodiging is ingetrokken. Nodig zo nodig opnieuw uit.")
    return redirect(party_address(party))


@require_POST
@for_staff
def revoke(request: PersonRequest, party: Party, pk: int) -> HttpResponse:
    """Take an invitation back."""
    invitation = get_object_or_404(party.invitations, pk=pk)
    try:
        invitations.revoke(invitation, by=request.user, at=timezone.now())
    except invitations.UsedError:
        text = (
            f"{invitation.email} heeft de uitnodiging al gebruikt. Haal die persoon van de lijst."
        )
        messages.info(request, text)
    else:
        text = f"De uitnodiging van {invitation.email} is ingetrokken. De link werkt niet meer."
        messages.success(request, text)
    return redirect(party_address(party))


@require_http_methods(["GET", "POST"])
@for_staff
def remove(request: PersonRequest, party: Party, pk: int) -> HttpResponse:
    """Take someone off the list, after a question; their sessions end at once."""
    membership = get_object_or_404(party.memberships.select_related("user"), pk=pk)
    if request.method == "POST":
        invitations.remove(membership, by=request.user, at=timezone.now())
    elif membership.removed_at is None:
        context = {"party": party, "membership": membership}
        return render(request, "curation/lists/remove.html", context)
    messages.success(request, f"{membership.user} werkt niet meer voor deze lijst.")
    return redirect(party_address(party))
