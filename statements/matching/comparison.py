"""One voter beside every party: scores, shared ranks, and what each statement did."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from statements.matching.arguments import (
    NO_ANSWER,
    Stances,
    Weight,
    checked_reach,
    group_columns,
    one_of,
    stance_array,
    weight_array,
)
from statements.matching.methods import Method, Missing, cost, filled_in, full_cost

Score = Fraction | float | None
Groups = Mapping[str, Sequence[int]]


@dataclass(frozen=True, slots=True)
class Agreement:
    """How close two sides are: over all statements, per group, and statement by statement."""

    score: Score  # 0 to 1, exact but for the Euclidean root; None where nothing can be compared
    groups: Mapping[str, Score]  # the same over the statements of each group, weights honoured
    answered: int  # statements that the other side (the party) answered
    asked: int  # statements there are
    compared: int  # statements that count
    steps: Sequence[int]  # per statement, −1 where it does not count; read `distances` instead
    costs: Sequence[int]  # per statement, weight included; read `shares` instead
    full: int  # what all statements that count could cost together

    @property
    def coverage(self) -> Fraction:
        """Which part of the statements the party answered."""
        return Fraction(self.answered, self.asked) if self.asked else Fraction(0)

    @property
    def distances(self) -> tuple[int | None, ...]:
        """Steps between the two sides per statement, 0 to 2·reach; None where it does not count."""
        return tuple(None if step < 0 else step for step in self.steps)

    @property
    def shares(self) -> tuple[Fraction | None, ...]:
        """What each statement took from a full score: together 1 − score.

        For the Euclidean method, whose parts do not add up to the score, together (1 − score)².
        """
        return tuple(
            None if step < 0 or not self.full else Fraction(cost, self.full)
            for step, cost in zip(self.steps, self.costs, strict=True)
        )


@dataclass(frozen=True, slots=True)
class Match(Agreement):
    """A party's place in a voter's list."""

    key: str
    rank: int | None  # from 1, shared by equal scores; None without a score


def match(
    voter: Stances,
    parties: Mapping[str, Stances],
    weights: Sequence[Weight] | None = None,
    *,
    method: Method | str = Method.CITY_BLOCK,
    missing: Missing | str = Missing.SHARED,
    reach: int = 2,
    groups: Groups | None = None,
) -> list[Match]:
    """The parties by their agreement with the voter, best first; equal scores share a rank.

    `voter` and each of `parties` give one stance per statement, from −reach (completely disagree)
    to +reach (completely agree), or None. `weights` is one number per statement, `groups` maps a
    name to indices of statements, from 0. Among equals the order of `parties` stays, which is the
    caller's to choose. Raises ValueError, naming the argument, for anything else.
    """
    if not parties:
        raise ValueError("parties must name at least one party")
    found = _compare(voter, list(parties.values()), weights, method, missing, reach, groups)
    ranks = _ranks([(sum(fields["costs"]), fields["full"]) for fields in found])
    matches = [
        Match(**fields, key=key, rank=rank)
        for key, fields, rank in zip(parties, found, ranks, strict=True)
    ]
    return sorted(matches, key=lambda each: each.rank or len(matches) + 1)


def friendliness(
    stances: Stances,
    recommendation: Stances,
    *,
    method: Method | str = Method.CITY_BLOCK,
    missing: Missing | str = Missing.SHARED,
    reach: int = 2,
    groups: Groups | None = None,
) -> Agreement:
    """How close stances, a party's or a voter's, are to a recommendation on the same statements.

    The same count as `match`; every statement counts once. Raises ValueError as `match` does.
    """
    [fields] = _compare(recommendation, [stances], None, method, missing, reach, groups)
    return Agreement(**fields)


def _compare(
    voter: Stances,
    parties: Sequence[Stances],
    weights: Sequence[Weight] | None,
    method: Method | str,
    missing: Missing | str,
    reach: int,
    groups: Groups | None,
) -> list[dict[str, Any]]:
    """The fields of one Agreement per party."""
    method, missing = one_of(Method, "method", method), one_of(Missing, "missing", missing)
    reach, groups, length = checked_reach(reach), groups or {}, len(voter)
    own = stance_array("voter", [voter], length, reach)
    theirs = stance_array("parties", parties, length, reach)
    gaps, spoken = theirs == NO_ANSWER, own != NO_ANSWER
    counts = spoken & ~gaps if missing is Missing.SHARED else spoken | np.zeros_like(gaps)
    theirs = filled_in(missing, own, theirs, gaps, reach)
    weight = weight_array(weights, length, reach)
    costs = cost(method, own, theirs, reach) * weight * counts
    columns = group_columns(groups, length)
    fulls = (weight * counts) @ columns * full_cost(method, reach)
    scores = [
        [_score(method, part, full) for part, full in zip(parts, wholes, strict=True)]
        for parts, wholes in zip((costs @ columns).tolist(), fulls.tolist(), strict=True)
    ]
    return [
        {
            "score": score,
            "groups": dict(zip(groups, group_scores, strict=True)),
            "answered": answered,
            "asked": length,
            "compared": compared,
            "steps": steps,
            "costs": party_costs,
            "full": full,
        }
        for (score, *group_scores), answered, compared, steps, party_costs, full in zip(
            scores,
            (~gaps).sum(axis=1).tolist(),
            counts.sum(axis=1).tolist(),
            np.where(counts, abs(own - theirs), -1).tolist(),
            costs.tolist(),
            fulls[:, 0].tolist(),
            strict=True,
        )
    ]


def _score(method: Method, part: int, full: int) -> Score:
    if not full:
        return None
    if method is Method.EUCLIDEAN:
        return 1 - math.sqrt(part / full)
    return Fraction(full - part, full)


def _ranks(parts: Sequence[tuple[int, int]]) -> list[int | None]:
    """Shared ranks by the part of the full cost, compared exactly; None where nothing was."""
    unit = math.lcm(*(full for _, full in parts if full))
    comparable = [part * (unit // full) if full else None for part, full in parts]
    ordered = sorted(each for each in comparable if each is not None)
    first: dict[int | None, int | None] = {None: None}
    for place, each in enumerate(ordered, 1):
        first.setdefault(each, place)
    return [first[each] for each in comparable]
