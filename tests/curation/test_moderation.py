"""Withholding a motivation on a stated ground, and lifting that."""

import html

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings

from parties.models import Event, Party, User
from statements.curation.moderation.queries import digest
from statements.models import Position, Statement, Withholding
from statements.portal import actions as portal
from statements.portal.answers import Answer
from tests.curation.staff import (
    KEY,
    close,
    enter,
    green,
    member,
    move_deadline,
    national,
    regional,
)
from tests.quiz.browser import text

pytestmark = pytest.mark.django_db

ROOM = "/redactie/toelichtingen/"
ALL = f"{ROOM}gr2022/"
ONE = f"{ALL}voorbeeldstad/groen-voorbeeldstad/{KEY}/"
PORTAL = "/partij/gr2022/voorbeeldstad/groen-voorbeeldstad/"
WHY = "Hierin staat het adres van iemand die dat niet wil."


@pytest.fixture(autouse=True)
def tasks_at_once(settings: Settings) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}


@pytest.fixture
def rik(client: Client) -> User:
    return enter(client, regional("VB0001"))


def position() -> Position:
    return Position.objects.get(party=green(), statement__key=KEY)


def form(**changes: str) -> dict[str, str]:
    return {
        "ground": "personal-data",
        "explanation": WHY,
        "seen": digest(position().motivation),
        **changes,
    }


