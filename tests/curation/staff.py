"""People of VluchtelingenWerk for tests, and the lists that they look after: all invented."""

import time
from datetime import timedelta

from allauth.account.internal.flows.login import (
    _AUTHENTICATION_METHODS_USER_SESSION_KEY,
    AUTHENTICATION_METHODS_SESSION_KEY,
)
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client
from django.utils import timezone

from parties.models import Contest, Invitation, Membership, Municipality, Party, Region, User
from statements.models import Submission
from statements.portal.actions import current_answers, unlocked

ROOM = "/redactie/lijsten/"
GREEN = f"{ROOM}gr2022/voorbeeldstad/groen-voorbeeldstad/"
KEY = "kleine-opvang-in-de-wijk"
BULK = f"{ROOM}uitnodigen/"
SEND = f"{BULK}versturen/"


def green() -> Party:
    return Party.objects.select_related("contest").get(
        slug="groen-voorbeeldstad", contest__election__slug="gr2022"
    )


def colleague(name: str = "Carla Collega") -> User:
    """A second person of the national office, for what wants four eyes."""
    email = f"{name.split(maxsplit=1)[0].lower()}@example.nl"
    return User.objects.create_user(email, name, is_national=True)


def region(slug: str, *codes: str) -> Region:
    made, _ = Region.objects.get_or_create(slug=slug, defaults={"name": slug.title()})
    Municipality.objects.filter(code__in=codes).update(region=made)
    return made


def national() -> User:
    return User.objects.create_user("nina@example.nl", "Nina Landelijk", is_national=True)


def regional(*codes: str) -> User:
    """Someone who works in the region of these municipalities."""
    user = User.objects.create_user("rik@example.nl", "Rik van de Regio")
    user.regions.add(region("midden", *codes))
    return user


def member() -> User:
    """Someone of a party, who works for no region."""
    user = User.objects.create_user("pia@example.nl", "Pia van de Partij")
    Membership.objects.create(user=user, party=green(), since=timezone.now())
    return user


def enter(client: Client, user: User, *, second_factor: bool = True) -> User:
    """Sign someone in, with a second factor as staff must."""
    if second_factor:
        TOTP.activate(user, generate_totp_secret())
    if second_factor:
        enter_again(client, user)
    else:
        client.force_login(user)
    return user


def enter_again(client: Client, user: User) -> None:
    """Sign in someone who has a second factor already, and shows it."""
    client.force_login(user)
    prove(client, user)


def prove(client: Client, user: User, minutes_ago: float = 0) -> None:
    """Have shown the second factor in this session, then."""
    session = client.session
    record = {"method": "mfa", "at": time.time() - 60 * minutes_ago, "reauthenticated": True}
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [record]
    session[_AUTHENTICATION_METHODS_USER_SESSION_KEY] = str(user.pk)
    session.save()


def invited(
    party: Party, email: str = "anna@example.nl", days_ago: int | None = None
) -> Invitation:
    """An invitation, mailed this many days ago, or not yet."""
    at = timezone.now() - timedelta(days=days_ago or 0)
    by, _ = User.objects.get_or_create(email="eerder@example.nl")
    row = Invitation.objects.create(party=party, email=email, invited_by=by, invited_at=at)
    if days_ago is not None:
        row.renew_token(at)
    return row


def close(party: Party, *, submitted: bool = True) -> None:
    """Move the deadline to yesterday; the list handed in before it, or never."""
    with unlocked():
        party.submissions.all().delete()
        if submitted:
            Submission.objects.create(
                party=party,
                name="Otto Ondertekenaar",
                at=timezone.now() - timedelta(days=2),
                answers=current_answers(party),
            )
    move_deadline(party, days=-1)


def move_deadline(party: Party, days: int) -> None:
    deadline = timezone.now() + timedelta(days=days)
    Contest.objects.filter(pk=party.contest_id).update(own_deadline=deadline)
