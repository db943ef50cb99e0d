"""Inviting: the actions, the page, and the mail."""

import re
from datetime import timedelta
from smtplib import SMTPRecipientsRefused
from typing import Any

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from parties import ballots, invitations
from parties.invitations import NotInvitedError, RevokedError, UsedError
from parties.models import Invitation, Membership, User
from parties.tasks import deliver_invitation
from tests.parties.people import (
    Outbox,
    anna,
    green,
    html_of,
    links,
    member,
    shown,
    sign_in,
    token_of,
    who,
)

pytestmark = pytest.mark.django_db


def make(email: str = "piet@example.nl", name: str = "Piet") -> Invitation:
    inviter = User.objects.filter(email="anna@example.nl").first() or anna()
    return invitations.invite(green(), email, name, by=inviter, at=timezone.now())


def page(token: str) -> str:
    return reverse("invitation", args=[token])


def accept(client: Client, token: str, name: str = "Piet Jansen") -> Any:
    return client.post(page(token), {"name": name})


def test_inviting_leaves_the_mail_to_the_worker() -> None:
    invitation = make()
    task = DBTaskResult.objects.get()
    assert task.task_path == "parties.tasks.deliver_invitation"
    assert task.args_kwargs == {"args": [invitation.pk], "kwargs": {}}
    assert invitation.token_hash == ""


def test_page_says_who_invites_for_what_and_until_when(client: Client, mailoutbox: Outbox) -> None:
    with time_machine.travel("2022-01-10 12:00+01:00", tick=False):
        text = shown(client.get(page(token_of(make(), mailoutbox))))
    assert "Anna de Vries nodigt je uit" in text
    assert "Groen Voorbeeldstad" in text
    assert "gemeente Voorbeeldstad" in text
    assert "maandag 24 januari 2022 om 12.00 uur" in " ".join(text.split())
    assert 'value="Piet"' in text
    assert "Een wachtwoord is er niet" in text


def test_accepting_makes_an_account_and_signs_in(client: Client, mailoutbox: Outbox) -> None:
    token = token_of(make(), mailoutbox)
    response = accept(client, token, "  Piet   Jansen ")
    assert response.status_code == 302
    assert response["Location"] == reverse("portal:lists")
    user = User.objects.get(email="piet@example.nl")
    assert (user.name, user.has_usable_password()) == ("Piet Jansen", False)
    assert who(client) == str(user.pk)
    assert Membership.objects.current().get(user=user).party == green()


def test_opening_the_link_changes_nothing(client: Client, mailoutbox: Outbox) -> None:
    token = token_of(make(), mailoutbox)
    for _ in range(2):
        response = client.get(page(token))
        assert response.status_code == 200
        assert "no-store" in response["Cache-Control"]
    assert client.head(page(token)).status_code in (200, 405)
    assert not User.objects.filter(email="piet@example.nl").exists()


def test_name_is_needed_and_nothing_is_lost(client: Client, mailoutbox: Outbox) -> None:
    token = token_of(make(), mailoutbox)
    for name in ["", "   ", "x" * 121]:
        response = accept(client, token, name)
        assert response.status_code == 422
        text = shown(response)
        assert 'aria-invalid="true"' in text
        assert 'id="id_name_error" role="alert"' in text
        assert "id_name_error" in re.findall(r'aria-describedby="([^"]*)"', text)[0]
    assert not User.objects.filter(email="piet@example.nl").exists()
    assert accept(client, token).status_code == 302


def test_name_that_someone_chose_before_is_proposed(client: Client, mailoutbox: Outbox) -> None:
    User.objects.create_user("piet@example.nl", "Piet Pietersen")
    text = shown(client.get(page(token_of(make(name="Pietje"), mailoutbox))))
    assert 'value="Piet Pietersen"' in text


