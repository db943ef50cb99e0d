"""What was told of the whole country, read once per building and held beside it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

from statements.matching import Score
from stemhulp.editions.edition import DUTCH, Municipality, Theme
from stemhulp.opendata.built import Built
from stemhulp.opendata.country.names import same_name
from stemhulp.opendata.country.survey import BOUNDARIES, COUNTRY


@dataclass(frozen=True)
class Place:
    """A municipality in which lists could answer; how many did, and how friendly those are."""

    municipality: Municipality
    lists: int
    answered: int  # any statement, themselves or as staff read it in their programme
    itself: int  # of those, how many answered anything themselves
    ranked: int  # answered enough for a score
    has_results: bool  # the seats are known
    mean: Score  # friendliness of those ranked, all alike
    weighted: Score  # the same, by seats; None where none of them has any


@dataclass(frozen=True)
class Boundaries:
    attribution: str
    width: int
    height: int
    paths: Mapping[str, str]  # by code


@dataclass(frozen=True)
class Asked:
    """A statement that was put to lists in the same words."""

    id: str
    recommendation: int
    texts: Mapping[str, str]  # by language
    theme_key: str
    theme_names: Mapping[str, str]

    def in_language(self, language: str) -> tuple[str, str]:
        """In which language it is, and its text: Dutch where it was not translated."""
        found = language if language in self.texts else DUTCH
        return found, self.texts[found]

    def theme(self, language: str) -> Theme:
        found = language if language in self.theme_names else DUTCH
        return Theme(self.theme_key, self.theme_names[found], "", "", found)


@dataclass(frozen=True)
class Listed:
    """One list of a name, in one municipality."""

    municipality: Municipality
    slug: str
    seats: int | None
    answered: int
    friendliness: Score  # None for one that did not answer enough
    stances: Mapping[str, int | None]  # by the id of what was asked; see survey.NOT_ANSWERED


@dataclass(frozen=True)
class Name:
    """A name that stands on ballots, by an address when that is more than one."""

    slug: str
    name: str
    places: Sequence[Municipality]
    answered: int  # how many of its lists answered anything

    @property
    def lists(self) -> int:
        return len(self.places)


class Country:
    """All real municipalities of an election together."""

    def __init__(self, content: Mapping[str, Any], places: Mapping[str, Municipality]) -> None:
        """`content` is what `survey` wrote, `places` the municipalities in it by their slug."""
        self._content = content
        self._known = places
        self.places = {slug: _place(places[slug], each) for slug, each in content["places"].items()}
        self.names = [self._name(each) for each in content["names"]]

    @cached_property
    def statements(self) -> Mapping[str, Asked]:
        return {
            id_: Asked(
                id_, each["recommendation"], each["texts"], each["theme"], each["theme_names"]
            )
            for id_, each in self._content["statements"].items()
        }

    @cached_property
    def by_slug(self) -> Mapping[str, Name]:
        """Names that stand on more than one ballot."""
        return {each.slug: each for each in self.names if each.slug}

    def lists_called(self, name: Name) -> list[Listed]:
        """All lists of a name that has an address, by the name of the municipality."""
        [found] = [each["lists"] for each in self._content["names"] if each["slug"] == name.slug]
        return [self._listed(each) for each in found]

    def _name(self, content: Mapping[str, Any]) -> Name:
        lists = content["lists"]
        return Name(
            slug=content["slug"],
            name=content["name"],
            places=tuple(self._known[each["place"]] for each in lists),
            answered=sum(each["answered"] > 0 for each in lists),
        )

    def _listed(self, content: Mapping[str, Any]) -> Listed:
        asked = self._content["sets"][content["asked"]]
        return Listed(
            municipality=self._known[content["place"]],
            slug=content["slug"],
            seats=content["seats"],
            answered=content["answered"],
            friendliness=_score(content["friendliness"]),
            stances=dict(zip(asked, content["stances"], strict=True)),
        )

    def find(self, question: str) -> list[Name]:
        """Names in which this stands, whatever its capitals; those on most ballots first."""
        wanted = same_name(question)
        return [each for each in self.names if wanted in same_name(each.name)]


def country(found: Built) -> Country:
    """Raises OSError or ValueError where the file of it is damaged."""
    held: Country | None = found.beside.get(COUNTRY)
    if held is None:
        content = json.loads(found.together.files[COUNTRY].path.read_bytes())
        places = {slug: each.municipality for slug, each in found.contests.items()}
        held = found.beside[COUNTRY] = Country(content, places)
    return held


def boundaries(found: Built) -> Boundaries | None:
    """None where no file with boundaries was loaded."""
    if BOUNDARIES not in found.together.files:
        return None
    held: Boundaries | None = found.beside.get(BOUNDARIES)
    if held is None:
        content = json.loads(found.together.files[BOUNDARIES].path.read_bytes())
        held = found.beside[BOUNDARIES] = Boundaries(**content)
    return held


def _place(municipality: Municipality, content: Mapping[str, Any]) -> Place:
    scores = {name: _score(content[name]) for name in ("mean", "weighted")}
    return Place(municipality, **{**content, **scores})


def _score(text: str | None) -> Score:
    return None if text is None else Fraction(text)
