"""Signing in by a mailed code, and where one is signed in."""

import re
from datetime import timedelta
from smtplib import SMTPServerDisconnected
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import NoReverseMatch, reverse

from parties.accounts.devices import describe
from parties.models import User
from tests.parties.people import (
    BROWSER,
    Outbox,
    anna,
    ask_and_enter_code,
    ask_code,
    code_in,
    enter_code,
    shown,
    sign_in,
    who,
)

pytestmark = pytest.mark.django_db
LOGIN = "/account/"
CODE = "/account/code/"


def plain(response: Any) -> str:
    """A page without what differs each time."""
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", shown(response))


# The code


def test_person_signs_in_with_a_mailed_code(client: Client, mailoutbox: Outbox) -> None:
    anna()
    response = ask_code(client, "anna@example.nl")
    assert response["Location"] == CODE
    (sent,) = mailoutbox
    assert sent.to == ["anna@example.nl"]
    assert code_in(sent) not in sent.subject
    response = enter_code(client, code_in(sent))
    assert response["Location"] == reverse("portal:lists")
    assert who(client)


@pytest.mark.parametrize("written", ["anna@example.nl", " ANNA@Example.NL ", "Anna@EXAMPLE.nl"])
def test_address_may_be_written_in_any_case(
    client: Client, mailoutbox: Outbox, written: str
) -> None:
    anna()
    ask_code(client, written)
    assert enter_code(client, code_in(mailoutbox[0])).status_code == 302
    assert who(client)


@pytest.mark.parametrize(
    ("kept", "written"),
    [
        ("anna+stemhulp@example.nl", "Anna+Stemhulp@example.nl"),
        ("anna@xn--mnchen-3ya.example", "Anna@München.example"),
    ],
)
def test_address_with_a_plus_or_a_german_domain_is_found(
    client: Client, mailoutbox: Outbox, kept: str, written: str
) -> None:
    User.objects.create_user(kept)
    ask_code(client, written)
    assert mailoutbox[0].to == [kept]
    assert enter_code(client, code_in(mailoutbox[0])).status_code == 302


@pytest.mark.parametrize("spelling", [str.lower, lambda code: code.replace("-", " ")])
def test_code_may_be_typed_carelessly(client: Client, mailoutbox: Outbox, spelling: Any) -> None:
    anna()
    ask_code(client, "anna@example.nl")
    assert enter_code(client, spelling(code_in(mailoutbox[0]))).status_code == 302


def test_person_comes_back_where_they_were_going(client: Client, mailoutbox: Outbox) -> None:
    anna()
    there = "/account/apparaten/"
    asked = client.get(there)
    assert asked.status_code == 302
    text = shown(client.get(asked["Location"]))
    assert f'name="next" value="{there}"' in text
    response = ask_code(client, "anna@example.nl", next=there)
    assert f'name="next" value="{there}"' in shown(client.get(response["Location"]))
    assert enter_code(client, code_in(mailoutbox[0]), next=there)["Location"] == there


def test_nobody_is_sent_to_another_site(client: Client, mailoutbox: Outbox) -> None:
    anna()
    ask_code(client, "anna@example.nl", next="https://evil.example/")
    response = enter_code(client, code_in(mailoutbox[0]), next="https://evil.example/")
    assert response["Location"] == reverse("portal:lists")


@pytest.mark.parametrize("written", ["", "anna", "anna@", "änne@example.nl", "a@b.nl\x00"])
def test_address_that_is_none_is_refused_and_given_back(
    client: Client, mailoutbox: Outbox, written: str
) -> None:
    response = ask_code(client, written)
    assert response.status_code == 422
    text = shown(response)
    assert 'aria-invalid="true"' in text
    assert 'id="id_email_error" role="alert"' in text
    assert "id_email_error" in re.findall(r'aria-describedby="([^"]*)"', text)[0]
    assert f'value="{written}"' in text or not written
    assert not mailoutbox


