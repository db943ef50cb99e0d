"""The statements of an election, and what can be said of them as a whole."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from parties.accounts.access import PersonRequest
from parties.models import Election
from statements.curation.access import for_election
from statements.curation.writing import actions, queries
from statements.curation.writing.forms import FilterForm, WithdrawAllForm
from statements.models import Statement


@require_GET
@for_election
def statement_list(request: PersonRequest, election: Election) -> HttpResponse:
    """By theme, with how far each is."""
    return _page(request, election, WithdrawAllForm())


@require_POST
@for_election
def withdraw_all(request: PersonRequest, election: Election) -> HttpResponse:
    """Withdraw the drafts that were never approved, of those that this person saw."""
    form = WithdrawAllForm(request.POST)
    if not form.is_valid():
        return _page(request, election, form, status=422)
    drafts = queries.never_approved(request.user, election)
    seen = [row for row in drafts if _mark(row) in form.was_seen]
    reason = form.cleaned_data["reason"]
    count = actions.withdraw_all(seen, reason, by=request.user, at=timezone.now())
    messages.success(request, _withdrawn(count, len(form.was_seen) - count))
    return redirect("curation:statement_list", election.slug)


def _mark(row: Statement) -> str:
    """Which statement, and which version of it."""
    return f"{row.pk}.{row.latest}"


def _withdrawn(count: int, left: int) -> str:
    said = "1 concept ingetrokken." if count == 1 else f"{count} concepten ingetrokken."
    if left:
        said += f" {left} {'is' if left == 1 else 'zijn'} intussen veranderd en niet ingetrokken."
    return said


def _page(
    request: PersonRequest, election: Election, withdrawing: WithdrawAllForm, status: int = 200
) -> HttpResponse:
    form = FilterForm(request.GET)
    status = status if form.is_valid() else 400
    shown = queries.overview(
        request.user,
        election,
        state=form.cleaned_data.get("stand", ""),
        place=form.cleaned_data.get("voor", ""),
    )
    never_approved = shown.never_approved
    if withdrawing.is_bound:  # never more than the person saw
        never_approved = [row for row in never_approved if _mark(row) in withdrawing.was_seen]
    context = {
        "election": election,
        "form": form,
        "overview": shown,
        "country": queries.COUNTRY,
        "drafts": queries.drafts(request.user, election),
        "may_begin": queries.may_begin(request.user, election),
        "never_approved": never_approved,
        "seen": " ".join(map(_mark, never_approved)),
        "withdrawing": withdrawing,
    }
    return render(request, "curation/writing/list.html", context, status=status)
