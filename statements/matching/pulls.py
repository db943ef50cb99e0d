"""What each statement did to a score: which ones bring two sides closer, and which push them apart.

A score is a mean: of every statement that counts, the part that was not lost, each with its weight.
A statement on which two sides lie closer together than that mean pulls the score up, one on which
they lie further apart pulls it down. With c what a statement cost, weight included, f what it could
have cost, and C and F all of these together, so that the score is 1 − C ÷ F, its pull is

    (f · C ÷ F − c) ÷ F

that is: what it would have cost at the mean, less what it did cost. For the city-block method this
is weight × (mean steps − steps), as a part of all steps there could be. Pulls add up to nothing.
Without a statement that pulls up the score would never be higher, without one that pulls down never
lower; without one that pulls neither way it would be the same.

For weights of 1, and a mean of 1½ steps:

| steps between the two | could be | pull |
|---|---|---|
| 0 | 4 | + 1½ ÷ 16 |
| 1 | 4 | + ½ ÷ 16 |
| 2 | 4 | − ½ ÷ 16 |
| 3 | 4 | − 1½ ÷ 16 |
"""

from collections.abc import Sequence
from fractions import Fraction

from statements.matching.comparison import Agreement

MOST = 3  # statements that are named on either side


def pulls(found: Agreement) -> tuple[Fraction | None, ...]:
    """The pull of each statement; None where it does not count."""
    lost, whole = sum(found.costs), sum(found.fulls)
    return tuple(
        None if steps is None or not whole else Fraction(full * lost - cost * whole, whole * whole)
        for steps, cost, full in zip(found.distances, found.costs, found.fulls, strict=True)
    )


def closer(found: Agreement, most: int = MOST) -> list[int]:
    """The statements (from 0) that pull the score up, strongest first; equals in their order."""
    return _strongest([pull or Fraction(0) for pull in pulls(found)], most)


def further(found: Agreement, most: int = MOST) -> list[int]:
    """The statements (from 0) that pull it down, strongest first; equals in their order."""
    return _strongest([-(pull or Fraction(0)) for pull in pulls(found)], most)


def _strongest(strengths: Sequence[Fraction], most: int) -> list[int]:
    found = [at for at, strength in enumerate(strengths) if strength > 0]
    return sorted(found, key=lambda at: -strengths[at])[:most]