def test_second_click_of_the_same_browser_leads_on(client: Client, mailoutbox: Outbox) -> None:
    token = token_of(make(), mailoutbox)
    accept(client, token)
    for response in [accept(client, token), client.get(page(token))]:
        assert response.status_code == 302
        assert response["Location"] == reverse("portal:lists")
    assert Membership.objects.filter(user__email="piet@example.nl").count() == 1


def test_token_opens_once(client: Client, mailoutbox: Outbox) -> None:
    token = token_of(make(), mailoutbox)
    accept(client, token)
    other = Client()
    for response in [accept(other, token), other.get(page(token))]:
        assert response.status_code == 410
        assert "al gebruikt" in shown(response)
    assert who(other) is None
    assert User.objects.filter(email="piet@example.nl").count() == 1


def test_accepting_locks_the_invitation_and_nothing_else(mailoutbox: Outbox) -> None:
    """Of two clicks at the same moment the second waits, and finds it used."""
    token = token_of(make(), mailoutbox)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        invitations.accept(token, visitor=None, name="Piet", at=timezone.now())
    locks = [each["sql"] for each in queries if "FOR UPDATE" in each["sql"]]
    assert len(locks) == 1
    assert locks[0].endswith('FOR UPDATE OF "parties_invitation"')


def test_expired_token_opens_nothing(client: Client, mailoutbox: Outbox) -> None:
    with time_machine.travel("2022-01-10 12:00+01:00", tick=False) as clock:
        token = token_of(make(), mailoutbox)
        clock.shift(timedelta(days=14) - timedelta(seconds=1))
        assert client.get(page(token)).status_code == 200
        clock.shift(timedelta(seconds=1))
        for response in [client.get(page(token)), accept(client, token)]:
            assert response.status_code == 410
            assert "verlopen" in shown(response)
    assert not User.objects.filter(email="piet@example.nl").exists()


@pytest.mark.parametrize("token", ["x", "0" * 43, "%27--", "ü", "a" * 3000, "\u202e"])
def test_forged_token_opens_nothing(client: Client, token: str, mailoutbox: Outbox) -> None:
    token_of(make(), mailoutbox)
    for response in [client.get(page(token)), accept(client, token)]:
        assert response.status_code == 404
        assert "kennen we niet" in shown(response)


def test_invitation_that_was_not_mailed_yet_opens_with_nothing(client: Client) -> None:
    assert make().token_hash == ""
    assert client.get("/account/uitnodiging//").status_code == 404


def test_revoked_token_opens_nothing(client: Client, mailoutbox: Outbox) -> None:
    invitation = make()
    token = token_of(invitation, mailoutbox)
    invitations.revoke(invitation, by=invitation.invited_by, at=timezone.now())
    for response in [client.get(page(token)), accept(client, token)]:
        assert response.status_code == 410
        assert "ingetrokken" in shown(response)


def test_invitation_of_someone_else_opens_nothing_until_they_sign_out(
    client: Client, mailoutbox: Outbox
) -> None:
    token = token_of(make(), mailoutbox)
    User.objects.create_user("karin@example.nl", "Karin")
    sign_in(client, "karin@example.nl", mailoutbox)
    for response in [client.get(page(token)), accept(client, token)]:
        assert response.status_code == 403
        assert "voor iemand anders" in shown(response)
    way = f"{reverse('account_logout')}?next={page(token)}"
    assert f'href="{way}"' in shown(response)
    assert f'name="next" value="{page(token)}"' in shown(client.get(way))
    left = client.post(reverse("account_logout"), {"next": page(token)})
    assert left["Location"] == page(token)
    assert client.get(page(token)).status_code == 200


def test_person_who_is_signed_in_gets_a_second_list(client: Client, mailoutbox: Outbox) -> None:
    user = User.objects.create_user("piet@example.nl", "Piet")
    sign_in(client, user.email, mailoutbox)
    assert accept(client, token_of(make(), mailoutbox), "Piet").status_code == 302
    assert user.memberships.current().count() == 1


