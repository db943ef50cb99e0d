"""A line of the log is an allow-list: nothing that anybody sent is in it."""

import io
import logging
import re
import threading
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django.fixtures import Settings

from stemhulp.watch import log
from stemhulp.watch.log import Console, JsonLines, PlainLines
from tests.disks import no_room
from tests.quiz.browser import TOWN
from tests.watch.capture import lines, logged

pytestmark = pytest.mark.django_db
NEEDLE = "naald7f3a"
FIELDS = {
    *("time", "level", "logger", "message", "request", "method", "route", "status"),
    *("milliseconds", "exception", "traceback"),
}
HEADERS = (
    *("User-Agent", "Referer", "Cookie", "Accept-Language", "X-Forwarded-For", "X-Request-ID"),
    *("Host", "Origin", "Sec-Fetch-Site", "HX-Target", "HX-Current-URL", "If-None-Match"),
    *("Authorization", "Content-Type", "X-Real-IP", "X-Forwarded-Host", "Range"),
)
ADDRESSES = (
    *("/{}/", "/{}", "/gr2022/{}/", "/?plaats={}", "/account/?next=/{}", "/static/{}.css"),
    *("/en/{}/", "/kiosk/{}/", "/embed/gr2022/{}/", "/partij/{}/", "/redactie/{}/", "/beheer/{}/"),
    *(f"{TOWN}uitslag/?toon={{}}", f"{TOWN}uitslag/partij/{{}}/", f"{TOWN}stelling/1/?x={{}}"),
    *("/health/{}", "/api/v1/{}", "/uitnodiging/{}/"),
)


def failing(*args: object, **kwargs: object) -> None:
    held = f"in a variable {NEEDLE}"
    raise RuntimeError(f"with what somebody sent: {held}") from KeyError(NEEDLE)


@settings(
    max_examples=120,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    address=st.sampled_from(ADDRESSES),
    method=st.sampled_from(["GET", "POST", "DELETE", f"X{NEEDLE}".upper()]),
    header=st.sampled_from(HEADERS),
    what=st.sampled_from(["works", "fails"]),
    formatter=st.sampled_from([JsonLines, PlainLines]),
)
def test_no_needle_of_a_request_is_in_the_log(
    client: Client, address: str, method: str, header: str, what: str, formatter: Any
) -> None:
    client.raise_request_exception = False
    path = address.format(NEEDLE)
    with pytest.MonkeyPatch.context() as patch, logged(formatter()) as said:
        if what == "fails":
            patch.setattr("stemhulp.editions.store.guide", failing)
            patch.setattr("stemhulp.quiz.contests.edition_in", failing)
        client.generic(
            method,
            quote(path, safe="/?=&."),
            f"mening={NEEDLE}&naam={NEEDLE}",
            content_type="application/x-www-form-urlencoded",
            headers={header: NEEDLE},
        )
    assert said.getvalue().count("stemhulp.requests") == 1
    assert NEEDLE not in said.getvalue().lower()


def test_every_field_of_every_line_is_on_the_list(client: Client) -> None:
    client.raise_request_exception = False
    with pytest.MonkeyPatch.context() as patch, logged() as said:
        client.get(TOWN)
        client.get("/nergens/heen/")
        patch.setattr("stemhulp.editions.store.guide", failing)
        client.get("/gr2022/")
    assert {name for line in lines(said) for name in line} == FIELDS


def test_failure_says_which_request_route_class_and_way_through_the_code(client: Client) -> None:
    client.raise_request_exception = False
    with pytest.MonkeyPatch.context() as patch, logged() as said:
        patch.setattr("stemhulp.editions.store.guide", failing)
        response = client.get("/gr2022/")
    failure = next(line for line in lines(said) if line["logger"] == "django.request")
    assert failure["message"] == "%s: %s"
    assert failure["request"] == response["X-Request-ID"]
    assert (failure["method"], failure["route"]) == ("GET", "quiz:election")
    assert (failure["status"], failure["exception"]) == (500, "RuntimeError")
    assert failure["traceback"][0] == "KeyError"  # the cause comes first
    ours = r"stemhulp/quiz/views/public\.py:\d+ landing"
    assert any(re.fullmatch(ours, step) for step in failure["traceback"])
    assert failure["traceback"][-1] == "RuntimeError"


def test_line_of_a_request_says_its_route_and_not_its_address(client: Client) -> None:
    with logged() as said:
        response = client.get(f"{TOWN}stelling/3/")
    [line] = [each for each in lines(said) if each["logger"] == "stemhulp.requests"]
    assert (line["route"], line["status"]) == ("quiz:statement", response.status_code)
    assert "voorbeeldstad" not in said.getvalue()
    assert line["milliseconds"] > 0


