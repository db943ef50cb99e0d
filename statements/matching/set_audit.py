"""What a set of statements does, to the parties and to voters: for those who choose the statements.

Two halves. The answers of the parties: how far a statement divides them, and which statements say
the same. And simulated voters: who comes first how often, and how much that owes to the choice of
statements. Walgrave, Nuytemans and Pepermans ("Voting Aid Applications and the Effect of Statement
Selection", West European Politics 32(6), 2009) found that which statements are picked may decide
which party a voting aid favours.

Voters are compared as `match` does by default. Parties are rows (P, S) of stances, NO_ANSWER where
there is none, in the order in which results name them.
"""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from statements.matching.arguments import NO_ANSWER, checked_array
from statements.matching.matrix import BLOCK, score_matrix
from statements.matching.methods import Method, Missing, cost_table

REACH = 2
ENOUGH = Fraction(3, 4)  # of the statements a party must have answered to be ranked
VOTERS, SEED = 100_000, 2009
SUBSETS = 200
SUBSET = Fraction(2, 3)  # of the statements
FAITHFUL = 0.7  # how likely a voter drawn around a party keeps each of its answers
ENOUGH_FOR_PAIRS, SHUFFLES = 5, 20
FAR_FROM_CHANCE = 100  # parties; a correlation by chance spreads as one over their root
ALIKE = Fraction(4, 5)  # from this correlation on two statements say the same
# Up to this full cost two different scores differ by more than single precision rounds.
COMPARED_IN_SINGLE = 2**10


@dataclass(frozen=True, slots=True)
class Spread:
    """How the parties answered one statement."""

    agree: int
    neutral: int
    disagree: int
    missing: int
    deviation: float | None  # of the stances, over the parties that answered; None without any

    @property
    def answered(self) -> int:
        return self.agree + self.neutral + self.disagree

    @property
    def total(self) -> int:
        return self.answered + self.missing

    @property
    def side(self) -> int:
        """1 or −1 where all that answered, two or more, agree or disagree; else 0."""
        if self.answered < 2:
            return 0
        return (self.agree == self.answered) - (self.disagree == self.answered)


class Pair(NamedTuple):
    """Two statements, by index, that say the same; opposite things with r below 0."""

    first: int
    second: int
    parties: int  # that answered both
    r: float  # Pearson's


class Drawing(StrEnum):
    """How simulated voters come by their answers; they answer every statement."""

    UNIFORM = "uniform"  # each stance is equally likely
    AROUND = "around"  # a party is drawn, and each of its answers is kept with FAITHFUL, or uniform


@dataclass(frozen=True, slots=True)
class Simulation:
    """How often each party comes first: shares from 0 to 1, a shared first place divided."""

    voters: int
    shares: tuple[float, ...]  # per party
    alone: tuple[float, ...]  # idem, first places that are not shared
    without: tuple[tuple[float, ...], ...]  # per statement that is left out: the shares
    subset: int  # statements in each random part of the set
    # Per party: least and largest share, of the whole set and over these parts.
    subsets: tuple[tuple[float, float], ...]

    @property
    def shifts(self) -> tuple[float, ...]:
        """Per statement: which part of the first places moves to another party without it."""
        return tuple(
            sum(abs(one - other) for one, other in zip(self.shares, shares, strict=True)) / 2
            for shares in self.without
        )


def spreads(parties: Any) -> list[Spread]:
    """How the parties answered, by statement. Raises ValueError for what is no stance."""
    table = checked_array("parties", parties, REACH)
    return [_spread(column) for column in table.T]


def _spread(column: NDArray[Any]) -> Spread:
    given = column[column != NO_ANSWER]
    return Spread(
        agree=int((given > 0).sum()),
        neutral=int((given == 0).sum()),
        disagree=int((given < 0).sum()),
        missing=len(column) - len(given),
        deviation=float(given.std()) if len(given) else None,
    )


def pairs_alike(parties: Any, *, least: int = ENOUGH_FOR_PAIRS) -> list[Pair]:
    """Statements that say the same to the parties, the closest pair first.

    Those with a correlation of ALIKE or beyond, or as far below 0, over the `least` parties or more
    that answered both. A statement on which all give the same answer correlates with none.
    """
    return _pairs(checked_array("parties", parties, REACH), least)


