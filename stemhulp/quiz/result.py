"""A voter's result: who thinks alike, who is how refugee-friendly, and why."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

from statements.matching import (
    ENOUGH,
    Comparison,
    Match,
    Method,
    Panel,
    Row,
    Score,
    Verdict,
    friendliness,
    match,
)
from stemhulp.editions.edition import Edition, Party, Statement
from stemhulp.quiz.answers import Answers

THIN = Fraction(1, 3)  # of the statements; below it the page says that the result says little


class Friendliness(NamedTuple):
    """How refugee-friendly somebody answers: over all statements, and per theme by its key."""

    score: Score
    themes: Mapping[str, Score]


@dataclass(frozen=True)
class Participation:
    """What every voter in a contest is compared with: made once per edition."""

    ranking: Mapping[str, Party]  # by slug: those that answered enough to be ranked
    few_answers: Sequence[Party]
    no_answers: Sequence[Party]
    panel: Panel | None  # of those in the ranking; None without any
    stances: Mapping[str, Sequence[int | None]]  # of those in the ranking, one per statement
    friendliness: Mapping[str, Friendliness]  # of those in the ranking


class RankedParty(NamedTuple):
    party: Party
    is_shared: bool  # another party has the same rank
    match: Row

    @property
    def rank(self) -> int | None:
        return self.match.rank


@dataclass(frozen=True)
class Contender:
    """A party that is first in some way of counting."""

    party: Party
    first: int  # in how many ways
    share: Fraction


@dataclass(frozen=True)
class Certainty:
    """How much the top of the list depends on our way of counting."""

    verdict: Verdict
    leaders: Sequence[Party]  # first on the page
    contenders: Sequence[Contender]  # first in any way of counting, in the order of the page
    variants: int  # ways of counting that were tried

    @property
    def leader(self) -> Contender:
        """The leader that is first most often."""
        leaders = [each for each in self.contenders if each.party in self.leaders]
        return max(leaders, key=lambda each: each.first)


@dataclass(frozen=True)
class MethodRow:
    """One party under every method: rank and score, in the order of Method."""

    party: Party
    places: Sequence[Match]


class StatementResult(NamedTuple):
    """The voter's answer to a statement."""

    statement: Statement
    is_answered: bool  # with a stance or with "geen mening"
    stance: int | None
    counts_double: bool


@dataclass(frozen=True)
class Result:
    """A voter's result; who could not be ranked for anyone stands in the Participation."""

    ranked: Sequence[RankedParty]
    compared: Comparison | None  # with the scores of those ranked; None without any party
    unranked: Sequence[Party]  # could be ranked, but nothing the voter answered can be compared
    voter: Friendliness  # the voter's own
    statements: Sequence[StatementResult]
    certainty: Certainty | None  # None where there is nothing to be sure of

    @cached_property
    def answered(self) -> int:
        """Statements on which the voter took a stance."""
        return sum(result.stance is not None for result in self.statements)

    @property
    def is_thin(self) -> bool:
        """Whether the voter answered so little that the result says little."""
        return self.answered < THIN * len(self.statements)

    def row_of(self, party: Party) -> RankedParty | None:
        """Where a party stands in the ranking; None where it stands apart."""
        return next((each for each in self.ranked if each.party == party), None)

    def score_of(self, ranked: RankedParty) -> Score:
        """A party's agreement with the voter, exactly."""
        return self.compared.score(ranked.match) if self.compared else None

    @property
    def has_ties(self) -> bool:
        return any(row.is_shared for row in self.ranked)


def participation(edition: Edition) -> Participation:
    """Who is ranked in this contest, with what they answered."""
    found: Participation | None = edition.beside.get("participation")
    if found is None:
        found = edition.beside["participation"] = _participation(edition)
    return found


