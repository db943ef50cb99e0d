"""Withholding a motivation, and lifting that. Each is one transaction and one act."""

from datetime import datetime

from django.db import transaction

from parties.audit import record
from parties.models import Party, User
from statements.curation.moderation import queries
from statements.models import Withholding
from statements.portal.tasks import deliver_withheld


class RefusedError(Exception):
    """It cannot be done now; nothing was changed."""


class GoneError(RefusedError):
    """There is no motivation, or no withholding, here any more."""


class ChangedError(RefusedError):
    """The text is another one than was judged."""


class WithheldError(RefusedError):
    """This text is withheld already."""


@transaction.atomic
def withhold(
    party: Party, key: str, *, seen: str, ground: str, explanation: str, by: User, at: datetime
) -> Withholding:
    """Leave a motivation out of what voters see; the stance stays. The party's people get a mail.

    `seen` is the digest (`queries.digest`) of the text that was judged. Raises GoneError,
    ChangedError or WithheldError.
    """
    Party.objects.select_for_update().get(pk=party.pk)
    row = queries.motivation(party, key)
    if row is None:
        raise GoneError
    if queries.digest(row.text) != seen:
        raise ChangedError
    if row.ground:
        raise WithheldError
    made = Withholding.objects.create(
        party=party,
        statement=row.statement,
        motivation=row.text,
        ground=ground,
        explanation=explanation,
        by=by,
        at=at,
    )
    _record("withheld", "weggelaten", made, party, by, at)
    members = party.memberships.current().filter(user__is_active=True)
    for user_id in members.values_list("user", flat=True):
        deliver_withheld.enqueue(made.pk, user_id)
    return made


@transaction.atomic
def lift(party: Party, pk: int, *, by: User, at: datetime) -> Withholding:
    """Let voters see the text again. Done twice, the first stands. Raises GoneError."""
    rows = party.withholdings.select_for_update(of=("self",)).select_related("statement")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise GoneError
    if found.lifted_at:
        return found
    found.lifted_by, found.lifted_at = by, at
    found.save(update_fields=["lifted_by", "lifted_at"])
    _record("lifted", "weer getoond", found, party, by, at)
    return found


def _record(act: str, done: str, row: Withholding, party: Party, by: User, at: datetime) -> None:
    """With the ground, and without the text."""
    record(
        f"motivation-{act}",
        f"Toelichting van {party} {done} ({row.get_ground_display()}) bij “{row.statement.text}”",
        by=by,
        at=at,
        about=party,
        party=party.slug,
        statement=row.statement.key,
        ground=row.ground,
        withholding=row.pk,
    )