def _pairs(table: NDArray[Any], least: int) -> list[Pair]:
    both, shared, of_one, of_other = _moments(table)
    scale = of_one * of_other  # whole numbers all of them: what lies on the edge is alike
    alike = (both >= least) & (scale > 0)
    alike &= shared**2 * ALIKE.denominator**2 >= scale * ALIKE.numerator**2
    r = shared / np.sqrt(np.maximum(scale, 1))
    found = [
        Pair(one, other, int(both[one, other]), float(r[one, other]))
        for one, other in np.argwhere(np.triu(alike, 1)).tolist()
    ]
    return sorted(found, key=lambda pair: -abs(pair.r))


def _moments(table: NDArray[Any]) -> tuple[Any, Any, Any, Any]:
    """Over the parties that answered both of two statements, each (S, S).

    How many they are (n), n² times the covariance, and n² times either variance.
    """
    length = table.shape[1]
    answered = table != NO_ANSWER
    stances = np.where(answered, table, 0)
    parts = np.hstack([answered, stances, stances**2]).astype(np.float32)
    sums = np.zeros((3 * length, 2 * length), dtype=np.int64)
    step = max(1, BLOCK // max(1, sums.size))  # small products stay on one core, and exact
    for start in range(0, len(table), step):
        rows = parts[start : start + step]
        sums += (rows.T @ rows[:, : 2 * length]).astype(np.int64)
    both, of_one, squares = sums[:, :length].reshape(3, length, length)
    products = sums[length : 2 * length, length:]
    variance = both * squares - of_one**2
    return both, both * products - of_one * of_one.T, variance, variance.T


def pairs_by_chance(parties: Any, *, least: int = ENOUGH_FOR_PAIRS, seed: int = SEED) -> float:
    """How many pairs would seem alike if every statement's answers fell to the parties at random.

    The mean over SHUFFLES shuffles of each statement's own answers: with few parties, many. With
    so many parties that ALIKE lies eight standard errors away, none, without counting.
    """
    table, drawn = checked_array("parties", parties, REACH), np.random.default_rng(seed)
    answered = (table != NO_ANSWER).sum(axis=0)
    if answered.size and answered.min() ** 2 >= FAR_FROM_CHANCE * len(table):
        return 0.0  # two statements share about the product of their parts of the parties
    counts = [len(_pairs(drawn.permuted(table, axis=0), least)) for _ in range(SHUFFLES)]
    return sum(counts) / SHUFFLES


def answered_enough(parties: Any) -> NDArray[np.bool_]:
    """Per party, whether it is ranked at all: the others are shown apart, never first."""
    table = checked_array("parties", parties, REACH)
    answered = (table != NO_ANSWER).sum(axis=1)
    least = ENOUGH * table.shape[1]
    enough: NDArray[np.bool_] = (answered > 0) & (answered * least.denominator >= least.numerator)
    return enough


def ties_with_own_voter(parties: Any) -> list[list[int]]:
    """Per party, who shares the first place for the voter who answers exactly as that party."""
    full = score_matrix(parties, parties) == 1
    np.fill_diagonal(full, val=False)
    return [np.flatnonzero(row).tolist() for row in full]


def draw_voters(
    drawing: Drawing, parties: Any, *, voters: int = VOTERS, seed: int = SEED
) -> NDArray[np.int8]:
    """Simulated voters (voters, S); the same for the same seed."""
    table = checked_array("parties", parties, REACH)
    drawn = np.random.default_rng(seed)
    size = (voters, table.shape[1])
    answers = drawn.integers(-REACH, REACH + 1, size=size, dtype=np.int8)
    if drawing is Drawing.AROUND:
        theirs = table.astype(np.int8)[drawn.integers(len(table), size=voters)]
        kept = (drawn.random(size, dtype=np.float32) < FAITHFUL) & (theirs != NO_ANSWER)
        np.copyto(answers, theirs, where=kept)
    return answers


def first_places(
    voters: NDArray[np.int8], parties: Any, asked: Any = None
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Who comes first, when of all statements only these are asked.

    `voters` (V, S) answer everything. `asked` (A, S) holds 1 for what is asked and 0 for what is
    not, once per row; everything if it is not given. Returns two arrays (A, P): the share of voters
    for whom each party is first, a shared place divided, and for whom it is first alone. Whom
    nothing can be compared with is never first.
    """
    table = checked_array("parties", parties, REACH)
    costs, fulls = _tables(table)
    chosen = np.ones((1, table.shape[1])) if asked is None else np.asarray(asked)
    whole = fulls @ chosen.T  # (P, A)
    kind = np.float32 if 4 * REACH * table.shape[1] <= COMPARED_IN_SINGLE else np.float64
    costs, chosen, parts = costs.astype(kind), chosen.astype(kind), whole.astype(kind)[:, :, None]
    sums = np.zeros((2, *whole.shape))
    step = max(1, BLOCK // chosen.size)
    for start in range(0, len(voters), step):
        share = chosen @ _costs(voters[start : start + step], costs)  # (P, A, voters)
        with np.errstate(invalid="ignore"):  # nothing by nothing is NaN: nobody's first place
            share /= parts
        first = share == np.fmin.reduce(share)
        sharing = first.sum(axis=0, dtype=np.float64)
        sums[0] += _total(first, 1 / np.maximum(sharing, 1))
        sums[1] += _total(first, (sharing == 1).astype(np.float64))
    shares, alone = sums.transpose(0, 2, 1) / max(1, len(voters))
    return shares, alone


def _tables(parties: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
    """What each answer costs with each party, (S, P, levels), and could cost, (P, S)."""
    costs, fulls = cost_table(Method.CITY_BLOCK, Missing.SHARED, REACH)
    column = np.where(parties == NO_ANSWER, 2 * REACH + 1, parties.astype(np.int64) + REACH)
    return costs[:, column].transpose(2, 1, 0), fulls[0][column]


def _costs(voters: NDArray[np.int8], costs: NDArray[Any]) -> NDArray[Any]:
    """What each statement costs these voters with each party, (P, S, voters)."""
    levels = voters.T.astype(np.intp) + REACH
    found = np.empty((costs.shape[1], *levels.shape), dtype=costs.dtype)
    for statement, level in enumerate(levels):
        found[:, statement] = costs[statement].take(level, axis=1)
    return found


def _total(first: NDArray[np.bool_], worth: NDArray[np.float64]) -> NDArray[np.float64]:
    """The worth (A, voters) of the first places (P, A, voters), summed over the voters."""
    total: NDArray[np.float64] = np.einsum("pav,av->pa", first, worth)
    return total


def simulate(
    parties: Any, drawing: Drawing, *, voters: int = VOTERS, seed: int = SEED
) -> Simulation:
    """Let voters fill in the whole set, the set without each statement, and random parts of it.

    Every time the same parties take part, those given here, and the same voters. Raises ValueError
    without two parties and two statements.
    """
    table = checked_array("parties", parties, REACH)
    count, length = table.shape
    if count < 2 or length < 2:
        raise ValueError(f"parties must be two or more with two statements; got {table.shape}")
    drawn = draw_voters(drawing, table, voters=voters, seed=seed)
    everything = np.ones((1, length))
    left_out = np.concatenate([everything, 1 - np.eye(length)])
    shares, alone = first_places(drawn, table, left_out)
    size = max(1, round(SUBSET * length))
    parts, _ = first_places(drawn, table, _subsets(length, size, seed))
    least, most = (limit([*parts, shares[0]], axis=0).tolist() for limit in (np.min, np.max))
    return Simulation(
        voters=voters,
        shares=tuple(shares[0].tolist()),
        alone=tuple(alone[0].tolist()),
        without=tuple(tuple(row) for row in shares[1:].tolist()),
        subset=size,
        subsets=tuple(zip(least, most, strict=True)),
    )


def _subsets(length: int, size: int, seed: int) -> NDArray[np.int8]:
    """Random parts of the statements, (SUBSETS, length): 1 where one is in it."""
    chosen = np.zeros((SUBSETS, length), dtype=np.int8)
    chosen[:, :size] = 1
    return np.random.default_rng([seed, length]).permuted(chosen, axis=1)
