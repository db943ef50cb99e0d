"""Colleagues: who of VluchtelingenWerk may do what, and who may no longer."""

from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from parties import colleagues as actions
from parties.colleagues import seal
from parties.models import Event, User
from parties.tasks import deliver_welcome
from tests.curation.staff import colleague, enter, member, national, region, regional
from tests.quiz.browser import text

pytestmark = pytest.mark.django_db

FRONT = "/redactie/collegas/"
NEW = f"{FRONT}nieuw/"
SAM = {"email": "Sam@Example.NL ", "name": "Sam Nieuw", "regions": ["midden"]}


def page_of(user: User) -> str:
    return f"{FRONT}{user.pk}/"


def changed(user: User, **fields: Any) -> dict[str, Any]:
    """What the form of a colleague posts, with these fields changed."""
    shown: dict[str, Any] = {"name": user.name, "seen": seal(user)}
    shown["regions"] = list(user.regions.values_list("slug", flat=True))
    if user.is_national:
        shown["national"] = "on"
    return {name: value for name, value in (shown | fields).items() if value is not None}


def test_new_colleague_works_for_a_region_and_gets_a_mail(client: Client) -> None:
    enter(client, national())
    midden = region("midden", "GM0344")
    response = client.post(NEW, SAM)
    assert response.status_code == 302
    sam = User.objects.get(email="sam@example.nl")
    assert (sam.name, sam.is_national, list(sam.regions.all())) == ("Sam Nieuw", False, [midden])
    event = Event.objects.get(act="colleague-added")
    assert event.details == {"user": sam.pk, "national": False, "regions": ["midden"]}
    assert "Sam" not in event.what
    deliver_welcome.call(sam.pk)
    [sent] = mail.outbox
    assert sent.to == ["sam@example.nl"]
    assert "http://testserver/account/?next=/redactie/" in sent.body
    assert "in jouw regio" in sent.body


def test_who_was_suspended_before_the_mail_went_gets_none() -> None:
    sam = colleague("Sam Nieuw")
    actions.suspend(sam, by=national(), at=timezone.now())
    deliver_welcome.call(sam.pk)
    assert not mail.outbox


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"email": ""}, "Vul het e-mailadres in."),
        ({"email": "sam"}, "Dit e-mailadres klopt niet"),
        ({"name": ""}, "Vul de naam in."),
        ({"name": "Zie www.example.nl"}, "Schrijf alleen een naam"),
        ({"regions": []}, "Kies landelijk, of ten minste één regio."),
        ({"regions": ["nergens"]}, "Deze regio bestaat niet (meer)."),
        ({"email": "nina@example.nl"}, "Deze persoon is al een collega."),
        ({"email": "pia@example.nl"}, "Deze persoon werkt voor een partij."),
        ({"email": "oud@example.nl"}, "Het account van dit adres is gesloten."),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_nobody_is_let_in(
    client: Client, fields: dict[str, Any], said: str
) -> None:
    enter(client, national())
    member()
    User.objects.create_user("oud@example.nl", is_active=False)
    region("midden", "GM0344")
    response = client.post(NEW, SAM | fields)
    assert response.status_code == 422
    page = text(response)
    assert said in page
    assert "Sam Nieuw" in page or "name" in fields
    assert actions.all_colleagues().count() == 1
    assert not Event.objects.exists()


def test_account_without_a_list_becomes_a_colleague(client: Client) -> None:
    enter(client, national())
    former = User.objects.create_user("sam@example.nl", "Sam")
    region("midden", "GM0344")
    assert client.post(NEW, SAM).status_code == 302
    assert former.regions.exists()


def test_rights_are_changed(client: Client) -> None:
    enter(client, national())
    rik = regional("GM0344")
    response = client.post(page_of(rik), changed(rik, national="on", regions=[]))
    assert response.status_code == 302
    rik.refresh_from_db()
    assert rik.is_national
    assert not rik.regions.exists()
    assert Event.objects.get(act="colleague-changed").details["national"] is True


def test_second_of_two_editors_is_told_and_may_save_again(client: Client) -> None:
    enter(client, national())
    rik = regional("GM0344")
    mine = changed(rik, name="Rik de Tweede")
    rik.regions.add(region("oost", "GM0034"))
    response = client.post(page_of(rik), mine)
    assert response.status_code == 409
    page = text(response)
    assert "werkt nu voor Midden, Oost" in page
    assert 'value="Rik de Tweede"' in page
    assert client.post(page_of(rik), mine | {"seen": seal(rik)}).status_code == 302


def test_colleague_without_anything_to_do_is_refused(client: Client) -> None:
    enter(client, national())
    rik = regional("GM0344")
    response = client.post(page_of(rik), changed(rik, regions=[]))
    assert response.status_code == 422
    assert "Kies landelijk, of ten minste één regio." in text(response)
    assert rik.regions.exists()


