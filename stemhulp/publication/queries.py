"""What the pages about publishing show of many contests, in a fixed number of queries."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, IntegerField, Q, QuerySet, Sum, TextChoices
from django.db.models.functions import Cast
from django.utils.text import slugify

from parties.models import Contest, Election, Event, Party, Place, User
from statements.models import Submission
from stemhulp.editions.models import Proposal, PublishedEdition

STARTED, CHECKED = "publishing-started", "contests-checked"
DECLINED = "publication-declined"


class State(TextChoices):
    """How far the publishing of a contest is."""

    NEVER = "nooit", "nog nooit gepubliceerd"
    WAITING = "wacht", "wacht op een tweede persoon"
    PUBLISHED = "gepubliceerd", "gepubliceerd"


@dataclass(frozen=True)
class Row:
    """A contest, with its last edition and how many of its lists are handed in."""

    name: str
    slug: str
    state: State
    number: int | None
    at: datetime | None
    lists: int
    submitted: int


@dataclass(frozen=True)
class Overview:
    rows: Sequence[Row]
    states: Sequence[tuple[State, int]]
    total: int


def overview(
    user: User, election: Election, *, municipality: str = "", state: str = ""
) -> Overview:
    """The contests of this person by name, filtered by (part of) a name and by state.

    Five queries, however many contests there are; no document is read.
    """
    scope = election.contests.for_staff(user)
    editions = _last_editions(scope)
    waiting = set(Proposal.objects.waiting().filter(contest__in=scope).values_list("contest"))
    lists, submitted = _lists(scope), _submitted(scope)
    found = _named(scope, municipality).order_by("municipality__name")
    rows = []
    for pk, name, slug in found.values_list("pk", "municipality__name", "municipality__slug"):
        number, at = editions.get(pk, (None, None))
        its = State.WAITING if (pk,) in waiting else State.PUBLISHED if number else State.NEVER
        rows.append(Row(name, slug, its, number, at, lists.get(pk, 0), submitted.get(pk, 0)))
    counts = Counter(row.state for row in rows)
    return Overview(
        rows=[row for row in rows if state in ("", row.state)],
        states=[(each, counts[each]) for each in State],
        total=len(rows),
    )


def _last_editions(scope: QuerySet[Contest]) -> dict[int, tuple[int, datetime]]:
    rows = PublishedEdition.objects.current().filter(contest__in=scope)
    return {pk: (number, at) for pk, number, at in rows.values_list(*_IMPRINT)}


_IMPRINT = ("contest", "number", "published_at")


def _lists(scope: QuerySet[Contest]) -> dict[int, int]:
    rows = Party.objects.on_ballot().filter(contest__in=scope)
    return dict(rows.order_by().values_list("contest").annotate(Count("pk")))


def _submitted(scope: QuerySet[Contest]) -> dict[int, int]:
    rows = Submission.objects.current().filter(party__contest__in=scope, party__withdrawn_at=None)
    return dict(rows.order_by().values_list("party__contest").annotate(Count("pk")))


def _named(scope: QuerySet[Contest], written: str) -> QuerySet[Contest]:
    """By a part of the municipality's name, or by another name or a place of it."""
    slug = slugify(written)
    if not slug:
        return scope
    places = Place.objects.filter(name__iexact=written.strip()).values("municipality")
    return scope.filter(Q(municipality__slug__contains=slug) | Q(municipality__in=places))


def history(contest: Contest) -> list[PublishedEdition]:
    """All editions of a contest without their documents, the newest first."""
    return list(contest.editions.defer("document").order_by("-number"))


def waiting(contest: Contest) -> Proposal | None:
    """The proposal for it that a second person has to decide on, if there is one."""
    return contest.proposals.waiting().select_related("asked_by").first()


def declined(contest: Contest) -> Event | None:
    """Who turned down the last proposal for it and why, if that is how it ended."""
    about = Event.objects.filter(election=contest.election_id, municipality=contest.municipality_id)
    decisions = about.filter(act__startswith="publication-").select_related("by")
    last = decisions.order_by("-at", "-pk").first()
    return last if last and last.act == DECLINED else None


def since(user: User, proposal: Proposal) -> QuerySet[Event]:
    """What was done since it was proposed, in this election or this municipality."""
    contest = proposal.contest
    there = Q(municipality=contest.municipality_id) | Q(election=contest.election_id)
    events = Event.objects.for_staff(user).filter(there, at__gt=proposal.asked_at)
    elsewhere = Q(municipality__isnull=False) & ~Q(municipality=contest.municipality_id)
    return events.exclude(elsewhere).exclude(act__startswith="publication-")[:10]


# Many contests at once


@dataclass(frozen=True)
class Progress:
    """How far the publishing of many contests is, and what came of those that were looked at."""

    total: int
    checked: int
    outcomes: Mapping[str, int]
    left_out: Sequence[tuple[str, str]]  # the municipality, and why it was not published

    @property
    def is_finished(self) -> bool:
        return self.checked >= self.total


def progress(start: Event) -> Progress:
    """Counted from what the log says of it."""
    chunks = chunks_of(start)
    outcomes = Counter[str]()
    left_out: list[tuple[str, str]] = []
    for details in chunks:
        outcomes.update(details["outcomes"])
        left_out += [(name, why) for name, why in details["left_out"]]
    checked = sum(details["checked"] for details in chunks)
    return Progress(len(start.details["contests"]), checked, outcomes, left_out)


def unfinished(user: User, election: Election, since: datetime) -> list[Event]:
    """What was begun lately and not done to its end; of everyone, for the national office."""
    done = (
        Event.objects.filter(act=CHECKED, election=election, at__gte=since)
        .order_by()
        .values_list("details__start")
        .annotate(checked=Sum(Cast("details__checked", IntegerField())))
    )
    checked = dict(done)
    begun = Event.objects.for_staff(user).filter(act=STARTED, election=election, at__gte=since)
    return [
        each
        for each in begun.select_related("by")
        if checked.get(each.pk, 0) < len(each.details["contests"])
    ]


def chunks_of(start: Event) -> list[dict[str, Any]]:
    """What was written about each part that is done, the first one first."""
    rows = Event.objects.filter(act=CHECKED, pk__gt=start.pk, details__start=start.pk)
    return list(rows.order_by("pk").values_list("details", flat=True))