def record(name: str, message: Any, *arguments: Any, error: BaseException | None = None) -> Any:
    told = (type(error), error, None) if error else None
    made = logging.LogRecord(name, logging.ERROR, "module.py", 7, message, arguments, told)
    return log.fields(made)


def test_message_of_ours_is_written_out() -> None:
    assert (
        record("parties.retries", "%s is tried later", "mail")["message"] == "mail is tried later"
    )


def test_message_of_others_is_its_template() -> None:
    said = record("allauth.account", "No account for %s", NEEDLE)
    assert said["message"] == "No account for %s"


def test_message_of_others_that_was_put_together_before_is_left_out() -> None:
    for message in (f"Invalid HTTP_HOST header: {NEEDLE}", ValueError(NEEDLE)):
        assert record("django.security", message)["message"] == "(module, line 7)"


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (ValueError(NEEDLE), "ValueError"),
        (OSError(28, "full", f"/srv/{NEEDLE}"), "OSError: No space left on device"),
        (psycopg.errors.UniqueViolation(NEEDLE), "UniqueViolation: SQLSTATE 23505"),
        (ExceptionGroup(NEEDLE, [ValueError(NEEDLE)]), "ExceptionGroup"),
    ],
)
def test_exception_is_told_by_its_class_and_never_by_its_text(
    error: BaseException, said: str
) -> None:
    told = record("stemhulp", "failed", error=error)
    assert told["exception"] == said
    assert NEEDLE not in str(told)


def test_endless_chain_of_exceptions_ends() -> None:
    one, other = ValueError(), KeyError()
    one.__cause__, other.__cause__ = other, one
    assert [type(each) for each in log.chain(one)] == [KeyError, ValueError]


def test_plain_line_stays_one_line_whatever_was_said() -> None:
    made = logging.LogRecord("stemhulp", logging.INFO, "", 1, "one\ntwo", None, None)
    assert PlainLines().format(made).endswith("INFO stemhulp one two")


def test_line_that_cannot_be_written_shows_nothing_of_it(
    capsys: pytest.CaptureFixture[str],
) -> None:
    handler = Console(io.StringIO())
    handler.setFormatter(JsonLines())
    wrong = logging.LogRecord("stemhulp", logging.INFO, "", 1, "%d", (NEEDLE,), None)
    handler.handle(wrong)
    assert capsys.readouterr().err == "A line of stemhulp could not be logged: TypeError\n"


def test_line_for_a_full_disk_is_lost_and_costs_nobody_a_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "log"
    with file.open("w", buffering=1) as log:
        monkeypatch.setattr("sys.stderr", log)
        handler = Console(log)
        with no_room():
            handler.handle(logging.LogRecord("stemhulp", logging.INFO, "", 1, "lost", None, None))
        handler.handle(logging.LogRecord("stemhulp", logging.INFO, "", 1, "kept", None, None))
        monkeypatch.undo()
    assert "kept\n" in file.read_text()


def test_thread_that_fails_says_so_without_the_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    log.catch_threads()
    with logged() as said:
        thread = threading.Thread(target=failing)
        thread.start()
        thread.join()
    [line] = lines(said)
    assert (line["logger"], line["exception"]) == ("stemhulp.threads", "RuntimeError")
    assert NEEDLE not in said.getvalue()


def test_proxys_name_of_a_request_is_kept(client: Client, settings: Settings) -> None:
    settings.BEHIND_PROXY = True
    name = "0123456789abcdef0123456789abcdef"
    assert client.get("/", headers={"X-Request-ID": name})["X-Request-ID"] == name


@pytest.mark.parametrize("proposed", [NEEDLE, "", "g" * 32, "a" * 33, "a" * 31, "1.2.3.4"])
def test_name_that_is_none_is_replaced(client: Client, settings: Settings, proposed: str) -> None:
    settings.BEHIND_PROXY = True
    given = client.get("/", headers={"X-Request-ID": proposed})["X-Request-ID"]
    assert given != proposed
    assert re.fullmatch("[0-9a-f]{32}", given)


def test_without_a_proxy_nobody_names_a_request(client: Client) -> None:
    name = "0123456789abcdef0123456789abcdef"
    assert client.get("/", headers={"X-Request-ID": name})["X-Request-ID"] != name


def test_each_request_has_a_name_of_its_own(client: Client) -> None:
    assert client.get("/")["X-Request-ID"] != client.get("/")["X-Request-ID"]


def test_beside_the_requests_there_is_none() -> None:
    assert "request" not in record("stemhulp", "beside")


def test_request_that_is_too_much_writes_no_error(client: Client) -> None:
    """Anybody may send it: the line about the request says enough."""
    with logged() as written:
        response = client.post("/api/v1/match", "x" * 2**22, content_type="application/json")
    assert response.status_code == 413
    found = lines(written)
    assert [each["status"] for each in found if "status" in each] == [413]
    assert {each["level"] for each in found} <= {"DEBUG", "INFO"}
