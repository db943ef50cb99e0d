"""One voter beside every party: scores, shared ranks, and what each statement did."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from operator import getitem
from typing import Any

from statements.matching.arguments import (
    Stances,
    Weight,
    check_length,
    checked_groups,
    checked_reach,
    exact_weights,
    is_stance,
    one_of,
    refuse,
)
from statements.matching.methods import Cell, Method, Missing, cells

Score = Fraction | float | None
Groups = Mapping[str, Sequence[int]]


@dataclass(frozen=True, slots=True)
class Agreement:
    """How close two sides are: over all statements, per group, and statement by statement.

    Scores lie from 0 to 1 and are exact, but for the Euclidean root; None where nothing can be
    compared.
    """

    score: Score
    answered: int  # statements that the other side (the party) answered
    distances: Sequence[int | None]  # steps, 0 to 2·reach; None where a statement does not count
    costs: Sequence[int]  # per statement, weight included; `shares` makes sense of them
    fulls: Sequence[int]  # what each statement could cost
    method: Method
    grouping: Groups

    @property
    def groups(self) -> dict[str, Score]:
        """The score over the statements of each group, weights honoured."""
        costs, fulls = self.costs, self.fulls
        return {
            name: _score(
                self.method, sum([costs[at] for at in indices]), sum([fulls[at] for at in indices])
            )
            for name, indices in self.grouping.items()
        }

    @property
    def asked(self) -> int:
        """How many statements there are."""
        return len(self.distances)

    @property
    def compared(self) -> int:
        """How many statements count."""
        return len(self.distances) - self.distances.count(None)

    @property
    def coverage(self) -> Fraction:
        """Which part of the statements the party answered."""
        return Fraction(self.answered, self.asked) if self.asked else Fraction(0)

    @property
    def shares(self) -> tuple[Fraction | None, ...]:
        """What each statement took from a full score: together 1 − score.

        For the Euclidean method, whose parts do not add up to the score, together (1 − score)².
        """
        full = sum(self.fulls)
        return tuple(
            None if steps is None or not full else Fraction(each, full)
            for steps, each in zip(self.distances, self.costs, strict=True)
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
    ranks = _ranks([(sum(fields["costs"]), sum(fields["fulls"])) for fields in found])
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
    """The fields of an Agreement per party."""
    method, missing = one_of(Method, "method", method), one_of(Missing, "missing", missing)
    reach, length = checked_reach(reach), len(voter)
    grouping = checked_groups(groups or {}, length)
    choices = _choices(voter, exact_weights(weights, length), method, missing, reach)
    found = []
    for party in parties:
        check_length("parties", party, length)
        steps, costs, fulls = _chosen(choices, party, reach)
        found.append(
            {
                "score": _score(method, sum(costs), sum(fulls)),
                "answered": length - party.count(None),
                "distances": steps,
                "costs": costs,
                "fulls": fulls,
                "method": method,
                "grouping": grouping,
            }
        )
    return found


def _choices(
    voter: Stances, weights: Sequence[int], method: Method, missing: Missing, reach: int
) -> list[Mapping[Any, Cell]]:
    """Per statement, what each answer that a party can give means, its weight included."""
    known: Mapping[Any, Mapping[Any, Cell]] = cells(method, missing, reach)
    weighed: dict[tuple[Any, int], Mapping[Any, Cell]] = {}
    choices = []
    if not {int, type(None)} >= set(map(type, voter)):  # few: not looked at once for each statement
        for stance in voter:
            if stance is not None and not is_stance(stance, reach):
                refuse("voter", voter, reach)
    for stance, weight in zip(voter, weights, strict=True):
        if (stance, weight) not in weighed:
            if stance is not None and not is_stance(stance, reach):
                refuse("voter", voter, reach)
            weighed[stance, weight] = _times(weight, known[stance])
        choices.append(weighed[stance, weight])
    return choices


def _times(weight: int, choice: Mapping[Any, Cell]) -> Mapping[Any, Cell]:
    """What each answer means with this weight."""
    if weight == 1:
        return choice
    return {
        answer: (steps, cost * weight, full * weight)
        for answer, (steps, cost, full) in choice.items()
    }


def _chosen(
    choices: Sequence[Mapping[Any, Cell]], party: Stances, reach: int
) -> tuple[Sequence[int | None], Sequence[int], Sequence[int]]:
    """Steps, costs and full costs per statement for the answers that a party gave."""
    if not choices:
        return (), (), ()
    try:
        steps, costs, fulls = zip(*map(getitem, choices, party), strict=True)
    except (KeyError, TypeError):
        refuse("parties", party, reach)
    if bool in set(map(type, party)):  # True equals 1, but is no stance
        refuse("parties", party, reach)
    return steps, costs, fulls


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
