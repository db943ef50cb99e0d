"""Reminding the people of many lists at once."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from parties import audit
from parties.models import Contest, Event, Membership, Party, User
from statements.portal import reminders


def lists_of(contests: Sequence[Contest]) -> QuerySet[Party]:
    return Party.objects.filter(contest__in=[each.pk for each in contests])


@transaction.atomic
def remind(contests: Sequence[Contest], *, by: User, at: datetime) -> Sequence[Membership]:
    """Mail everybody whose list in these councils can still be handed in and was not.

    Whoever had a mail about that list less than a day ago is left alone. Returns who get one.
    """
    people = reminders.remind(lists_of(contests), at=at)
    per_contest = Counter(each.party.contest_id for each in people)
    Event.objects.bulk_create(
        (_event(each, per_contest[each.pk], by, at) for each in contests if per_contest[each.pk]),
        batch_size=1000,
    )
    return people


def _event(contest: Contest, count: int, by: User, at: datetime) -> Event:
    whom = "1 persoon" if count == 1 else f"{count} mensen"
    what = f"Herinnerd: {whom} in {contest.municipality}"
    return audit.event("lists-reminded", what, by=by, at=at, about=contest, people=count)
