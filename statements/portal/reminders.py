"""Who is reminded of a deadline, and thanked after it: each mail to each person once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, F, OuterRef, QuerySet
from django.db.models.functions import Coalesce

from parties.models import Membership
from statements.models import Notice, Submission
from statements.portal.tasks import deliver_notice

SPANS = (  # the most urgent first: who is late with sending sends only that one
    (Notice.Kind.ONE_DAY, timedelta(hours=24)),
    (Notice.Kind.TWO_DAYS, timedelta(days=2)),
    (Notice.Kind.ONE_WEEK, timedelta(days=7)),
    (Notice.Kind.TWO_WEEKS, timedelta(days=14)),
)
THANKED_FOR = timedelta(days=7)  # after a deadline; later it is no news any more


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
    """Whom to write about what; those who were written already included."""
    members: QuerySet[Membership] = Membership.objects.current().filter(user__is_active=True)
    people = (
        members.annotate(
            deadline=Coalesce("party__contest__own_deadline", "party__contest__election__deadline"),
            is_submitted=Exists(Submission.objects.current().filter(party=OuterRef("party"))),
            was_submitted=Exists(Submission.objects.filter(party=OuterRef("party"))),
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
        elif not membership.is_submitted:
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
