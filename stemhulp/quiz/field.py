"""The field: a drawing of all parties, by agreement with the voter and by refugee-friendliness.

Across stands the match, upwards the friendliness. The dots have a frame of their own; the names
stand beside it, half of them on either side, each on a *row* of its own with a line to its dot. So
no name can overlap another or a dot, whatever a voter answered, whatever the names are, and however
wide the screen is. Dots to the left have their names to the left, so that lines are short.

Friendliness is the same for every voter, and so is how high a dot stands: that is drawn once per
edition (`ground`). What is left for each voter is how far across the dots stand, and which rows
their names get (`beside`).

Lengths down are in tenths of an em of the names, so that the drawing grows with the letters;
lengths across are in parts of the frame, so that it fits any screen. In a language that is written
from right to left the style sheet turns the drawing round.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

ROW = 25  # tenths of an em: the height of a name, which may take two lines
EDGE = 10  # tenths of an em between the outermost levels and the edge
LEAST_HEIGHT = 210  # tenths of an em
WIDE = 1000  # parts across


class Place(NamedTuple):
    """The dot of a party, as far as it is the same for every voter."""

    key: str
    level: float  # how far from the top it stands, in tenths of an em


@dataclass(frozen=True)
class Ground:
    """The drawing before any voter: the places from the top down."""

    height: int  # tenths of an em
    places: Sequence[Place]

    def level(self, friendliness: float) -> float:
        """How far from the top this friendliness (0 to 1) lies, in tenths of an em."""
        return _level(friendliness, self.height)


class Name(NamedTuple):
    """Where the name of a party goes."""

    place: int  # of its dot
    row: int  # the middle of the name, in tenths of an em from the top


class Sides(NamedTuple):
    """The names on either side of the frame, from the top down."""

    before: Sequence[Name]  # where a text begins: on the left, where one reads from left to right
    after: Sequence[Name]


def ground(friendliness: Mapping[str, float]) -> Ground:
    """The drawing of these parties, each with its friendliness from 0 to 1.

    Among equals the order stays.
    """
    height = max(LEAST_HEIGHT, -(-len(friendliness) // 2) * ROW)
    keys = sorted(friendliness, key=lambda key: -friendliness[key])
    return Ground(height, [Place(key, _level(friendliness[key], height)) for key in keys])


def beside(on: Ground, across: Sequence[int | None]) -> Sides:
    """Where each name goes, for dots that stand this far across (0 to WIDE), in their order.

    Who cannot be compared with the voter stands nowhere (None).
    """
    shown = [(x, place) for place, x in enumerate(across) if x is not None]
    by_match = [place for _, place in sorted(shown)]
    half = (len(by_match) + 1) // 2
    return Sides(*(_names(on, sorted(places)) for places in (by_match[:half], by_match[half:])))


def _level(friendliness: float, height: int) -> float:
    return round(EDGE + (1 - friendliness) * (height - 2 * EDGE), 1)


def _names(on: Ground, places: Sequence[int]) -> list[Name]:
    """The names of these places, one below the other, as close to their dots as they can be.

    Less the rows above it, each level wants a row that is no higher than the one before: the
    isotonic regression, by pooling adjacent violators (Barlow et al. 1972). Cutting that off at
    the edges gives the closest rows between them.
    """
    pools: list[tuple[float, int]] = []  # the mean of what they want, and of how many
    for at, place in enumerate(places):
        mean, size = on.places[place].level - at * ROW, 1
        while pools and pools[-1][0] > mean:
            other, count = pools.pop()
            mean = (mean * size + other * count) / (size + count)
            size += count
        pools.append((mean, size))
    first, last = ROW // 2 + 1, on.height - ROW // 2 - 1 - (len(places) - 1) * ROW
    wanted = [min(max(round(mean), first), last) for mean, size in pools for _ in range(size)]
    return [
        Name(place, start + at * ROW)
        for at, (place, start) in enumerate(zip(places, wanted, strict=True))
    ]
