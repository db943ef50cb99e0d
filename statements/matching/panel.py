"""The parties of one contest, prepared once for the many voters who are compared with them.

The same count as `match` and `robustness`, for a page that shows all parties to one voter after
the other: a handful of steps over small arrays. Scores stay whole numbers until they are shown.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from statements.matching.arguments import (
    Stances,
    check_length,
    checked_groups,
    checked_reach,
    column_indices,
)
from statements.matching.comparison import Groups
from statements.matching.matrix import EXACT_IN_SINGLE
from statements.matching.methods import Method, Missing, cells
from statements.matching.robustness import Verdict, verdict_of

ALMOST_THE_SAME = 1  # step of distance, at most
# The tables: costs for every way of counting, then full costs for every way, then two counts.
WAYS = [(method, missing) for missing in Missing for method in Method]  # the default one first
FULL, COUNTED = len(WAYS), 2 * len(WAYS)


class Row(NamedTuple):
    """One party beside one voter, as `Match` has it; `place` leads to its scores."""

    key: str
    place: int  # in the panel's order, from 0
    rank: int | None  # from 1, shared by equal scores; None without a score
    compared: int  # statements that count
    alike: int  # of these, how many are answered (almost) the same


@dataclass(frozen=True, slots=True)
class Comparison:
    """One voter beside all P parties; scores as they were counted, before any division.

    The score of a party is `part` of `whole`; `whole` is 0 where nothing can be compared. The
    columns are the panel's G groups in their order, and all statements last.
    """

    rows: Sequence[Row]  # best first; equals in the order of the panel
    part: NDArray[np.int64]  # (P, G + 1)
    whole: NDArray[np.int64]  # (P, G + 1)
    firsts: Sequence[int]  # per party, in how many variants it is first; as in `robustness`
    variants: int
    yardstick: Sequence[Fraction | None]  # the voter's closeness to it, per group and over all

    def score(self, row: Row, group: int = -1) -> Fraction | None:
        """A party's exact score over a group, by its place; over all statements without one."""
        part, whole = int(self.part[row.place, group]), int(self.whole[row.place, group])
        return Fraction(part, whole) if whole else None

    @property
    def leaders(self) -> list[Row]:
        """The parties that are first, alone or jointly, by the default count."""
        return [row for row in self.rows if row.rank == 1]

    @property
    def verdict(self) -> Verdict | None:
        return verdict_of([self.share(row) for row in self.leaders])

    def share(self, row: Row) -> Fraction:
        """In which part of the variants a party is first."""
        return Fraction(self.firsts[row.place], self.variants)


