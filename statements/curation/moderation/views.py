"""Motivations as parties handed them in, and withholding one."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from parties.accounts.access import PersonRequest
from parties.models import Election, Party
from parties.problems import Problem, WayOn, typed_in
from statements.curation.access import for_election, for_staff, require, to_first_election
from statements.curation.moderation import actions, queries
from statements.curation.moderation.forms import FilterForm, WithholdForm
from statements.curation.permissions import MODERATE

front = to_first_election("curation:motivation_list")


@require_GET
@for_election
def motivation_list(request: PersonRequest, election: Election) -> HttpResponse:
    """All that was handed in, the newest first."""
    form = FilterForm(request.GET)
    is_valid = form.is_valid()
    chosen = form.cleaned_data
    page = queries.page_of_motivations(
        request.user,
        election,
        municipality=chosen.get("gemeente", ""),
        words=chosen.get("zoek", ""),
        state=chosen.get("stand", ""),
        number=chosen.get("pagina", ""),
    )
    context = {"election": election, "form": form, "page": page}
    return render(
        request, "curation/moderation/list.html", context, status=200 if is_valid else 400
    )


@require_http_methods(["GET", "POST"])
@for_staff
def motivation(request: PersonRequest, party: Party, key: str) -> HttpResponse:
    """One motivation, and withholding it."""
    require(request, MODERATE, party)
    row = _row(request, party, key)
    if request.method == "GET":
        return _page(request, party, row, WithholdForm())
    form = WithholdForm(request.POST)
    if not form.is_valid():
        return _page(request, party, row, form, status=422)
    given, at = form.cleaned_data, timezone.now()
    try:
        actions.withhold(party, key, by=request.user, at=at, **given)
    except actions.ChangedError:
        return _page(request, party, _row(request, party, key), form, status=409)
    except actions.WithheldError:
        messages.info(request, "Deze toelichting was al weggelaten.")
    except actions.GoneError as error:
        raise _gone(request, party) from error
    else:
        messages.success(
            request,
            "Weggelaten vanaf de volgende editie. Tot die er is, zien kiezers de toelichting nog. "
            "De mensen van de lijst krijgen een mail.",
        )
    return redirect(_address(party, key))


@require_POST
@for_staff
def lift(request: PersonRequest, party: Party, key: str, pk: int) -> HttpResponse:
    """Show it again."""
    require(request, MODERATE, party)
    try:
        actions.lift(party, pk, by=request.user, at=timezone.now())
    except actions.GoneError as error:
        raise _gone(request, party) from error
    messages.success(request, "Kiezers zien deze toelichting weer, vanaf de volgende editie.")
    return redirect(_address(party, key))


def _row(request: PersonRequest, party: Party, key: str) -> Any:
    found = queries.motivation(party, key)
    if found is None:
        raise _gone(request, party)
    return found


def _page(
    request: PersonRequest, party: Party, row: Any, form: WithholdForm, status: int = 200
) -> HttpResponse:
    rows = queries.withholdings(row)
    context = {
        "party": party,
        "row": row,
        "form": form,
        "seen": queries.digest(row.text),
        "current": next(
            (each for each in rows if each.lifted_at is None and each.motivation == row.text), None
        ),
        "withholdings": rows,
        "is_conflict": status == 409,
    }
    return render(request, "curation/moderation/motivation.html", context, status=status)


def _address(party: Party, key: str) -> str:
    contest = party.contest
    names = [contest.election.slug, contest.municipality.slug, party.slug, key]
    return reverse("curation:motivation", args=names)


def _gone(request: PersonRequest, party: Party) -> Problem:
    election = party.contest.election.slug
    return Problem(
        404,
        "Hier staat geen toelichting",
        "De lijst heeft bij deze stelling geen toelichting (meer) ingediend. "
        "Er is niets veranderd.",
        [WayOn("Naar de toelichtingen", reverse("curation:motivation_list", args=[election]))],
        typed_in(request),
    )
