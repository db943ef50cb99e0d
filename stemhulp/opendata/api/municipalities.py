"""Municipalities of an election, all of them or those that a search finds."""

from collections.abc import Container, Sequence
from typing import Literal, NamedTuple

from parties.search import Answer, Outcome, fold
from stemhulp.editions import edition as published
from stemhulp.editions.guide import Guide
from stemhulp.opendata.api import shapes
from stemhulp.opendata.api.content import place_of

Said = Literal["all", "found", "split_postcode", "suggestion", "nothing", "no_postcodes"]
SAID: dict[Outcome, Said] = {
    Outcome.FOUND: "found",
    Outcome.SPLIT_POSTCODE: "split_postcode",
    Outcome.SUGGESTION: "suggestion",
    Outcome.NO_POSTCODES: "no_postcodes",
}


class Searching(NamedTuple):
    """What was found: which municipalities, and by which place or former name."""

    outcome: Said
    found: Sequence[tuple[published.Municipality, str]]


def search(guide: Guide, name: str | None, postcode: str | None) -> Searching:
    """All of them without a question; with two questions, those that answer both."""
    if name is None and postcode is None:
        return Searching("all", [(each, "") for each in by_name(guide)])
    answers = [
        guide.gazetteer.find(each, most=None) for each in (name, postcode) if each is not None
    ]
    first, *others = answers
    codes = [{each.locality.code for each in other.results} for other in others]
    found = [
        (guide.municipalities[each.locality.slug], each.via)
        for each in first.results
        if all(each.locality.code in known for known in codes)
    ]
    return Searching(_outcome(answers, len(found)), found)


def by_name(guide: Guide) -> Sequence[published.Municipality]:
    """All of them. Ordering names takes longer than anything else in a list, so it is done once."""
    found: Sequence[published.Municipality] | None = guide.beside.get("api by name")
    if found is None:
        found = sorted(guide.municipalities.values(), key=lambda each: fold(each.name))
        guide.beside["api by name"] = found
    return found


def _outcome(answers: Sequence[Answer], count: int) -> Said:
    """The first that is not simply found; of a postcode in several, whether that is so still."""
    said = [SAID.get(each.outcome, "nothing") for each in answers]
    if not count:
        return "no_postcodes" if "no_postcodes" in said else "nothing"
    if "suggestion" in said:
        return "suggestion"
    return "split_postcode" if "split_postcode" in said and count > 1 else "found"


def municipality_of(
    guide: Guide, place: published.Municipality, via: str, contests: Container[str]
) -> shapes.Municipality:
    """`contests` are the slugs of those that were published."""
    absence = guide.absences.get(place.slug)
    return shapes.Municipality(
        slug=place.slug,
        code=place.code,
        name=place.name,
        province=place.province,
        is_example=place.is_example,
        is_published=absence is None and place.slug in contests,
        absence=_absence(absence) if absence else None,
        found_by=via or None,
    )


def _absence(absence: published.Absence) -> shapes.Absence:
    return shapes.Absence(
        reason=absence.reason,
        next_election=absence.next_election,
        votes_in=place_of(absence.votes_in) if absence.votes_in else None,
    )