def test_person_with_a_closed_account_is_not_let_in(client: Client, mailoutbox: Outbox) -> None:
    User.objects.create_user("piet@example.nl", "Piet", is_active=False)
    assert accept(client, token_of(make(), mailoutbox)).status_code == 410
    assert who(client) is None


def test_sending_again_makes_the_old_token_worthless(client: Client, mailoutbox: Outbox) -> None:
    with time_machine.travel("2022-01-10 12:00+01:00", tick=False) as clock:
        invitation = make()
        old = token_of(invitation, mailoutbox)
        clock.shift(timedelta(days=13))
        invitations.resend(invitation, by=invitation.invited_by, at=timezone.now())
        new = token_of(invitation, mailoutbox)
        assert DBTaskResult.objects.count() == 2
        assert client.get(page(old)).status_code == 404
        clock.shift(timedelta(days=13))  # the days count anew
        assert accept(client, new).status_code == 302


def test_what_is_used_or_revoked_is_not_sent_again(mailoutbox: Outbox) -> None:
    invitation = make()
    invitations.accept(
        token_of(invitation, mailoutbox), visitor=None, name="Piet", at=timezone.now()
    )
    invitation.refresh_from_db()
    with pytest.raises(UsedError):
        invitations.resend(invitation, by=invitation.invited_by, at=timezone.now())
    with pytest.raises(UsedError):
        invitations.revoke(invitation, by=invitation.invited_by, at=timezone.now())
    other = make("karin@example.nl")
    invitations.revoke(other, by=other.invited_by, at=timezone.now())
    other.refresh_from_db()
    with pytest.raises(RevokedError):
        invitations.resend(other, by=other.invited_by, at=timezone.now())
    deliver_invitation.call(other.pk)  # the worker comes to it late
    assert len(mailoutbox) == 1


def test_one_waiting_invitation_for_an_address_and_a_list(mailoutbox: Outbox) -> None:
    invitation = make()
    with pytest.raises(NotInvitedError, match="invited"):
        make()
    invitations.revoke(invitation, by=invitation.invited_by, at=timezone.now())
    make()


def test_member_is_not_invited_again() -> None:
    member(User.objects.create_user("piet@example.nl"), green())
    with pytest.raises(NotInvitedError, match="member"):
        make()


def test_address_in_capitals_is_refused_by_the_database() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Invitation.objects.create(
            party=green(), email="Piet@example.nl", invited_by=anna(), invited_at=timezone.now()
        )


def test_token_is_not_in_the_database(mailoutbox: Outbox) -> None:
    token = token_of(make(), mailoutbox)
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(row)::text FROM parties_invitation row")
        rows = cursor.fetchall()
        cursor.execute("SELECT row_to_json(row)::text FROM django_tasks_database_dbtaskresult row")
        rows += cursor.fetchall()
    assert len(rows) == 2
    assert not [row for row in rows if token in row[0]]
    assert len(token) == 43  # 256 bits


def test_removed_member_is_signed_out_everywhere_at_once(
    client: Client, mailoutbox: Outbox
) -> None:
    accept(client, token_of(make(), mailoutbox))
    second = Client()
    sign_in(second, "piet@example.nl", mailoutbox)
    user = User.objects.get(email="piet@example.nl")
    unlisted = Client()
    unlisted.force_login(user)  # a session that no list knows of
    for browser in [client, second, unlisted]:
        assert browser.get(reverse("mfa_index")).status_code == 200
    ended = user.memberships.get()
    invitations.remove(ended, by=User.objects.get(email="anna@example.nl"), at=timezone.now())
    for browser in [client, second, unlisted]:
        response = browser.get(reverse("portal:lists"))
        assert response.status_code == 302
        assert response["Location"].startswith(reverse("account_login"))
    assert not user.memberships.current().exists()
    assert not Session.objects.exists()


