"""What the pages for staff show of the lists, in a fixed number of queries."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.paginator import Page, Paginator
from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextChoices,
    Value,
    When,
)
from django.db.models.expressions import OrderBy
from django.db.models.functions import Coalesce
from django.utils.text import slugify

from parties.models import Election, Invitation, Membership, Party, Place, User
from parties.models.people import INVITATION_DAYS
from statements.models import Position, Statement, Submission
from statements.portal.answers import Answer

ON_A_PAGE = 50
THEIRS = OuterRef("pk")
# An answer to an earlier meaning of a statement waits to be confirmed.
CURRENT = Position.objects.filter(statement__withdrawn_at=None, meaning=F("statement__meaning"))
ORDER: list[str | OrderBy] = [
    "contest__municipality__slug",
    F("number").asc(nulls_last=True),
    "slug",
]


class State(TextChoices):
    """How far a list is."""

    NOT_INVITED = "niet-uitgenodigd", "niet uitgenodigd"
    INVITED = "uitgenodigd", "uitgenodigd"
    BEGUN = "begonnen", "begonnen"
    SUBMITTED = "ingediend", "ingediend"


# The furthest that is true. Somebody was invited also when the invitation has expired.
STATE = Case(
    When(Exists(Submission.objects.current().filter(party=THEIRS)), then=Value("ingediend")),
    When(Exists(Position.objects.filter(party=THEIRS)), then=Value("begonnen")),
    When(Exists(Membership.objects.current().filter(party=THEIRS)), then=Value("uitgenodigd")),
    When(Exists(Invitation.objects.waiting().filter(party=THEIRS)), then=Value("uitgenodigd")),
    default=Value("niet-uitgenodigd"),
    output_field=CharField(),
)


@dataclass(frozen=True)
class Overview:
    """One page of the lists, and how many there are in each state."""

    rows: Sequence[tuple[Party, str]]  # each with its state
    page: Page[int]
    states: Sequence[tuple[State, int]]
    total: int


def overview(
    user: User,
    election: Election,
    *,
    municipality: str = "",
    state: str = "",
    number: int | str = 1,
    at: datetime,
) -> Overview:
    """The lists of this person, by municipality; filtered by (part of) its name and by state.

    Two queries: the states of all, and all there is to know of those on the page.
    """
    lists = Party.objects.for_staff(user).on_ballot().filter(contest__election=election)
    found = _in_municipality(lists, municipality).order_by(*ORDER).annotate(state=STATE)
    states = dict(found.values_list("pk", "state"))
    counts = Counter(states.values())
    shown = [pk for pk, its in states.items() if state in ("", its)]
    page = Paginator(shown, ON_A_PAGE).get_page(number)
    rows = {row.pk: row for row in _with_progress(list(page.object_list), at)}
    return Overview(
        rows=[(rows[pk], states[pk]) for pk in page.object_list if pk in rows],
        page=page,
        states=[(each, counts[each.value]) for each in State],
        total=counts.total(),
    )


def _in_municipality(lists: QuerySet[Party], written: str) -> QuerySet[Party]:
    """By a part of the municipality's name, or by another name or a place of it."""
    slug = slugify(written)
    if not slug:
        return lists
    places = Place.objects.filter(name__iexact=written.strip()).values("municipality")
    return lists.filter(
        Q(contest__municipality__slug__contains=slug) | Q(contest__municipality__in=places)
    )


def _with_progress(pks: Sequence[int], at: datetime) -> QuerySet[Party]:
    """With how many people, open and expired invitations, and answers each of them has."""
    sent_before = at - timedelta(days=INVITATION_DAYS)
    waiting = Invitation.objects.waiting()
    is_open = Q(sent_at=None) | Q(sent_at__gt=sent_before)
    submitted = Submission.objects.current().filter(party=THEIRS)
    return (
        Party.objects.filter(pk__in=pks)
        .annotate(
            people=_count(Membership.objects.current()),
            open_invitations=_count(waiting.filter(is_open)),
            expired_invitations=_count(waiting.exclude(is_open)),
            answered=_count(CURRENT),
            asked=_asked(),
            submitted_at=Subquery(submitted.values("at")[:1]),
        )
        .select_related("contest__election", "contest__municipality")
    )


def _count(rows: QuerySet[Membership] | QuerySet[Invitation] | QuerySet[Position]) -> Coalesce:
    """How many of these belong to the list of the outer query."""
    counted = rows.filter(party=THEIRS).order_by().values("party").annotate(count=Count("pk"))
    return Coalesce(Subquery(counted.values("count"), output_field=IntegerField()), 0)


def _asked() -> Coalesce:
    """How many statements the list of the outer query is asked."""
    statements = Statement.objects.asked().filter(
        Q(municipality=None) | Q(municipality=OuterRef("contest__municipality")),
        election=OuterRef("contest__election"),
    )
    counted = statements.order_by().values("election").annotate(count=Count("pk"))
    return Coalesce(Subquery(counted.values("count"), output_field=IntegerField()), 0)


@dataclass(frozen=True)
class Sent:
    """An invitation, and what became of it."""

    invitation: Invitation
    at: datetime

    @property
    def is_waiting(self) -> bool:
        return not (self.invitation.accepted_at or self.invitation.revoked_at)

    @property
    def is_expired(self) -> bool:
        return self.is_waiting and self.invitation.is_expired(self.at)


@dataclass(frozen=True)
class Line:
    """A statement and the list's answer to it, if it gave one."""

    statement: Statement
    position: Position | None

    @property
    def answer(self) -> Answer | None:
        return Answer.of(self.position) if self.position else None

    @property
    def is_answered(self) -> bool:
        """Whether the list answered the statement as it is now."""
        return self.position is not None and self.position.meaning == self.statement.meaning

    def stands(self, answer: Answer) -> bool:
        """Whether this is the answer already, to the statement as it is now."""
        return self.is_answered and self.answer == answer

    @property
    def version(self) -> int:
        """Counts the saves; 0 before the first."""
        return self.position.version if self.position else 0


def members(party: Party) -> QuerySet[Membership]:
    return party.memberships.current().select_related("user").order_by("since")


def invitations(party: Party, at: datetime) -> list[Sent]:
    """All there ever were, those that wait in front, the newest first."""
    rows = party.invitations.select_related("invited_by").order_by("-invited_at", "-pk")
    return sorted((Sent(row, at) for row in rows), key=lambda sent: not sent.is_waiting)


def submission(party: Party) -> Submission | None:
    """What was handed in last, also when it was opened again: voters see that."""
    return party.submissions.order_by("-pk").first()


def lines(party: Party) -> list[Line]:
    """Every statement that the list is asked, with its answer."""
    positions = {row.statement_id: row for row in party.positions.all()}
    asked = Statement.objects.asked_in(party.contest)
    return [Line(statement, positions.get(statement.pk)) for statement in asked]


def line(party: Party, key: str) -> Line | None:
    """One of them, by the statement's key."""
    statement = Statement.objects.asked_in(party.contest).filter(key=key).first()
    position = party.positions.filter(statement=statement).first() if statement else None
    return Line(statement, position) if statement else None