def calculate(edition: Edition, answers: Answers) -> Result:
    """Compare a voter with every party of the contest. Reads nothing, keeps nothing."""
    stances, weights = answers.stances_on(edition), answers.weights_on(edition)
    known = participation(edition)
    compared = known.panel.compare(stances, weights) if known.panel else None
    rows = compared.rows if compared else []
    shared = Counter(row.rank for row in rows)
    return Result(
        ranked=[
            RankedParty(known.ranking[row.key], shared[row.rank] > 1, row)
            for row in rows
            if row.rank is not None
        ],
        compared=compared,
        unranked=[known.ranking[row.key] for row in rows if row.rank is None],
        voter=_own(compared, edition, stances),
        statements=_answered(edition, answers, stances, weights),
        certainty=_certainty(known, compared) if compared else None,
    )


def answered(edition: Edition, answers: Answers) -> list[StatementResult]:
    """What the voter answered, without comparing it with anybody."""
    stances, weights = answers.stances_on(edition), answers.weights_on(edition)
    return _answered(edition, answers, stances, weights)


def agreement(edition: Edition, answers: Answers, party: Party) -> Match:
    """How close one party is to the voter, statement by statement, whether it is ranked or not."""
    stances, weights = answers.stances_on(edition), answers.weights_on(edition)
    [found] = match(stances, {party.slug: _stances(party, edition)}, weights)
    return found


def by_method(edition: Edition, answers: Answers) -> list[MethodRow]:
    """The ranked parties under each way of counting, in the order of the usual one."""
    stances, weights = answers.stances_on(edition), answers.weights_on(edition)
    known = participation(edition)
    if not known.ranking:
        return []
    found = {method: match(stances, known.stances, weights, method=method) for method in Method}
    places = {method: {each.key: each for each in found[method]} for method in Method}
    return [
        MethodRow(known.ranking[each.key], [places[method][each.key] for method in Method])
        for each in found[Method.CITY_BLOCK]
        if each.rank is not None
    ]


def _answered(
    edition: Edition, answers: Answers, stances: Sequence[int | None], weights: Sequence[int]
) -> list[StatementResult]:
    return [
        StatementResult(each, each.key in answers.stances, stance, weight > 1)
        for each, stance, weight in zip(edition.statements, stances, weights, strict=True)
    ]


def _participation(edition: Edition) -> Participation:
    asked = edition.questionnaire
    ranking = {party.slug: party for party in edition.parties if _answered_enough(party, edition)}
    stances = {slug: _stances(party, edition) for slug, party in ranking.items()}
    return Participation(
        ranking=ranking,
        few_answers=[
            party for party in edition.parties if party.answered and party.slug not in ranking
        ],
        no_answers=[party for party in edition.parties if not party.answered],
        panel=Panel(stances, asked.theme_indices, yardstick=asked.recommendation)
        if stances
        else None,
        stances=stances,
        friendliness={slug: _friendliness(edition, given) for slug, given in stances.items()},
    )


def _friendliness(edition: Edition, stances: Sequence[int | None]) -> Friendliness:
    asked = edition.questionnaire
    found = friendliness(stances, asked.recommendation, groups=asked.theme_indices)
    return Friendliness(found.score, found.groups)


def _own(
    compared: Comparison | None, edition: Edition, stances: Sequence[int | None]
) -> Friendliness:
    """The voter's own friendliness, which the comparison with the parties counts along."""
    if compared is None:
        return _friendliness(edition, stances)
    *themes, score = compared.yardstick
    return Friendliness(score, dict(zip(edition.questionnaire.theme_indices, themes, strict=True)))


def _certainty(known: Participation, found: Comparison) -> Certainty | None:
    verdict = found.verdict if len(known.ranking) > 1 else None  # one alone is always first
    if verdict is None:
        return None
    return Certainty(
        verdict=verdict,
        leaders=[known.ranking[row.key] for row in found.leaders],
        contenders=[
            Contender(known.ranking[row.key], found.firsts[row.place], found.share(row))
            for row in found.rows
            if found.firsts[row.place]
        ],
        variants=found.variants,
    )


def _answered_enough(party: Party, edition: Edition) -> bool:
    return party.answered > 0 and party.answered >= ENOUGH * len(edition.statements)


def _stances(party: Party, edition: Edition) -> list[int | None]:
    return [
        position.stance if (position := party.positions.get(statement.key)) else None
        for statement in edition.statements
    ]
