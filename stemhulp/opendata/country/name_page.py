"""All lists with one name: where they stand, and how much they differ among themselves."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from parties.search import fold
from statements.matching import Score
from stemhulp.editions.edition import DUTCH, Election, Theme
from stemhulp.opendata.country.overview import Asked, Country, Listed, Name
from stemhulp.opendata.country.spread import (
    ALIKE,
    STANCES,
    VARIED,
    Spread,
    range_of,
    spread,
    together,
)
from stemhulp.opendata.country.survey import NOT_ANSWERED
from stemhulp.quiz.scores import percent, stance_label, stance_mark, whole_percent

FEWEST = 2  # lists that answered, before anything can be said of how they differ
BIN = 2  # percentage points that share a column of dots
HIGHEST = 12  # dots in a column; beyond it each stands for more lists


@dataclass(frozen=True)
class Bar:
    """How many lists gave one answer."""

    label: str
    mark: SafeString
    count: int
    height: int  # of 100, where the answer that was given most has 100
    places: str  # where, by name

    @property
    def top(self) -> int:
        return 100 - self.height


@dataclass(frozen=True)
class Row:
    """One statement, with the answers of all lists to which it was put."""

    text: str
    language: str
    theme: Theme
    bars: Sequence[Bar]
    spread: Spread
    verdict: str
    steps: str


@dataclass(frozen=True)
class Dot:
    x: float
    y: float


def name_context(election: Election, known: Country, name: Name) -> dict[str, Any]:
    lists = sorted(known.lists_called(name), key=lambda each: fold(each.municipality.name))
    asked = _asked_of_more(known, lists)
    spreads = {each.id: _spread(each, lists) for each in asked}
    distance = together(spreads.values())
    return {
        "election": election,
        "name": name,
        "lists": lists,
        "can_compare": name.answered >= FEWEST and distance is not None,
        "verdict": _verdict(distance),
        "steps": _steps(distance),
        "statements": _rows(asked, spreads, lists),
        "asked_once": len({id_ for each in lists for id_ in each.stances}) - len(asked),
        "plot": _plot([each.friendliness for each in lists]),
        "rows": [_list_row(each, election) for each in lists],
        "here": reverse("country:name", args=[election.slug, name.slug]),
    }


def _asked_of_more(known: Country, lists: Sequence[Listed]) -> list[Asked]:
    """What was asked of at least two of the lists, in the same words."""
    counted = Counter(id_ for each in lists for id_ in each.stances)
    return [known.statements[id_] for id_, count in counted.items() if count >= FEWEST]


def _spread(asked: Asked, lists: Sequence[Listed]) -> Spread:
    return spread(each.stances[asked.id] for each in lists if asked.id in each.stances)


def _rows(
    asked: Sequence[Asked], spreads: Mapping[str, Spread], lists: Sequence[Listed]
) -> list[Row]:
    """That on which the lists differ most comes first; among equals in the order of asking."""
    rows = [_row(each, spreads[each.id], lists) for each in asked]
    return sorted(rows, key=lambda row: -(row.spread.distance or 0))


def _row(asked: Asked, found: Spread, lists: Sequence[Listed]) -> Row:
    language = get_language() or DUTCH
    spoken, text = asked.in_language(language)
    most = max(found.counts.values()) or 1
    bars = [
        Bar(
            label=stance_label(stance),
            mark=stance_mark(stance),
            count=found.counts[stance],
            height=100 * found.counts[stance] // most,
            places=_places(stance, asked, lists),
        )
        for stance in reversed(STANCES)
    ]
    verdict, steps = _verdict(found.distance), _steps(found.distance)
    return Row(text, spoken, asked.theme(language), bars, found, verdict, steps)


def _places(stance: int, asked: Asked, lists: Sequence[Listed]) -> str:
    there = (
        each.municipality.name
        for each in lists
        if each.stances.get(asked.id, NOT_ANSWERED) == stance
    )
    return ", ".join(there)


def _verdict(distance: Fraction | None) -> str:
    """How much lists differ, in words; the page says where these begin."""
    if distance is None:
        return _("te weinig antwoorden")
    if not distance:
        return _("allemaal hetzelfde")
    if distance < ALIKE:
        return _("bijna hetzelfde")
    return _("een beetje verdeeld") if distance < VARIED else _("sterk verdeeld")


def _steps(distance: Fraction | None) -> str:
    if distance is None:
        return ""
    shown = number_format(round(float(distance), 1), 1)
    return ngettext("%(steps)s stap", "%(steps)s stappen", 1 if shown in {"1,0", "1.0"} else 2) % {
        "steps": shown
    }


def _list_row(each: Listed, election: Election) -> dict[str, Any]:
    return {
        "municipality": each.municipality,
        "url": reverse("quiz:introduction", args=[election.slug, each.municipality.slug]),
        "answered": each.answered,
        "asked": len(each.stances),
        "seats": each.seats,
        "friendliness": percent(each.friendliness),
        "is_ranked": each.friendliness is not None,
    }


def _plot(scores: Sequence[Score]) -> dict[str, Any] | None:
    """A dot for each list on a line from 0 to 100 %, on top of each other where they are alike."""
    known = [score for score in scores if isinstance(score, Fraction)]
    found = range_of(known)
    if found is None:
        return None
    columns = Counter(whole_percent(score) // BIN for score in known)
    each_stands_for = -(-max(columns.values()) // HIGHEST)
    rows = -(-max(columns.values()) // each_stands_for)
    height = 2.4 * rows + 1
    return {
        "count": len(known),
        "lowest": percent(found.lowest),
        "median": percent(found.median),
        "highest": percent(found.highest),
        "middle": round(float(found.median) * 100, 1),
        "each": each_stands_for,
        "height": height,
        "dots": [
            Dot(x=column * BIN + BIN / 2, y=round(height - 1.2 - 2.4 * place, 1))
            for column, count in sorted(columns.items())
            for place in range(-(-count // each_stands_for))
        ],
    }
