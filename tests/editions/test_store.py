"""What a process knows and holds: from memory, from files, from the database, and without it."""

import json
import logging
import threading
import time
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from django.db import OperationalError
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings

from parties.models import Party
from statements.models import Position, Statement
from stemhulp.editions import store
from stemhulp.editions.edition import Edition
from stemhulp.editions.models import PublishedEdition
from stemhulp.editions.store import Known, Store
from tests.editions.republish import republish
from tests.quiz.browser import TOWN, answer_all, begin, text

pytestmark = pytest.mark.django_db


def current() -> Edition:
    found = store.edition("gr2022", "voorbeeldstad")
    assert found is not None
    return found


def test_edition_knows_what_it_is() -> None:
    row = PublishedEdition.objects.get(contest__municipality__slug="voorbeeldstad")
    imprint = current().imprint
    assert imprint is not None
    assert (imprint.number, imprint.digest) == (row.number, row.digest)


def test_edition_is_held_in_memory() -> None:
    assert current() is current()


def test_least_recently_used_makes_room(settings: Settings) -> None:
    settings.EDITIONS_MEMORY_MB = 0
    first = current()
    store.edition("gr2022", "utrecht")
    assert current() is not first
    assert current() == first


def test_refresh_that_waits_for_the_database_keeps_no_voter_waiting() -> None:
    first = current()
    store._store._editions.clear()  # so that it has to be read from its file
    found: list[Edition] = []
    with store._store._lock:
        voter = threading.Thread(target=lambda: found.append(current()), daemon=True)
        voter.start()
        voter.join(10)
    assert found == [first]


def test_nothing_new_is_one_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    current()
    with django_assert_num_queries(1):
        store._store.refresh()


def test_new_edition_shows_after_a_refresh() -> None:
    before = current()
    held = store._store
    Party.objects.filter(slug="groen-voorbeeldstad").update(name="Anders")
    republish(reason="Naam verbeterd")
    held.refresh()
    after = held.edition("gr2022", "voorbeeldstad")
    assert after is not None
    assert after.imprint is not None
    assert after.imprint.number == 2
    assert (before.parties[0].name, after.parties[0].name) == ("Groen Voorbeeldstad", "Anders")


