"""Mending an answer after the deadline, in the open."""

from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from parties.accounts.access import PersonRequest
from parties.models import Party
from parties.problems import Problem, WayOn, typed_in
from statements.curation.access import for_staff
from statements.curation.lists import queries
from statements.curation.lists.addresses import party_address
from statements.curation.lists.forms import CorrectionForm
from statements.curation.lists.queries import Line
from statements.portal import actions


@require_http_methods(["GET", "POST"])
@for_staff
def correction(request: PersonRequest, party: Party, key: str) -> HttpResponse:
    """What an answer was, what it should be, and why that is changed."""
    at = timezone.now()
    line = queries.line(party, key)
    if line is None:
        raise Http404
    _check_moment(request, party, at)
    if request.method == "POST":
        return _correct(request, party, line, at)
    return _page(request, party, line, CorrectionForm.showing(line.answer, line.version))


def _correct(request: PersonRequest, party: Party, line: Line, at: datetime) -> HttpResponse:
    form = CorrectionForm(request.POST)
    if not form.is_valid():
        return _page(request, party, line, form, status=422)
    if line.stands(form.answer):
        messages.info(request, "Dit antwoord staat er nu zo.")  # a double click, or no change
        return redirect(party_address(party))
    seen, reason = form.cleaned_data["version"], form.cleaned_data["reason"]
    try:
        actions.correct(
            party, line.statement, form.answer, seen=seen, by=request.user, at=at, reason=reason
        )
    except actions.ConflictError:
        return _page(request, party, line, form, status=409)
    messages.success(
        request,
        "Gecorrigeerd. Kiezers zien het nieuwe antwoord en de reden in de volgende editie.",
    )
    return redirect(party_address(party))


def _page(
    request: PersonRequest, party: Party, line: Line, form: CorrectionForm, status: int = 200
) -> HttpResponse:
    context = {"party": party, "line": line, "form": form, "is_conflict": status == 409}
    return render(request, "curation/lists/correction.html", context, status=status)


def _check_moment(request: PersonRequest, party: Party, at: datetime) -> None:
    """Raises a Problem when there is nothing for staff to correct."""
    way = WayOn(f"Naar {party}", party_address(party))
    if not party.contest.is_closed(at):
        raise Problem(
            409,
            "De partij kan dit nog zelf veranderen",
            "De termijn is nog niet voorbij. Vraag de mensen van de lijst om hun antwoord aan te "
            "passen. Pas na de sluiting kun jij iets corrigeren.",
            [way],
            typed_in(request),
        )
    if queries.submission(party) is None:
        raise Problem(
            409,
            "Deze lijst heeft niets ingediend",
            "Zonder ingediende antwoorden valt er niets te corrigeren: kiezers zien deze lijst als "
            "een lijst die niet heeft geantwoord.",
            [way],
            typed_in(request),
        )
