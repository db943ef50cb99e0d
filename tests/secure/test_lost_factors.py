"""Who lost a second factor gets in again when someone else has made sure, and not otherwise."""

import io
from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.test import Client

from parties.models import Event, User
from tests.curation.staff import colleague, enter, national, regional
from tests.parties.people import Outbox, anna, sign_in

pytestmark = pytest.mark.django_db
DESK = "/redactie/"


def remove(user: User, by: User) -> str:
    said = io.StringIO()
    call_command("remove_factors", user.email, by=by.email, stdout=said)
    return said.getvalue()


def test_person_signs_in_again_and_sets_up_a_new_one(client: Client, mailoutbox: Outbox) -> None:
    user, vouching = enter(client, regional("GM0344")), national()
    assert client.get(DESK).status_code == 200
    assert "signed out everywhere" in remove(user, vouching)
    assert not Authenticator.objects.filter(user=user).exists()
    assert client.get(DESK)["Location"].startswith("/account/")
    again = Client()
    sign_in(again, user.email, mailoutbox)
    assert again.get(DESK)["Location"] == "/account/beveiliging/app/"


def test_who_made_sure_stands_in_the_log(client: Client) -> None:
    user, vouching = enter(client, regional("GM0344")), national()
    remove(user, vouching)
    event = Event.objects.get(act="factors-removed")
    assert event.by == vouching
    assert str(user.pk) in event.what
    assert "@" not in event.what


def test_nobody_vouches_for_themselves(client: Client) -> None:
    user = enter(client, national())
    with pytest.raises(CommandError, match="Somebody else"):
        remove(user, user)
    assert Authenticator.objects.filter(user=user).exists()


def suspended() -> User:
    user = colleague()
    User.objects.filter(pk=user.pk).update(is_active=False)
    return user


@pytest.mark.parametrize("who", [anna, regional, suspended])
def test_only_the_national_office_vouches(client: Client, who: Callable[[], User]) -> None:
    user, vouching = enter(client, national()), who()
    with pytest.raises(CommandError, match="Somebody else"):
        remove(user, vouching)
    assert Authenticator.objects.filter(user=user).exists()
    assert client.get(DESK).status_code == 200


def test_what_cannot_be_is_said() -> None:
    with pytest.raises(CommandError, match="no second factor"):
        remove(anna(), national())
    with pytest.raises(CommandError, match="Nobody has an account"):
        call_command("remove_factors", "niemand@example.nl", by="anna@example.nl")
