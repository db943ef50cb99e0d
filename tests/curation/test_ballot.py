"""The councils of someone's regions, and the lists on the ballot of each."""

import re
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from parties import ballots
from parties.models import Contest, Election, Event, Membership, Party, User
from statements.curation.lists.bulk import Ballots
from statements.curation.lists.queries import overview
from statements.portal.reminders import due
from tests.curation.staff import GREEN, enter, green, invited, member, national, regional
from tests.parties.ballot_files import CODE, council, numbers
from tests.parties.mistakes import contents
from tests.quiz.browser import text

pytestmark = pytest.mark.django_db

ROOM = "/redactie/gemeenten/"
ELECTION = f"{ROOM}gr2022/"
PROEFDAM = f"{ELECTION}proefdam/"
NEW = f"{PROEFDAM}lijsten/nieuw/"
DEADLINE = f"{PROEFDAM}termijn/zetten/"
ONE = f"{PROEFDAM}lijst-1/"
FORM = {"name": "Dorpsbelang", "number": "1", "description": "", "website": "", "programme": ""}


@pytest.fixture
def contest() -> Contest:
    return council((1, "Dorpsbelang"), (2, "Jong Proefdam"), (None, ""))


@pytest.fixture
def desk(client: Client, contest: Contest) -> Client:
    enter(client, regional(CODE))
    return client


def seen(page: str) -> str:
    found = re.search(r'name="seen"\s+value="(\w+)"', page)
    assert found
    return found[1]


def edit(client: Client, **form: str) -> tuple[int, str]:
    """Open the page of the first list and send this from it."""
    page = text(client.get(ONE))
    response = client.post(ONE, {**FORM, "seen": seen(page), **form})
    return response.status_code, text(response)


def test_room_leads_to_the_councils_of_the_next_election(client: Client) -> None:
    enter(client, national())
    assert client.get(ROOM)["Location"] == ELECTION


def test_region_sees_its_councils_only(desk: Client) -> None:
    page = text(desk.get(ELECTION))
    assert "Proefdam" in page
    assert "Utrecht" not in page
    assert "1 gemeente" in page
    assert "2 van 3" in page


@pytest.mark.parametrize(
    ("written", "shown"), [("utrecht", "Utrecht"), ("den haag", "'s-Gravenhage")]
)
def test_council_is_found_as_people_write_it(client: Client, written: str, shown: str) -> None:
    enter(client, national())
    page = text(client.get(ELECTION, {"gemeente": written})).replace("&#x27;", "'")
    assert shown in page
    assert "Voorbeeldstad" not in page
    assert "nog niet bekend" in page


@pytest.mark.parametrize(
    ("written", "status", "said"),
    [("atlantis", 200, "Hier zijn geen gemeenten bij"), ("x" * 81, 400, 'class="error"')],
)
def test_search_that_finds_nothing_says_so(
    client: Client, written: str, status: int, said: str
) -> None:
    enter(client, national())
    response = client.get(ELECTION, {"gemeente": written})
    assert response.status_code == status
    assert said in text(response)