def test_unknown_address_gets_the_same_pages(mailoutbox: Outbox) -> None:
    """Nobody learns from our answers who has an account; only who reads the mail does."""
    anna()
    User.objects.create_user("gone@example.nl", is_active=False)
    seen = []
    for email in ["anna@example.nl", "nobody@example.nl", "gone@example.nl"]:
        browser = Client()
        asked = ask_code(browser, email)
        page = browser.get(CODE)
        wrong = enter_code(browser, "XXXX-XXXX")
        again = browser.post(CODE, {"action": "resend"})
        browser.get(CODE)
        last = [enter_code(browser, "XXXX-XXXX") for _ in range(4)][-1]
        seen.append(
            [
                (asked.status_code, asked["Location"], again["Location"], last["Location"]),
                (wrong.status_code, last.status_code, plain(browser.get(LOGIN))),
                (plain(page).replace(email, ""), plain(wrong).replace(email, "")),
                sorted(asked.cookies),
            ]
        )
    assert seen[0] == seen[1] == seen[2]
    unknown = [each for each in mailoutbox if each.to != ["anna@example.nl"]]
    assert len(unknown) == 2
    assert "hoort geen account" in unknown[0].body


def test_wrong_code_is_said_beside_the_field(client: Client, mailoutbox: Outbox) -> None:
    anna()
    ask_code(client, "anna@example.nl")
    for wrong in ["XXXX-XXXX", "", "ÄÖÜ"]:
        browser = Client()
        ask_code(browser, "piet@example.nl")
        response = enter_code(browser, wrong)
        assert response.status_code == 422
        assert 'id="id_code_error" role="alert"' in shown(response)
    response = enter_code(client, "XXXX-XXXX")
    assert "Deze code klopt niet" in shown(response)
    assert enter_code(client, code_in(mailoutbox[0])).status_code == 302
    assert who(client)


def test_fifth_wrong_code_ends_it(client: Client, mailoutbox: Outbox) -> None:
    anna()
    ask_code(client, "anna@example.nl")
    for _ in range(5):
        response = enter_code(client, "XXXX-XXXX")
    assert response.status_code == 302
    assert "te vaak geprobeerd" in shown(client.get(response["Location"]))
    enter_code(client, code_in(mailoutbox[0]))
    assert who(client) is None


def test_code_is_good_for_ten_minutes(client: Client, mailoutbox: Outbox) -> None:
    anna()
    with time_machine.travel("2022-01-10 12:00+01:00", tick=False) as clock:
        ask_code(client, "anna@example.nl")
        clock.shift(timedelta(minutes=10))
        assert client.get(CODE).status_code == 200
        clock.shift(timedelta(seconds=1))
        assert enter_code(client, code_in(mailoutbox[0]))["Location"].startswith(LOGIN)
    assert who(client) is None


def test_new_code_is_good_for_ten_minutes_again_and_the_old_one_for_nothing(
    client: Client, mailoutbox: Outbox
) -> None:
    anna()
    with time_machine.travel("2022-01-10 12:00+01:00", tick=False) as clock:
        ask_code(client, "anna@example.nl")
        clock.shift(timedelta(minutes=9))
        client.post(CODE, {"action": "resend"})
        clock.shift(timedelta(minutes=9))
        assert enter_code(client, code_in(mailoutbox[0])).status_code == 422
        assert enter_code(client, code_in(mailoutbox[1])).status_code == 302
        assert who(client)


def test_code_works_once(client: Client, mailoutbox: Outbox) -> None:
    anna()
    sign_in(client, "anna@example.nl", mailoutbox)
    client.post(reverse("account_logout"))
    assert who(client) is None
    enter_code(client, code_in(mailoutbox[0]))
    assert who(client) is None


def test_code_works_only_in_the_browser_that_asked_for_it(
    client: Client, mailoutbox: Outbox
) -> None:
    anna()
    ask_code(client, "anna@example.nl")
    other = Client()
    assert enter_code(other, code_in(mailoutbox[0]))["Location"].startswith(LOGIN)
    ask_code(other, "nobody@example.nl")
    assert enter_code(other, code_in(mailoutbox[0])).status_code == 422
    assert who(other) is None


def test_person_can_begin_again_with_another_address(client: Client, mailoutbox: Outbox) -> None:
    ask_code(client, "ana@example.nl")
    assert client.get(LOGIN)["Location"] == CODE
    assert 'name="next" value="/account/"' in shown(client.get(CODE))
    client.post(reverse("account_logout"), {"next": LOGIN})
    assert client.get(LOGIN).status_code == 200


