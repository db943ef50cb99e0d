"""What is needed to find one's way in an election, held in memory like the editions."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from parties.search import Gazetteer, Locality
from stemhulp.editions.edition import Absence, Election, Municipality


@dataclass(frozen=True)
class Guide:
    """An election with all its municipalities, those without a contest included."""

    election: Election
    gazetteer: Gazetteer
    municipalities: Mapping[str, Municipality]  # by slug
    absences: Mapping[str, Absence]  # by slug
    examples: tuple[Municipality, ...]
    contests: int  # councils that are elected, invented ones not counted
    digest: str = ""  # differs whenever anything in it does; the same in every process
    # What others make of it and want to keep for as long as it is held.
    beside: dict[Any, Any] = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def voting(self) -> Municipality | None:
        """The first that really votes, to show how to search; None if there is none."""
        known = self.municipalities.items()
        real = (row for slug, row in known if not row.is_example and slug not in self.absences)
        return next(real, None)

    @cached_property
    def postcode(self) -> int | None:
        """One that leads to that municipality; None where there is no such table."""
        return self.gazetteer.postcode_in(self.voting.code) if self.voting else None


def read_guide(content: Mapping[str, Any]) -> Guide:
    """The guide from what `compile.guide_content` made; both are ours, so it is not checked."""
    election = read_election(content["election"])
    known = {each["code"]: Municipality(**each) for each in content["municipalities"]}
    absences = {
        known[each["municipality"]].slug: Absence(
            election=election,
            municipality=known[each["municipality"]],
            reason=each["reason"],
            next_election=_date(each["next_election"]),
            votes_in=known[each["votes_in"]] if each["votes_in"] else None,
        )
        for each in content["absences"]
    }
    return Guide(
        election=election,
        gazetteer=Gazetteer(
            (Locality(row.code, row.name, row.slug, row.province) for row in known.values()),
            places=content["places"],
            postcodes=content["postcodes"],
        ),
        municipalities={row.slug: row for row in known.values()},
        absences=absences,
        examples=tuple(row for row in known.values() if row.is_example),
        contests=content["contests"],
        digest=_digest(content),
    )


def read_election(content: Mapping[str, Any]) -> Election:
    return Election(content["slug"], content["name"], date.fromisoformat(content["date"]))


def _digest(content: Mapping[str, Any]) -> str:
    """Of what was read, whatever the order in which the database gave it."""
    ordered = {
        name: sorted(map(json.dumps, value)) if isinstance(value, list) else value
        for name, value in content.items()
    }
    return hashlib.sha256(json.dumps(ordered, sort_keys=True).encode()).hexdigest()


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
