"""Data about people that has served its time goes; so does that of whoever asks for it."""

import io
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from parties.forgetting import StillNeededError, forget_expired, forget_person
from parties.invitations import remove
from parties.models import Event, Invitation, Membership, User
from tests.curation.staff import national
from tests.parties.people import BROWSER, Outbox, anna, green, member, sign_in

pytestmark = pytest.mark.django_db
FROM = "203.0.113.77"


def signed_in(client: Client, mailoutbox: Outbox) -> User:
    user = anna()
    member(user, green())
    client.defaults |= {"HTTP_USER_AGENT": BROWSER, "REMOTE_ADDR": FROM}
    sign_in(client, user.email, mailoutbox)
    return user


def limits() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key FROM stemhulp_cache")
        return [key for (key,) in cursor.fetchall()]


def test_session_that_runs_is_kept(client: Client, mailoutbox: Outbox) -> None:
    user = signed_in(client, mailoutbox)
    forget_expired(timezone.now())
    assert UserSession.objects.get(user=user).ip == FROM
    assert client.get("/partij/").status_code == 200


def test_who_signs_out_leaves_no_device_behind(client: Client, mailoutbox: Outbox) -> None:
    user = signed_in(client, mailoutbox)
    client.post("/account/uitloggen/")
    forget_expired(timezone.now())
    assert not UserSession.objects.filter(user=user).exists()


def test_session_that_ran_out_goes_with_the_device_it_was_on(
    client: Client, mailoutbox: Outbox
) -> None:
    signed_in(client, mailoutbox)
    gone = forget_expired(timezone.now() + timedelta(days=15))
    assert (gone.sessions, gone.devices) == (1, 1)
    assert not Session.objects.exists()
    assert not UserSession.objects.exists()


def test_address_that_a_rate_limit_counted_goes_when_it_is_spent() -> None:
    cache.clear()
    cache.set(f"allauth:rl:login:ip:{FROM}", [1.0], 60)
    forget_expired(timezone.now())
    assert len(limits()) == 1
    assert forget_expired(timezone.now() + timedelta(minutes=5)).limits == 1
    assert limits() == []


def test_task_that_was_done_long_ago_goes() -> None:
    now = timezone.now()
    for status, days in (("SUCCESSFUL", 40), ("FAILED", 40), ("SUCCESSFUL", 20), ("READY", None)):
        DBTaskResult.objects.create(
            status=TaskResultStatus[status],
            args_kwargs={},
            task_path="a.b",
            backend_name="default",
            run_after=get_date_max(),
            finished_at=None if days is None else now - timedelta(days=days),
        )
    assert forget_expired(now).tasks == 2
    assert DBTaskResult.objects.count() == 2


def former_member() -> User:
    user, editor = anna(), national()
    Invitation.objects.create(
        party=green(),
        email=user.email,
        name=user.name,
        invited_by=editor,
        invited_at=timezone.now(),
        accepted_at=timezone.now(),
        accepted_by=user,
    )
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={})
    remove(member(user, green()), by=editor, at=timezone.now())
    return user


def test_person_who_asks_is_found_nowhere_any_more(mailoutbox: Outbox) -> None:
    user = former_member()
    address, name = user.email, user.name
    call_command("forget_person", address.upper(), stdout=io.StringIO())
    for needle in (address, name):
        assert in_tables(needle) == []
    user.refresh_from_db()
    assert not user.is_active
    assert not Authenticator.objects.filter(user=user).exists()
    assert Event.objects.filter(act="person-forgotten", by=None).count() == 1


def in_tables(needle: str) -> list[str]:
    """The tables with a row in which this text stands."""
    with connection.cursor() as cursor:
        return [
            table
            for table in connection.introspection.table_names(cursor)
            if _count(cursor, table, needle)
        ]


def _count(cursor: Any, table: str, needle: str) -> int:
    name = connection.ops.quote_name(table)
    rows = f"SELECT count(*) FROM {name} each WHERE each::text LIKE %s"  # noqa: S608  # our own name
    cursor.execute(rows, [f"%{needle}%"])
    return int(cursor.fetchone()[0])


def test_search_in_tables_finds_a_person_who_is_there() -> None:
    former_member()
    assert {"parties_user", "parties_invitation"} <= set(in_tables("anna@example.nl"))


def test_what_the_person_did_stays() -> None:
    user = former_member()
    forget_person(user, at=timezone.now())
    assert Membership.objects.get(user=user).party == green()


def test_address_can_be_used_for_a_new_account(mailoutbox: Outbox) -> None:
    forget_person(former_member(), at=timezone.now())
    assert anna().is_active


def test_account_in_use_is_not_forgotten() -> None:
    user = anna()
    member(user, green())
    for used in (user, national()):
        with pytest.raises(StillNeededError):
            forget_person(used, at=timezone.now())
        used.refresh_from_db()
        assert used.is_active
    with pytest.raises(CommandError, match="in use"):
        call_command("forget_person", user.email)


def test_command_says_that_nobody_has_this_address() -> None:
    with pytest.raises(CommandError, match="Nobody"):
        call_command("forget_person", "niemand@example.nl")


def test_command_says_what_was_let_go_of() -> None:
    said = io.StringIO()
    call_command("forget_expired", stdout=said)
    assert said.getvalue().startswith("Removed ")
