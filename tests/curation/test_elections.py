"""A new election: made, changed, and corrected when it was a mistake, in the browser only."""

from datetime import datetime

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from parties.elections import free_slug, seal
from parties.models import Contest, Election, Event, Municipality, Party
from tests.curation.elections import FRONT, MADE, NEW, election, of
from tests.curation.staff import enter, national, regional
from tests.quiz.browser import text

pytestmark = pytest.mark.django_db


def test_election_is_made_for_any_day(client: Client) -> None:
    nina = enter(client, national())
    fields = {"deadline_day": "2030-03-01", "deadline_time": "12:30"}
    response = client.post(NEW, MADE | fields)
    assert response.status_code == 302
    assert response["Location"] == f"{FRONT}gr2030/"
    made = of("gr2030")
    assert made.deadline == timezone.make_aware(datetime(2030, 3, 1, 12, 30))  # noqa: DTZ001
    assert made.municipality_year == max(
        year for each in Municipality.objects.all() for year in each.years
    )
    event = Event.objects.get(act="election-made")
    assert (event.by, event.election) == (nina, made)
    assert "Gemeenteraadsverkiezingen 2030" in text(client.get(FRONT))


def test_address_follows_from_kind_and_year(client: Client) -> None:
    enter(client, national())
    merger = MADE | {"kind": "hi", "date": "2030-11-20"}
    for slug in ("hi2030", "hi2030b", "hi2030c"):
        response = client.post(NEW, merger | {"name": f"Herindeling {slug}"})
        assert response["Location"] == f"{FRONT}{slug}/"
    page = text(client.get(response["Location"]))
    assert "Het adres is hi2030c, want hi2030 is al van een andere verkiezing." in page
    assert free_slug("gr", of("gr2022").date) == "gr2022b"
    assert client.post(NEW, merger | {"slug": "Proef2026"})["Location"] == f"{FRONT}proef2026/"


def test_election_without_councils_is_shown_to_voters_as_one(client: Client) -> None:
    enter(client, national())
    client.post(NEW, MADE)
    assert client.get("/").status_code == 200
    assert client.get("/gr2022/").status_code == 200


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"name": " "}, "Geef de verkiezing een naam."),
        ({"name": "x" * 81}, "hoogstens 80 tekens"),
        ({"date": ""}, "Kies de dag van de verkiezing."),
        ({"date": "2030-02-30"}, "Dit is geen dag."),
        ({"date": "1917-07-03"}, "Kies een dag in deze eeuw."),
        ({"kind": "xx"}, "xx"),
        ({"slug": "gemeenteraad"}, "zoals gr2030 of hi2026b"),
        ({"name": "gemeenteraadsverkiezingen  2022"}, "Er is al een verkiezing met deze naam."),
        ({"date": "2022-11-23"}, "Deze dag is al geweest."),
        ({"deadline_day": "2022-11-01"}, "Dit tijdstip is al voorbij."),
        ({"slug": "gr2022"}, "Er is al een verkiezing met dit adres."),
        ({"municipality_year": "1850"}, "1850"),
        ({"deadline_day": "2030-03-20"}, "voor de dag van de verkiezing begint"),
        ({"deadline_day": "straks"}, "Dit is geen dag."),
        ({"deadline_day": "2030-03-01", "deadline_time": "25:00"}, "Dit is geen tijd."),
        ({"deadline_time": "17:00"}, "Kies ook een dag"),
        (
            {"date": "2030-05-01", "deadline_day": "2030-03-31", "deadline_time": "02:30"},
            "Dit tijdstip bestaat niet",
        ),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_nothing_is_made(
    client: Client, fields: dict[str, str], said: str
) -> None:
    enter(client, national())
    count = Election.objects.count()
    response = client.post(NEW, MADE | fields)
    assert response.status_code == 422
    page = text(response)
    assert said in page
    assert 'class="error"' in page
    assert "Gemeenteraadsverkiezingen 2030" in page or "name" in fields
    assert Election.objects.count() == count


def test_deadline_until_the_last_minute_before_the_day(client: Client) -> None:
    enter(client, national())
    fields = {"deadline_day": "2030-03-19", "deadline_time": "23:59"}
    assert client.post(NEW, MADE | fields).status_code == 302


def test_name_and_deadline_are_changed_and_seen_by_the_second_editor(client: Client) -> None:
    enter(client, national())
    made = election()
    form = {"name": "Herindeling najaar", "seen": seal(made)}
    form |= {"deadline_day": "2022-11-01", "deadline_time": ""}
    assert "Dit tijdstip is al voorbij" in text(client.post(f"{FRONT}hi2022/", form))
    form |= {"closes_now": "ja"}
    assert client.post(f"{FRONT}hi2022/", form).status_code == 302
    made.refresh_from_db()
    assert made.deadline == timezone.make_aware(datetime(2022, 11, 1, 17))  # noqa: DTZ001
    response = client.post(f"{FRONT}hi2022/", form | {"name": "Te laat"})
    assert response.status_code == 409
    page = text(response)
    assert "De verkiezing heet nu Herindeling najaar" in page
    assert 'value="Te laat"' in page
    again = form | {"name": "Te laat", "seen": seal(made)}
    assert client.post(f"{FRONT}hi2022/", again).status_code == 302
    assert Event.objects.filter(act="election-deadline-changed").count() == 1
    assert Event.objects.filter(act="election-changed").count() == 1


