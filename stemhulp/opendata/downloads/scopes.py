"""What contests are put together in one file: an election, a region, a province.

Which there are, is written beside the files when they are built; pages read it from there.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path

from django.utils.text import slugify

from parties.models import Municipality
from stemhulp.editions.edition import Election
from stemhulp.opendata.built import Built, ContestFolder

INDEX = "scopes.json"


class Level(StrEnum):
    """The values stand in addresses and in the names of files."""

    ELECTION = "verkiezing"
    REGION = "regio"
    PROVINCE = "provincie"


@dataclass(frozen=True)
class Scope:
    level: Level
    slug: str  # of the election, the region or the province
    name: str
    municipalities: tuple[str, ...]  # slugs of those that were put together, by name

    def file(self, name: str) -> str:
        """How its file with this name is called in the folder of all together."""
        return name if self.level is Level.ELECTION else f"{self.level}.{self.slug}.{name}"


def scopes(election: Election, contests: Mapping[str, ContestFolder]) -> Iterator[Scope]:
    """The election, then regions and provinces with at least one published contest.

    Invented municipalities are in none. Asks the database for the regions.
    """
    places = [each.municipality for each in contests.values() if not each.municipality.is_example]
    yield Scope(Level.ELECTION, election.slug, election.name, tuple(each.slug for each in places))
    member_of = dict(regions())
    by_region, by_province = defaultdict[tuple[str, str], list[str]](list), defaultdict(list)
    for place in places:
        if place.code in member_of:
            by_region[member_of[place.code]].append(place.slug)
        if place.province:
            by_province[slugify(place.province), place.province].append(place.slug)
    yield from _named(Level.REGION, by_region)
    yield from _named(Level.PROVINCE, by_province)


def _named(level: Level, found: Mapping[tuple[str, str], list[str]]) -> Iterator[Scope]:
    for slug, name in sorted(found, key=lambda each: (each[1].casefold(), each[0])):
        yield Scope(level, slug, name, tuple(found[slug, name]))


def regions() -> Iterable[tuple[str, tuple[str, str]]]:
    """Municipalities that are in a region, by code: its slug and name."""
    rows = Municipality.objects.filter(region__isnull=False, is_example=False).order_by("code")
    for code, slug, name in rows.values_list("code", "region__slug", "region__name"):
        yield code, (slug, name)


def keep(folder: Path, found: Iterable[Scope]) -> None:
    content = [asdict(each) for each in found]
    (folder / INDEX).write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")


def kept(found: Built) -> tuple[Scope, ...]:
    """Those for which there are files. Raises OSError, ValueError or KeyError where damaged."""
    held: tuple[Scope, ...] | None = found.beside.get("scopes")
    if held is None:
        content = json.loads((found.together.path / INDEX).read_bytes())
        held = found.beside["scopes"] = tuple(
            Scope(Level(each["level"]), each["slug"], each["name"], tuple(each["municipalities"]))
            for each in content
        )
    return held
