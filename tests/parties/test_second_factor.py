"""An app, a key, spare codes: a second proof of who someone is."""

import re
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from parties import invitations
from parties.models import User
from tests.handouts.codes import codes_on, drawing_alone
from tests.parties.people import (
    Outbox,
    anna,
    app_code,
    ask_and_enter_code,
    green,
    key_of,
    secret_of,
    shown,
    sign_in,
    spare_code_of,
    token_of,
    who,
)

pytestmark = pytest.mark.django_db
LOGIN = "/account/"
CODE = "/account/code/"


def test_app_is_switched_on_with_a_code_and_gives_spare_codes(
    client: Client,
    mailoutbox: Outbox,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    user = anna()
    sign_in(client, "anna@example.nl", mailoutbox)
    path = reverse("mfa_activate_totp")
    text = shown(client.get(path))
    assert '<svg class="qr"' in text
    assert "data:image" not in text
    assert "style=" not in text
    wrong = client.post(path, {"code": "000000"})
    assert wrong.status_code == 422
    assert 'id="id_code_error" role="alert"' in shown(wrong)
    secret = client.session["mfa.totp.secret"]
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(path, {"code": app_code(secret)})
    page = client.get(response["Location"])
    assert page["Cache-Control"] == "no-store"
    assert shown(page).count("<code>") == 10
    assert mailoutbox[-1].subject == "Je hebt een app met codes aangezet"
    assert mailoutbox[-1].to == [user.email]


def test_code_in_the_page_is_what_the_app_has_to_know(client: Client, mailoutbox: Outbox) -> None:
    sign_in(client, anna().email, mailoutbox)
    text = shown(client.get(reverse("mfa_activate_totp")))
    drawing = re.search(r'<svg class="qr".*?</svg>', text, re.DOTALL)
    assert drawing
    (code,) = codes_on(drawing_alone(drawing[0]))
    told = urlsplit(code.text)
    assert (told.scheme, told.netloc) == ("otpauth", "totp")
    assert unquote(told.path) == "/anna@example.nl"
    known = parse_qs(told.query)
    assert known["issuer"] == ["Stemhulp"]
    assert known["secret"] == [client.session["mfa.totp.secret"]]


def test_nobody_is_asked_for_a_password(client: Client, mailoutbox: Outbox) -> None:
    user = User.objects.create(email="anna@example.nl", password="")  # Django calls that usable
    sign_in(client, user.email, mailoutbox)
    assert client.get(reverse("mfa_activate_totp")).status_code == 200
    secret_of(user)
    asked = client.get(reverse("mfa_deactivate_totp"))
    assert asked["Location"].startswith(reverse("mfa_reauthenticate"))
    text = shown(client.get(asked["Location"]))
    assert 'type="password"' not in text
    assert reverse("account_reauthenticate") not in text


def test_key_is_the_first_proof_and_a_code_another(client: Client, mailoutbox: Outbox) -> None:
    user = anna()
    sign_in(client, user.email, mailoutbox)
    secret_of(user)
    key_of(user, "x")
    asked = client.get(reverse("mfa_deactivate_totp"))
    assert asked["Location"].startswith(reverse("mfa_reauthenticate_webauthn"))
    assert "Gebruik een sleutel" in shown(client.get(reverse("mfa_reauthenticate")))


def test_code_of_the_app_is_asked_and_works_once(client: Client, mailoutbox: Outbox) -> None:
    secret = secret_of(anna())
    with time_machine.travel("2022-01-10 12:00:01+01:00", tick=False):
        response = ask_and_enter_code(client, "anna@example.nl", mailoutbox)
        path = reverse("mfa_authenticate")
        assert response["Location"] == path
        assert who(client) is None
        wrong = client.post(path, {"code": "000000"})
        assert wrong.status_code == 422
        assert "Deze code klopt niet" in shown(wrong)
        assert who(client) is None
        assert client.post(path, {"code": app_code(secret)}).status_code == 302
        assert who(client)
        other = Client()
        ask_and_enter_code(other, "anna@example.nl", mailoutbox)
        assert other.post(path, {"code": app_code(secret)}).status_code == 422
        assert who(other) is None


def test_spare_code_works_once(mailoutbox: Outbox) -> None:
    user = anna()
    secret_of(user)
    spare = spare_code_of(user)
    outcomes = []
    for browser in [Client(), Client()]:
        ask_and_enter_code(browser, user.email, mailoutbox)
        outcomes.append(browser.post(reverse("mfa_authenticate"), {"code": spare}).status_code)
    assert outcomes == [302, 422]


def test_second_factor_cannot_be_guessed_on_and_on(client: Client, mailoutbox: Outbox) -> None:
    secret_of(anna())
    ask_and_enter_code(client, "anna@example.nl", mailoutbox)
    for _ in range(6):
        response = client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert "te vaak geprobeerd" in shown(response)


def test_invitation_is_no_way_around_the_second_factor(client: Client, mailoutbox: Outbox) -> None:
    user = anna()
    secret = secret_of(user)
    inviter = User.objects.create_user("karin@example.nl", "Karin")
    invitation = invitations.invite(green(), user.email, "", by=inviter, at=timezone.now())
    token = token_of(invitation, mailoutbox)
    response = client.post(reverse("invitation", args=[token]), {"name": "Anna"})
    assert response["Location"] == reverse("mfa_authenticate")
    assert who(client) is None
    response = client.post(response["Location"], {"code": app_code(secret)})
    assert response["Location"] == reverse("portal:lists")
    assert who(client) == str(user.pk)


def test_change_to_the_second_factor_asks_for_it_again(client: Client, mailoutbox: Outbox) -> None:
    user = anna()
    sign_in(client, user.email, mailoutbox)
    secret = secret_of(user)
    path = reverse("mfa_deactivate_totp")
    response = client.get(path)
    assert response["Location"].startswith(reverse("mfa_reauthenticate"))
    page = shown(client.get(response["Location"]))
    assert "Ben jij het?" in page
    confirmed = client.post(response["Location"], {"code": app_code(secret), "next": path})
    assert confirmed["Location"] == path
    assert "De app uitzetten" in shown(client.get(path))
    assert client.post(path)["Location"] == reverse("mfa_index")
    assert not Authenticator.objects.filter(user=user).exists()
    assert mailoutbox[-1].subject == "Je hebt de app met codes uitgezet"


def test_change_that_was_under_way_goes_on_after_the_proof(
    client: Client, mailoutbox: Outbox
) -> None:
    user = anna()
    sign_in(client, user.email, mailoutbox)
    secret = secret_of(user)
    path = reverse("mfa_deactivate_totp")
    asked = client.post(path)
    assert Authenticator.objects.filter(user=user, type="totp").exists()
    client.post(asked["Location"], {"code": app_code(secret), "next": path})
    assert not Authenticator.objects.filter(user=user).exists()


def test_spare_codes_can_be_made_anew_and_kept(
    client: Client,
    mailoutbox: Outbox,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    user = anna()
    sign_in(client, user.email, mailoutbox)
    secret = secret_of(user)
    again = reverse("mfa_reauthenticate")
    client.post(again, {"code": app_code(secret)})
    before = shown(client.get(reverse("mfa_view_recovery_codes")))
    assert "nog 10 van de 10" in before
    path = reverse("mfa_generate_recovery_codes")
    assert "oude codes werken daarna niet meer" in shown(client.get(path))
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(path)
    after = shown(client.get(response["Location"]))
    found = re.findall(r"<code>(\d+)</code>", after)
    assert set(found).isdisjoint(re.findall(r"<code>(\d+)</code>", before))
    file = client.get(reverse("mfa_download_recovery_codes"))
    assert file["Cache-Control"] == "no-store"
    assert file["Content-Type"].startswith("text/plain")
    assert set(found) <= set(shown(file).split())
    assert mailoutbox[-1].subject == "Je hebt nieuwe reservecodes gemaakt"


@pytest.mark.parametrize(
    "credential", ["", "{}", "[]", "null", "x", '{"id": 1}', '"text"', "9e999"]
)
def test_key_that_makes_no_sense_is_refused(client: Client, credential: str) -> None:
    path = reverse("mfa_login_webauthn")
    asked = client.get(path, headers={"Accept": "application/json"})
    assert asked.json()["request_options"]["publicKey"]["challenge"]
    response = client.post(path, {"credential": credential})
    assert response.status_code == 302
    assert response["Location"] == LOGIN
    assert 'class="notice"' in shown(client.get(LOGIN))
    assert who(client) is None


@pytest.mark.parametrize("credential", ["", "{}", "[]", "x"])
def test_key_that_makes_no_sense_is_not_added(
    client: Client, mailoutbox: Outbox, credential: str
) -> None:
    user = anna()
    sign_in(client, user.email, mailoutbox)
    path = reverse("mfa_add_webauthn")
    client.get(path)
    response = client.post(path, {"credential": credential, "passwordless": "on", "name": ""})
    assert response.status_code == 422
    assert not Authenticator.objects.filter(user=user).exists()


def test_failing_notification_does_not_stop_what_it_tells_of(
    client: Client, mailoutbox: Outbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    user = anna()
    sign_in(client, user.email, mailoutbox)
    secret = secret_of(user)
    client.post(reverse("mfa_reauthenticate"), {"code": app_code(secret)})

    def fail(*args: object, **kwargs: object) -> None:
        raise OSError

    monkeypatch.setattr("parties.mail.send", fail)
    assert client.post(reverse("mfa_deactivate_totp"))["Location"] == reverse("mfa_index")
    assert not Authenticator.objects.filter(user=user).exists()