def test_what_is_known_is_served_when_the_database_is_gone(
    client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    begin(client)
    monkeypatch.setattr("django.db.backends.utils.CursorWrapper.execute", gone)
    with caplog.at_level(logging.WARNING):
        store._store.refresh()
        store._store.refresh()
    assert len([each for each in caplog.records if "unreachable" in each.message]) == 1
    assert store.stale_since() is not None
    answer_all(client, 1)
    assert "Jouw uitslag" in text(client.get(f"{TOWN}uitslag/"))
    assert client.get("/?plaats=bergen").status_code == 200
    monkeypatch.undo()
    store._store.refresh()
    assert store.stale_since() is None


def gone(*args: object, **kwargs: object) -> None:
    raise OperationalError("connection refused")


def test_process_that_starts_without_a_database_serves_from_files(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = current()
    store.clear()
    monkeypatch.setattr("django.db.backends.utils.CursorWrapper.execute", gone)
    assert current() == first
    assert client.get("/?plaats=utrecht")["Location"] == "/gr2022/utrecht/"
    assert [each.slug for each in store.elections(date(2022, 1, 1))] == ["gr2022"]
    begin(client)
    answer_all(client, 1)
    assert "Jouw uitslag" in text(client.get(f"{TOWN}uitslag/"))


def test_edition_that_was_never_fetched_is_said_to_be_out_of_reach(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    current()
    monkeypatch.setattr("django.db.backends.utils.CursorWrapper.execute", gone)
    response = client.get("/gr2022/utrecht/")
    assert response.status_code == 503
    assert "even niet bereikbaar" in text(response)


def test_nothing_known_and_no_database_is_said_and_not_blamed_on_the_voter(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("django.db.backends.utils.CursorWrapper.execute", gone)
    for path in ("/", TOWN, f"{TOWN}uitslag/"):
        response = client.get(path)
        assert response.status_code == 503
        assert "ligt niet aan jou" in text(response)


@pytest.mark.parametrize("damage", [b"", b"{", b"half"])
def test_damaged_file_of_an_edition_is_ignored_and_reported(
    damage: bytes, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    first = current()
    assert first.imprint is not None
    path = Path(settings.EDITIONS_FOLDER) / f"{first.imprint.digest}.json"
    path.write_bytes(damage)
    store.clear()
    assert current() == first
    assert "damaged" in caplog.text
    assert path.read_bytes() != damage


@pytest.mark.parametrize("damage", ["", "[]", "{", '{"elections": 1}'])
def test_damaged_file_of_what_is_known_is_ignored_and_reported(
    damage: str,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    current()
    (Path(settings.EDITIONS_FOLDER) / "known.json").write_text(damage)
    store.clear()
    monkeypatch.setattr("django.db.backends.utils.CursorWrapper.execute", gone)
    assert store.edition("gr2022", "voorbeeldstad") is None
    assert "damaged" in caplog.text


def test_every_current_edition_is_kept_as_a_file(settings: Settings) -> None:
    current()
    store._store._keep_documents()
    kept = {path.stem for path in Path(settings.EDITIONS_FOLDER).glob("*.json")} - {"known"}
    assert kept == set(PublishedEdition.objects.current().values_list("digest", flat=True))


def test_file_of_what_is_known_is_whole_json(settings: Settings) -> None:
    current()
    content = json.loads((Path(settings.EDITIONS_FOLDER) / "known.json").read_text())
    assert set(content) == {"elections", "guides", "editions", "newest"}


def test_full_disk_is_logged_and_costs_nobody_a_page(
    settings: Settings, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    blocked = tmp_path / "a file, no folder"
    blocked.write_text("")
    settings.EDITIONS_FOLDER = blocked
    assert current().parties
    assert "could not be kept" in caplog.text


def test_exact_bytes_are_served_for_ever(client: Client) -> None:
    row = PublishedEdition.objects.get(contest__municipality__slug="voorbeeldstad")
    response = client.get(f"{TOWN}editie/1.json")
    assert response.content == bytes(row.document)
    assert response["Content-Type"] == "application/json"
    assert response["ETag"] == f'"{row.digest}"'
    assert "immutable" in response["Cache-Control"]


@pytest.mark.parametrize("number", ["0", "2", "99999999999999999999"])
def test_edition_that_does_not_exist_is_said(client: Client, number: str) -> None:
    response = client.get(f"{TOWN}editie/{number}.json")
    assert response.status_code == 404
    assert "Deze editie bestaat niet" in text(response)


def test_list_of_editions_says_what_changed_and_why(client: Client) -> None:
    Party.objects.filter(slug="groen-voorbeeldstad").update(name="Groener Voorbeeldstad")
    Position.objects.filter(party__slug="samen-voorbeeldstad", stance=2).update(stance=1)
    republish(reason="Twee verbeteringen")
    page = text(client.get(f"{TOWN}editie/"))
    assert 'Reden: <span lang="nl">Twee verbeteringen.</span>' in page
    assert "Groen Voorbeeldstad heet nu Groener Voorbeeldstad." in page
    assert "Samen Voorbeeldstad:" in page
    assert page.index("Editie 2") < page.index("Editie 1")


def test_health_says_what_is_served_and_since_when_it_is_stale(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    response = client.get("/health/editions")
    assert response.status_code == 200
    assert response.json() == {
        "stale_since": None,
        "unkept_since": None,
        "contests": 4,
        "editions": 4,
        "held_in_memory": 0,
    }
    monkeypatch.setattr("django.db.backends.utils.CursorWrapper.execute", gone)
    store._store.refresh()
    assert client.get("/health/editions").json()["stale_since"] is not None
    store.clear()
    monkeypatch.setattr("stemhulp.editions.files.Files.known", lambda self: None)
    assert client.get("/health/editions").status_code == 503


@pytest.mark.parametrize(
    "page", ["/", "/gr2022/purmerend/", TOWN, "/hoe-werkt-het/", f"{TOWN}editie/"]
)
def test_pages_without_answers_may_be_kept_by_any_cache(client: Client, page: str) -> None:
    response = client.get(page)
    for directive in ("public", "s-maxage=", "stale-while-revalidate=", "stale-if-error="):
        assert directive in response["Cache-Control"]
    assert "Cookie" not in response.get("Vary", "")
    assert not response.cookies
    again = client.get(page, headers={"If-None-Match": response["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_edition_file_need_not_be_sent_twice(client: Client) -> None:
    response = client.get(f"{TOWN}editie/1.json")
    again = client.get(f"{TOWN}editie/1.json", headers={"If-None-Match": response["ETag"]})
    assert again.status_code == 304


def test_voter_under_way_is_told_of_a_new_edition_once_and_loses_nothing(client: Client) -> None:
    begin(client)
    answer_all(client, 1)
    assert "is bijgewerkt" not in text(client.get(f"{TOWN}uitslag/"))
    Party.objects.filter(slug="groen-voorbeeldstad").update(name="Anders")
    republish()
    page = text(client.get(f"{TOWN}uitslag/"))
    assert "De stemhulp is bijgewerkt terwijl je bezig was" in page
    assert "editie 2" in page
    assert "24 van de 24 stellingen" in page
    assert "is bijgewerkt" not in text(client.get(f"{TOWN}uitslag/"))


def test_answer_to_a_statement_that_moved_is_not_given_to_another(client: Client) -> None:
    begin(client)
    answer_all(client, 1)
    shown = current().statements[0]
    Statement.objects.filter(key=shown.key).update(order=99)
    republish()
    response = client.post(f"{TOWN}stelling/1/", {"mening": "-2", "stelling": shown.key})
    assert response.status_code == 409
    assert "net bijgewerkt" in text(response)
    page = text(client.get(f"{TOWN}uitslag/"))
    assert "helemaal mee oneens" not in page.split("Stelling voor stelling")[0]
    assert "24 van de 24 stellingen" in page


def test_list_of_editions_reads_the_documents_once(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = client.get(f"{TOWN}editie/").content
    monkeypatch.setattr("stemhulp.quiz.views.public.changes", lambda *_: 1 / 0)
    assert client.get(f"{TOWN}editie/").content == first


def test_what_seems_unknown_waits_for_the_question_under_way(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A process that served nobody for a while does not deny what was published meanwhile."""
    settings.EDITIONS_REFRESH_SECONDS = 0
    kept, found = Store(), object()
    kept._known = Known()

    def refresh() -> None:
        time.sleep(0.2)
        kept._known = Known(guides={"gr2030": found})  # type: ignore[dict-item]

    monkeypatch.setattr(kept, "refresh", refresh)
    assert kept.guide("gr2030") is found


def test_nobody_waits_for_a_database_that_cannot_be_reached(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.EDITIONS_REFRESH_SECONDS = 0
    kept = Store()
    kept._known, kept.stale_since = Known(), timezone.now()
    monkeypatch.setattr(kept, "refresh", lambda: None)
    monkeypatch.setattr(kept._answered, "wait", lambda seconds: pytest.fail("It waits."))
    assert kept.guide("gr2030") is None


def test_edition_that_this_copy_of_the_database_lacks_is_out_of_reach() -> None:
    """As when a replica is behind: no voter is told that it never was."""
    unknown = replace(store.imprints("gr2022", "utrecht")[-1], digest="0" * 64)
    with pytest.raises(store.UnreachableError):
        store.document(unknown)
