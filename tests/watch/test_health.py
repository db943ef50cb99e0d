"""Whether a process lives, and whether voters may be sent to it."""

from pathlib import Path

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings

from stemhulp.editions import store

pytestmark = pytest.mark.django_db


def test_process_lives_without_anything(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        response = client.get("/health/live")
    assert (response.status_code, response.json()) == (200, {"live": True})
    assert "no-store" in response["Cache-Control"]


def test_process_with_editions_is_ready(client: Client) -> None:
    response = client.get("/health/ready")
    assert (response.status_code, response.json()) == (200, {"ready": True})
    assert "no-store" in response["Cache-Control"]


def test_process_that_lost_its_database_stays_ready(client: Client) -> None:
    client.get("/")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.db.backends.utils.CursorWrapper.execute", lambda *_: 1 / 0)
        assert client.get("/health/ready").status_code == 200


def test_process_without_editions_is_not_ready(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "health", lambda: {"contests": 0})
    response = client.get("/health/ready")
    assert response.status_code == 503
    assert response.json() == {"ready": False, "because": "no editions"}


def test_file_that_says_to_drain_sends_voters_elsewhere(
    client: Client, settings: Settings, tmp_path: Path
) -> None:
    settings.DRAIN_FILE = str(tmp_path / "drain")
    assert client.get("/health/ready").status_code == 200
    Path(settings.DRAIN_FILE).touch()
    response = client.get("/health/ready")
    assert (response.status_code, response.json()["because"]) == (503, "draining")
    assert client.get("/").status_code == 200  # who comes is served
    assert client.get("/health/live").status_code == 200


def test_who_asks_beside_the_proxy_is_not_sent_to_https(client: Client, settings: Settings) -> None:
    settings.SECURE_SSL_REDIRECT = True
    fresh = Client()
    assert fresh.get("/health/ready").status_code == 200
    assert fresh.get("/").status_code == 301


def test_figures_are_at_no_address_of_the_site(client: Client) -> None:
    for path in ("/health/metrics", "/metrics/"):
        assert client.get(path, follow=True).status_code == 404
