"""Pages of the whole country: the same for everyone, and made of what was built as files."""

from collections.abc import Hashable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from parties.problems import WayOn
from stemhulp.editions import store
from stemhulp.editions.guide import Guide
from stemhulp.opendata.built import Built, built
from stemhulp.opendata.country.map_page import Choice, map_context
from stemhulp.opendata.country.name_page import name_context
from stemhulp.opendata.country.overview import country
from stemhulp.opendata.country.survey import COUNTRY
from stemhulp.quiz import refusals
from stemhulp.quiz.kept import Few, for_everyone, kept
from stemhulp.quiz.problems import Problem
from stemhulp.quiz.requests import VoterRequest, takes, wants_fragment

MOST_KEPT = 48  # pages per election: the map has many forms, and there are many names
LONGEST_QUESTION = 80
MOST_NAMES = 100


@takes("GET", "HEAD")
def country_map(request: VoterRequest, election: str = "") -> HttpResponse:
    """How many lists answered where, and how friendly they are: a map with a table beside it."""
    guide, found = _election(election)
    try:
        choice = Choice.of(request.GET.dict())
    except ValueError:
        raise _unknown_choice(guide) from None
    return _kept(
        request,
        found,
        "opendata/map.html",
        lambda: map_context(guide, found, choice),
        changes_with=_state(guide),
        which=choice,
    )


@takes("GET", "HEAD")
def names(request: VoterRequest, election: str = "") -> HttpResponse:
    """Names that stand on more than one ballot; and any name, by searching."""
    if election and store.guide(election) is None:
        return name_now(request, election)  # a name may look like the address of an election
    guide, found = _election(election)
    question = request.GET.get("naam", "").strip()
    if not question and not wants_fragment(request):
        response = _kept(
            request,
            found,
            "opendata/names.html",
            lambda: _names_context(guide, found, ""),
            changes_with=None,
        )
        patch_vary_headers(response, ["HX-Request"])
        return response
    template = "opendata/names.html"
    response = render(
        request,
        f"{template}#names" if wants_fragment(request) else template,
        _names_context(guide, found, question),
    )
    patch_vary_headers(response, ["HX-Request"])
    return for_everyone(response)


def _names_context(guide: Guide, found: Built, question: str) -> dict[str, Any]:
    known = country(found)
    is_too_long = len(question) > LONGEST_QUESTION
    names = known.find(question) if question and not is_too_long else []
    return {
        "guide": guide,
        "election": guide.election,
        "question": question[:LONGEST_QUESTION],
        "is_too_long": is_too_long,
        "names": names[:MOST_NAMES] if question else list(known.by_slug.values()),
        "more": max(0, len(names) - MOST_NAMES),
        "all": len(known.by_slug),
        "here": reverse("country:names", args=[guide.election.slug]),
    }


@takes("GET", "HEAD")
def name_now(request: VoterRequest, name: str) -> HttpResponse:
    """Lead /partijen/d66/ to the election of now."""
    guide, found = _election("")
    if name not in country(found).by_slug:
        raise _unknown_name(guide, name)
    return redirect("country:name", guide.election.slug, name)


@takes("GET", "HEAD")
def name(request: VoterRequest, election: str, name: str) -> HttpResponse:
    """All lists with one name."""
    guide, found = _election(election)
    known = country(found)
    called = known.by_slug.get(name)
    if called is None:
        raise _unknown_name(guide, name)
    return _kept(
        request,
        found,
        "opendata/name.html",
        lambda: name_context(guide.election, known, called),
        changes_with=None,
        which=called.slug,
    )


def _election(slug: str) -> tuple[Guide, Built]:
    """The guide to an election, and what was built of it. Raises Problem."""
    known = store.elections(timezone.localdate())
    guide = store.guide(slug or (known[0].slug if known else ""))
    if guide is None:
        raise refusals.no_election(slug)
    found = built(guide.election.slug)
    if found is None or COUNTRY not in found.together.files:  # of an earlier release
        raise Problem(
            404,
            _("Dit overzicht is er nog niet"),
            _("Het wordt gemaakt zodra de stemhulp voor deze verkiezing is gepubliceerd."),
        )
    return guide, found


def _state(guide: Guide) -> Hashable:
    """Differs when other municipalities vote: that is not in what was built."""
    absences = guide.absences.values()
    return (
        frozenset(guide.municipalities.values()),
        frozenset((each.municipality.slug, each.votes_in, each.next_election) for each in absences),
    )


def _kept(
    request: VoterRequest, found: Built, template: str, context: Any, **which: Any
) -> HttpResponse:
    beside = found.beside.setdefault("country pages", Few(MOST_KEPT))
    return kept(request, beside, template, context, **which)


def _unknown_choice(guide: Guide) -> Problem:
    return Problem(
        400,
        _("Deze keuze kennen we niet"),
        _("In het adres staat iets waar de kaart geen antwoord op heeft."),
        [WayOn(_("Naar de kaart"), reverse("country:map", args=[guide.election.slug]))],
    )


def _unknown_name(guide: Guide, slug: str) -> Problem:
    return Problem(
        404,
        _("Deze naam kennen we niet"),
        _(
            "Er is geen naam ‘%(name)s’ die bij de %(election)s op meer dan één stembiljet staat. "
            "Zoek hem in de lijst."
        )
        % {"name": slug[:60], "election": guide.election.name},
        [WayOn(_("Alle namen"), reverse("country:names", args=[guide.election.slug]))],
    )
