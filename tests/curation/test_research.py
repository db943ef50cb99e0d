"""Positions from a party's programme: entering, checking by a second person, taking back."""

import html

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from parties.models import Event, Party, User
from statements.curation.research import actions
from statements.curation.research.actions import Reading
from statements.models import Research, Statement, Submission
from tests.curation.staff import colleague, enter, move_deadline, national, regional
from tests.portal.changing import change
from tests.quiz.browser import text

pytestmark = pytest.mark.django_db

ROOM = "/redactie/programma/"
LISTS = f"{ROOM}gr2022/"
LIST = f"{LISTS}voorbeeldstad/gewoon-voorbeeldstad/"
KEY = "gemengd-wonen"
STATEMENT = f"{LIST}{KEY}/"
READING = Reading(-1, "Wij willen eerst woningen voor onze eigen jongeren.", "Programma, blz. 4")
AT = timezone.now()


def gewoon() -> Party:
    rows = Party.objects.select_related("contest__election", "contest__municipality")
    return rows.get(slug="gewoon-voorbeeldstad", contest__election__slug="gr2022")


def asked() -> Statement:
    return Statement.objects.get(key=KEY)


def form(**changes: str) -> dict[str, str]:
    return {
        "stance": "-1",
        "quotation": READING.quotation,
        "source": READING.source,
        "seen": "0",
        "meaning": "1",
        **changes,
    }


def read(by: User, party: Party | None = None) -> Research:
    return actions.enter(
        party or gewoon(), asked(), READING, seen=0, meaning=1, by=by, at=timezone.now()
    )


