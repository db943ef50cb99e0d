"""How far the top of a voter's list depends on choices that are ours and not the voter's."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from statements.matching.arguments import (
    Stances,
    Weight,
    checked_reach,
    column_indices,
    weight_array,
)
from statements.matching.methods import Method, Missing, cost_table

MOSTLY = Fraction(3, 4)  # of the variants, for the middle verdict


class Verdict(StrEnum):
    """How sure the top of the list is."""

    FIRM = "firm"  # the same party on top, however one counts
    MOSTLY = "mostly"  # in three quarters of the variants or more
    OPEN = "open"  # the way of counting decides


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one party stands over all variants."""

    best: int | None  # its best rank; None where it can never be compared
    worst: int | None
    firsts: int  # variants in which it is first, alone or jointly
    variants: int

    @property
    def first(self) -> Fraction:
        """Part of the variants in which it is first, alone or jointly."""
        return Fraction(self.firsts, self.variants)


@dataclass(frozen=True, slots=True)
class Robustness:
    parties: Mapping[str, Standing]
    leaders: tuple[str, ...]  # first, alone or jointly, by the default count
    contenders: tuple[str, ...]  # first in any variant, the most frequent one first
    verdict: Verdict | None  # None without any ranking
    variants: int


def robustness(
    voter: Stances,
    parties: Mapping[str, Stances],
    weights: Sequence[Weight] | None = None,
    *,
    reach: int = 2,
) -> Robustness:
    """Count again in every way we might have chosen, and see who stays on top.

    The variants: each method with each rule for missing answers (12), and the default method with
    each statement left out once (one per statement that the voter answered). FIRM: every leader is
    (jointly) first in all of them; MOSTLY: some leader is in three quarters; OPEN: otherwise.
    Ranks are compared exactly. Raises ValueError as `match` does.
    """
    if not parties:
        raise ValueError("parties must name at least one party")
    reach, length = checked_reach(reach), len(voter)
    own = column_indices("voter", [voter], length, reach)[0]
    theirs = column_indices("parties", list(parties.values()), length, reach)
    spoken = own <= 2 * reach
    weight = weight_array(weights, length, reach)[spoken]
    part, full = _variants(own[spoken], theirs[:, spoken], weight, reach)
    return _judge(list(parties), _ranks(part, full))


@lru_cache(maxsize=8)
def _tables(reach: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The cost tables of every method with every rule, the default ones first."""
    tables = [cost_table(method, missing, reach) for missing in Missing for method in Method]
    return np.array([costs for costs, _ in tables]), np.array([fulls for _, fulls in tables])


def _variants(own: Any, theirs: Any, weight: Any, reach: int) -> tuple[Any, Any]:
    """Cost and full cost per variant and party, each (variants, P); the default count is first."""
    costs, fulls = (table[:, own, theirs] for table in _tables(reach))
    part, full = costs @ weight, fulls @ weight
    left_out = part[0][:, None] - costs[0] * weight, full[0][:, None] - fulls[0] * weight
    return np.concatenate([part, left_out[0].T]), np.concatenate([full, left_out[1].T])


def _ranks(part: NDArray[Any], full: NDArray[Any]) -> NDArray[np.intp]:
    """Ranks (V, P) by the part of the full cost.

    Equal fractions give the same float, as division rounds correctly, and different ones of
    numbers below 2²⁶ lie further apart than floats do; for larger numbers, see `weight_array`,
    fractions are compared as such.
    """
    comparable = full > 0
    divide = np.divide if part.dtype != object else np.frompyfunc(Fraction, 2, 1)
    shares = divide(part, np.where(comparable, full, 1))
    shares[~comparable] = np.inf
    before = shares[:, None, :] < shares[:, :, None]
    return np.where(comparable, before.sum(axis=2, dtype=np.intp) + 1, 0)


def _judge(keys: Sequence[str], ranks: NDArray[np.intp]) -> Robustness:
    """What the ranks (V, P) of these parties say together; the default count is the first."""
    variants = len(ranks)
    firsts = (ranks == 1).sum(axis=0).tolist()
    worst = ranks.max(axis=0).tolist()
    best = np.where(ranks > 0, ranks, len(keys) + 1).min(axis=0).tolist()
    parties = {
        key: Standing(low if high else None, high or None, count, variants)
        for key, low, high, count in zip(keys, best, worst, firsts, strict=True)
    }
    leaders = [key for key, rank in zip(keys, ranks[0].tolist(), strict=True) if rank == 1]
    contenders = [key for key, count in zip(keys, firsts, strict=True) if count]
    return Robustness(
        parties=parties,
        leaders=tuple(leaders),
        contenders=tuple(sorted(contenders, key=lambda key: -parties[key].firsts)),
        verdict=verdict_of([parties[key].first for key in leaders]),
        variants=variants,
    )


def verdict_of(shares: Sequence[Fraction]) -> Verdict | None:
    """The verdict by how often each leader is first; None without a leader."""
    if not shares:
        return None
    if min(shares) == 1:
        return Verdict.FIRM
    return Verdict.MOSTLY if max(shares) >= MOSTLY else Verdict.OPEN