def test_removing_twice_keeps_the_first_time(mailoutbox: Outbox) -> None:
    remover = anna()
    membership = member(User.objects.create_user("piet@example.nl"), green())
    first = timezone.now()
    invitations.remove(membership, by=remover, at=first)
    invitations.remove(membership, by=remover, at=first + timedelta(hours=1))
    membership.refresh_from_db()
    assert membership.removed_at == first


def test_mail_and_its_html_say_the_same(mailoutbox: Outbox) -> None:
    invitation = make()
    contest = green().contest
    contest.own_deadline = timezone.now() + timedelta(days=30)
    contest.save()
    token = token_of(invitation, mailoutbox)
    (mail,) = mailoutbox
    assert mail.to == ["piet@example.nl"]
    assert mail.subject == "Vul de standpunten in van Groen Voorbeeldstad in Voorbeeldstad"
    html = html_of(mail)
    for part in [str(mail.body), html]:
        assert f"http://testserver{page(token)}" in part
        for words in ["minuut of twee per stelling", "één keer", "veertien dagen", "Invullen kan"]:
            assert words in part
        assert "Vluchtelingenwerk Nederland".lower() in part.lower()
    assert links(str(mail.body)) == links(html)
    assert mail.extra_headers["Auto-Submitted"] == "auto-generated"


def test_text_of_a_mail_keeps_apostrophes(mailoutbox: Outbox) -> None:
    party = green()
    party.name = "Leefbaar 's-Hertogenbosch & <Co>"
    party.save()
    token_of(make(name="D'Artagnan"), mailoutbox)
    (mail,) = mailoutbox
    assert "Leefbaar 's-Hertogenbosch & <Co>" in mail.subject
    assert "Beste D'Artagnan," in mail.body
    assert "Leefbaar 's-Hertogenbosch & <Co>" in mail.body
    assert "&lt;Co&gt;" in html_of(mail)


def test_mail_that_cannot_be_sent_is_tried_later_and_names_no_address(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    invitation = make()
    DBTaskResult.objects.all().delete()
    monkeypatch.setattr("parties.mail.send", failing(ConnectionRefusedError("piet@example.nl")))
    deliver_invitation.call(invitation.pk)
    task = DBTaskResult.objects.get()
    assert task.run_after > timezone.now() + timedelta(minutes=4)
    assert "is tried later" in caplog.text
    assert "piet@" not in caplog.text


@pytest.mark.parametrize(("code", "tries"), [(550, 0), (451, 1)])
def test_address_that_takes_no_mail_is_given_up(
    code: int, tries: int, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    invitation = make()
    DBTaskResult.objects.all().delete()
    refusal = SMTPRecipientsRefused({"piet@example.nl": (code, b"no")})
    monkeypatch.setattr("parties.mail.send", failing(refusal))
    deliver_invitation.call(invitation.pk)
    assert DBTaskResult.objects.count() == tries
    assert "piet@" not in caplog.text


def failing(error: Exception) -> Any:
    def send(*args: object, **kwargs: object) -> None:
        raise error

    return send


def test_colleague_does_not_join_a_party(client: Client, mailoutbox: Outbox) -> None:
    """Who speaks for a party cannot work for VluchtelingenWerk, from either side."""
    kees = User.objects.create_user("kees@example.nl", "Kees", is_national=True)
    invitation = invitations.invite(green(), kees.email, "Kees", by=anna(), at=timezone.now())
    address = f"/account/uitnodiging/{token_of(invitation, mailoutbox)}/"
    response = client.post(address, {"name": "Kees"})
    assert response.status_code == 403
    assert "Je werkt bij VluchtelingenWerk" in shown(response)
    assert not kees.memberships.exists()


def test_nobody_is_invited_for_a_withdrawn_list() -> None:
    party, by = green(), anna()
    ballots.withdraw(party, "Doet niet mee.", by=by, at=timezone.now())
    party.refresh_from_db()
    with pytest.raises(NotInvitedError, match="withdrawn"):
        invitations.invite(party, "iemand@example.nl", "", by=by, at=timezone.now())
