"""City-block agreement: one minus the weighted distance as a part of the largest possible one.

A stance is an integer from -reach (completely disagree) to +reach (completely agree), or None
for no answer. A statement counts where both sides answered. With d = |voter − party| and w the
weight of a statement, the agreement is 1 − Σ w·d ÷ Σ w·2·reach. All arithmetic is exact.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from numbers import Rational

Stances = Sequence[int | None]
Weights = Sequence[Rational | int]
Groups = Mapping[str, Sequence[int]]


@dataclass(frozen=True, slots=True)
class Agreement:
    """How close two sides are over all statements, per group, and statement by statement."""

    score: Fraction | None  # 0 to 1; None where nothing can be compared
    groups: Mapping[str, Fraction | None]
    distances: tuple[int | None, ...]  # 0 to 2·reach per statement; None where it does not count
    compared: int  # statements that both sides answered


@dataclass(frozen=True, slots=True)
class Match:
    """A party's place in a voter's list."""

    key: str
    rank: int | None  # from 1, shared by equal scores; None without a score
    agreement: Agreement
    answered: int  # statements that the party answered
    asked: int

    @property
    def score(self) -> Fraction | None:
        return self.agreement.score


def match(
    voter: Stances,
    parties: Mapping[str, Stances],
    weights: Weights | None = None,
    *,
    reach: int = 2,
    groups: Groups | None = None,
) -> list[Match]:
    """The parties by their agreement with the voter, best first; equal scores share a rank.

    Among equals the order of `parties` stays, which is the caller's to choose. Raises ValueError
    for stances beyond `reach`, sequences of different length and negative weights.
    """
    agreements = {
        key: agreement(voter, stances, weights, reach=reach, groups=groups)
        for key, stances in parties.items()
    }
    scores = [found.score for found in agreements.values() if found.score is not None]
    matches = [
        Match(
            key=key,
            rank=None if found.score is None else 1 + sum(score > found.score for score in scores),
            agreement=found,
            answered=sum(stance is not None for stance in parties[key]),
            asked=len(voter),
        )
        for key, found in agreements.items()
    ]
    return sorted(matches, key=lambda found: (found.rank is None, found.rank))


def friendliness(
    stances: Stances,
    recommendation: Stances,
    *,
    reach: int = 2,
    groups: Groups | None = None,
) -> Agreement:
    """How close stances are to VluchtelingenWerk's recommendation; every statement counts once."""
    return agreement(recommendation, stances, reach=reach, groups=groups)


def agreement(
    one: Stances,
    other: Stances,
    weights: Weights | None = None,
    *,
    reach: int = 2,
    groups: Groups | None = None,
) -> Agreement:
    """Compare two sides. Raises ValueError as `match` does."""
    weights = [1] * len(one) if weights is None else weights
    _check(one, other, weights, reach)
    distances = tuple(
        None if mine is None or theirs is None else abs(mine - theirs)
        for mine, theirs in zip(one, other, strict=True)
    )
    return Agreement(
        score=_score(distances, weights, reach, range(len(distances))),
        groups={
            name: _score(distances, weights, reach, indices)
            for name, indices in (groups or {}).items()
        },
        distances=distances,
        compared=sum(distance is not None for distance in distances),
    )


def _score(
    distances: Sequence[int | None], weights: Weights, reach: int, indices: Sequence[int]
) -> Fraction | None:
    distance = largest = Fraction(0)
    for index in indices:
        step = distances[index]
        if step is not None:
            distance += Fraction(weights[index]) * step
            largest += Fraction(weights[index]) * 2 * reach
    return 1 - distance / largest if largest else None


def _check(one: Stances, other: Stances, weights: Weights, reach: int) -> None:
    if not len(one) == len(other) == len(weights):
        raise ValueError(
            f"stances and weights must have one length, not {len(one)}, {len(other)} "
            f"and {len(weights)}"
        )
    for stance in (*one, *other):
        if stance is not None and not -reach <= stance <= reach:
            raise ValueError(f"a stance lies between {-reach} and {reach}; got {stance}")
    for weight in weights:
        if weight < 0:
            raise ValueError(f"a weight is 0 or more; got {weight}")
