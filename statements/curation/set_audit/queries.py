"""What parties handed in, as numbers to count with, in a fixed number of queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from django.contrib.postgres.aggregates import ArrayAgg
from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils.text import slugify
from numpy.typing import NDArray

from parties.models import Contest, Election, Party, Place, User
from statements import published
from statements.matching import NO_ANSWER, set_audit
from statements.matching.set_audit import VOTERS, Drawing, Simulation
from statements.models import Position, Research, Statement, Submission

ON_A_PAGE = 20
ENOUGH_PARTIES = 2  # with fewer there is nothing to compare
THEIRS = OuterRef("pk")


@dataclass(frozen=True)
class Answers:
    """Stances of parties (P, S), NO_ANSWER where there is none, beside the statements they are on.

    In the order in which the statements are asked.
    """

    statements: Sequence[Statement]
    names: Sequence[str]  # of the parties; empty over a whole election
    stances: NDArray[np.int8]

    @property
    def parties(self) -> int:
        return len(self.stances)

    @property
    def is_enough(self) -> bool:
        return self.parties >= ENOUGH_PARTIES and len(self.statements) >= ENOUGH_PARTIES

    def ranked(self) -> "Answers":
        """Of the parties that answered enough to be given a place: voters see the others apart."""
        return self._of(self._enough())

    def unranked(self) -> "Answers":
        return self._of(~self._enough())

    def _enough(self) -> NDArray[np.bool_]:
        return set_audit.answered_enough(self.stances)

    def _of(self, chosen: NDArray[np.bool_]) -> "Answers":
        names = [name for name, is_in in zip(self.names, chosen, strict=True) if is_in]
        return Answers(self.statements, names, self.stances[chosen])


def contest_answers(contest: Contest) -> Answers:
    """What voters in this contest are compared with: exactly what may be published."""
    asked = list(Statement.objects.asked_in(contest))
    lists = contest.parties.on_ballot().prefetch_related(*published.FETCHED)
    found = {party: published.positions(party, asked) for party in lists}
    given = {party: answers for party, answers in found.items() if answers}
    stances = _nothing(len(given), len(asked))
    for row, answers in zip(stances, given.values(), strict=True):
        for at, statement in enumerate(asked):
            stance = answers.get(statement.key, {}).get("stance")
            if stance is not None:
                row[at] = stance
    return Answers(asked, [str(party) for party in given], stances)


def election_answers(user: User, election: Election) -> Answers:
    """What the lists of this person's municipalities answered to the national statements.

    Quicker and a little coarser than what voters see: the rows of lists that are handed in now.
    Lists that were opened again, and what staff read in programmes, are left out.
    """
    asked = list(
        Statement.objects.asked()
        .filter(election=election, municipality=None)
        .order_by("theme__order", "order", "pk")
    )
    handed_in = Submission.objects.current().filter(party=THEIRS)
    lists = Party.objects.for_staff(user).on_ballot().filter(Exists(handed_in))
    rows = Position.objects.filter(
        party__in=lists.filter(contest__election=election),
        statement__in=asked,
        meaning=F("statement__meaning"),
    )
    by_party = rows.order_by().values("party")
    found = by_party.annotate(on=ArrayAgg("statement"), given=ArrayAgg("stance"))
    table = _table(list(found.values_list("on", "given")), [statement.pk for statement in asked])
    return Answers(asked, (), table)


def has_example(user: User, election: Election) -> bool:
    """Whether an invented municipality is among those that this person sees."""
    contests = Contest.objects.for_staff(user).filter(election=election)
    return contests.filter(municipality__is_example=True).exists()


def _table(
    rows: Sequence[tuple[Sequence[int], Sequence[int | None]]], asked: Sequence[int]
) -> NDArray[np.int8]:
    """From each party's statements and stances, which lie in one order, a row of stances."""
    column = {pk: at for at, pk in enumerate(asked)}
    table = _nothing(len(rows), len(asked))
    for row, (statements, stances) in zip(table, rows, strict=True):
        for pk, stance in zip(statements, stances, strict=True):
            if stance is not None:
                row[column[pk]] = stance
    return table


def _nothing(parties: int, statements: int) -> NDArray[np.int8]:
    return np.full((parties, statements), NO_ANSWER, dtype=np.int8)


def simulations(stances: NDArray[np.int8]) -> dict[Drawing, Simulation]:
    """The voters of each kind; counted once for the same answers."""
    return _simulations(stances.tobytes(), stances.shape[1])


@lru_cache(maxsize=4)
def _simulations(stances: bytes, length: int) -> dict[Drawing, Simulation]:
    table = np.frombuffer(stances, dtype=np.int8).reshape(-1, length)
    return {drawing: set_audit.simulate(table, drawing, voters=VOTERS) for drawing in Drawing}


@dataclass(frozen=True)
class ContestRow:
    """A contest, and how many of its lists gave answers that voters may see."""

    contest: Contest
    lists: int

    @property
    def is_enough(self) -> bool:
        return self.lists >= ENOUGH_PARTIES


def contests(
    user: User, election: Election, *, municipality: str = "", number: int | str = 1
) -> Page[ContestRow]:
    """This person's contests, those with enough lists first; by (part of) a municipality's name."""
    own = Contest.objects.for_staff(user).filter(election=election)
    found = _in_municipality(own, municipality).select_related("municipality")
    counted = dict(
        Party.objects.on_ballot()
        .filter(_has_answers(), contest__election=election)
        .order_by()
        .values_list("contest")
        .annotate(Count("pk"))
    )
    rows = [ContestRow(row, counted.get(row.pk, 0)) for row in found.order_by("municipality__slug")]
    rows.sort(key=lambda row: not row.is_enough)
    return Paginator(rows, ON_A_PAGE).get_page(number)


def _has_answers() -> Q:
    """Whether a list ever handed in, or has answers that a second person checked."""
    submitted = Submission.objects.filter(party=THEIRS)
    return Q(Exists(submitted)) | Q(Exists(Research.objects.checked().filter(party=THEIRS)))


def _in_municipality(contests: QuerySet[Contest], written: str) -> QuerySet[Contest]:
    """By a part of the municipality's name, or by another name or a place of it."""
    slug = slugify(written)
    if not slug:
        return contests
    places = Place.objects.filter(name__iexact=written.strip()).values("municipality")
    return contests.filter(Q(municipality__slug__contains=slug) | Q(municipality__in=places))
