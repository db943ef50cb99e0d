"""People for tests, and how they sign in: all of them invented."""

import re
import time
from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
)
from django.core.mail import EmailMultiAlternatives
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from parties.models import Invitation, Membership, Party, User
from parties.tasks import deliver_invitation

BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"

Outbox = list[EmailMultiAlternatives]  # all mails of ours have two forms


def anna() -> User:
    return User.objects.create_user("anna@example.nl", "Anna de Vries")


def green() -> Party:
    return Party.objects.get(slug="groen-voorbeeldstad", contest__election__slug="gr2022")


def member(user: User, party: Party, at: datetime | None = None) -> Membership:
    return Membership.objects.create(user=user, party=party, since=at or timezone.now())


def ask_code(client: Client, email: str, **data: str) -> HttpResponse:
    response = client.post(reverse("account_login"), {"email": email, **data})
    assert isinstance(response, HttpResponse)
    return response


def enter_code(client: Client, code: str, **data: str) -> HttpResponse:
    response = client.post(reverse("account_confirm_login_code"), {"code": code, **data})
    assert isinstance(response, HttpResponse)
    return response


def code_in(mail: EmailMultiAlternatives) -> str:
    found = re.search(r"[B-Z]{4}-[B-Z]{4}", str(mail.body))
    assert found
    return found[0]


def ask_and_enter_code(client: Client, email: str, outbox: Outbox) -> HttpResponse:
    """The code that was mailed."""
    ask_code(client, email)
    return enter_code(client, code_in(outbox[-1]))


def sign_in(client: Client, email: str, outbox: Outbox) -> None:
    assert ask_and_enter_code(client, email, outbox).status_code == 302
    assert who(client) is not None


def who(client: Client) -> str | None:
    """The id of who is signed in, as the session says."""
    return client.session.get("_auth_user_id")


def token_of(invitation: Invitation, outbox: Outbox) -> str:
    """Mail the invitation as the worker does, and take the token from the mail."""
    deliver_invitation.call(invitation.pk)
    found = re.search(r"/account/uitnodiging/([^/\s]+)/", str(outbox[-1].body))
    assert found
    return found[1]


def secret_of(user: User) -> str:
    """Give someone an app with codes; what the app knows."""
    secret = str(generate_totp_secret())
    TOTP.activate(user, secret)
    RecoveryCodes.activate(user)
    return secret


def spare_code_of(user: User) -> str:
    codes = Authenticator.objects.get(user=user, type="recovery_codes").wrap()
    return str(codes.generate_codes()[0])


def key_of(user: User, name: str) -> Authenticator:
    """Give someone a key that no browser knows."""
    data = {"name": name, "credential": {}}
    return Authenticator.objects.create(user=user, type="webauthn", data=data)


def app_code(secret: str) -> str:
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))


def shown(response: Any) -> str:
    return str(response.content.decode())


def html_of(mail: EmailMultiAlternatives) -> str:
    (html,) = [str(content) for content, kind in mail.alternatives if kind == "text/html"]
    return html


def links(text: str) -> set[str]:
    return set(re.findall(r"https?://[^\s\"<>]+", text))
