"""Ways of counting. Every one of them is the same sum over a different cost per statement.

With v the voter's stance, p the party's, r the reach of the scale and w the weight, the score is

    1 − Σ w·cost(v, p) ÷ Σ w·full

over the statements that count, where `full` is the largest cost there can be. The costs:

| method | cost | full | source |
|---|---|---|---|
| city-block | abs(v − p) | 2r | Louwerse and Rosema 2014 |
| euclidean | (v − p)² | (2r)² | idem; the score is 1 minus the root of the part |
| directional | r² − v·p | 2r² | Rabinowitz and Macdonald 1989, the scalar product |
| hybrid | r·abs(v − p) + r² − v·p | 4r² | Mendez 2012, the mean of city-block and directional |

The last two lines are the usual formulas, (1 + Σ w·v·p ÷ Σ w·r²) ÷ 2 and the mean of two scores,
written as a cost; so there is one formula, and it is here.
"""

from collections.abc import Callable
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

Integers = NDArray[np.signedinteger[Any]]


class Method(StrEnum):
    """How the distance between two stances is measured."""

    CITY_BLOCK = "city-block"
    EUCLIDEAN = "euclidean"
    DIRECTIONAL = "directional"
    HYBRID = "hybrid"


class Missing(StrEnum):
    """What a party's missing answer is taken for, where the voter did answer."""

    SHARED = "shared"  # the statement is left out
    NEUTRAL = "neutral"  # the party stands in the middle
    OPPOSITE = "opposite"  # the party stands at the far end from the voter


_COSTS: dict[Method, Callable[[Integers, Integers, int], Integers]] = {
    Method.CITY_BLOCK: lambda v, p, r: abs(v - p),
    Method.EUCLIDEAN: lambda v, p, r: (v - p) ** 2,
    Method.DIRECTIONAL: lambda v, p, r: r * r - v * p,
    Method.HYBRID: lambda v, p, r: r * abs(v - p) + r * r - v * p,
}
_FULL: dict[Method, Callable[[int], int]] = {
    Method.CITY_BLOCK: lambda r: 2 * r,
    Method.EUCLIDEAN: lambda r: 4 * r * r,
    Method.DIRECTIONAL: lambda r: 2 * r * r,
    Method.HYBRID: lambda r: 4 * r * r,
}


def cost(method: Method, voter: Integers, party: Integers, reach: int) -> Integers:
    """What each statement costs; the arrays of stances are broadcast against each other."""
    return _COSTS[method](voter, party, reach)


def full_cost(method: Method, reach: int) -> int:
    """The largest cost of one statement: the two sides at opposite ends."""
    return _FULL[method](reach)


def filled_in(
    missing: Missing, voter: Integers, party: Integers, gaps: Any, reach: int
) -> Integers:
    """The party's stances with its gaps filled in (for SHARED with anything: they do not count)."""
    if missing is Missing.OPPOSITE:
        return np.where(gaps, np.where(voter > 0, -reach, reach), party)
    return np.where(gaps, 0, party)