def test_person_whose_account_is_closed_meanwhile_is_told(
    client: Client, mailoutbox: Outbox
) -> None:
    user = anna()
    ask_code(client, "anna@example.nl")
    user.is_active = False
    user.save()
    response = enter_code(client, code_in(mailoutbox[0]))
    assert "Dit account is gesloten" in shown(client.get(response["Location"]))
    assert who(client) is None


def test_asking_too_often_is_refused_in_dutch(client: Client, mailoutbox: Outbox) -> None:
    anna()
    for _ in range(5):
        response = ask_code(Client(), "anna@example.nl")
    assert response.status_code == 429
    assert "te vaak geprobeerd" in shown(response)
    assert len(mailoutbox) == 4


@pytest.mark.parametrize("email", ["anna@example.nl", "nobody@example.nl"])
def test_mail_that_fails_is_said_and_names_no_address(
    client: Client, email: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    anna()

    def fail(*args: object, **kwargs: object) -> None:
        raise SMTPServerDisconnected(email)

    monkeypatch.setattr("parties.mail.send", fail)
    response = ask_code(client, email)
    assert response.status_code == 503
    assert "We kunnen nu geen mail versturen" in shown(response)
    assert client.get(LOGIN).status_code == 200
    assert email not in caplog.text


@pytest.mark.parametrize("path", ["signup/", "registreren/", "login/", "password/reset/", "email/"])
def test_signing_up_and_passwords_have_no_address(client: Client, path: str) -> None:
    assert client.get(f"/account/{path}").status_code == 404
    assert client.post(f"/account/{path}").status_code == 404


@pytest.mark.parametrize("name", ["account_signup", "account_email", "account_reset_password"])
def test_signing_up_and_passwords_have_no_name_either(name: str) -> None:
    with pytest.raises(NoReverseMatch):
        reverse(name)


# Out, and where one is in


def test_signing_out_asks_first(client: Client, mailoutbox: Outbox) -> None:
    anna()
    sign_in(client, "anna@example.nl", mailoutbox)
    assert "Uitloggen" in shown(client.get(reverse("account_logout")))
    assert who(client)
    response = client.post(reverse("account_logout"))
    assert response["Clear-Site-Data"] == '"cache"'
    assert "Je bent uitgelogd" in shown(client.get(response["Location"]))
    assert who(client) is None


def test_list_of_sessions_names_devices_and_ends_the_others(mailoutbox: Outbox) -> None:
    anna()
    here, there, elsewhere = Client(headers={"User-Agent": BROWSER}), Client(), Client()
    for browser in [here, there, elsewhere]:
        sign_in(browser, "anna@example.nl", mailoutbox)
    text = shown(here.get("/account/apparaten/"))
    assert "Firefox op Linux</strong> (hier)" in text
    assert text.count("Een browser") == 2
    response = here.post("/account/apparaten/")
    assert "nergens anders ingelogd" in shown(here.get(response["Location"]))
    assert there.get("/account/apparaten/").status_code == 302
    assert here.get("/account/apparaten/").status_code == 200


@pytest.mark.parametrize(
    ("said", "shown_as"),
    [
        (BROWSER, "Firefox op Linux"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/140 Safari/537.36 Edg/140", "Edge op Windows"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Safari/604",
            "Safari op een iPhone",
        ),
        ("Mozilla/5.0 (Linux; Android 15) Chrome/140 Mobile Safari/537", "Chrome op Android"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15) Safari/605", "Safari op een Mac"),
        ("curl/8", "Een browser"),
        ("", "Een browser"),
    ],
)
def test_device_is_named_in_words(said: str, shown_as: str) -> None:
    assert describe(said) == shown_as


@pytest.mark.parametrize(("is_national", "page"), [(True, "/redactie/"), (False, "/partij/")])
def test_everyone_comes_where_they_work(
    client: Client,
    mailoutbox: Outbox,
    is_national: bool,  # noqa: FBT001
    page: str,
) -> None:
    User.objects.create_user("kees@example.nl", "Kees", is_national=is_national)
    response = ask_and_enter_code(client, "kees@example.nl", mailoutbox)
    assert response.headers["Location"] == page
