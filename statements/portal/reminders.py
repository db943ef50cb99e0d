"""Who is reminded of a deadline, and thanked after it: each mail to each person once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from parties.models import Membership, Party
from statements.models import Notice, Submission
from statements.portal.tasks import deliver_notice, deliver_notices

SPANS = (  # the most urgent first: who is late with sending sends only that one
    (Notice.Kind.ONE_DAY, timedelta(hours=24)),
    (Notice.Kind.TWO_DAYS, timedelta(days=2)),
    (Notice.Kind.ONE_WEEK, timedelta(days=7)),
    (Notice.Kind.TWO_WEEKS, timedelta(days=14)),
)
THANKED_FOR = timedelta(days=7)  # after a deadline; later it is no news any more
PAUSE = timedelta(hours=24)  # nobody is reminded of a list twice within it


@dataclass(frozen=True)
class Due:
    """A mail that someone should have had by now about a list."""

    membership: Membership
    kind: Notice.Kind
    deadline: datetime


def send_due(at: datetime) -> int:
    """Have every mail that is due sent; return how many were. Repeated, it sends nothing twice."""
    return sum(_send(each, at) for each in due(at))


def due(at: datetime) -> Iterable[Due]:
    """Whom to write about what; those who were written already included.

    Whom staff reminded themselves is written a day later, if there is one.
    """
    members: QuerySet[Membership] = Membership.objects.current().filter(
        user__is_active=True, party__withdrawn_at=None
    )
    people = (
        members.annotate(
            deadline=Coalesce("party__contest__own_deadline", "party__contest__election__deadline"),
            is_submitted=Exists(Submission.objects.current().filter(party=OuterRef("party"))),
            was_submitted=Exists(Submission.objects.filter(party=OuterRef("party"))),
            is_reminded=Exists(_reminded(at, kind=Notice.Kind.BY_STAFF)),
        )
        .filter(
            deadline__gt=at - THANKED_FOR,
            deadline__lte=at + max(span for _, span in SPANS),
        )
        .select_related("user", "party")
        .order_by(F("deadline"), "pk")
    )
    for membership in people:
        if membership.deadline <= at:
            if membership.was_submitted:
                yield Due(membership, Notice.Kind.THANKS, membership.deadline)
        elif not membership.is_submitted and not membership.is_reminded:
            left = membership.deadline - at
            kind, span = next((kind, span) for kind, span in SPANS if left <= span)
            if membership.since <= membership.deadline - span:  # else they just read about it
                yield Due(membership, kind, membership.deadline)


@transaction.atomic
def _send(due: Due, at: datetime) -> bool:
    notice, is_new = Notice.objects.get_or_create(
        party=due.membership.party,
        user=due.membership.user,
        kind=due.kind,
        deadline=due.deadline,
        defaults={"at": at},
    )
    if is_new:
        deliver_notice.enqueue(notice.pk)
    return is_new


@dataclass(frozen=True)
class Unfinished:
    """Who works for lists that can still be handed in and were not."""

    people: Sequence[Membership]  # may be reminded now
    reminded: int  # how many were, less than a day ago

    @property
    def lists(self) -> int:
        return len({each.party_id for each in self.people})


def unfinished(lists: QuerySet[Party], at: datetime) -> Unfinished:
    """Of these lists. In one query."""
    members = (
        _at_work_on(lists, at)
        .annotate(is_reminded=Exists(_reminded(at)))
        .select_related("user", "party__contest__election", "party__contest__municipality")
        .order_by("pk")
    )
    people = [each for each in members if not each.is_reminded]
    return Unfinished(people, len(members) - len(people))


@transaction.atomic
def remind(lists: QuerySet[Party], *, at: datetime) -> Sequence[Membership]:
    """Have staff's reminder mailed to whom it may go; return them.

    Of two requests at once the later waits for the first, and finds nobody left to remind.
    """
    list(_at_work_on(lists, at).select_for_update(of=("self",)).order_by("pk").values_list("pk"))
    people = unfinished(lists, at).people
    notices = Notice.objects.bulk_create(
        (_by_staff(each, at) for each in people),
        batch_size=1000,
        update_conflicts=True,  # about one deadline staff may remind again, on another day
        unique_fields=["party", "user", "kind", "deadline"],
        update_fields=["at"],
    )
    if notices:
        deliver_notices.enqueue([each.pk for each in notices])
    return people


def _by_staff(membership: Membership, at: datetime) -> Notice:
    deadline = membership.party.contest.deadline
    assert deadline is not None  # noqa: S101  # for the type only
    return Notice(
        party=membership.party,
        user=membership.user,
        kind=Notice.Kind.BY_STAFF,
        deadline=deadline,
        at=at,
    )


def _at_work_on(lists: QuerySet[Party], at: datetime) -> QuerySet[Membership]:
    submitted = Submission.objects.current().filter(party=OuterRef("party"))
    is_open = Q(party__contest__own_deadline__gt=at) | Q(
        party__contest__own_deadline=None, party__contest__election__deadline__gt=at
    )
    return Membership.objects.current().filter(
        is_open,
        ~Exists(submitted),
        party__in=lists.order_by(),
        party__withdrawn_at=None,
        user__is_active=True,
    )


def _reminded(at: datetime, **which: str) -> QuerySet[Notice]:
    """The mails about this list that this person got less than a day ago."""
    return Notice.objects.filter(
        party=OuterRef("party"), user=OuterRef("user"), at__gt=at - PAUSE, **which
    )
