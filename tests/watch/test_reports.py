"""Reports of errors: made of what the log may hold, and of nothing else."""

import json
import logging
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from sentry_sdk.envelope import Envelope
from sentry_sdk.transport import Transport

from stemhulp.watch import reports
from stemhulp.watch.reports import Reports
from tests.quiz.browser import TOWN, begin
from tests.watch.test_log import NEEDLE, failing

pytestmark = pytest.mark.django_db
DSN = "http://key@127.0.0.1:9/1"


class Held(Transport):
    """In place of the network."""

    def __init__(self, options: Any = None) -> None:
        super().__init__(options)
        self.envelopes: list[Envelope] = []

    def capture_envelope(self, envelope: Envelope) -> None:
        self.envelopes.append(envelope)

    @property
    def events(self) -> list[dict[str, Any]]:
        found = [each.get_event() for each in self.envelopes]
        return [json.loads(json.dumps(each)) for each in found if each]


@pytest.fixture
def sent() -> Iterator[Held]:
    """What is reported, as with SENTRY_DSN set."""
    held = Held()
    handler = Reports(DSN, transport=held)
    loggers = [logging.getLogger(name) for name in ("", "django.request")]
    for each in loggers:
        each.addHandler(handler)
    yield held
    for each in loggers:
        each.removeHandler(handler)
    handler.close()


def provoke(client: Client, monkeypatch: pytest.MonkeyPatch) -> Any:
    begin(client)
    client.raise_request_exception = False
    monkeypatch.setattr("stemhulp.quiz.views.answering.pages.statement_page", failing)
    return client.post(
        f"{TOWN}stelling/1/?vraag={NEEDLE}",
        {"mening": "2", "naam": NEEDLE},
        headers={"User-Agent": NEEDLE, "X-Forwarded-For": "203.0.113.77", "Referer": NEEDLE},
    )


def test_report_says_what_failed_and_where(
    client: Client, monkeypatch: pytest.MonkeyPatch, sent: Held
) -> None:
    response = provoke(client, monkeypatch)
    [event] = sent.events
    assert event["tags"] == {
        "request": response["X-Request-ID"],
        "method": "POST",
        "route": "quiz:statement",
        "status": "500",
    }
    cause, error = event["exception"]["values"]
    assert (cause["type"], error["type"], error["value"]) == ("KeyError", "RuntimeError", "")
    frames = error["stacktrace"]["frames"]
    assert {"filename", "lineno", "function"} == {name for frame in frames for name in frame}
    assert "stemhulp/quiz/views/answering.py" in {frame["filename"] for frame in frames}


def test_report_holds_nothing_else(
    client: Client, monkeypatch: pytest.MonkeyPatch, sent: Held
) -> None:
    provoke(client, monkeypatch)
    [event] = sent.events
    assert set(event) <= set(reports.KEPT)
    for whole in sent.envelopes:
        text = whole.serialize().decode()
        for needle in (
            NEEDLE,
            "203.0.113.77",
            "127.0.0.1:9",
            "voorbeeldstad",
            "antwoorden",
            "mening",
        ):
            assert needle not in text


def test_only_errors_are_reported(client: Client, sent: Held) -> None:
    client.get("/nergens/heen/")
    logging.getLogger("stemhulp.editions.store").warning("Database is back.")
    assert sent.events == []


def test_what_others_put_into_an_event_is_taken_out() -> None:
    event = {"message": "m", "request": {"url": NEEDLE}, "user": {"ip": NEEDLE}, "extra": NEEDLE}
    assert reports.only_kept(event, {}) == {"message": "m"}


def test_report_that_cannot_be_sent_stops_nothing(
    client: Client, monkeypatch: pytest.MonkeyPatch, sent: Held
) -> None:
    monkeypatch.setattr(Held, "capture_envelope", lambda *_: 1 / 0)
    assert provoke(client, monkeypatch).status_code == 500


def test_without_the_package_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sentry_sdk", None)
    with pytest.raises(ImproperlyConfigured, match=r"requirements/sentry\.txt"):
        Reports(DSN)
