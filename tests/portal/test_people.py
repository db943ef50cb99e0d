"""A member invites a colleague."""

import html
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from parties.models import Invitation, Party
from tests.portal.conftest import LIST, the_list

PEOPLE = f"{LIST}mensen/"


def test_colleague_is_invited_for_this_list(client: Client, party: Party) -> None:
    client.post(PEOPLE, {"name": "Jan", "email": " Jan+Stemhulp@Voorbeeld.example "})
    invitation = Invitation.objects.get()
    assert (invitation.party, invitation.email) == (party, "jan+stemhulp@voorbeeld.example")
    assert mail.outbox[0].to == ["jan+stemhulp@voorbeeld.example"]
    assert "jan+stemhulp@voorbeeld.example" in client.get(PEOPLE).content.decode()


@pytest.mark.parametrize(
    ("email", "said"),
    [
        ("", "Vul het e-mailadres"),
        ("geen adres", "klopt niet"),
        ("fatima@voorbeeld.example", "doet al mee"),
        ("FATIMA@voorbeeld.example", "doet al mee"),
    ],
)
def test_who_cannot_be_invited_is_told(client: Client, email: str, said: str) -> None:
    response = client.post(PEOPLE, {"name": "Noor Smit", "email": email})
    page = html.unescape(response.content.decode())
    assert (response.status_code, said in page) == (422, True)
    assert "Noor Smit" in page
    assert not Invitation.objects.exists()
    assert not mail.outbox


def test_double_click_invites_once(client: Client) -> None:
    for _ in range(2):
        client.post(PEOPLE, {"name": "Jan", "email": "jan@voorbeeld.example"})
    assert Invitation.objects.count() == len(mail.outbox) == 1


@pytest.mark.parametrize(
    "name", ["Kijk op http://x.example", "www.x.example", "a@x.example", "<b>"]
)
def test_name_that_carries_a_link_is_refused(client: Client, name: str) -> None:
    response = client.post(PEOPLE, {"name": name, "email": "jan@voorbeeld.example"})
    assert (response.status_code, "Schrijf alleen een naam" in response.content.decode()) == (
        422,
        True,
    )
    assert not mail.outbox


def test_name_is_one_line_in_the_mail(client: Client) -> None:
    client.post(PEOPLE, {"name": "Jan\r\nBcc: Piet", "email": "jan@voorbeeld.example"})
    assert Invitation.objects.get().name == "Jan Bcc: Piet"


def test_list_has_at_most_twenty_waiting_invitations(client: Client) -> None:
    for number in range(21):
        response = client.post(PEOPLE, {"email": f"lid{number}@voorbeeld.example"})
    assert (response.status_code, "al twintig" in response.content.decode()) == (422, True)
    assert Invitation.objects.count() == len(mail.outbox) == 20


def test_colleague_whose_invitation_expired_gets_a_new_one(client: Client) -> None:
    form = {"name": "Jan", "email": "jan@voorbeeld.example"}
    client.post(PEOPLE, form)
    long_ago = timezone.now() - timedelta(days=15)
    Invitation.objects.update(invited_at=long_ago, sent_at=long_ago)
    assert client.post(PEOPLE, form).status_code == 302
    assert len(mail.outbox) == 2
    assert not Invitation.objects.get().is_expired(timezone.now())


def test_members_of_other_lists_are_not_shown(client: Client) -> None:
    the_list("groen-voorbeeldstad")
    page = client.get(PEOPLE).content.decode()
    assert "fatima@voorbeeld.example" in page
