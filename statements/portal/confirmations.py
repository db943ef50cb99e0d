"""Asking parties whether what they answered holds for a statement that changed meaning."""

from datetime import datetime

from django.db.models import F

from parties.models import Membership, Party
from statements.models import Position, Statement
from statements.portal.tasks import deliver_changed


def ask(statement: Statement, *, at: datetime) -> int:
    """Mail everyone of each list that answered an earlier meaning; returns how many mails.

    Once per person and list; nobody of a list that can change nothing any more.
    """
    waiting = Position.objects.filter(statement=statement, meaning__lt=F("statement__meaning"))
    members = (
        Membership.objects.current()
        .filter(
            party__in=Party.objects.on_ballot().filter(pk__in=waiting.values("party")),
            user__is_active=True,
        )
        .select_related("party__contest__election")
        .order_by("party", "pk")
    )
    asked = [row for row in members if not row.party.contest.is_closed(at)]
    for row in asked:
        deliver_changed.enqueue(row.party_id, statement.pk, row.user_id)
    return len(asked)