def test_pages_ask_the_database_a_fixed_number_of_times(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    council((1, "Dorpsbelang"), (2, "Jong Proefdam"))
    enter(client, national())
    client.get(ELECTION)  # the process knows which editions there are
    for page in (ELECTION, PROEFDAM, f"{ELECTION}utrecht/", ONE, f"{ONE}samenvoegen/"):
        with django_assert_max_num_queries(9):
            assert client.get(page).status_code == 200


def test_council_shows_its_ballot_in_order_and_what_was_withdrawn(
    desk: Client, contest: Contest
) -> None:
    party = contest.parties.get(slug="lijst-2")
    ballots.withdraw(party, "Doet niet mee.", by=national(), at=timezone.now())
    page = text(desk.get(PROEFDAM))
    assert page.index("Dorpsbelang") < page.index("Blanco lijst") < page.index("Ingetrokken")
    assert page.index("Ingetrokken") < page.index("Jong Proefdam") < page.index("Doet niet mee.")
    assert "/redactie/lijsten/gr2022/proefdam/lijst-1/" in page


@pytest.mark.parametrize("page", ["", "lijsten/nieuw/", "kandidatenlijst/lezen/", "lijst-1/"])
def test_other_region_is_kept_out(client: Client, contest: Contest, page: str) -> None:
    enter(client, regional("VB0001"))
    before = contents(Party, Event)
    assert client.get(PROEFDAM + page).status_code == 403
    response = client.post(PROEFDAM + page, FORM)
    assert response.status_code in {403, 405}
    assert contents(Party, Event) == before


def test_list_is_added(desk: Client, contest: Contest) -> None:
    form = {"name": " Nieuw  Proefdam ", "number": "7", "website": "nieuw.example"}
    response = desk.post(NEW, form, follow=True)
    assert "Nieuw Proefdam staat op het stembiljet." in text(response)
    made = contest.parties.get(slug="nieuw-proefdam")
    assert (made.name, made.number, made.website) == ("Nieuw Proefdam", 7, "https://nieuw.example")


def test_programme_is_kept_and_shown_where_staff_look(desk: Client, contest: Contest) -> None:
    form = {"name": "Nieuw Proefdam", "programme": "nieuw.example/programma.pdf"}
    assert desk.post(NEW, form).status_code == 302
    made = contest.parties.get(slug="nieuw-proefdam")
    assert made.programme == "https://nieuw.example/programma.pdf"
    assert f'href="{made.programme}"' in text(desk.get(PROEFDAM))
    event = Event.objects.get(act="party-added")
    assert event.details["programme"] == made.programme


def test_blank_list_is_added_when_that_is_said(desk: Client, contest: Contest) -> None:
    assert desk.post(NEW, {"is_blank": "1"}).status_code == 302
    assert contest.parties.filter(name="").count() == 2


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name": ""}, "Vul de naam in"),
        ({"name": "Dorp Eerst", "is_blank": "1"}, "Een blanco lijst heeft geen naam"),
        ({"name": "x" * 121}, "Deze naam is te lang"),
        ({"name": "JONG proefdam"}, "Er staat al een lijst met deze naam"),
        ({"number": "2"}, "Nummer 2 is al van Jong Proefdam"),
        ({"number": "0"}, "Een lijstnummer is 1 tot en met 99"),
        ({"number": "100"}, "Een lijstnummer is 1 tot en met 99"),
        ({"number": "een"}, "Schrijf een getal"),
        ({"description": "x" * 141}, "hoogstens 140 tekens"),
        ({"website": "javascript:alert(1)"}, "Schrijf een adres zoals"),
        ({"website": "ftp://dorp.example"}, "Een adres begint met https://"),
        ({"website": "https://dorp.example/" + "x" * 200}, "hoogstens 200 tekens"),
        ({"programme": "javascript:alert(1)"}, "Schrijf een adres zoals"),
        ({"programme": "ftp://dorp.example"}, "Een adres begint met https://"),
        ({"programme": "https://dorp.example/" + "x" * 200}, "hoogstens 200 tekens"),
    ],
)
def test_wrong_detail_is_said_beside_its_field_and_given_back(
    desk: Client, wrong: dict[str, str], said: str
) -> None:
    before = contents(Party, Event)
    status, page = edit(desk, **{"name": "Dorp Eerst", **wrong})
    assert status == 422
    assert said in page
    assert 'aria-invalid="true"' in page
    for value in wrong.values():
        assert value in page
    added = desk.post(NEW, {**FORM, "name": "Dorp Eerst", "number": "9", **wrong})
    assert added.status_code == 422
    assert said in text(added)
    assert contents(Party, Event) == before


def test_list_is_changed(desk: Client, contest: Contest) -> None:
    assert edit(desk, name="Dorp Eerst", number="")[0] == 302
    assert numbers(contest)["Dorp Eerst"] is None


def test_second_of_two_editors_sees_what_the_first_did(desk: Client, contest: Contest) -> None:
    page = text(desk.get(ONE))
    edit(desk, name="Dorp Eerst")
    form = {**FORM, "name": "Dorp Laatst", "seen": seen(page)}
    response = desk.post(ONE, form)
    page = text(response)
    assert response.status_code == 409
    assert "Dit staat er nu" in page
    assert "Dorp Eerst" in page
    assert 'value="Dorp Laatst"' in page
    assert desk.post(ONE, {**form, "seen": seen(page)}).status_code == 302
    assert "Dorp Laatst" in numbers(contest)