def test_nobody_takes_away_their_own_rights(client: Client) -> None:
    nina = enter(client, national())
    colleague()
    region("midden", "GM0344")
    response = client.post(page_of(nina), changed(nina, national=None, regions=["midden"]))
    assert response.status_code == 422
    assert "Je eigen rechten kan alleen een collega afnemen." in text(response)
    response = client.post(f"{page_of(nina)}sluiten/")
    assert response.status_code == 409
    nina.refresh_from_db()
    assert nina.is_national
    assert nina.is_active


def test_last_national_colleague_stays() -> None:
    nina, rik = national(), regional("GM0344")
    midden = rik.regions.all()[0]
    at = timezone.now()
    with pytest.raises(actions.LastNationalError):
        actions.suspend(nina, by=rik, at=at)
    with pytest.raises(actions.LastNationalError):
        actions.change(
            nina, "Nina", national=False, regions=[midden], seen=seal(nina), by=rik, at=at
        )
    colleague()
    actions.suspend(nina, by=rik, at=at)


def test_suspended_account_is_signed_out_at_once_and_cannot_return(client: Client) -> None:
    enter(client, national())
    other = Client(headers={"Sec-Fetch-Site": "same-origin"})
    carla = enter(other, colleague())
    assert other.get("/redactie/").status_code == 200
    assert "Het account van Carla Collega sluiten?" in text(client.get(f"{page_of(carla)}sluiten/"))
    assert client.post(f"{page_of(carla)}sluiten/").status_code == 302
    assert other.get("/redactie/").status_code == 302
    event = Event.objects.get(act="colleague-suspended")
    assert event.details == {"user": carla.pk}
    page = text(client.get(page_of(carla)))
    assert "Dit account is gesloten." in page
    assert client.post(f"{page_of(carla)}sluiten/").status_code == 302  # a second click
    assert Event.objects.filter(act="colleague-suspended").count() == 1


def test_account_is_opened_again_with_the_rights_it_had(client: Client) -> None:
    enter(client, national())
    carla = colleague()
    actions.suspend(carla, by=User.objects.get(email="nina@example.nl"), at=timezone.now())
    for _ in range(2):
        assert client.post(f"{page_of(carla)}openen/").status_code == 302
    carla.refresh_from_db()
    assert carla.is_active
    assert carla.is_national
    assert Event.objects.filter(act="colleague-readmitted").count() == 1


def test_member_of_a_party_has_no_page_among_colleagues(client: Client) -> None:
    enter(client, national())
    pia = member()
    for page in (page_of(pia), f"{page_of(pia)}sluiten/"):
        assert client.get(page).status_code == 404


def test_colleagues_are_kept_by_the_national_office(client: Client) -> None:
    rik = enter(client, regional("GM0344"))
    for page in (FRONT, NEW, page_of(rik), f"{page_of(rik)}sluiten/"):
        assert client.get(page).status_code == 403
    assert client.post(NEW, SAM | {"national": "on"}).status_code == 403
    assert not User.objects.filter(email="sam@example.nl").exists()


def test_list_says_who_works_where(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    enter(client, national())
    regional("GM0344")
    TOTP.activate(colleague(), generate_totp_secret())
    User.objects.create_user("oud@example.nl", "Olga Oud", is_national=True, is_active=False)
    client.get(FRONT)
    with django_assert_max_num_queries(7):
        page = text(client.get(FRONT))
    assert "4 collega" in page
    for words in ("Rik van de Regio", "Midden", "nog geen tweede stap", "kan inloggen", "gesloten"):
        assert words in page


def test_first_colleague_is_made_on_the_server() -> None:
    region("midden", "GM0344")
    call_command("add_colleague", "Eerste@Example.nl", name="Eva Eerste", national=True)
    eva = User.objects.get(email="eerste@example.nl")
    assert eva.is_national
    assert Event.objects.get(act="colleague-added").by is None
    call_command("add_colleague", "tweede@example.nl", "--name", "T", "--region", "midden")
    assert User.objects.get(email="tweede@example.nl").regions.exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["x@example.nl", "--name", "X"], "Say where"),
        (["x@example.nl", "--name", "X", "--region", "nergens"], "no region nergens"),
        (["geen adres", "--name", "X", "--national"], "klopt niet"),
        (["nina@example.nl", "--name", "X", "--national"], "already"),
        (["pia@example.nl", "--name", "X", "--national"], "works for a party"),
    ],
)
def test_command_says_what_is_wrong(arguments: list[str], said: str) -> None:
    national()
    member()
    with pytest.raises(CommandError, match=said):
        call_command("add_colleague", *arguments)