def test_deadline_that_closes_at_once_says_how_many_lists_it_closes(client: Client) -> None:
    enter(client, national())
    gr2022 = of("gr2022")
    Election.objects.filter(pk=gr2022.pk).update(deadline=None)
    gr2022.refresh_from_db()
    lists = Party.objects.on_ballot().filter(contest__election=gr2022).count()
    own = Contest.objects.get(election=gr2022, municipality="VB0001")
    Contest.objects.filter(pk=own.pk).update(own_deadline=timezone.now())
    form = {"name": gr2022.name, "seen": seal(gr2022), "deadline_day": "2022-03-01"}
    assert client.post(f"{FRONT}gr2022/", form).status_code == 422
    response = client.post(f"{FRONT}gr2022/", form | {"closes_now": "ja"}, follow=True)
    closed = lists - own.parties.on_ballot().count()
    assert f"{closed} lijsten zijn nu gesloten" in text(response)


FACTS = {"date": "2031-03-19", "slug": "gr2031", "municipality_year": "2022", "is_past": ""}


def test_election_made_by_mistake_is_corrected(client: Client) -> None:
    enter(client, national())
    made = election()
    assert "Verander de dag, het adres of de jaren" in text(client.get(f"{FRONT}hi2022/"))
    form = FACTS | {"seen": seal(made)}
    response = client.post(f"{FRONT}hi2022/verbeteren/", form)
    assert response["Location"] == f"{FRONT}gr2031/"
    made.refresh_from_db()
    assert (made.slug, f"{made.date}", made.postcode_year) == ("gr2031", "2031-03-19", None)
    changes = Event.objects.get(act="election-corrected").details["changes"]
    assert changes["slug"] == ["hi2022", "gr2031"]
    response = client.post(f"{FRONT}gr2031/verbeteren/", form)
    assert response.status_code == 409
    assert "iemand anders veranderde dit intussen" in text(response)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"slug": ""}, "Vul het adres in"),
        ({"slug": "gr2022"}, "Er is al een verkiezing met dit adres."),
        ({"date": "2021-03-17"}, "Deze dag is al geweest."),
        ({"date": "2022-11-01", "is_past": "ja"}, "Verander eerst de termijn."),
        ({"municipality_year": "2018"}, "Niet alle gemeenten"),
        ({"municipality_year": ""}, "Kies een jaar."),
    ],
)
def test_correction_that_cannot_be_changes_nothing(
    client: Client, fields: dict[str, str], said: str
) -> None:
    enter(client, national())
    deadline = timezone.make_aware(datetime(2022, 11, 10, 17))  # noqa: DTZ001
    made = election(deadline=deadline)
    made.refresh_from_db()
    new = Municipality.objects.in_year(2022).exclude(years__contains=[2018])[0]
    Contest.objects.create(election=made, municipality=new)
    form = FACTS | {"seen": seal(made)} | fields
    response = client.post(f"{FRONT}hi2022/verbeteren/", form)
    assert response.status_code == 422
    assert said in text(response)
    made.refresh_from_db()
    assert made.slug == "hi2022"
    assert not Event.objects.filter(act="election-corrected").exists()


def test_day_does_not_come_before_the_deadline_of_one_council(client: Client) -> None:
    enter(client, national())
    made = election()
    late = timezone.make_aware(datetime(2031, 4, 1))  # noqa: DTZ001
    Contest.objects.create(election=made, municipality_id="GM0344", own_deadline=late)
    response = client.post(f"{FRONT}hi2022/verbeteren/", FACTS | {"seen": seal(made)})
    assert response.status_code == 422
    assert "een eigen termijn die na deze dag sluit" in text(response)


def test_election_with_answers_stays_as_it_is(client: Client) -> None:
    enter(client, national())
    made = of("gr2022")
    assert "staan vast" in text(client.get(f"{FRONT}gr2022/"))
    response = client.post(f"{FRONT}gr2022/verbeteren/", FACTS | {"seen": seal(made)})
    assert response.status_code == 409
    assert "Dit kan niet meer veranderen" in text(response)
    made.refresh_from_db()
    assert made.slug == "gr2022"


def test_overview_tells_of_deadlines_of_single_councils(client: Client) -> None:
    enter(client, national())
    made = election()
    assert "nog niet bekend" in text(client.get(FRONT))
    Election.objects.exclude(pk=made.pk).update(deadline=timezone.now())
    Contest.objects.create(election=made, municipality_id="GM0344", own_deadline=timezone.now())
    page = text(client.get(FRONT))
    assert "in 1 gemeente een eigen termijn" in page
    assert "nog niet bekend" not in page


PAGES = ["", "nieuw/", "gr2022/", "gr2022/gemeenten/", "gr2022/stellingen/"]


@pytest.mark.parametrize("page", PAGES)
def test_elections_are_kept_by_the_national_office(client: Client, page: str) -> None:
    enter(client, regional("GM0344"))
    response = client.get(f"{FRONT}{page}")
    assert response.status_code == 403
    assert "Dit doet het landelijk bureau" in text(response)


@pytest.mark.parametrize("page", PAGES)
def test_pages_ask_the_database_a_fixed_number_of_times(
    client: Client, page: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    enter(client, national())
    client.get(FRONT)
    with django_assert_max_num_queries(10):
        assert client.get(f"{FRONT}{page}").status_code == 200
