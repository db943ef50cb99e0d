"""Who asks too often is told so, and for how long; nobody else is."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone
from pytest_django.fixtures import DjangoAssertNumQueries, Settings

from parties.accounts.limits import address_of, longest, sealed
from stemhulp.secure import limits
from stemhulp.secure.limits import LOCK, MINUTE, Counts, action_of
from tests.curation.staff import BULK, SEND, enter, member, national
from tests.parties.people import ask_code, secret_of, shown
from tests.quiz.browser import TOWN, Browser, begin

pytestmark = pytest.mark.django_db
HOME = "93.184.215.14"  # somebody's, anywhere


def school(**headers: str) -> Client:
    """A browser behind an address that many share."""
    return Browser(headers=headers, REMOTE_ADDR=HOME)


LIST = "/partij/gr2022/voorbeeldstad/groen-voorbeeldstad/"
NOON = "2026-11-26T12:00:00+00:00"


@pytest.fixture(autouse=True)
def nobody_asked_before(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """And nothing is told to others beside the requests."""
    monkeypatch.setattr(Counts, "_exchange_aside", lambda self: None)
    limits.counts.clear()
    yield
    limits.counts.clear()


def waits(response: Any, minutes: int) -> str:
    assert response.status_code == 429
    assert response["Retry-After"] == str(minutes * 60)
    assert "no-store" in response["Cache-Control"]
    return shown(response)


# People with an account


def sign_in(email: str = "iemand@example.nl", **sent: str) -> Any:
    """Each time in a browser of its own: one that waits for a code gets no other."""
    return ask_code(Client(headers=sent), email)


def test_code_for_one_address_is_not_mailed_on_and_on(mailoutbox: Any) -> None:
    for _ in range(4):
        assert sign_in().status_code == 302
    page = waits(sign_in(), 5)
    assert "Wacht 5 minuten" in page
    assert len(mailoutbox) == 4


def test_one_place_does_not_ask_codes_for_a_whole_list(mailoutbox: Any) -> None:
    for number in range(30):
        assert sign_in(f"a{number}@example.nl").status_code == 302
    assert sign_in("nog-een@example.nl").status_code == 429
    assert len(mailoutbox) == 30
    elsewhere = Client(REMOTE_ADDR=HOME)
    assert ask_code(elsewhere, "elders@example.nl").status_code == 302


def test_invitations_are_not_guessed_on_and_on(client: Client) -> None:
    path = reverse("invitation", args=["geraden"])
    for _ in range(30):
        assert client.post(path, {"name": "x"}).status_code == 404
    page = waits(client.post(path, {"name": "Fatima"}), 1)
    assert "Wacht een minuut" in page
    assert "Fatima" in page  # what was typed is given back


def party_file(client: Client) -> Any:
    file = SimpleUploadedFile("x.xlsx", b"x")
    return client.post(f"{LIST}spreadsheet/", {"bestand": file})


def table(client: Client) -> Any:
    return client.post(BULK, {"tabel": "x"})


def ballot_file(client: Client) -> Any:
    return client.post(reverse("curation:read_file", args=["gr2022"]), {})


def election_tables(client: Client) -> Any:
    return client.post(reverse("curation:read_tables", args=["gr2022"]), {})


@pytest.mark.parametrize("upload", [party_file, table, ballot_file, election_tables])
def test_files_are_not_read_on_and_on(client: Client, upload: Callable[[Client], Any]) -> None:
    if upload is party_file:
        enter(client, member(), second_factor=False)
    else:
        enter(client, national())
    for _ in range(20):
        assert upload(client).status_code in {200, 422}
    assert "Wacht 5 minuten" in waits(upload(client), 5)
    assert client.get(BULK if upload is not party_file else LIST).status_code == 200


def test_every_view_that_takes_a_file_counts_how_often(client: Client) -> None:
    """One that is added later is not forgotten: request.FILES stands only where `upload` does."""
    from django.conf import settings as configuration  # noqa: PLC0415

    for room in ("statements", "stemhulp", "parties"):
        for path in (configuration.BASE_DIR / room).rglob("*.py"):
            text = path.read_text()
            if "request.FILES" in text:
                assert '@limited("upload"' in text, path


def test_invitations_are_not_sent_on_and_on(client: Client) -> None:
    enter(client, national())
    for _ in range(30):
        client.post(SEND, {"payload": "x"})
    assert "Wacht 10 minuten" in waits(client.post(SEND, {"payload": "x"}), 10)


def test_one_person_is_held_up_and_a_colleague_is_not(client: Client) -> None:
    enter(client, national())
    for _ in range(21):
        table(client)
    other = Client()
    enter(other, member(), second_factor=False)
    assert party_file(other).status_code == 422


def test_wait_is_as_long_as_said() -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        for _ in range(5):
            response = sign_in()
        assert response.status_code == 429
        clock.shift(int(response["Retry-After"]) - 1)
        assert sign_in().status_code == 429
        clock.shift(1)
        assert sign_in().status_code == 302


def test_clock_that_is_set_back_refuses_nobody_for_longer_than_was_said(mailoutbox: Any) -> None:
    now = timezone.now()
    with time_machine.travel(now, tick=False):
        for _ in range(4):
            assert sign_in().status_code == 302
        assert sign_in().status_code == 429
    with time_machine.travel(now - timedelta(hours=1), tick=False):
        assert [sign_in().status_code for _ in range(5)] == [302] * 4 + [429]
    with time_machine.travel(now - timedelta(minutes=54), tick=False):
        assert sign_in().status_code == 302


def test_second_factor_is_not_guessed_on_and_on() -> None:
    user = national()
    secret_of(user)
    client = Client()
    for _ in range(6):
        client.force_login(user)
        response = client.post(reverse("mfa_reauthenticate"), {"code": "000000"})
    assert response.status_code == 429


def test_counts_are_shared_by_all_processes() -> None:
    """They stand in the database, or where CACHE_URL says; not in this process."""
    for _ in range(4):
        sign_in()
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key, value FROM stemhulp_cache")
        rows = cursor.fetchall()
    assert len(rows) >= 2
    assert all(re.fullmatch(r"[0-9a-f]{64}", key) for key, _ in rows)


# Keys


def test_key_tells_nothing_of_an_address_and_is_another_one_tomorrow(settings: Settings) -> None:
    key = f"allauth:rl:login:ip:{HOME}"
    with time_machine.travel(NOON, tick=False):
        today = sealed(key, "", 1)
        other = sealed("allauth:rl:login:0123", "", 1)
        assert HOME not in today
        assert today == sealed(key, "", 1)
    with time_machine.travel("2026-11-27T00:00:01+00:00", tick=False):
        assert sealed(key, "", 1) != today
        assert sealed("allauth:rl:login:0123", "", 1) == other  # a used code stays used
    settings.SECRET_KEY = "another" * 9
    with time_machine.travel(NOON, tick=False):
        assert sealed(key, "", 1) != today


def test_table_of_limits_is_not_emptied_by_an_attack(settings: Settings) -> None:
    assert settings.CACHES["default"]["OPTIONS"]["MAX_ENTRIES"] >= 100_000


# Where somebody is


def asked(address: str = "10.0.0.1", forwarded: str | None = None) -> HttpRequest:
    sent = {} if forwarded is None else {"HTTP_X_FORWARDED_FOR": forwarded}
    return RequestFactory().get("/", REMOTE_ADDR=address, **sent)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("hops", "forwarded", "found"),
    [
        (0, "1.1.1.1", "10.0.0.1"),
        (1, "6.6.6.6, 1.1.1.1", "1.1.1.1"),
        (1, "1.1.1.1", "1.1.1.1"),
        (2, "6.6.6.6, 1.1.1.1, 9.9.9.9", "1.1.1.1"),
        (2, "1.1.1.1", "10.0.0.1"),
        (1, None, "10.0.0.1"),
        (1, "geen adres", ""),
        (1, "", "10.0.0.1"),
        (1, "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        (1, "[2001:db8:1:2::9]", "2001:db8:1:2::"),
        (1, "::ffff:1.1.1.1", "1.1.1.1"),
    ],
)
def test_only_so_many_hops_are_believed(
    settings: Settings, hops: int, forwarded: str | None, found: str
) -> None:
    settings.BEHIND_PROXY = hops
    assert address_of(asked(forwarded=forwarded)) == found


def test_header_that_anybody_can_write_frees_nobody(settings: Settings) -> None:
    settings.BEHIND_PROXY = 1
    for number in range(31):
        forged = {"X-Forwarded-For": f"1.2.3.{number}, {HOME}"}
        response = sign_in(f"a{number}@example.nl", **forged)
    assert response.status_code == 429


def test_who_goes_around_the_proxies_gets_no_error(client: Client, settings: Settings) -> None:
    settings.BEHIND_PROXY = 2
    response = client.post(
        reverse("account_login"), {"email": "a@example.nl"}, headers={"X-Forwarded-For": "x"}
    )
    assert response.status_code == 302


# Voters, and programs


@pytest.mark.parametrize(
    ("method", "path", "action"),
    [
        ("get", "/?plaats=utrecht", "search"),
        ("get", "/gr2022/?plaats=3511", "search"),
        ("get", "/api/v1/elections", "api"),
        ("post", "/api/v1/match", "match"),
        ("post", f"{TOWN}uitslag/pdf/", "documents"),
        ("get", f"{TOWN}uitslag/afbeelding.png", "documents"),
        ("get", "/", ""),
        ("get", TOWN, ""),
        ("post", f"{TOWN}stelling/1/", ""),
        ("get", f"{TOWN}uitslag/", ""),
    ],
)
def test_only_what_costs_much_is_counted(method: str, path: str, action: str) -> None:
    assert action_of(getattr(RequestFactory(), method)(path)) == action


def test_school_behind_one_address_is_never_refused(settings: Settings) -> None:
    """300 pupils in one minute: each types a name of eight letters, and takes the result along."""
    bounds = settings.ADDRESS_LIMITS
    assert bounds["search"] >= 300 * 8
    assert bounds["documents"] >= 300 * 2


def test_voter_who_searches_too_often_reads_why(
    settings: Settings, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    settings.ADDRESS_LIMITS = {"search": 3}
    client = school()
    client.get(TOWN)  # what is known is in memory
    with time_machine.travel("2026-11-26T12:00:20+00:00", tick=False) as clock:
        with django_assert_num_queries(0):
            for _ in range(3):
                assert client.get("/", {"plaats": "utrecht"}).status_code == 302
            response = client.get("/", {"plaats": "utrecht"})
        assert response.status_code == 429
        assert response["Retry-After"] == "40"
        page = shown(response)
        assert "Er komt te veel tegelijk van jouw netwerk" in page
        assert page.count("<h1") == 1
        assert client.get(TOWN).status_code == 200  # the quiz goes on
        assert Client(REMOTE_ADDR="8.8.8.8").get("/", {"plaats": "utrecht"}).status_code == 302
        clock.shift(40)
        assert client.get("/", {"plaats": "utrecht"}).status_code == 302


def test_refusal_is_within_the_venue(settings: Settings) -> None:
    settings.ADDRESS_LIMITS = {"search": 0}
    response: Any = school().get("/kiosk/", {"plaats": "utrecht"})
    assert response.status_code == 429
    assert 'href="/kiosk/"' in shown(response)


def test_document_that_was_refused_costs_no_answers(settings: Settings) -> None:
    settings.ADDRESS_LIMITS = {"documents": 0}
    client = school(**{"Sec-Fetch-Site": "same-origin"})
    begin(client)
    assert client.post(f"{TOWN}uitslag/pdf/").status_code == 429
    assert client.get(f"{TOWN}stelling/1/").status_code == 200


@pytest.mark.parametrize(("method", "action"), [("get", "api"), ("post", "match")])
def test_program_reads_it_as_any_other_problem(
    settings: Settings, method: str, action: str
) -> None:
    settings.ADDRESS_LIMITS = {action: 0}
    response = getattr(school(), method)("/api/v1/elections")
    assert response.status_code == 429
    assert response["Content-Type"] == "application/problem+json"
    assert 0 < int(response["Retry-After"]) <= MINUTE
    assert response.json()["status"] == 429


def test_proxy_that_nobody_told_of_does_not_stop_all_voters(settings: Settings) -> None:
    settings.ADDRESS_LIMITS = {"search": 0}
    inside = Client(REMOTE_ADDR="172.18.0.2")
    assert inside.get("/", {"plaats": "utrecht"}).status_code == 302
    settings.BEHIND_PROXY = 1
    assert (
        inside.get("/", {"plaats": "utrecht"}, headers={"X-Forwarded-For": HOME}).status_code == 429
    )


# Adding up


def key(minute: int = 7) -> tuple[str, str, int]:
    return ("match", "0f", minute)


def test_processes_add_up(settings: Settings) -> None:
    settings.ADDRESS_LIMITS = {"match": 100}
    one, two = Counts(), Counts()
    for _ in range(40):
        one.add(key())
        two.add(key())
    one.exchange(7)
    two.exchange(7)
    assert two.add(key()) == 81
    one.add(key())
    assert one.add(key()) == 42  # until it asks again
    for _ in range(5):
        one.add(key())
    one.exchange(7)
    assert one.add(key()) == 88


def test_address_that_asks_little_is_written_down_nowhere(settings: Settings) -> None:
    settings.ADDRESS_LIMITS = {"match": 100}
    one = Counts()
    for _ in range(4):
        one.add(key())
    one.exchange(7)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM stemhulp_cache")
        assert cursor.fetchone() == (0,)
    assert one.add(key()) == 5


def test_what_is_over_is_let_go_of(settings: Settings) -> None:
    settings.ADDRESS_LIMITS = {"match": 10}
    one = Counts()
    for minute in range(5):
        one.add(key(minute))
        one.exchange(minute)
    assert set(one.ours) | set(one.all_) == {key(4)}


def test_two_do_not_add_up_at_once(settings: Settings) -> None:
    settings.ADDRESS_LIMITS = {"match": 10}
    cache.add(LOCK, "taken", 5)
    one = Counts()
    one.add(key())
    one.exchange(7)
    assert one.ours[key()] == 1
    cache.delete(LOCK)
    one.exchange(7)
    assert one.all_[key()] == 1


def test_every_rate_says_how_long_it_is() -> None:
    assert [longest(each) for each in ("invitation", "invite", "upload")] == [60, 600, 300]
