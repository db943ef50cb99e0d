"""What the pages about programmes show, in a fixed number of queries."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from parties.models import Election, Event, Party, User
from statements.curation.searching import in_municipality
from statements.models import Research, Statement, Submission

ON_A_PAGE = 50
WAITING = 20  # shown in front
THEIRS = Q(research__withdrawn_at=None, research__meaning=F("research__statement__meaning"))
UNCHECKED = THEIRS & Q(research__checked_at=None)
ACTS = ("research-entered", "research-checked", "research-withdrawn")


@dataclass(frozen=True)
class Line:
    """A statement, and what staff read about it in the list's programme."""

    number: int  # from 1
    statement: Statement
    research: Research | None

    @property
    def is_outdated(self) -> bool:
        """Whether the statement means something else since it was read: it does not count."""
        return self.research is not None and self.research.meaning != self.statement.meaning

    @property
    def is_waiting(self) -> bool:
        """Whether a second person must look at it."""
        return (
            self.research is not None and self.research.checked_at is None and not self.is_outdated
        )

    @property
    def is_checked(self) -> bool:
        return (
            self.research is not None
            and self.research.checked_at is not None
            and not self.is_outdated
        )


def lists(user: User, election: Election) -> QuerySet[Party]:
    """Those on the ballot that someone works for and that never handed in an answer."""
    handed_in = Submission.objects.filter(party=OuterRef("pk"))
    theirs = Party.objects.on_ballot().for_staff(user).filter(contest__election=election)
    return theirs.exclude(Exists(handed_in))


def page_of_lists(
    user: User, election: Election, municipality: str, number: int | str
) -> Page[Any]:
    """With how many statements were read, wait for a second person, and were checked."""
    rows = (
        in_municipality(lists(user, election), municipality)
        .order_by("contest__municipality__slug", F("number").asc(nulls_last=True), "slug")
        .select_related("contest__municipality")
        .annotate(
            entered=Count("research", filter=THEIRS),
            waiting=Count("research", filter=UNCHECKED),
        )
    )
    return Paginator(rows, ON_A_PAGE).get_page(number)


def waiting_for(user: User, election: Election) -> QuerySet[Research]:
    """What others read and this person may check."""
    rows = Research.objects.current().filter(
        checked_at=None,
        meaning=F("statement__meaning"),
        party__in=lists(user, election),
        statement__withdrawn_at=None,
    )
    return _with_place(rows.exclude(entered_by=user).order_by("entered_at", "pk"))


def returned_to(user: User, election: Election) -> QuerySet[Research]:
    """What this person read and a colleague sent back, while nothing was read anew."""
    anew = Research.objects.filter(
        party=OuterRef("party"), statement=OuterRef("statement"), pk__gt=OuterRef("pk")
    )
    rows = Research.objects.filter(
        entered_by=user, withdrawn_at__isnull=False, party__in=lists(user, election)
    ).exclude(withdrawn_by=user)
    return _with_place(rows.exclude(Exists(anew)).order_by("-withdrawn_at", "-pk"))


def _with_place(rows: QuerySet[Research]) -> QuerySet[Research]:
    return rows.select_related(
        "statement", "entered_by", "withdrawn_by", "party__contest__municipality"
    )


def lines(party: Party) -> list[Line]:
    """Every statement that the list is asked, in two queries."""
    current = party.research.current().select_related("entered_by", "checked_by")
    found = {row.statement_id: row for row in current}
    asked = Statement.objects.asked_in(party.contest)
    return [Line(number, each, found.get(each.pk)) for number, each in enumerate(asked, 1)]


def line(party: Party, key: str) -> Line | None:
    return next((each for each in lines(party) if each.statement.key == key), None)


def next_to_read(party: Party, after: Line) -> Line | None:
    """The first statement after this one about which nothing was read, or which changed since."""
    return next(
        (
            each
            for each in lines(party)
            if each.number > after.number and (each.research is None or each.is_outdated)
        ),
        None,
    )


def has_handed_in(party: Party) -> bool:
    """Whether it ever did; from then on it speaks for itself."""
    return party.submissions.exists()


def acts(party: Party, statement: Statement) -> QuerySet[Event]:
    """What was done here, the newest first."""
    return Event.objects.filter(
        act__in=ACTS,
        municipality=party.contest.municipality,
        election=party.contest.election,
        details__party=party.slug,
        details__statement=statement.key,
    ).select_related("by")[:10]
