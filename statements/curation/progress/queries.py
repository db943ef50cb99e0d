"""How far an election is: per council, per region and in all, in a fixed number of queries."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, TextChoices
from django.utils import timezone

from parties.models import Contest, Election, Invitation, Membership, Party, Region, User
from statements.models import Position, Statement, Submission
from statements.portal.deadlines import time_left

NO_REGION = "geen"
THEIRS = OuterRef("pk")
NEVER = 10**6  # days; where no deadline is known yet: after all that are


class State(TextChoices):
    """How far the lists of a council are."""

    NOBODY_INVITED = "niemand-uitgenodigd", "niemand uitgenodigd"
    NOT_ALL = "niet-alles-ingediend", "niet alles ingediend"
    DONE = "klaar", "klaar"


class Column(TextChoices):
    """What the table can be sorted by."""

    PLACE = "gemeente", "Gemeente"
    REGION = "regio", "Regio"
    LISTS = "lijsten", "Lijsten"
    INVITED = "uitgenodigd", "Uitgenodigd"
    BEGUN = "begonnen", "Begonnen"
    SUBMITTED = "ingediend", "Ingediend"
    ANSWERS = "antwoorden", "Antwoorden"
    DAYS = "dagen", "Sluit"


@dataclass(frozen=True, slots=True)
class Row:
    """How far the lists of one council are; each number counts lists, `answers` answers."""

    slug: str
    name: str
    region: str  # its name; empty where there is none
    region_slug: str
    lists: int
    invited: int
    begun: int
    submitted: int
    answers: int
    asked: int  # of all lists together
    days: int
    left: str

    @property
    def is_done(self) -> bool:
        return bool(self.lists) and self.submitted == self.lists


@dataclass(frozen=True)
class Total:
    """The councils of a region, or all of them, taken together."""

    name: str
    contests: int
    done: int
    lists: int
    invited: int
    begun: int
    submitted: int
    answers: int
    asked: int


@dataclass(frozen=True)
class Progress:
    """The councils that someone looks after, those that are shown, and the totals."""

    rows: Sequence[Row]
    shown: Sequence[Row]
    regions: Sequence[Total]  # of all, also of those that are not shown
    total: Total

    @property
    def shown_total(self) -> Total:
        return _total("Samen", self.shown)

    @property
    def states(self) -> list[tuple[State, int]]:
        """How many councils there are in each state."""
        return [(state, sum(map(HOLDS[state], self.rows))) for state in State]


HOLDS: Mapping[State, Callable[[Row], bool]] = {
    State.NOBODY_INVITED: lambda row: not row.invited,
    State.NOT_ALL: lambda row: row.submitted < row.lists,
    State.DONE: attrgetter("is_done"),
}
SORTED_BY: Mapping[str, Callable[[Row], Any]] = {
    Column.PLACE: attrgetter("slug"),
    Column.REGION: lambda row: (not row.region, row.region),
    Column.LISTS: attrgetter("lists"),
    Column.INVITED: attrgetter("invited"),
    Column.BEGUN: attrgetter("begun"),
    Column.SUBMITTED: attrgetter("submitted"),
    Column.ANSWERS: lambda row: row.answers / row.asked if row.asked else -1,
    Column.DAYS: attrgetter("days"),
}


def progress(
    user: User,
    election: Election,
    *,
    region: str = "",
    state: str = "",
    order: str = "",
    at: datetime,
) -> Progress:
    """In four queries. `order` is a column, with a minus before it for the other way round."""
    rows = _rows(user, election, at)
    shown = [row for row in rows if region in ("", row.region_slug or NO_REGION)]
    if state:
        shown = list(filter(HOLDS[State(state)], shown))
    by = SORTED_BY[order.removeprefix("-") or Column.PLACE]
    return Progress(
        rows=rows,
        shown=sorted(shown, key=by, reverse=order.startswith("-")),
        regions=_by_region(rows),
        total=_total("Samen", rows),
    )


def regions(user: User) -> list[tuple[str, str]]:
    """Those that this person works for, by slug and name."""
    rows = Region.objects.all() if user.is_national else user.regions.all()
    return list(rows.order_by("name").values_list("slug", "name"))


def contests(user: User, election: Election, slugs: Iterable[str]) -> QuerySet[Contest]:
    """The councils of these municipalities that this person works for."""
    found = Contest.objects.for_staff(user).filter(
        election=election, municipality__slug__in=list(slugs)
    )
    return found.select_related("election", "municipality").order_by("municipality__slug")


def outside(election: Election, slugs: Iterable[str], found: Iterable[Contest]) -> Contest | None:
    """A council among these that exists but was not found: it is another region's."""
    known = {each.municipality.slug for each in found}
    others = Contest.objects.filter(election=election, municipality__slug__in=set(slugs) - known)
    return others.select_related("municipality").first()


