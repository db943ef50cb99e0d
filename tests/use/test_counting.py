"""Quizzes are counted once each, by day, without anything of a person; or not at all."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import time_machine
from django.db import DatabaseError, models
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings

from stemhulp.use import counting
from stemhulp.use.counting import Tally, tally
from stemhulp.use.models import DailyUse
from tests.quiz.browser import HTMX, TOWN, answer, answer_all, begin

pytestmark = pytest.mark.django_db
DAY = datetime(2022, 3, 10, 11, 20, tzinfo=UTC)


@pytest.fixture(autouse=True)
def counting_is_on(settings: Settings) -> Iterator[None]:
    settings.COUNT_USE = True
    yield
    tally._counts.clear()
    tally.stop()


def counted() -> list[tuple[str, str, str, int, int]]:
    """What the process counted, once it is written down."""
    tally.write()
    rows = DailyUse.objects.all()
    return [(r.election, r.municipality, str(r.day), r.started, r.finished) for r in rows]


def finish(client: Client) -> None:
    begin(client)
    answer_all(client)
    client.post(f"{TOWN}weging/")
    client.get(f"{TOWN}uitslag/")


@time_machine.travel(DAY, tick=False)
def test_quiz_is_counted_when_it_starts_and_when_it_reaches_the_result(client: Client) -> None:
    begin(client)
    assert counted() == [("gr2022", "voorbeeldstad", "2022-03-10", 1, 0)]
    answer_all(client)
    client.post(f"{TOWN}weging/")
    assert counted() == [("gr2022", "voorbeeldstad", "2022-03-10", 1, 1)]


@time_machine.travel(DAY, tick=False)
def test_looking_again_counts_no_more(client: Client) -> None:
    finish(client)
    begin(client)  # the button leads on to where the voter was
    client.post(f"{TOWN}weging/")
    client.get(f"{TOWN}uitslag/")
    client.get(f"{TOWN}uitslag/", headers=HTMX)
    assert [row[3:] for row in counted()] == [(1, 1)]


@time_machine.travel(DAY, tick=False)
def test_result_by_another_way_counts_as_well(client: Client) -> None:
    begin(client)
    answer(client, 1, 2)
    client.head(f"{TOWN}uitslag/")
    assert [row[3:] for row in counted()] == [(1, 0)]
    client.get(f"{TOWN}uitslag/")
    client.get(f"{TOWN}uitslag/")
    assert [row[3:] for row in counted()] == [(1, 1)]


@time_machine.travel(DAY, tick=False)
def test_all_venues_and_languages_of_a_municipality_are_one_number(client: Client) -> None:
    for prefix in ("", "/en", "/embed", "/kiosk/ar"):
        client.cookies.clear()
        client.post(f"{prefix}{TOWN}begin/")
    assert [row[3:] for row in counted()] == [(4, 0)]


def test_nothing_is_counted_unless_it_is_on(client: Client, settings: Settings) -> None:
    settings.COUNT_USE = False
    finish(client)
    assert counted() == []


@time_machine.travel(DAY, tick=False)
def test_day_is_that_of_the_netherlands(client: Client) -> None:
    with time_machine.travel(datetime(2022, 3, 10, 23, 30, tzinfo=UTC), tick=False):
        begin(client)
    assert [row[2] for row in counted()] == ["2022-03-11"]


def test_voter_waits_for_no_query(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.get(TOWN)
    with django_assert_num_queries(0):
        finish(client)


def test_row_holds_a_day_and_two_numbers() -> None:
    """Nothing by which a person, an answer or a moment could be told."""
    kinds = {each.name: type(each) for each in DailyUse._meta.get_fields()}
    assert kinds == {
        "id": models.BigAutoField,
        "election": models.SlugField,
        "municipality": models.SlugField,
        "day": models.DateField,
        "started": models.PositiveIntegerField,
        "finished": models.PositiveIntegerField,
    }


@time_machine.travel(DAY, tick=False)
def test_batches_of_several_processes_add_up() -> None:
    for started in (3, 4):
        process = Tally()
        process.add("gr2022", "utrecht", started=started, finished=1)
        process.stop()
    assert [row[3:] for row in counted()] == [(7, 2)]


@time_machine.travel(DAY, tick=False)
def test_it_is_written_when_the_hour_is_full_and_not_before() -> None:
    process = Tally()
    process.add("gr2022", "utrecht", started=1)
    assert not DailyUse.objects.exists()
    assert process._clock is not None
    assert process._clock.interval == 40 * 60
    process.stop()
    assert DailyUse.objects.get().started == 1


def test_what_the_database_refuses_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(*_: object) -> None:
        raise DatabaseError("gone")

    process = Tally()
    process.add("gr2022", "utrecht", started=2)
    with monkeypatch.context() as patch:
        patch.setattr(counting, "_write", gone)
        process.write()
    process.add("gr2022", "utrecht", started=1)
    process.stop()
    assert DailyUse.objects.get().started == 3


def test_many_threads_lose_no_count() -> None:
    process = Tally()

    def count() -> None:
        for _ in range(500):
            process.add("gr2022", "utrecht", started=1)

    threads = [threading.Thread(target=count) for _ in range(8)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    process.stop()
    assert DailyUse.objects.get().started == 4000
