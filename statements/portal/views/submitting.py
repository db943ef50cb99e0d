"""Handing in, and opening again."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from parties.accounts.access import PersonRequest
from parties.models import Party
from statements.portal import actions, queries
from statements.portal.access import for_member
from statements.portal.addresses import party_address
from statements.portal.forms import SignForm
from statements.portal.refusals import refusal


@require_http_methods(["GET", "POST"])
@for_member
def submit(request: PersonRequest, party: Party) -> HttpResponse:
    """Everything once more, and a name under it."""
    at = timezone.now()
    form = SignForm(request.POST or None, initial={"name": request.user.name})
    if request.method == "POST" and form.is_valid():
        signed = form.cleaned_data
        try:
            actions.submit(party, seen=signed["seen"], name=signed["name"], by=request.user, at=at)
        except actions.ChangedError:
            return _sign_page(request, party, form, status=409)
        except actions.RefusedError as error:
            raise refusal(request, party, error) from error
        messages.success(request, "Ingediend. Dank je wel! Je krijgt een mail met alle antwoorden.")
        return redirect(party_address(party))
    return _sign_page(request, party, form, status=422 if request.method == "POST" else 200)


def _sign_page(
    request: PersonRequest, party: Party, form: SignForm, *, status: int
) -> HttpResponse:
    sheet = queries.sheet(party, timezone.now())
    context = {"sheet": sheet, "party": party, "form": form, "is_changed": status == 409}
    return render(request, "portal/submit.html", context, status=status)


@require_POST
@for_member
def reopen(request: PersonRequest, party: Party) -> HttpResponse:
    """Back from handed in to changeable."""
    try:
        actions.reopen(party, by=request.user, at=timezone.now())
    except actions.NotSubmittedError:
        pass  # done already: a double click, or a colleague
    except actions.RefusedError as error:
        raise refusal(request, party, error) from error
    messages.success(request, "Weer open. Vergeet niet om opnieuw in te dienen.")
    return redirect(party_address(party))
