"""How long someone stays signed in, and what in a session was proved.

Two ends, whichever comes first: so long after signing in, and so long after the last request. They
are short for those who can change what voters see, or look at data of many people; who only
answers for a party is asked again less often, as each time means a mail.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypedDict

from allauth.account.internal.flows.login import get_authentication_records
from allauth.core.exceptions import ReauthenticationRequired
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth import logout, update_session_auth_hash
from django.contrib.sessions.models import Session
from django.http import HttpRequest, HttpResponse

from parties.accounts.access import person
from parties.models import User
from parties.problems import is_for_people_with_accounts

MINUTE, HOUR, DAY = 60, 60 * 60, 24 * 60 * 60
NOTED = "ends"
ACCURACY = MINUTE  # so often at most is a session written anew
LATELY = 10 * MINUTE  # so long a second proof is good for what cannot be taken back
ENDED = "Je bent uitgelogd, omdat je een tijd niets deed of al lang ingelogd was. Log opnieuw in."


@dataclass(frozen=True)
class Ends:
    """Seconds."""

    after_signing_in: int
    without_use: int


class Noted(TypedDict):
    """In the session; times in seconds since 1970."""

    began: float
    used: float
    staff: bool


STAFF = Ends(after_signing_in=12 * HOUR, without_use=30 * MINUTE)
PARTY = Ends(after_signing_in=14 * DAY, without_use=3 * DAY)


class SessionEndsMiddleware:
    """Signs out whose session has ended; what follows, treats them as anyone not signed in.

    Only where people with an account work: a voter's page asks for no session.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if is_for_people_with_accounts(request) and person(request) is not None:
            now = time.time()
            noted = request.session.get(NOTED)
            if noted is None or has_ended(noted, now):
                logout(request)
                if request.method == "GET":  # who sends a form, gets it back with a page about it
                    messages.info(request, ENDED)
            elif now - noted["used"] >= ACCURACY:
                request.session[NOTED] = noted | {"used": now}
        return self.get_response(request)


def begin(request: HttpRequest, user: User, **rest: Any) -> None:
    """Note it when someone signs in (django.contrib.auth.signals.user_logged_in)."""
    now = time.time()
    is_staff = user.works_for_us or user.is_superuser
    request.session[NOTED] = Noted(began=now, used=now, staff=is_staff)


def has_ended(noted: Noted, now: float) -> bool:
    ends = STAFF if noted["staff"] else PARTY
    return now - noted["began"] >= ends.after_signing_in or now - noted["used"] >= ends.without_use


def proved_at(request: HttpRequest) -> float | None:
    """When a second factor was last shown in this session, in seconds since 1970."""
    records = get_authentication_records(request, person(request))
    return max((each["at"] for each in records if each["method"] == "mfa"), default=None)


def require_proof(request: HttpRequest) -> None:
    """Let only a session go on in which a second factor was shown.

    That the account has one is not enough: it may have got it after this session began. Asks for
    it, and then goes on with what was asked and sent (allauth keeps it meanwhile).
    """
    if proved_at(request) is None:
        raise ReauthenticationRequired


def require_recent_proof(request: HttpRequest) -> None:
    """The same, and shown not long ago: before what voters see is changed."""
    proved = proved_at(request)
    if proved is None or time.time() - proved >= LATELY:
        raise ReauthenticationRequired


def on_factor_removed(request: HttpRequest, user: User, authenticator: Any, **rest: Any) -> None:
    """An app or key is gone, perhaps because it was lost: sessions elsewhere go with it."""
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        end_others(request, user)


def end_others(request: HttpRequest, user: User) -> None:
    """End all sessions of a person but the one of this request; those that no list knows too."""
    others = UserSession.objects.filter(user=user).exclude(session_key=request.session.session_key)
    Session.objects.filter(session_key__in=others.values("session_key")).delete()
    UserSession.objects.filter(user=user).delete()
    user.set_unusable_password()
    user.save(update_fields=["password"])
    if person(request) == user:
        update_session_auth_hash(request, user)
        UserSession.objects.create_from_request(request)