def test_list_is_withdrawn_with_a_reason_and_put_back(desk: Client, contest: Contest) -> None:
    page = text(desk.get(f"{ONE}intrekken/"))
    assert "Er werkt niemand voor deze lijst" in page
    assert desk.post(f"{ONE}intrekken/", {"reason": "  "}).status_code == 422
    assert desk.post(f"{ONE}intrekken/", {"reason": "x" * 301}).status_code == 422
    assert desk.post(f"{ONE}intrekken/", {"reason": "Doet niet mee."}).status_code == 302
    assert "Dorpsbelang" not in numbers(contest)
    again = desk.post(f"{ONE}intrekken/", {"reason": "Nog eens."})
    assert again.status_code == 409
    assert "Nog eens." in text(again)
    assert "Zet haar eerst terug" in text(desk.get(ONE))
    assert desk.post(f"{ONE}terugzetten/").status_code == 302
    assert numbers(contest)["Dorpsbelang"] is None
    assert desk.post(f"{ONE}terugzetten/").status_code == 409


def test_merging_says_before_that_answers_stay_behind(desk: Client, contest: Contest) -> None:
    source, into = contest.parties.get(slug="lijst-1"), contest.parties.get(slug="lijst-2")
    source.positions.create(statement=green().positions.all()[0].statement, stance=1)
    Membership.objects.create(party=source, user=member(), since=timezone.now())
    invited(source)
    page = text(desk.get(f"{ONE}samenvoegen/"))
    assert "Antwoorden gaan niet mee." in page
    assert "antwoordde op 1 stelling" in page
    assert "open uitnodigingen voor Dorpsbelang (1)" in page
    assert desk.post(f"{ONE}samenvoegen/", {"into": "lijst-2"}).status_code == 302
    assert into.memberships.current().count() == 1
    assert into.positions.count() == 0


@pytest.mark.parametrize("into", ["", "lijst-1", "groen-voorbeeldstad", "bestaat-niet"])
def test_list_is_merged_only_with_another_of_its_ballot(desk: Client, into: str) -> None:
    before = contents(Party, Event)
    assert desk.post(f"{ONE}samenvoegen/", {"into": into}).status_code == 422
    assert contents(Party, Event) == before


def test_withdrawn_list_is_merged_no_more(desk: Client, contest: Contest) -> None:
    party = contest.parties.get(slug="lijst-1")
    ballots.withdraw(party, "Doet niet mee.", by=national(), at=timezone.now())
    assert desk.post(f"{ONE}samenvoegen/", {"into": "lijst-2"}).status_code == 409
    other = f"{PROEFDAM}lijst-2/samenvoegen/"
    assert desk.post(other, {"into": "lijst-1"}).status_code == 422


def test_council_gets_a_deadline_of_its_own(desk: Client, contest: Contest) -> None:
    contest.election.date = timezone.localdate() + timedelta(days=30)
    contest.election.save()
    day = (timezone.localdate() + timedelta(days=20)).isoformat()
    page = text(desk.post(DEADLINE, {"day": day, "time": "17:00"}, follow=True))
    contest.refresh_from_db()
    assert contest.own_deadline
    assert f"{timezone.localtime(contest.own_deadline):%H.%M}" == "17.00"
    assert "Dat geldt alleen voor deze gemeente" in page
    assert f'value="{day}"' in page
    assert "Let op" not in page
    desk.post(DEADLINE, {"day": "", "time": ""})
    contest.refresh_from_db()
    assert contest.own_deadline is None


def test_deadline_that_has_passed_is_warned_about(desk: Client) -> None:
    form = {"day": "2022-03-16", "time": "23:59"}
    response = desk.post(DEADLINE, form)
    assert response.status_code == 422
    assert "Dit tijdstip is al voorbij" in text(response)
    page = text(desk.post(DEADLINE, form | {"closes_now": "ja"}, follow=True))
    assert "Let op: 3 lijsten in deze gemeente zijn nu gesloten" in page


def test_page_of_a_council_leads_to_inviting_and_so_does_adding_a_list(desk: Client) -> None:
    assert "lijsten/gr2022/proefdam/lijst-1/#invite" in text(desk.get(PROEFDAM))
    form = FORM | {"name": "Nieuw", "number": "9"}
    page = text(desk.post(NEW, form, follow=True))
    assert "lijsten/gr2022/proefdam/nieuw/#invite" in page
    assert "Nodig nu iemand van de lijst uit" in page
    again = desk.post(NEW, form | {"name": "Nog een", "number": "10", "more": "ja"})
    assert again["Location"] == NEW