def words(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return html.unescape(text(response))


def test_front_leads_to_the_first_election(client: Client, rik: User) -> None:
    assert client.get(ROOM, follow=True).status_code == 200


def test_all_that_was_handed_in_is_there_and_no_draft(client: Client, rik: User) -> None:
    gewoon = Party.objects.select_related("contest").get(
        slug="gewoon-voorbeeldstad", contest__election__slug="gr2022"
    )
    asked = Statement.objects.get(key=KEY)
    portal.save_answers(gewoon, {asked: (Answer(1, "Een concept."), 0)}, by=rik, at=timezone.now())
    page = words(client, ALL)
    handed_in = Position.objects.exclude(party=gewoon).exclude(motivation="").count()
    assert f"1 tot en met 50 van {handed_in} toelichtingen" in page
    assert "Een concept." not in words(client, f"{ALL}?zoek=concept")
    assert position().motivation in words(client, f"{ALL}?zoek=kleine+WIJK")
    draft = f"{ALL}voorbeeldstad/gewoon-voorbeeldstad/{KEY}/"
    assert client.get(draft).status_code == 404


def test_of_a_list_that_was_opened_again_it_is_what_was_handed_in(
    client: Client, rik: User
) -> None:
    close(green())
    move_deadline(green(), days=1)
    before = position()
    portal.reopen(green(), by=rik, at=timezone.now())
    answer = {before.statement: (Answer(2, "Een concept."), before.version)}
    portal.save_answers(green(), answer, by=rik, at=timezone.now())
    page = words(client, ONE)
    assert before.motivation in page
    assert "Een concept." not in page
    assert "Een concept." not in words(client, f"{ALL}?zoek=concept")
    client.post(ONE, form(seen=digest(before.motivation)))
    assert Withholding.objects.get().motivation == before.motivation


def test_newest_stands_first(client: Client, rik: User) -> None:
    close(green())
    portal.correct(
        green(),
        Statement.objects.get(key=KEY),
        Answer(1, "Nieuw en verbeterd."),
        seen=position().version,
        by=rik,
        at=timezone.now(),
        reason="Fout.",
    )
    page = words(client, ALL)
    assert page.index("Nieuw en verbeterd.") < page.index('class="typed"') + 100


@pytest.mark.parametrize(
    ("query", "status"),
    [("stand=kwijt", 400), ("pagina=twee", 200), ("zoek=%00%25_", 200), ("gemeente=atlantis", 200)],
)
def test_filter_that_makes_no_sense(client: Client, rik: User, query: str, status: int) -> None:
    response = client.get(f"{ALL}?{query}")
    assert response.status_code == status
    assert status == 200 or 'class="error"' in text(response)


@pytest.mark.parametrize(("field", "over"), [("gemeente", 9920), ("zoek", 9900)])
def test_too_long_a_search_is_not_cut_off(client: Client, rik: User, field: str, over: int) -> None:
    response = client.get(ALL, {field: "a" * 10_000})
    page = text(response)
    assert response.status_code == 400
    assert f"{over} tekens te lang" in page
    assert "a" * 10_000 in page
    assert "maxlength" not in page


def test_withholding_is_told_to_the_party_and_logged(client: Client, rik: User) -> None:
    pia = member()
    withheld = position().motivation
    page = text(client.post(ONE, form(), follow=True))
    assert "Weggelaten vanaf de volgende editie" in page
    row = Withholding.objects.get()
    assert (row.motivation, row.ground, row.explanation, row.by) == (
        withheld,
        "personal-data",
        WHY,
        rik,
    )
    event = Event.objects.get(act="motivation-withheld")
    assert event.details["ground"] == "personal-data"
    assert withheld not in event.what + str(event.details)
    [message] = mail.outbox
    assert message.to == [pia.email]
    assert WHY in str(message.body)
    assert "persoonsgegevens van iemand" in str(message.body)
    assert f"{PORTAL}stelling/{KEY}/" in str(message.body)
    assert "weggelaten" in words(client, f"{ALL}?zoek=kleine+wijk&stand=weggelaten")
    assert "Hier zijn geen toelichtingen bij" in words(
        client, f"{ALL}?gemeente=utrecht&stand=weggelaten"
    )


def test_withheld_is_said_to_hold_from_the_next_edition_on(client: Client, rik: User) -> None:
    """Until somebody publishes, voters see it: no screen and no mail says otherwise."""
    pia = member()
    page = words(client, ONE)
    assert "Vanaf de volgende editie zien kiezers dan “Toelichting weggelaten”" in page
    said = text(client.post(ONE, form(), follow=True))
    assert "Tot die er is, zien kiezers de toelichting nog." in said
    page = words(client, ONE)
    assert "Weggelaten vanaf de volgende editie: persoonsgegevens van iemand" in page
    assert "staat de toelichting online, dan zien zij haar nog" in page
    assert f'href="{reverse("publication:contest", args=["gr2022", "voorbeeldstad"])}"' in page
    assert "vanaf de eerste editie na" in words(client, f"{ALL}?stand=weggelaten")
    [message] = mail.outbox
    assert "Vanaf de volgende publicatie zien kiezers op die plaats" in str(message.body)
    portal_of = Client(headers={"Sec-Fetch-Site": "same-origin"})
    portal_of.force_login(pia)
    assert "Vanaf de eerste publicatie na" in words(portal_of, f"{PORTAL}stelling/{KEY}/")
    assert "vanaf de eerste publicatie na" in words(portal_of, PORTAL)
    assert "vanaf de eerste publicatie na" in words(portal_of, f"{PORTAL}indienen/")


def test_party_sees_it_at_the_statement_and_at_the_list(client: Client, rik: User) -> None:
    client.post(ONE, form())
    portal_of = Client(headers={"Sec-Fetch-Site": "same-origin"})
    portal_of.force_login(member())
    page = words(portal_of, f"{PORTAL}stelling/{KEY}/")
    assert "Toelichting weggelaten: persoonsgegevens van iemand" in page
    assert WHY in page
    assert "Toelichting weggelaten:" in words(portal_of, PORTAL)
    preview = words(portal_of, f"{PORTAL}voorbeeld/")
    assert "Toelichting weggelaten: persoonsgegevens van iemand" in preview
    assert position().motivation not in preview


@pytest.mark.parametrize(
    ("field", "written", "said"),
    [
        ("ground", "", "Kies op welke grond"),
        ("ground", "boos", "Kies een van de drie gronden"),
        ("explanation", "  ", "Leg de partij uit wat er niet kan"),
        ("explanation", "u" * 301, "De uitleg is 1 teken te lang: 301 van de 300 tekens"),
        ("explanation", "u" * 10_000, "De uitleg is 9700 tekens te lang"),
    ],
)
def test_wrong_entry_is_said_and_given_back(
    client: Client, rik: User, field: str, written: str, said: str
) -> None:
    response = client.post(ONE, form(**{field: written}))
    assert response.status_code == 422
    page = text(response)
    assert said in page
    assert f'id="{field}-error"' in page
    assert (WHY if field == "ground" else 'value="personal-data" checked') in page
    assert not Withholding.objects.exists()


def test_text_that_changed_meanwhile_is_read_first(client: Client, rik: User) -> None:
    response = client.post(ONE, form(seen=digest("Wat er eerder stond.")))
    assert response.status_code == 409
    page = text(response)
    assert "de partij heeft intussen een andere tekst ingediend" in page
    assert WHY in page
    assert digest(position().motivation) in page  # what a second try is about
    assert not Withholding.objects.exists()
    assert client.post(ONE, form(seen="")).status_code == 409


def test_second_click_mails_nobody_twice(client: Client, rik: User) -> None:
    member()
    client.post(ONE, form())
    assert "was al weggelaten" in text(client.post(ONE, form(), follow=True))
    assert (Withholding.objects.count(), len(mail.outbox)) == (1, 1)


def test_another_text_is_shown_again(client: Client, rik: User) -> None:
    client.post(ONE, form())
    row = position()
    row.motivation = "Een nette toelichting."
    row.save()
    page = words(client, ONE)
    assert "Laat deze toelichting weg" in page
    assert "een andere tekst dan nu" in page


def test_withholding_is_lifted(client: Client, rik: User) -> None:
    client.post(ONE, form())
    row = Withholding.objects.get()
    assert "Toon deze toelichting weer" in words(client, ONE)
    for _ in range(2):  # a double click
        page = text(client.post(f"{ONE}{row.pk}/tonen/", follow=True))
        assert "Kiezers zien deze toelichting weer" in page
    row.refresh_from_db()
    assert row.lifted_by == rik
    assert Event.objects.filter(act="motivation-lifted").count() == 1
    assert "weer getoond op" in words(client, ONE)
    assert client.post(f"{ONE}{row.pk + 1}/tonen/").status_code == 404


def test_staff_of_another_region_may_not(client: Client) -> None:
    enter(client, regional("GM0344"))
    assert client.get(ONE).status_code == 403
    assert client.post(ONE, form()).status_code == 403
    assert client.post(f"{ONE}1/tonen/").status_code == 403
    assert position().motivation not in words(client, f"{ALL}?zoek=kleine")


@pytest.mark.parametrize("page", [f"{ALL}voorbeeldstad/groen-voorbeeldstad/atlantis/", f"{ROOM}x/"])
def test_what_does_not_exist(client: Client, rik: User, page: str) -> None:
    assert client.get(page).status_code == 404


@pytest.mark.parametrize("page", [ALL, f"{ALL}?zoek=de&gemeente=voorbeeld&pagina=2", ONE])
def test_page_asks_the_database_a_fixed_number_of_times(
    client: Client, page: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    enter(client, national())
    client.get(ALL)
    with django_assert_max_num_queries(9):
        client.get(page)