class Panel:
    """Parties with their stances, and statements in groups."""

    def __init__(
        self,
        parties: Mapping[str, Stances],
        groups: Groups | None = None,
        *,
        yardstick: Stances | None = None,
        reach: int = 2,
    ) -> None:
        """As the arguments of `match`; `yardstick` as the recommendation of `friendliness`.

        Raises ValueError, naming the argument.
        """
        if not parties:
            raise ValueError("parties must name at least one party")
        self._keys, self._reach = list(parties), checked_reach(reach)
        self._length = len(next(iter(parties.values())))
        self._answers = np.intp(2 * reach + 2)  # that one can give to a statement, "none" included
        ideal = [None] * self._length if yardstick is None else yardstick
        self._theirs = np.concatenate(  # (P + 1, S), the yardstick last
            [
                column_indices("parties", list(parties.values()), self._length, reach),
                column_indices("yardstick", [ideal], self._length, reach),
            ]
        ).astype(np.intp)
        grouping = checked_groups(groups or {}, self._length)
        # (2, G + 1, S): which statements belong to each group, and all of them to the last; once
        # to be weighed and once as they are
        self._members = np.zeros((2, len(grouping) + 1, self._length), dtype=np.float32)
        self._members[:, -1] = 1
        for group, indices in enumerate(grouping.values()):
            self._members[:, group, list(indices)] = 1

    def compare(self, voter: Stances, weights: Sequence[int] | None = None) -> Comparison:
        """Count in every variant that `robustness` names; the default one gives the scores.

        `weights` are whole numbers here. Raises ValueError as `match` does, and where a sum of
        costs could reach 2²⁴: below it, single precision holds the sums exactly, and quotients in
        double precision are equal only where the fractions are.
        """
        check_length("voter", voter, self._length)
        weight = self._weight(weights)
        own = column_indices("voter", [voter], self._length, self._reach)[0]
        # What each pair of answers means, (P + 1, S, tables), and its sums, (P + 1, 2, G + 1, …)
        cells = _tables(self._reach).take(own * self._answers + self._theirs, 0, mode="clip")
        members = (self._members * weight).reshape(-1, self._length)
        sums = (members @ cells).reshape(len(cells), *self._members.shape[:2], -1)
        each = cells[:-1, :, :COUNTED:FULL] * weight[0, 0, :, None]
        if None in voter:
            each = each[:, own <= 2 * self._reach]
        shares = _shares(sums[:-1, 0, -1], each)
        is_first = shares <= np.fmin.reduce(shares)  # NaN is nobody's first place
        usual = sums[:, :, :, :COUNTED:FULL].astype(np.int64)  # costs and full costs
        whole = usual[:-1, 0, :, 1]
        counts = sums[:-1, 1, -1, COUNTED:].astype(np.int64).tolist()
        return Comparison(
            _rows(self._keys, shares[:, 0].tolist(), counts),
            whole - usual[:-1, 0, :, 0],
            whole,
            is_first.sum(axis=1).tolist(),
            shares.shape[1],
            [Fraction(full - cost, full) if full else None for cost, full in usual[-1, 1].tolist()],
        )

    def _weight(self, weights: Sequence[int] | None) -> NDArray[np.float32]:
        given = [1] * self._length if weights is None else list(weights)
        if len(given) != self._length:
            raise ValueError(f"weights must be {self._length}, one per statement; got {len(given)}")
        for each in given:
            if type(each) is not int or each < 0:
                raise ValueError(f"weights must be whole numbers of 0 or more; got {each!r}")
        if sum(given) * 4 * self._reach**2 >= EXACT_IN_SINGLE:
            raise ValueError("weights are too large to be counted exactly")
        # (2, 1, S): the weights, and what counts everything once
        return np.array([[given], [[1] * self._length]], dtype=np.float32)


@lru_cache(maxsize=8)
def _tables(reach: int) -> NDArray[np.float32]:
    """What each pair of answers means in every table, (pairs, tables).

    A pair is the voter's answer times the number of answers, plus the party's; answers as
    `column_indices` has them.
    """
    answers = [*range(-reach, reach + 1), None]
    pairs = [(voter, party) for voter in answers for party in answers]
    ways = [cells(method, missing, reach) for method, missing in WAYS]
    steps = [ways[0][voter][party][0] for voter, party in pairs]
    tables = [
        *([way[voter][party][1] for voter, party in pairs] for way in ways),
        *([way[voter][party][2] for voter, party in pairs] for way in ways),
        [each is not None for each in steps],
        [each is not None and each <= ALMOST_THE_SAME for each in steps],
    ]
    return np.ascontiguousarray(np.array(tables, dtype=np.float32).T)


def _shares(sums: NDArray[np.float32], usual: NDArray[np.float32]) -> NDArray[np.float64]:
    """The part of the full cost per party and variant (P, V); NaN where nothing can be compared.

    From the sums (P, tables), and cost and full cost by default of each statement that the voter
    answered (P, spoken, 2), each of which is left out once.
    """
    ways = sums[:, :COUNTED].reshape(-1, 2, FULL).transpose(0, 2, 1)
    variants = np.concatenate([ways, sums[:, None, :COUNTED:FULL] - usual], axis=1)
    with np.errstate(invalid="ignore"):  # nothing by nothing
        shares: NDArray[np.float64] = np.divide(
            variants[:, :, 0], variants[:, :, 1], dtype=np.float64
        )
    return shares


def _rows(
    keys: Sequence[str], shares: Sequence[float], counts: Sequence[Sequence[int]]
) -> list[Row]:
    """The rows in order; the first of equals gives all of them its rank."""
    places = [math.inf if math.isnan(share) else share for share in shares]
    order = sorted(range(len(keys)), key=places.__getitem__)
    ranks: dict[float, int | None] = {math.inf: None}
    return [
        Row(keys[at], at, ranks.setdefault(places[at], rank), *counts[at])
        for rank, at in enumerate(order, start=1)
    ]
