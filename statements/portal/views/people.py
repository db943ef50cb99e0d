"""Who works for a list; a member invites a colleague."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from parties import invitations
from parties.accounts.access import PersonRequest
from parties.accounts.limits import limited
from parties.models import Party
from statements.portal.access import for_member
from statements.portal.addresses import party_address
from statements.portal.forms import ColleagueForm

MOST_WAITING = 20  # nobody sends mail to half the town in the name of a list
NOT_INVITED = {
    "member": "Deze collega doet al mee.",
    "invited": "Deze collega is al uitgenodigd. Vraag of de mail misschien bij de spam zit.",
}


@require_http_methods(["GET", "POST"])
@for_member
@limited("invite", "Zo krijgt niemand een stapel mails van ons.")
def people(request: PersonRequest, party: Party) -> HttpResponse:
    """Members and waiting invitations, and a form to invite one more."""
    form = ColleagueForm(request.POST or None)
    waiting = party.invitations.waiting()
    if request.method == "POST" and waiting.count() >= MOST_WAITING:
        form.add_error(None, "Er wachten al twintig uitnodigingen op antwoord. Dat is genoeg.")
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        try:
            invitations.invite(
                party, asked["email"], asked["name"], by=request.user, at=timezone.now()
            )
        except invitations.NotInvitedError as error:
            form.add_error("email", NOT_INVITED[str(error)])
        else:
            messages.success(request, f"De uitnodiging gaat naar {asked['email']}.")
            return redirect(party_address(party, "people"))
    context = {
        "party": party,
        "form": form,
        "members": party.memberships.current().select_related("user"),
        "invitations": waiting,
        "now": timezone.now(),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "portal/people.html", context, status=status)
