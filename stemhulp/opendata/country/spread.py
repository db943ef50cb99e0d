"""How much lists with one name differ among themselves: counted exactly, and in words."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from statistics import median

from stemhulp.opendata.country.survey import NOT_ANSWERED

STANCES = (-2, -1, 0, 1, 2)
ALIKE, VARIED = Fraction(1, 2), Fraction(5, 4)  # steps; below these lists are said to be so


@dataclass(frozen=True)
class Spread:
    """Where lists stand on one statement."""

    counts: Mapping[int, int]  # of lists, by stance
    no_opinion: int
    not_answered: int

    @property
    def answered(self) -> int:
        return sum(self.counts.values())

    @property
    def pairs(self) -> int:
        return self.answered * (self.answered - 1) // 2

    @property
    def steps(self) -> int:
        """How far all pairs of lists lie apart, added up."""
        return sum(
            self.counts[one] * self.counts[other] * (other - one)
            for one, other in combinations(STANCES, 2)
        )

    @property
    def distance(self) -> Fraction | None:
        """The mean over all pairs, from 0 to 4 steps; None with fewer than two answers."""
        return Fraction(self.steps, self.pairs) if self.pairs else None


@dataclass(frozen=True)
class Range:
    """Lowest, middle and highest of scores."""

    lowest: Fraction
    median: Fraction
    highest: Fraction


def spread(stances: Iterable[int | None]) -> Spread:
    """`stances` has one for each list to which the statement was put."""
    counted = Counter(stances)
    return Spread(
        counts={stance: counted[stance] for stance in STANCES},
        no_opinion=counted[None],
        not_answered=counted[NOT_ANSWERED],
    )


def together(spreads: Iterable[Spread]) -> Fraction | None:
    """The mean over all pairs on all statements; None where no two lists answered one."""
    known = list(spreads)
    pairs = sum(each.pairs for each in known)
    return Fraction(sum(each.steps for each in known), pairs) if pairs else None


def range_of(scores: Sequence[Fraction]) -> Range | None:
    return Range(min(scores), median(scores), max(scores)) if scores else None
