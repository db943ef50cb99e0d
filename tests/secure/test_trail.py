"""What an attack on an account leaves in the log, and that it tells nothing else."""

from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoCaptureOnCommitCallbacks

from parties.models import User
from tests.parties.people import (
    Outbox,
    anna,
    app_code,
    ask_and_enter_code,
    ask_code,
    enter_code,
    green,
    member,
    secret_of,
    sign_in,
    spare_code_of,
)
from tests.watch.capture import lines, logged

pytestmark = pytest.mark.django_db
LIST = "/partij/gr2022/voorbeeldstad/gewoon-voorbeeldstad/"


@pytest.fixture
def said() -> Iterator[StringIO]:
    with logged() as written:
        yield written


def trail(said: StringIO) -> list[dict[str, Any]]:
    return [each for each in lines(said) if each["logger"] == "parties.security"]


def told(said: StringIO, user: User) -> list[str]:
    """The messages, without the number of the account that they all begin with."""
    start = f"account {user.pk}"
    found = [each["message"] for each in trail(said)]
    assert all(each.startswith(start) for each in found), found
    return [each.removeprefix(start).lstrip(": ") for each in found]


def test_signing_in_and_out_is_told_with_how(
    client: Client, mailoutbox: Outbox, said: StringIO
) -> None:
    user = anna()
    sign_in(client, user.email, mailoutbox)
    client.post(reverse("account_logout"))
    assert told(said, user) == ["signed in: code", "signed out"]
    assert [each["route"] for each in trail(said)] == [
        "account_confirm_login_code",
        "account_logout",
    ]


def test_wrong_codes_are_told(client: Client, mailoutbox: Outbox, said: StringIO) -> None:
    user = anna()
    ask_code(client, user.email)
    enter_code(client, "XXXX-XXXX")
    enter_code(client, "YYYY-YYYY")
    assert told(said, user) == ["wrong code of a mail"] * 2
    assert {each["level"] for each in trail(said)} == {"WARNING"}


def test_second_factor_is_told_and_each_change_of_it(
    client: Client,
    mailoutbox: Outbox,
    said: StringIO,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    user = anna()
    secret = secret_of(user)
    spare = spare_code_of(user)
    ask_and_enter_code(client, user.email, mailoutbox)
    client.post(reverse("mfa_authenticate"), {"code": "000000"})
    client.post(reverse("mfa_authenticate"), {"code": app_code(secret)})
    client.post(reverse("mfa_reauthenticate"), {"code": spare})
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("mfa_generate_recovery_codes"))
    client.post(reverse("mfa_deactivate_totp"))
    assert told(said, user) == [
        "wrong second factor (totp)",
        "showed a second factor (totp)",
        "signed in: code, totp",
        "showed a second factor (recovery_codes)",
        "has new spare codes",
        "has a second factor less (totp)",
        "has a second factor less (recovery_codes)",
    ]


def test_who_asks_for_what_is_not_theirs_is_told(client: Client, said: StringIO) -> None:
    user = anna()
    member(user, green())
    client.force_login(user)
    assert client.get(LIST).status_code == 403
    assert client.get("/redactie/").status_code == 403
    assert told(said, user)[1:] == ["was refused: 403"] * 2
    assert trail(said)[1]["route"] == "portal:party"


def test_form_of_nobody_is_told_without_a_number(client: Client, said: StringIO) -> None:
    assert client.post(f"{LIST}indienen/").status_code == 401
    assert [each["message"] for each in trail(said)] == ["account None was refused: 401"]


def test_nobody_can_be_known_from_it(client: Client, mailoutbox: Outbox, said: StringIO) -> None:
    """No address, no name, no code that was sent or typed."""
    user = anna()
    ask_code(client, user.email)
    enter_code(client, "QQQQ-WWWW")
    sign_in(Client(headers={"User-Agent": "Naald/1"}), user.email, mailoutbox)
    written = said.getvalue()
    assert trail(said)
    for each in [user.email, user.name, "QQQQ", "Naald", "127.0.0.1"]:
        assert each not in written
