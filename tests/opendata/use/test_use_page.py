"""What is told of the use: days that are over, and no number under ten, by no way of reckoning."""

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine
from django.db import DatabaseError
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings

from stemhulp.opendata.use import counts
from stemhulp.use.models import DailyUse
from tests.quiz.browser import words

pytestmark = pytest.mark.django_db
PAGE, FILE = "/gebruik/gr2022/", "/gebruik/gr2022.csv"


@pytest.fixture(autouse=True)
def today(settings: Settings) -> Iterator[None]:
    settings.COUNT_USE = True
    counts.forget()
    with time_machine.travel(date(2022, 3, 12), tick=False):
        yield
    counts.forget()


def used(municipality: str, day: int, started: int, finished: int) -> None:
    DailyUse.objects.create(
        election="gr2022",
        municipality=municipality,
        day=date(2022, 3, day),
        started=started,
        finished=finished,
    )


def rows(client: Client) -> list[str]:
    content = client.get(FILE).content.decode("utf-8-sig")
    return content.splitlines()[1:]


def test_days_and_municipalities_are_told(client: Client) -> None:
    used("utrecht", 10, 40, 30)
    used("utrecht", 11, 20, 10)
    used("amsterdam", 11, 100, 90)
    page = words(client.get(PAGE))
    assert "10 maart 2022 40 30 11 maart 2022 120 100" in page
    assert "Amsterdam 100 90 Utrecht 60 40" in page
    assert rows(client)[0] == "gr2022,2022-03-10,GM0344,Utrecht,40,30"


def test_number_under_ten_is_told_nowhere(client: Client) -> None:
    used("utrecht", 10, 40, 9)
    used("amsterdam", 10, 9, 8)
    assert rows(client) == ["gr2022,2022-03-10,GM0344,Utrecht,40,"]
    page = words(client.get(PAGE))
    assert "Amsterdam" not in page
    assert "10 maart 2022 40 –" in page, "a true total would tell the rest by subtraction"


def test_invented_municipality_is_left_out(client: Client) -> None:
    used("voorbeeldstad", 10, 40, 30)
    assert rows(client) == []
    assert "Voorbeeldstad" not in words(client.get(PAGE))


def test_day_of_today_is_not_told_yet(client: Client) -> None:
    used("utrecht", 12, 40, 30)
    assert rows(client) == []
    assert "Er is nog geen dag voorbij" in words(client.get(PAGE))


def test_page_asks_once_in_ten_minutes(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.get(PAGE)
    with django_assert_num_queries(0):
        client.get(PAGE)
        client.get(FILE)


def test_without_a_database_what_was_known_is_told(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    used("utrecht", 10, 40, 30)
    assert len(rows(client)) == 1

    def gone(*_: object) -> None:
        raise DatabaseError("gone")

    monkeypatch.setattr("django.db.backends.utils.CursorWrapper.execute", gone)
    monkeypatch.setattr(counts, "MINUTES", -1)
    assert len(rows(client)) == 1
    counts.forget()
    response = client.get(PAGE)
    assert response.status_code == 503
    assert "even niet te lezen" in words(response)


def test_page_says_so_when_nothing_is_counted(client: Client, settings: Settings) -> None:
    settings.COUNT_USE = False
    page = words(client.get(PAGE))
    assert "Op deze site wordt niet geteld" in page
    assert "telt twee keer" not in page, "how it is counted, is untrue where nothing is"


def test_what_was_counted_before_keeps_its_explanation(client: Client, settings: Settings) -> None:
    used("utrecht", 10, 40, 30)
    settings.COUNT_USE = False
    page = words(client.get(PAGE))
    assert "Utrecht 40 30" in page
    assert "telt twee keer" in page


def test_without_an_election_the_page_leads_to_the_one_of_now(client: Client) -> None:
    assert client.get("/gebruik/")["Location"] == PAGE
    assert client.get("/gebruik/gr1850/").status_code == 404
    assert client.get("/gebruik/gr1850.csv").status_code == 404