def _rows(user: User, election: Election, at: datetime) -> list[Row]:
    councils = (
        Contest.objects.for_staff(user)
        .filter(election=election)
        .order_by("municipality__slug")
        .values_list(
            *("pk", "municipality__slug", "municipality__name", "municipality"),
            *("municipality__region__name", "municipality__region__slug", "own_deadline"),
        )
    )
    lists, answers, asked = _lists(election), _answers(election), _asked(election)
    left = _Left(election.deadline, at)
    rows = []
    for pk, slug, name, code, region, region_slug, own_deadline in councils:
        count, invited, begun, submitted = lists.get(pk, (0, 0, 0, 0))
        rows.append(
            Row(
                *(slug, name, region or "", region_slug or ""),
                *(count, invited, begun, submitted, answers.get(pk, 0)),
                (asked.get(None, 0) + asked.get(code, 0)) * count,
                *left.of(own_deadline),
            )
        )
    return rows


class _Left:
    """What is left of a deadline, worked out once for each."""

    def __init__(self, usual: datetime | None, at: datetime) -> None:
        self.usual, self.at, self.today = usual, at, timezone.localdate(at)
        self.known: dict[datetime | None, tuple[int, str]] = {None: (NEVER, "nog niet bekend")}

    def of(self, own: datetime | None) -> tuple[int, str]:
        """In days (less than none after it), and in words."""
        deadline = own or self.usual
        if deadline is not None and deadline not in self.known:
            days = (timezone.localdate(deadline) - self.today).days
            self.known[deadline] = (days, time_left(deadline, self.at))
        return self.known[deadline]


def _lists(election: Election) -> dict[int, tuple[int, int, int, int]]:
    """By contest: lists, and of those somebody was invited to, that began, that handed in.

    Each of the last three is among the one before it. What was withdrawn is left out.
    """
    is_submitted = Q(Exists(Submission.objects.current().filter(party=THEIRS)))
    is_begun = is_submitted | Q(Exists(Position.objects.filter(party=THEIRS)))
    is_invited = (
        is_begun
        | Q(Exists(Membership.objects.current().filter(party=THEIRS)))
        | Q(Exists(Invitation.objects.waiting().filter(party=THEIRS)))
    )
    rows = (
        Party.objects.on_ballot()
        .filter(contest__election=election)
        .order_by()
        .values("contest")
        .annotate(
            lists=Count("pk"),
            invited=Count("pk", filter=is_invited),
            begun=Count("pk", filter=is_begun),
            submitted=Count("pk", filter=is_submitted),
        )
    )
    columns = ("contest", "lists", "invited", "begun", "submitted")
    return {pk: (count, *more) for pk, count, *more in rows.values_list(*columns)}


def _answers(election: Election) -> dict[int, int]:
    """By contest: how many answers there are to what is asked, handed in or not."""
    asked = Statement.objects.asked().filter(election=election)
    rows = (
        Position.objects.filter(statement__in=asked, party__withdrawn_at=None)
        .order_by()
        .values("party__contest")
        .annotate(count=Count("pk"))
    )
    return dict(rows.values_list("party__contest", "count"))


def _asked(election: Election) -> dict[str | None, int]:
    """How many statements are asked, by municipality; under None those asked everywhere."""
    rows = Statement.objects.asked().filter(election=election).order_by().values("municipality")
    return dict(rows.annotate(count=Count("pk")).values_list("municipality", "count"))


def _by_region(rows: Sequence[Row]) -> list[Total]:
    """By name; what is in no region last. None where nothing is."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row.region, []).append(row)
    if set(found) <= {""}:
        return []
    names = sorted(found, key=lambda name: (not name, name))
    return [_total(name or "zonder regio", found[name]) for name in names]


def _total(name: str, rows: Iterable[Row]) -> Total:
    rows = list(rows)
    counts = (
        sum(getattr(row, each) for row in rows)
        for each in ("lists", "invited", "begun", "submitted", "answers", "asked")
    )
    return Total(name, len(rows), sum(row.is_done for row in rows), *counts)
