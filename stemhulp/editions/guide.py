"""What is needed to find one's way in an election, held in memory like the editions."""

from collections.abc import Mapping
from dataclasses import dataclass

from parties.search import Gazetteer
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
