"""Figures for Prometheus: of routes, editions and tasks, never of a voter."""

import logging
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max
from prometheus_client import CollectorRegistry, generate_latest
from pytest_django.fixtures import Settings

from stemhulp.editions import store
from stemhulp.watch import figures, state
from tests.quiz.browser import TOWN, begin

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def read_by_somebody(settings: Settings) -> None:
    settings.METRICS_PORT = 9100
    figures.requests.clear()
    figures.lines.clear()


def value(name: str, **labels: str) -> float | None:
    return figures.registry.get_sample_value(name, labels)


def count(**labels: str) -> float | None:
    return value("stemhulp_request_seconds_count", **labels)


def text_of(collector: state.State) -> list[str]:
    registry = CollectorRegistry()
    registry.register(collector)
    return generate_latest(registry).decode().splitlines()


def test_requests_are_counted_by_route_method_and_kind_of_status(client: Client) -> None:
    begin(client)
    for number in (1, 2):
        client.post(f"{TOWN}stelling/{number}/", {"mening": "2"})
    client.post(f"{TOWN}stelling/3/", {"mening": "9"})
    assert count(route="quiz:statement", method="POST", status="3xx") == 2
    assert count(route="quiz:statement", method="POST", status="4xx") == 1


def test_no_label_says_anything_of_a_voter(client: Client) -> None:
    begin(client)
    client.get("/naald7f3a/naald7f3a?naald7f3a", headers={"User-Agent": "naald7f3a"})
    client.generic("NAALD7F3A", "/")
    text = generate_latest(figures.registry).decode()
    assert 'route="none"' in text
    assert "naald7f3a" not in text.lower()
    assert "voorbeeldstad" not in text


def test_where_nobody_reads_nothing_is_counted(client: Client, settings: Settings) -> None:
    settings.METRICS_PORT = 0
    client.get("/")
    assert "quiz:landing" not in generate_latest(figures.registry).decode()


def test_warnings_are_counted_by_who_gave_them() -> None:
    handler = figures.Lines()
    for level in (logging.WARNING, logging.ERROR):
        handler.handle(logging.LogRecord("parties.retries", level, "", 1, "text", None, None))
    assert value("stemhulp_log_lines_total", logger="parties.retries", level="WARNING") == 1


def test_log_hands_its_warnings_to_the_counter() -> None:
    for name in ("", "django", "django.request"):
        handlers = logging.getLogger(name).handlers
        assert any(isinstance(each, figures.Lines) for each in handlers)


def test_figures_say_how_editions_fare(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    client.get(TOWN)
    state.look()
    assert value("stemhulp_editions_contests") == 4
    assert value("stemhulp_editions_held") == 1
    assert value("stemhulp_editions_stale_seconds") == 0
    monkeypatch.setattr("stemhulp.editions.store._store.stale_since", timezone.now())
    state.look()
    assert (value("stemhulp_editions_stale_seconds") or 0) > 0


def task(status: str, run_after: timedelta | None = None, age: timedelta = timedelta(0)) -> None:
    now = timezone.now()
    made = DBTaskResult.objects.create(
        status=status,
        args_kwargs={},
        task_path="a.b",
        backend_name="default",
        run_after=get_date_max() if run_after is None else now + run_after,
    )
    DBTaskResult.objects.filter(pk=made.pk).update(enqueued_at=now - age)


def test_figures_say_what_waits_and_for_how_long() -> None:
    task(TaskResultStatus.READY, age=timedelta(seconds=90))
    task(TaskResultStatus.READY, run_after=timedelta(seconds=-30), age=timedelta(hours=1))
    task(TaskResultStatus.READY, run_after=timedelta(minutes=5), age=timedelta(hours=1))
    task(TaskResultStatus.FAILED)
    task(TaskResultStatus.SUCCESSFUL)
    found = state.waiting(timezone.now())
    assert found is not None
    assert found.tasks == {"ready": 2, "later": 1, "running": 0, "failed": 1}
    assert 90 <= found.oldest < 120
    lines = text_of(state.State())
    assert 'stemhulp_tasks{state="later"} 1.0' in lines
    assert "stemhulp_database_up 1.0" in lines


def test_without_a_database_nothing_is_said_of_tasks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "stale_since", timezone.now)
    lines = text_of(state.State())
    assert "stemhulp_database_up 0.0" in lines
    assert not any("stemhulp_tasks" in line for line in lines)
