"""Inviting many people at once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from parties.audit import event
from parties.models import Event, Invitation, User
from parties.tasks import deliver_invitations


@dataclass(frozen=True)
class Wanted:
    """One address (a normal one) to invite to one list."""

    party_id: int
    email: str
    name: str = ""


@transaction.atomic
def invite_many(wanted: Iterable[Wanted], *, by: User, at: datetime) -> int:
    """Invite these; the mails go out beside the request. Returns how many were invited.

    Whoever has a waiting invitation to the same list already is left alone, also when that one
    is made at this very moment. That someone is a member already is for the caller to see.
    """
    Invitation.objects.bulk_create(
        (
            Invitation(
                party_id=each.party_id,
                email=each.email,
                name=each.name,
                invited_by=by,
                invited_at=at,
            )
            for each in wanted
        ),
        ignore_conflicts=True,
        batch_size=1000,
    )
    made = list(
        Invitation.objects.filter(invited_by=by, invited_at=at)
        .select_related("party__contest__election", "party__contest__municipality")
        .order_by("pk")
    )
    Event.objects.bulk_create((_event(each, by, at) for each in made), batch_size=1000)
    if made:
        deliver_invitations.enqueue([each.pk for each in made])
    return len(made)


def _event(invitation: Invitation, by: User, at: datetime) -> Event:
    """Which list, and which row tells the rest: an address would stay in the log for ever."""
    party = invitation.party
    what = f"Iemand uitgenodigd voor {party}, {party.contest.municipality}"
    details = {"party": party.pk, "invitation": invitation.pk}
    return event("invitation-made", what, by=by, at=at, about=party, **details)
