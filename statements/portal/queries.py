"""What the portal's pages show of a list, in a fixed number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from itertools import groupby

from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from parties.models import Membership, Party, User
from statements.models import (
    Position,
    Research,
    Revision,
    Statement,
    Submission,
    Theme,
    Version,
    Withholding,
)
from statements.portal.answers import Answer, seal
from statements.portal.deadlines import moment, time_left

# Of the positions of a list: to statements that are asked, in the meaning that they have now.
THEIR_ASKED = Q(
    positions__statement__approved__isnull=False, positions__statement__withdrawn_at=None
)
THEIR_CURRENT = Q(positions__meaning=F("positions__statement__meaning"))


@dataclass(frozen=True)
class Line:
    """One statement, and what the party answered to it, if it did."""

    number: int  # from 1
    statement: Statement
    position: Position | None
    earlier: str = ""  # the text that the answer was given to, where it meant something else
    research: Research | None = None  # what a second person checked in the programme
    withholdings: tuple[Withholding, ...] = ()

    @property
    def answer(self) -> Answer | None:
        """What the party said last, also when the statement changed since."""
        return Answer.of(self.position) if self.position else None

    @property
    def is_unconfirmed(self) -> bool:
        """Whether the answer was given to an earlier meaning: it counts again when confirmed."""
        return self.position is not None and self.position.meaning != self.statement.meaning

    @property
    def counted(self) -> Answer | None:
        """The answer to the statement as it is now."""
        return None if self.is_unconfirmed else self.answer

    @property
    def withheld(self) -> Withholding | None:
        """That voters do not see the motivation that stands here, and why."""
        written = self.position.motivation if self.position else ""
        return next((each for each in self.withholdings if each.motivation == written), None)


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
        return seal(
            line.position for line in self.lines if line.position and not line.is_unconfirmed
        )

    @property
    def total(self) -> int:
        return len(self.lines)

    @cached_property
    def answered(self) -> int:
        return sum(line.counted is not None for line in self.lines)

    @property
    def missing(self) -> list[Line]:
        return [line for line in self.lines if line.counted is None]

    @property
    def unconfirmed(self) -> list[Line]:
        """Those that changed meaning since they were answered."""
        return [line for line in self.lines if line.is_unconfirmed]

    @property
    def missing_with_research(self) -> list[Line]:
        return [line for line in self.missing if line.research]

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


def sheet(party: Party, at: datetime, *, with_staff: bool = True) -> Sheet:
    """In five queries, and one more while answers wait to be confirmed.

    The party comes with its contest, election and municipality. What staff read or withheld is two
    of them: `with_staff` says whether that is shown.
    """
    asked = Statement.objects.asked_in(party.contest).select_related("theme")
    positions = {row.statement_id: row for row in party.positions.all()}
    read = party.research.checked() if with_staff else ()
    research = {row.statement_id: row for row in read}
    withholdings = list(party.withholdings.current()) if with_staff else []
    lines = tuple(
        Line(
            number,
            statement,
            positions.get(statement.pk),
            research=_still_read(research.get(statement.pk), statement),
            withholdings=tuple(row for row in withholdings if row.statement_id == statement.pk),
        )
        for number, statement in enumerate(asked, 1)
    )
    return Sheet(
        party=party,
        lines=_with_earlier(lines),
        last_submission=party.submissions.order_by("-pk").first(),
        at=at,
    )


def _still_read(research: Research | None, statement: Statement) -> Research | None:
    """What was read in the programme, while the statement means what it meant then."""
    return research if research and research.meaning == statement.meaning else None


def _with_earlier(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """With the text that each answer was given to, of those that wait to be confirmed."""
    waiting = [line for line in lines if line.is_unconfirmed]
    texts = _earlier_texts(waiting) if waiting else {}
    return tuple(replace(line, earlier=texts.get(line.statement.pk, "")) for line in lines)


def _earlier_texts(lines: Iterable[Line]) -> dict[int, str]:
    """By statement: its text as it stood last in the meaning that was answered.

    Each approved change began the next meaning, so that counting back from now finds it.
    """
    answered = {line.statement.pk: line.position.meaning for line in lines if line.position}
    meanings = {line.statement.pk: line.statement.meaning for line in lines}
    versions = Version.objects.filter(statement__in=answered, verdict=Version.Verdict.APPROVED)
    rows = versions.order_by("statement", "-number")
    found: dict[int, str] = {}
    for pk, nature, text in rows.values_list("statement", "nature", "content__text"):
        if meanings[pk] == answered[pk]:
            found.setdefault(pk, text)
        if nature == Version.Nature.CHANGE:
            meanings[pk] -= 1
    return found


@dataclass(frozen=True)
class Progress:
    """A list in the overview of someone's lists."""

    party: Party
    answered: int
    total: int
    is_submitted: bool
    unconfirmed: int
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
        Statement.objects.asked()
        .filter(
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
            answered=Count("positions", filter=THEIR_ASKED & THEIR_CURRENT),
            unconfirmed=Count("positions", filter=THEIR_ASKED & ~THEIR_CURRENT),
            total=Coalesce(Subquery(asked.values("count"), output_field=IntegerField()), 0),
            is_submitted=Exists(Submission.objects.current().filter(party=OuterRef("pk"))),
        )
        .order_by("contest__election__date", "contest__municipality__name", "name")
    )
    return [
        Progress(row, row.answered, row.total, row.is_submitted, row.unconfirmed, at)
        for row in rows
    ]


def with_contest(parties: QuerySet[Party]) -> QuerySet[Party]:
    return parties.select_related("contest__election", "contest__municipality__region")


def history(party: Party) -> QuerySet[Revision]:
    """Every save of this list's answers, the newest first."""
    return party.revisions.select_related("by", "statement").order_by("-at", "-pk")


def last_revision(position: Position) -> Revision | None:
    """Who saved it last, and when."""
    rows = Revision.objects.filter(party=position.party_id, statement=position.statement_id)
    return rows.select_related("by").order_by("-pk").first()
