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
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Cell = tuple[int | None, int, int]  # steps between two answers, what they cost, and could cost
NOTHING: Cell = (None, 0, 0)  # where a statement does not count


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


_COSTS: dict[Method, Callable[[int, int, int], int]] = {
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


def full_cost(method: Method, reach: int) -> int:
    """The largest cost of one statement: the two sides at opposite ends."""
    return _FULL[method](reach)


def cost(method: Method, missing: Missing, voter: int, party: int | None, reach: int) -> int | None:
    """What a statement costs before its weight; None where it does not count."""
    if party is None:
        if missing is Missing.SHARED:
            return None
        far_end = -reach if voter > 0 else reach
        party = 0 if missing is Missing.NEUTRAL else far_end
    return _COSTS[method](voter, party, reach)


@lru_cache(maxsize=64)
def cells(method: Method, missing: Missing, reach: int) -> dict[int | None, dict[int | None, Cell]]:
    """What each pair of answers means: by the voter's answer, then by the party's.

    Kept, because it is the same for everyone: it holds nobody's answers.
    """
    answers = [*range(-reach, reach + 1), None]
    full = full_cost(method, reach)
    known: dict[int | None, dict[int | None, Cell]] = {None: dict.fromkeys(answers, NOTHING)}
    for voter in range(-reach, reach + 1):
        known[voter] = {}
        for party in answers:
            each = cost(method, missing, voter, party, reach)
            steps = cost(Method.CITY_BLOCK, missing, voter, party, reach)
            known[voter][party] = NOTHING if each is None else (steps, each, full)
    return known


@lru_cache(maxsize=64)
def cost_table(method: Method, missing: Missing, reach: int) -> tuple[NDArray[np.int64], ...]:
    """Costs and full costs of all pairs of answers, each (2·reach + 1, 2·reach + 2).

    Rows are the voter's stances from −reach, columns the party's, the last one for no answer.
    Both are 0 where the statement does not count.
    """
    known = cells(method, missing, reach)
    rows = [list(known[voter].values()) for voter in range(-reach, reach + 1)]
    table = np.array([[cell[1:] for cell in row] for row in rows], dtype=np.int64)
    return table[:, :, 0], table[:, :, 1]