def words(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return html.unescape(text(response))


@pytest.fixture
def rik(client: Client) -> User:
    return enter(client, regional("VB0001"))


def test_front_leads_to_the_first_election(client: Client, rik: User) -> None:
    assert client.get(ROOM, follow=True).status_code == 200


def test_lists_are_those_of_the_region_that_handed_in_nothing(client: Client, rik: User) -> None:
    page = words(client, LISTS)
    assert "Gewoon Voorbeeldstad" in page
    assert "Groen Voorbeeldstad" not in page  # it answered for itself
    assert "Utrecht" not in page


def test_lists_are_found_by_municipality(client: Client) -> None:
    enter(client, national())
    assert "Gewoon Voorbeeldstad" not in words(client, f"{LISTS}?gemeente=utrecht")
    assert "Gewoon Voorbeeldstad" in words(client, f"{LISTS}?gemeente=voorbeeld")
    assert "Hier zijn geen lijsten bij" in words(client, f"{LISTS}?gemeente=atlantis")
    assert "151 tot en met 200" in words(client, f"{LISTS}?pagina=4")
    assert client.get(f"{LISTS}?pagina=twee").status_code == 200
    response = client.get(LISTS, {"gemeente": "a" * 10_000})
    assert response.status_code == 400
    assert "9920 tekens te lang" in text(response)
    assert "a" * 10_000 in text(response)
    assert "maxlength" not in text(response)


def test_entering_keeps_what_was_read_and_goes_to_the_next(client: Client, rik: User) -> None:
    response = client.post(STATEMENT, form(), follow=True)
    assert "Een collega kijkt het na" in text(response)
    assert response.redirect_chain[-1][0] != STATEMENT
    row = Research.objects.get()
    assert (Reading.of(row), row.meaning, row.entered_by, row.checked_at) == (READING, 1, rik, None)
    event = Event.objects.get(act="research-entered")
    assert (event.by, event.municipality) == (rik, gewoon().contest.municipality)
    assert "stance" not in event.details
    page = words(client, STATEMENT)
    assert READING.quotation in page
    assert "Een collega moet dit nog nakijken" in page
    assert "wacht op een collega" in words(client, LIST)


def test_last_statement_leads_back_to_the_list(client: Client, rik: User) -> None:
    last = Statement.objects.order_by("theme__order", "order").last()
    assert last is not None
    response = client.post(f"{LIST}{last.key}/", form())
    assert response.headers["Location"] == LIST


@pytest.mark.parametrize(
    ("field", "written", "said"),
    [
        ("stance", "", "Kies welk antwoord uit het programma blijkt"),
        ("stance", "geen", "Kies een van de vijf antwoorden"),
        ("stance", "3", "Kies een van de vijf antwoorden"),
        ("quotation", " \n ", "Neem de woorden uit het programma over"),
        ("quotation", "c" * 501, "Het citaat is 1 teken te lang"),
        ("source", "", "Schrijf op waar dit staat"),
        ("source", "s" * 201, "De vindplaats is 1 teken te lang"),
        ("source", "javascript:alert(1)", "Een link begint met https://"),
    ],
)
def test_wrong_entry_is_said_and_everything_given_back(
    client: Client, rik: User, field: str, written: str, said: str
) -> None:
    response = client.post(STATEMENT, form(**{field: written}))
    assert response.status_code == 422
    page = html.unescape(text(response))
    assert said in page
    assert f'id="{field}-error"' in page
    for other in {"quotation", "source"} - {field}:
        assert form()[other] in page
    assert not Research.objects.exists()


def test_second_click_changes_nothing_more(client: Client, rik: User) -> None:
    client.post(STATEMENT, form())
    client.post(STATEMENT, form())
    assert Research.objects.count() == 1


def test_two_people_at_once_the_second_sees_the_first(client: Client, rik: User) -> None:
    read(colleague())
    response = client.post(STATEMENT, form(quotation="Iets anders.", stance="1"))
    assert response.status_code == 409
    page = html.unescape(text(response))
    assert "Niet opgeslagen: er is intussen iets veranderd" in page
    assert READING.quotation in page
    assert "Iets anders." in page
    assert Research.objects.get().quotation == READING.quotation


def test_entering_anew_takes_the_old_one_back(client: Client, rik: User) -> None:
    old = read(colleague())
    client.post(STATEMENT, form(quotation="Beter citaat.", seen=str(old.pk)))
    assert Research.objects.current().get().quotation == "Beter citaat."
    old.refresh_from_db()
    assert old.withdrawn_by == rik


def test_entering_about_an_older_text_of_the_statement_is_refused(
    client: Client, rik: User
) -> None:
    change(asked(), "Iets anders.", AT)
    response = client.post(STATEMENT, form())
    assert response.status_code == 409
    assert READING.quotation in text(response)
    assert not Research.objects.exists()


def test_who_entered_it_cannot_check_it(client: Client, rik: User) -> None:
    row = read(rik)
    assert "Het klopt: nagekeken" not in words(client, STATEMENT)
    response = client.post(f"{STATEMENT}{row.pk}/nakijken/")
    assert response.status_code == 403
    assert "Dit heb je zelf ingevuld" in text(response)
    row.refresh_from_db()
    assert row.checked_at is None


def test_database_holds_four_eyes() -> None:
    row = read(colleague())
    row.checked_by, row.checked_at = row.entered_by, AT
    with pytest.raises(IntegrityError, match="by_someone_else"), transaction.atomic():
        row.save()


def test_second_person_checks(client: Client, rik: User) -> None:
    row = read(colleague())
    front = words(client, LISTS)
    assert "Wacht op jou om na te kijken (1)" in front
    assert asked().text in front
    assert "Het klopt: nagekeken" in words(client, STATEMENT)
    page = text(client.post(f"{STATEMENT}{row.pk}/nakijken/", follow=True))
    assert "Nagekeken. Kiezers zien het in de volgende editie" in page
    row.refresh_from_db()
    assert row.checked_by == rik
    assert Event.objects.filter(act="research-checked").count() == 1
    client.post(f"{STATEMENT}{row.pk}/nakijken/")  # a double click
    assert Event.objects.filter(act="research-checked").count() == 1
    assert "Wacht op jou om na te kijken (0)" in words(client, LISTS)
    assert "1 van de 24" in words(client, LIST)


def test_sent_back_with_a_remark_that_its_writer_reads(client: Client, rik: User) -> None:
    carla = colleague()
    row = read(carla)
    address = f"{STATEMENT}{row.pk}/terug/"
    response = client.post(address, {"remark": "  "})
    assert response.status_code == 422
    assert "Schrijf op wat er niet klopt" in text(response)
    response = client.post(address, {"remark": "r" * 201})
    assert (response.status_code, "r" * 201 in text(response)) == (422, True)
    page = text(client.post(address, {"remark": "Dit staat er niet."}, follow=True))
    assert "Teruggestuurd naar Carla Collega, met je opmerking: Dit staat er niet." in page
    event = Event.objects.get(act="research-withdrawn")
    assert event.details["remark"] == "Dit staat er niet."
    other = Client(headers={"Sec-Fetch-Site": "same-origin"})
    enter(other, carla)
    assert "Teruggestuurd naar jou" in words(other, LISTS)
    assert "Dit staat er niet." in words(other, STATEMENT)
    response = client.post(address, {"remark": "Nog eens."})
    assert response.status_code == 409
    assert "Nog eens." in text(response)  # given back
    other.post(STATEMENT, form())
    assert "Teruggestuurd naar jou" not in words(other, LISTS)


def test_own_work_is_taken_back_without_a_reason(client: Client, rik: User) -> None:
    row = read(rik)
    page = text(client.post(f"{STATEMENT}{row.pk}/terug/", follow=True))
    assert "Ingetrokken." in page
    assert not Research.objects.current().exists()
    response = client.post(f"{STATEMENT}{row.pk}/nakijken/")
    assert (response.status_code, "Dit staat er niet meer" in text(response)) == (409, True)


def test_other_meaning_of_the_statement_wants_another_look(client: Client, rik: User) -> None:
    row = read(colleague())
    change(asked(), "Iets anders.", AT)
    assert "De stelling is veranderd." in words(client, LIST)
    assert "Dit telt niet meer mee" in words(client, STATEMENT)
    assert "Wacht op jou om na te kijken (0)" in words(client, LISTS)
    response = client.post(f"{STATEMENT}{row.pk}/nakijken/")
    assert response.status_code == 409
    assert "De stelling is intussen veranderd" in text(response)


def test_list_that_handed_in_speaks_for_itself(client: Client, rik: User) -> None:
    row = read(colleague())
    Submission.objects.create(party=gewoon(), by=rik, name="Pia", at=AT, answers={})
    assert "Deze lijst heeft zelf antwoorden ingediend" in words(client, LIST)
    assert "Vul in wat je leest" not in words(client, STATEMENT)
    for response in (
        client.post(STATEMENT, form(quotation="Nieuw.", seen=str(row.pk))),
        client.post(f"{STATEMENT}{row.pk}/nakijken/"),
    ):
        assert response.status_code == 409
        assert "Deze lijst heeft zelf antwoorden ingediend" in text(response)
    assert client.post(f"{STATEMENT}{row.pk}/terug/", {"remark": "Weg."}).status_code == 302


def test_list_that_was_withdrawn_is_left_alone(client: Client, rik: User) -> None:
    Party.objects.filter(pk=gewoon().pk).update(
        withdrawn_at=AT, withdrawn_by=rik, withdrawal="Doet niet mee.", number=None
    )
    response = client.post(STATEMENT, form())
    assert (response.status_code, "Deze lijst doet niet mee" in text(response)) == (409, True)
    assert "Gewoon Voorbeeldstad" not in words(client, LISTS)


def test_deadline_of_the_party_does_not_hold_for_reading(client: Client, rik: User) -> None:
    move_deadline(gewoon(), days=-1)
    assert client.post(STATEMENT, form()).status_code == 302


def test_staff_of_another_region_may_not(client: Client) -> None:
    row = read(colleague())
    enter(client, regional("GM0344"))
    for page in (LIST, STATEMENT):
        assert client.get(page).status_code == 403
    for page in (STATEMENT, f"{STATEMENT}{row.pk}/nakijken/", f"{STATEMENT}{row.pk}/terug/"):
        assert client.post(page, form()).status_code == 403
    assert "Gewoon Voorbeeldstad" not in words(client, LISTS)


@pytest.mark.parametrize(
    "page", [f"{ROOM}gr1850/", f"{LISTS}voorbeeldstad/atlantis/", f"{LIST}atlantis/"]
)
def test_what_does_not_exist(client: Client, rik: User, page: str) -> None:
    assert client.get(page).status_code == 404


@pytest.mark.parametrize("page", [LISTS, f"{LISTS}?pagina=4", LIST, STATEMENT])
def test_page_asks_the_database_a_fixed_number_of_times(
    client: Client, page: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    enter(client, national())
    carla = colleague()
    for each in Statement.objects.filter(municipality=None)[:8]:
        actions.enter(gewoon(), each, READING, seen=0, meaning=1, by=carla, at=AT)
    client.get(LISTS)
    with django_assert_max_num_queries(12):
        client.get(page)
