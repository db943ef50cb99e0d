"""What the portal's pages show of a list, in a fixed number of queries."""

from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from itertools import groupby

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from parties.models import Membership, Party, User
from statements.models import Position, Revision, Statement, Submission, Theme
from statements.portal.answers import Answer, seal
from statements.portal.deadlines import moment, time_left


@dataclass(frozen=True)
class Line:
    """One statement, and what the party answered to it, if it did."""

    number: int  # from 1
    statement: Statement
    position: Position | None

    @property
    def answer(self) -> Answer | None:
        return Answer.of(self.position) if self.position else None


@dataclass(frozen=True)
class Sheet:
    """Everything that is asked of a list, and its answers."""

    party: Party
    lines: tuple[Line, ...]
    last_submission: Submission | None  # opened again, maybe
    at: datetime

    @property
    def submission(self) -> Submission | None:
        """What is handed in and not opened again."""
        last = self.last_submission
        return last if last and last.reopened_at is None else None

    @property
    def seal(self) -> str:
        """What a person looks at before signing; another one after any change."""
        return seal(line.position for line in self.lines if line.position)

    @property
    def total(self) -> int:
        return len(self.lines)

    @cached_property
    def answered(self) -> int:
        return sum(line.position is not None for line in self.lines)

    @property
    def missing(self) -> list[Line]:
        return [line for line in self.lines if line.position is None]

    @property
    def by_theme(self) -> list[tuple[Theme, list[Line]]]:
        groups = groupby(self.lines, key=lambda line: line.statement.theme)
        return [(theme, list(lines)) for theme, lines in groups]

    @property
    def deadline(self) -> datetime | None:
        return self.party.contest.deadline

    @property
    def deadline_words(self) -> str:
        return moment(self.deadline) if self.deadline else ""

    @property
    def time_left(self) -> str:
        return time_left(self.deadline, self.at) if self.deadline else ""

    @property
    def is_closed(self) -> bool:
        return self.party.contest.is_closed(self.at)

    @property
    def is_open(self) -> bool:
        """Whether answers can be changed now."""
        return not self.is_closed and self.submission is None

    def line(self, key: str) -> Line | None:
        return next((line for line in self.lines if line.statement.key == key), None)

    def beside(self, line: Line) -> tuple[Line | None, Line | None]:
        """The line before, and the one after."""
        index = line.number - 1
        after = self.lines[index + 1] if index + 1 < self.total else None
        return (self.lines[index - 1] if index else None), after

    def saying(self, saved: Position) -> "Sheet":
        """The same with this position, without asking the database again."""
        lines = (
            replace(line, position=saved) if line.statement.pk == saved.statement_id else line
            for line in self.lines
        )
        return replace(self, lines=tuple(lines))

    def first_missing(self) -> Line | None:
        return next(iter(self.missing), None)


def sheet(party: Party, at: datetime) -> Sheet:
    """In three queries; the party comes with its contest, election and municipality."""
    asked = Statement.objects.asked_in(party.contest).select_related("theme")
    positions = {row.statement_id: row for row in party.positions.all()}
    return Sheet(
        party=party,
        lines=tuple(
            Line(number, statement, positions.get(statement.pk))
            for number, statement in enumerate(asked, 1)
        ),
        last_submission=party.submissions.order_by("-at", "-pk").first(),
        at=at,
    )


@dataclass(frozen=True)
class Progress:
    """A list in the overview of someone's lists."""

    party: Party
    answered: int
    total: int
    is_submitted: bool
    at: datetime

    @property
    def deadline_words(self) -> str:
        deadline = self.party.contest.deadline
        return moment(deadline) if deadline else ""

    @property
    def time_left(self) -> str:
        deadline = self.party.contest.deadline
        return time_left(deadline, self.at) if deadline else ""


def lists_of(user: User, at: datetime) -> list[Progress]:
    """The lists that someone works for, in the order of elections and municipalities."""
    memberships = Membership.objects.current().filter(user=user)
    asked = (
        Statement.objects.filter(
            Q(municipality=None) | Q(municipality=OuterRef("contest__municipality")),
            election=OuterRef("contest__election"),
        )
        .order_by()
        .values("election")
        .annotate(count=Count("pk"))
    )
    rows = (
        with_contest(Party.objects.filter(pk__in=memberships.values("party")))
        .annotate(
            answered=Count("positions"),
            total=Coalesce(Subquery(asked.values("count"), output_field=IntegerField()), 0),
            is_submitted=Exists(Submission.objects.current().filter(party=OuterRef("pk"))),
        )
        .order_by("contest__election__date", "contest__municipality__name", "name")
    )
    return [Progress(row, row.answered, row.total, row.is_submitted, at) for row in rows]


def with_contest(parties: QuerySet[Party]) -> QuerySet[Party]:
    return parties.select_related("contest__election", "contest__municipality")


def history(party: Party) -> QuerySet[Revision]:
    """Every save of this list's answers, the newest first."""
    return party.revisions.select_related("by", "statement").order_by("-at", "-pk")


def last_revision(position: Position) -> Revision | None:
    """Who saved it last, and when."""
    rows = Revision.objects.filter(party=position.party_id, statement=position.statement_id)
    return rows.select_related("by").order_by("-at", "-pk").first()
