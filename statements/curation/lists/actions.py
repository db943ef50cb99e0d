"""What staff do that a second click must not do again."""

from datetime import datetime

from django.core.cache import cache

from parties import invitations
from parties.models import Invitation, User

PAUSE = 60  # seconds


def resend_once(invitation: Invitation, *, by: User, at: datetime) -> bool:
    """Mail an invitation again, unless that was asked less than a minute ago.

    A second mail would make the link in the first worthless. Raises UselessTokenError for one
    that was used or revoked.
    """
    if not cache.add(f"resent-{invitation.pk}", "yes", PAUSE):
        return False
    invitations.resend(invitation, by=by, at=at)
    return True
