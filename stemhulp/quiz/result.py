"""A voter's result: who thinks alike, who is how refugee-friendly, and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from statements.matching import (
    Agreement,
    Match,
    Method,
    Score,
    Standing,
    Verdict,
    friendliness,
    match,
    robustness,
)
from stemhulp.editions.edition import Edition, Party, Statement, Theme
from stemhulp.quiz.answers import Answers

ENOUGH = Fraction(3, 4)  # of the statements a party must have answered to be ranked
THIN = Fraction(1, 3)  # of the statements; below it the page says that the result says little
ALMOST_THE_SAME = 1  # a distance of at most one step on the scale of five


@dataclass(frozen=True)
class ThemeScore:
    """How one theme comes out; a score is None where nothing could be compared."""

    theme: Theme
    match: Score
    friendliness: Score


@dataclass(frozen=True)
class RankedParty:
    party: Party
    is_shared: bool  # another party has the same rank
    match: Match
    friendliness: Agreement
    themes: Sequence[ThemeScore]
    alike: int  # statements on which voter and party think (almost) the same

    @property
    def rank(self) -> int | None:
        return self.match.rank

    @property
    def score(self) -> Score:
        return self.match.score

    @property
    def compared(self) -> int:
        return self.match.compared


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
    contenders: Sequence[Contender]  # first in any way of counting, the most frequent one first
    variants: int  # ways of counting that were tried

    @property
    def leader(self) -> Contender:
        """The leader that is first most often."""
        return next(each for each in self.contenders if each.party in self.leaders)


@dataclass(frozen=True)
class MethodRow:
    """One party under every method: rank and score, in the order of Method."""

    party: Party
    places: Sequence[Match]


@dataclass(frozen=True)
class StatementResult:
    """The voter's answer to a statement."""

    statement: Statement
    is_answered: bool  # with a stance or with "geen mening"
    stance: int | None
    counts_double: bool


@dataclass(frozen=True)
class Result:
    edition: Edition
    ranked: Sequence[RankedParty]
    unranked: Sequence[Party]  # could be ranked, but nothing the voter answered can be compared
    few_answers: Sequence[Party]
    no_answers: Sequence[Party]
    voter: Agreement  # the voter's own refugee-friendliness
    voter_themes: Sequence[ThemeScore]
    statements: Sequence[StatementResult]
    certainty: Certainty | None  # None where there is nothing to be sure of

    @property
    def answered(self) -> int:
        """Statements on which the voter took a stance."""
        return sum(result.stance is not None for result in self.statements)

    @property
    def skipped(self) -> Sequence[StatementResult]:
        return [result for result in self.statements if result.stance is None]

    @property
    def is_thin(self) -> bool:
        """Whether the voter answered so little that the result says little."""
        return self.answered < THIN * len(self.statements)

    @property
    def has_ties(self) -> bool:
        return any(row.is_shared for row in self.ranked)


def calculate(edition: Edition, answers: Answers) -> Result:
    """Compare a voter with every party of the contest. Reads nothing, keeps nothing."""
    stances, weights = answers.stances_on(edition), answers.weights_on(edition)
    recommendation = [statement.recommendation for statement in edition.statements]
    ranking = [party for party in edition.parties if _answered_enough(party, edition)]
    by_slug = {party.slug: party for party in ranking}
    sides = {party.slug: _stances(party, edition) for party in ranking}
    matches = match(stances, sides, weights, groups=edition.theme_indices) if sides else []
    ranks = [found.rank for found in matches]
    voter = friendliness(stances, recommendation, groups=edition.theme_indices)
    return Result(
        edition=edition,
        ranked=[
            _ranked(edition, by_slug[found.key], found, is_shared=ranks.count(found.rank) > 1)
            for found in matches
            if found.rank is not None
        ],
        unranked=[by_slug[found.key] for found in matches if found.rank is None],
        few_answers=[
            party for party in edition.parties if party.answered and party.slug not in by_slug
        ],
        no_answers=[party for party in edition.parties if not party.answered],
        voter=voter,
        voter_themes=[ThemeScore(theme, None, voter.groups[theme.key]) for theme in edition.themes],
        statements=[
            _statement(statement, answers, weight)
            for statement, weight in zip(edition.statements, weights, strict=True)
        ],
        certainty=_certainty(by_slug, stances, sides, weights),
    )


def by_method(edition: Edition, answers: Answers) -> list[MethodRow]:
    """The ranked parties under each way of counting, in the order of the usual one."""
    stances, weights = answers.stances_on(edition), answers.weights_on(edition)
    ranking = {party.slug: party for party in edition.parties if _answered_enough(party, edition)}
    if not ranking:
        return []
    sides = {slug: _stances(party, edition) for slug, party in ranking.items()}
    found = {method: match(stances, sides, weights, method=method) for method in Method}
    places = {method: {each.key: each for each in found[method]} for method in Method}
    return [
        MethodRow(ranking[each.key], [places[method][each.key] for method in Method])
        for each in found[Method.CITY_BLOCK]
        if each.rank is not None
    ]


def _certainty(
    parties: Mapping[str, Party],
    stances: Sequence[int | None],
    sides: Mapping[str, Sequence[int | None]],
    weights: Sequence[int],
) -> Certainty | None:
    if len(parties) < 2:  # one party alone is first however one counts
        return None
    found = robustness(stances, sides, weights)
    if found.verdict is None:
        return None
    return Certainty(
        verdict=found.verdict,
        leaders=[parties[slug] for slug in found.leaders],
        contenders=[
            _contender(parties[slug], found.parties[slug], found.variants)
            for slug in found.contenders
        ],
        variants=found.variants,
    )


def _contender(party: Party, standing: Standing, variants: int) -> Contender:
    return Contender(party, int(standing.first * variants), standing.first)


def _answered_enough(party: Party, edition: Edition) -> bool:
    return party.answered > 0 and party.answered >= ENOUGH * len(edition.statements)


def _stances(party: Party, edition: Edition) -> list[int | None]:
    return [
        position.stance if (position := party.positions.get(statement.key)) else None
        for statement in edition.statements
    ]


def _ranked(edition: Edition, party: Party, found: Match, *, is_shared: bool) -> RankedParty:
    friendly = _friendliness(edition, party)
    return RankedParty(
        party=party,
        is_shared=is_shared,
        match=found,
        friendliness=friendly,
        themes=[
            ThemeScore(theme, found.groups[theme.key], friendly.groups[theme.key])
            for theme in edition.themes
        ],
        alike=sum(
            distance is not None and distance <= ALMOST_THE_SAME for distance in found.distances
        ),
    )


def _friendliness(edition: Edition, party: Party) -> Agreement:
    """How refugee-friendly a party is: the same for every voter, so counted once per edition."""
    known: dict[str, Agreement] = edition.beside.setdefault("friendliness", {})
    if party.slug not in known:
        known[party.slug] = friendliness(
            _stances(party, edition),
            [statement.recommendation for statement in edition.statements],
            groups=edition.theme_indices,
        )
    return known[party.slug]


def _statement(statement: Statement, answers: Answers, weight: int) -> StatementResult:
    return StatementResult(
        statement=statement,
        is_answered=statement.key in answers.stances,
        stance=answers.stances.get(statement.key),
        counts_double=weight > 1,
    )