def test_election_without_councils_says_so_to_national_staff(client: Client) -> None:
    enter(client, national())
    day = timezone.localdate()
    Election.objects.create(slug="hi2030", name="Leeg", date=day, municipality_year=2022)
    page = text(client.get(f"{ROOM}hi2030/"))
    assert "jouw regio" not in page
    assert "/redactie/verkiezingen/hi2030/gemeenten/" in page
    assert client.get(ROOM)["Location"] == ELECTION


def test_lists_keep_the_election_of_the_page_one_comes_from(client: Client) -> None:
    enter(client, national())
    assert "/redactie/lijsten/?verkiezing=gr2022" in text(client.get(ELECTION))
    page = text(client.get("/redactie/lijsten/?verkiezing=gr2022"))
    assert f'href="{ELECTION}"' in page
    for strange in ("gr1850", "..", "%00"):
        page = text(client.get(f"/redactie/lijsten/?verkiezing={strange}"))
        assert f'href="{ROOM}"' in page


@pytest.mark.parametrize(
    ("day", "time", "said"),
    [
        ("2022-03-17", "00:00", "voor het einde van de verkiezingsdag"),
        ("2021-03-28", "02:30", "dit uur bestaat niet"),
        ("2021-10-31", "02:30", "of komt twee keer"),
        ("2022-03-04", "", "allebei"),
        ("", "17:00", "allebei"),
        ("4 maart", "17:00", "Dit is geen dag"),
        ("2022-03-04", "25:00", "Dit is geen tijd"),
        ("9999-12-31", "23:59", 'class="error"'),
    ],
)
def test_deadline_that_cannot_be_is_refused(
    desk: Client, contest: Contest, day: str, time: str, said: str
) -> None:
    response = desk.post(DEADLINE, {"day": day, "time": time})
    page = text(response)
    assert response.status_code == 422
    assert said in page
    assert f'value="{day}"' in page
    contest.refresh_from_db()
    assert contest.own_deadline is None


def withdraw(party: Party, by: User) -> None:
    ballots.withdraw(party, "Doet niet mee.", by=by, at=timezone.now())


def test_member_of_a_withdrawn_list_is_told_and_can_do_nothing(client: Client) -> None:
    pia, address = member(), "/partij/gr2022/voorbeeldstad/groen-voorbeeldstad/"
    enter(client, pia, second_factor=False)
    assert client.get(address).status_code == 200
    withdraw(green(), national())
    before = green().positions.count()
    for response in (client.get(address), client.post(f"{address}indienen/", {"name": "Pia"})):
        assert response.status_code == 410
        assert "Deze lijst is ingetrokken" in text(response)
    assert "Ingetrokken." in text(client.get("/partij/"))
    assert green().positions.count() == before


def test_withdrawn_list_is_not_counted_invited_or_reminded() -> None:
    nina, at = national(), timezone.now()
    member()
    election = green().contest.election
    Contest.objects.filter(pk=green().contest_id).update(own_deadline=at - timedelta(hours=1))
    Membership.objects.update(since=at - timedelta(days=30))
    counted = overview(nina, election, at=at).total
    assert green() in [each.membership.party for each in due(at)]
    withdraw(green(), nina)
    assert overview(nina, election, at=at).total == counted - 1
    assert green().pk not in Ballots(election, nina)._known
    assert green() not in [each.membership.party for each in due(at)]


def test_page_of_a_list_leads_to_its_ballot_and_says_that_it_was_withdrawn(
    client: Client,
) -> None:
    nina = enter(client, national())
    assert f"{ELECTION}voorbeeldstad/" in text(client.get(GREEN))
    assert "Nodig iemand uit" in text(client.get(GREEN))
    withdraw(green(), nina)
    page = text(client.get(GREEN))
    assert "Deze lijst is ingetrokken" in page
    assert "Nodig iemand uit" not in page


def test_deadline_on_the_night_the_clock_changes_is_dutch_time(
    desk: Client, contest: Contest
) -> None:
    desk.post(DEADLINE, {"day": "2021-03-28", "time": "03:30", "closes_now": "ja"})
    contest.refresh_from_db()
    expected = timezone.make_aware(datetime(2021, 3, 28, 3, 30))  # noqa: DTZ001
    assert contest.own_deadline == expected
