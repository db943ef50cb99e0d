"""Letting go of data about people: what served its time, and of whoever asks (AVG, art. 17).

What someone did for a list is proof that others rely on: it is kept, under an account that no
longer says whose it was.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.cache import caches
from django.core.cache.backends.db import DatabaseCache
from django.db import connection, transaction
from django_tasks_db.models import DBTaskResult

from parties.audit import record
from parties.invitations import end_sessions
from parties.models import Invitation, User

TASKS_KEPT = timedelta(
    days=30
)  # after they were done or failed; they hold the number of an account


class StillNeededError(Exception):
    """The account is in use: what it may do has to be ended first."""


@dataclass(frozen=True)
class Forgotten:
    """How many rows were let go of."""

    sessions: int
    devices: int
    limits: int
    tasks: int


@transaction.atomic
def forget_expired(at: datetime) -> Forgotten:
    """Remove ended sessions with the devices they were on, spent rate limits, tasks long done."""
    sessions, _ = Session.objects.filter(expire_date__lt=at).delete()
    gone = UserSession.objects.exclude(session_key__in=Session.objects.values("session_key"))
    devices, _ = gone.delete()
    tasks, _ = DBTaskResult.objects.finished().filter(finished_at__lt=at - TASKS_KEPT).delete()
    return Forgotten(sessions, devices, _spent_limits(at), tasks)


def _spent_limits(at: datetime) -> int:
    """They name the address that somebody came from. Redis forgets by itself; a table does not."""
    cache = caches["default"]
    if not isinstance(cache, DatabaseCache):
        return 0
    table = connection.ops.quote_name(cache.cache_model_class._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table} WHERE expires < %s", [at])  # noqa: S608  # our own name
        return int(cursor.rowcount)


@transaction.atomic
def forget_person(user: User, *, at: datetime) -> None:
    """Take name, address, devices and proofs from an account, and close it for good.

    Raises StillNeededError while it may do something, or is invited to.
    """
    user = User.objects.select_for_update().get(pk=user.pk)
    invitations = Invitation.objects.filter(email=user.email)
    if (
        user.memberships.current().exists()
        or invitations.waiting().exists()
        or (user.is_active and (user.works_for_us or user.is_superuser))
    ):
        raise StillNeededError
    for invitation in invitations:
        invitation.email, invitation.name = _nobody(invitation.pk), ""
        invitation.save(update_fields=["email", "name"])
    EmailAddress.objects.filter(user=user).delete()
    Authenticator.objects.filter(user=user).delete()
    end_sessions(user)
    user.email, user.name, user.is_active = _nobody(user.pk), "", False
    user.save(update_fields=["email", "name", "is_active"])
    record("person-forgotten", f"De gegevens van account {user.pk} gewist", by=None, at=at)


def _nobody(number: int) -> str:
    """An address that leads nowhere (RFC 2606, 2)."""
    return f"gewist-{number}@gewist.invalid"
