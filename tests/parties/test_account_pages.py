"""Every page and mail about an account: ours, in Dutch, and for its owner only."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from parties import mail
from parties.models import User
from tests.parties.people import (
    Outbox,
    anna,
    app_code,
    ask_code,
    code_in,
    enter_code,
    html_of,
    key_of,
    links,
    secret_of,
    shown,
    sign_in,
)

pytestmark = pytest.mark.django_db
LOGIN = "/account/"
CODE = "/account/code/"
MAILS = [
    "login_code",
    "unknown_account",
    "totp_activated",
    "totp_deactivated",
    "webauthn_added",
    "webauthn_removed",
    "recovery_codes_generated",
]


def test_every_page_is_ours_in_dutch_and_not_kept(client: Client, mailoutbox: Outbox) -> None:
    user = anna()
    pages = [LOGIN, "/account/inloggen/", "/account/gesloten/"]
    seen = {path: client.get(path) for path in pages}
    ask_code(client, user.email)
    seen[CODE] = client.get(CODE)
    enter_code(client, code_in(mailoutbox[-1]))
    names = ["account_logout", "usersessions_list", "mfa_index", "mfa_activate_totp"]
    names += ["mfa_list_webauthn", "mfa_add_webauthn"]
    seen |= {reverse(name): client.get(reverse(name)) for name in names}
    secret = secret_of(user)
    key = key_of(user, "Mijn <telefoon>")
    names = ["mfa_reauthenticate", "mfa_index"]
    seen |= {reverse(name): client.get(reverse(name)) for name in names}
    key.delete()
    client.post(reverse("mfa_reauthenticate"), {"code": app_code(secret)})
    names = ["mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_generate_recovery_codes"]
    seen |= {reverse(name): client.get(reverse(name)) for name in names}
    for path, response in seen.items():
        assert response.status_code == 200, path
        text = shown(response)
        assert "no-store" in response["Cache-Control"], path
        assert 'Stemhulp <span class="muted">voor partijen' in " ".join(text.split()), path
        assert "<h1>" in text, path
        assert text.count('id="page"') == 1, path
        assert not re.search(r"\b(Sign|Your|Please|Code expired|Add|Remove)\b", text), path
        assert "style=" not in text, path
        assert not re.search(r"<script(?![^>]*(src=|application/json))", text), path


def test_key_can_be_named_and_removed(
    client: Client, mailoutbox: Outbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    user = anna()
    sign_in(client, user.email, mailoutbox)
    secret = secret_of(user)
    client.post(reverse("mfa_reauthenticate"), {"code": app_code(secret)})
    key = key_of(user, "Sleutel 1")
    path = reverse("mfa_edit_webauthn", args=[key.pk])
    assert 'value="Sleutel 1"' in shown(client.get(path))
    assert client.post(path, {"name": ""}).status_code == 422
    assert client.post(path, {"name": "x" * 61}).status_code == 422
    assert client.post(path, {"name": "Mijn <telefoon>"}).status_code == 302
    assert "Mijn &lt;telefoon&gt;" in shown(client.get(reverse("mfa_list_webauthn")))
    path = reverse("mfa_remove_webauthn", args=[key.pk])
    assert "Verwijder Mijn &lt;telefoon&gt;" in shown(client.get(path))
    assert client.post(path).status_code == 302
    assert mailoutbox[-1].subject == "Je hebt een sleutel verwijderd"
    assert client.get(path).status_code == 404


def test_key_of_someone_else_cannot_be_touched(client: Client, mailoutbox: Outbox) -> None:
    user = anna()
    sign_in(client, user.email, mailoutbox)
    other = User.objects.create_user("piet@example.nl")
    key = key_of(other, "van Piet")
    for name in ["mfa_edit_webauthn", "mfa_remove_webauthn"]:
        path = reverse(name, args=[key.pk])
        assert client.get(path).status_code == 404
        assert client.post(path, {"name": "x"}).status_code == 404


@pytest.mark.parametrize(
    "name",
    [
        "usersessions_list",
        "mfa_index",
        "mfa_activate_totp",
        "mfa_deactivate_totp",
        "mfa_view_recovery_codes",
        "mfa_generate_recovery_codes",
        "mfa_download_recovery_codes",
        "mfa_list_webauthn",
        "mfa_add_webauthn",
        "mfa_reauthenticate",
        "mfa_reauthenticate_webauthn",
        "account_reauthenticate",
    ],
)
def test_page_of_an_account_is_for_who_is_signed_in(client: Client, name: str) -> None:
    response = client.get(reverse(name))
    assert response.status_code == 302
    assert response["Location"].startswith(LOGIN)


# Mail


@pytest.mark.parametrize("name", MAILS)
def test_mail_and_its_html_hold_the_same(name: str, mailoutbox: Outbox) -> None:
    context = {"code": "BCDF-GHJK", "at": timezone.now(), "device": "Firefox op Linux"}
    mail.send("anna@example.nl", name, context)
    (sent,) = mailoutbox
    text, html = str(sent.body), html_of(sent)
    body = re.sub(r"(?s)<head>.*</head>", "", html)
    assert links(text) == links(body)
    words = re.findall(r"\w+", re.sub(r"\w+://\S+", "", text))
    assert set(words) <= set(re.findall(r"\w+", re.sub(r"<[^>]*>", " ", body)))
    assert "{" not in text
    assert 0 < len(sent.subject) < 78
    assert f"<title>{sent.subject}</title>" in html
    assert not re.search(r"<(script|img|link)\b", html)  # nothing is fetched, nobody is followed


def test_no_screen_of_allauth_is_left() -> None:
    """Each screen that an address leads to has a template of ours."""
    ours = Path(settings.BASE_DIR) / "templates"
    for folder in ["mfa", "usersessions"]:
        for template in (ours / folder).rglob("*.html"):
            assert "allauth/layouts" not in template.read_text(), template
