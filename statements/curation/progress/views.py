"""How far each council is, and a reminder to those that are not."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from parties.accounts.access import PersonRequest
from parties.models import Contest, Election
from statements.curation.access import for_election, require
from statements.curation.permissions import INVITE
from statements.curation.progress import actions, queries, table
from statements.curation.progress.forms import FilterForm
from statements.curation.progress.queries import Column, Progress
from statements.portal import reminders

NOBODY_CHOSEN = "Kruis eerst een gemeente aan, of kies alle gemeenten in deze tabel."


@require_GET
@for_election
def progress(request: PersonRequest, election: Election) -> HttpResponse:
    """Every council of this person on one page: filtered, sorted, with totals."""
    form = _filter(request, request.GET)
    return _page(request, election, form, status=200 if form.is_valid() else 400)


@require_GET
@for_election
def progress_file(request: PersonRequest, election: Election) -> HttpResponse:
    """What the page shows, for a spreadsheet."""
    at = timezone.now()
    form = _filter(request, request.GET)
    if not form.is_valid():
        return _page(request, election, form, status=400)
    rows = _found(request, election, form, at).shown
    response = HttpResponse(table.as_file(rows), content_type="text/csv; charset=utf-8")
    name = f"voortgang-{election.slug}-{timezone.localdate(at).isoformat()}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_POST
@for_election
def reminder(request: PersonRequest, election: Election) -> HttpResponse:
    """Say what a reminder to these councils would do; nothing is sent yet."""
    at = timezone.now()
    form = _filter(request, request.POST)
    if not form.is_valid():
        return _page(request, election, form, status=422)
    chosen = _chosen(request, election, form, at)
    if not chosen:
        return _page(request, election, form, status=422, problem=NOBODY_CHOSEN)
    found = reminders.unfinished(actions.lists_of(chosen), at)
    context = {"election": election, "contests": chosen, "found": found, "form": form}
    return render(request, "curation/progress/reminder.html", context)


@require_POST
@for_election
def send_reminder(request: PersonRequest, election: Election) -> HttpResponse:
    """Send it, to whom it may go at this moment."""
    chosen = _named(request, election, request.POST.getlist("gemeente"))
    people = actions.remind(chosen, by=request.user, at=timezone.now())
    if people:
        lists = len({each.party_id for each in people})
        whom = "1 persoon" if len(people) == 1 else f"{len(people)} mensen"
        what = "1 lijst" if lists == 1 else f"{lists} lijsten"
        messages.success(request, f"De herinnering gaat naar {whom} van {what}.")
    else:
        messages.info(request, "Er hoefde niemand herinnerd te worden. Er is niets verstuurd.")
    return redirect("curation:progress_election", election.slug)


def _filter(request: PersonRequest, data: Any) -> FilterForm:
    return FilterForm(data, queries.regions(request.user))


def _found(request: PersonRequest, election: Election, form: FilterForm, at: datetime) -> Progress:
    return queries.progress(
        request.user,
        election,
        region=form.chosen("regio"),
        state=form.chosen("stand"),
        order=form.chosen("sorteer"),
        at=at,
    )


def _page(
    request: PersonRequest, election: Election, form: FilterForm, *, status: int, problem: str = ""
) -> HttpResponse:
    form.is_valid()
    found = _found(request, election, form, timezone.now())
    kept = QueryDict(mutable=True)
    kept.update({name: value for name in ("regio", "stand") if (value := form.chosen(name))})
    context = {
        "election": election,
        "form": form,
        "found": found,
        "rows": table.as_rows(found.shown, election, request.POST.getlist("gemeente")),
        "columns": _columns(form.chosen("sorteer")),
        "kept": kept,
        "problem": problem,
    }
    return render(request, "curation/progress/progress.html", context, status=status)


def _columns(order: str) -> list[tuple[Column, str, str]]:
    """Each column, how the table is sorted by it now, and what a press on its heading asks for."""
    current = order.removeprefix("-") or Column.PLACE
    is_down = order.startswith("-")
    found = []
    for each in Column:
        if each != current:
            found.append((each, "", each.value))
        elif is_down:
            found.append((each, "descending", each.value))
        else:
            found.append((each, "ascending", f"-{each.value}"))
    return found


def _chosen(
    request: PersonRequest, election: Election, form: FilterForm, at: datetime
) -> list[Contest]:
    """Those that were ticked, or all that the filter shows."""
    slugs: Iterable[str] = request.POST.getlist("gemeente")
    if request.POST.get("alle"):
        slugs = [row.slug for row in _found(request, election, form, at).shown]
    return _named(request, election, slugs)


def _named(request: PersonRequest, election: Election, slugs: Iterable[str]) -> list[Contest]:
    """Raises Problem (403) for one of another region, and Http404 for one that is unknown."""
    wanted = {each.replace("\0", "") for each in slugs}
    found = list(queries.contests(request.user, election, wanted))
    if len(found) < len(wanted):
        other = queries.outside(election, wanted, found)
        if other is not None:
            require(request, INVITE, other)
        raise Http404
    return found
