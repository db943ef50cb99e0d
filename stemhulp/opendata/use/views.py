"""The counts as a page and as a file."""

import csv
import io
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from stemhulp.editions import store
from stemhulp.editions.guide import Guide
from stemhulp.opendata.use.counts import SMALLEST, Cell, UnknownUseError, added_up, cells
from stemhulp.quiz import refusals
from stemhulp.quiz.contests import guide_to
from stemhulp.quiz.problems import Problem
from stemhulp.quiz.requests import VoterRequest, takes

CACHE_CONTROL = "public, max-age=600"
BOM = "\N{BYTE ORDER MARK}"  # by which a spreadsheet knows that it is UTF-8
COLUMNS = ("election", "day", "municipality_code", "municipality", "started", "finished")


@takes("GET", "HEAD")
def now(request: VoterRequest) -> HttpResponse:
    """Lead to the election of now."""
    known = store.elections(timezone.localdate())
    if not known:
        raise refusals.no_election("")
    return redirect("use:counts", known[0].slug)


@takes("GET", "HEAD")
def counts(request: VoterRequest, election: str) -> HttpResponse:
    """Per day and per municipality, and how it is counted."""
    guide = guide_to(election)
    context = {
        "election": guide.election,
        "here": reverse("use:counts", args=[election]),
        "is_counted": settings.COUNT_USE,
        "smallest": SMALLEST,
        **_sums(guide, _cells(guide)),
    }
    response = render(request, "opendata/use.html", context)
    response["Cache-Control"] = CACHE_CONTROL
    return response


@takes("GET", "HEAD")
def counts_file(request: VoterRequest, election: str) -> HttpResponse:
    """Every number that is shown, as CSV; an empty field is a number under ten."""
    guide = guide_to(election)
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow(COLUMNS)
    for cell in _cells(guide):
        place = guide.municipalities.get(cell.municipality)
        who = (place.code, place.name) if place else ("", cell.municipality)
        writer.writerow([election, cell.day.isoformat(), *who, cell.started, cell.finished])
    response = HttpResponse(BOM + written.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{election}-use.csv"'
    response["Cache-Control"] = CACHE_CONTROL
    return response


def _cells(guide: Guide) -> list[Cell]:
    """All that may be shown, invented municipalities left out. Raises Problem."""
    invented = {each.slug for each in guide.examples}
    try:
        found = cells(guide.election.slug, timezone.localdate())
        return [each for each in found if each.municipality not in invented]
    except UnknownUseError:
        raise Problem(
            503,
            _("De aantallen zijn even niet te lezen"),
            _("Probeer het over een paar minuten nog een keer."),
        ) from None


def _sums(guide: Guide, found: list[Cell]) -> dict[str, Any]:
    """Rows of two tables: what they are about, and how often."""
    by_day = added_up(found, lambda cell: cell.day)
    by_place = added_up(found, lambda cell: cell.municipality)
    places = [guide.municipalities[slug] for slug in by_place.keys() & guide.municipalities]
    places.sort(key=lambda place: place.name.casefold())
    return {
        "days": [(date_format(day), use) for day, use in by_day.items()],
        "places": [(place.name, by_place[place.slug]) for place in places],
    }
