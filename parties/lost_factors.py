"""Taking a second factor away from someone who lost it, when another has made sure who asks.

It is not done by browser: whoever got into one account of the national office would then be able
to get into all others. The person signs in with the mailed code after it, and sets up a new one
before anything else.
"""

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db import transaction

from parties.audit import record
from parties.invitations import end_sessions
from parties.models import User


class NotAnotherError(Exception):
    """Who vouches is the person themselves, or nobody of the national office."""


class NoFactorError(Exception):
    """There is none to take away."""


@transaction.atomic
def take_away(user: User, *, by: User, at: datetime) -> int:
    """Remove all second factors of a person and end their sessions; how many there were.

    `by` has made sure who asks. Raises NotAnotherError or NoFactorError.
    """
    user = User.objects.select_for_update().get(pk=user.pk)
    if by == user or not (by.is_active and by.is_national):
        raise NotAnotherError
    count, _ = Authenticator.objects.filter(user=user).delete()
    if not count:
        raise NoFactorError
    end_sessions(user)
    record("factors-removed", f"Tweede stap van account {user.pk} weggenomen", by=by, at=at)
    return int(count)
