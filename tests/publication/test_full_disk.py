"""Publishing while the disk is full: the edition stands, its files follow when there is room."""

import io
import os
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.conf import settings as configuration
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from pytest_django import DjangoCaptureOnCommitCallbacks
from pytest_django.fixtures import Settings

from stemhulp.editions import store
from stemhulp.editions.publishing import publish
from stemhulp.opendata.build import build
from stemhulp.opendata.built import built
from stemhulp.opendata.tasks import RETRY, after_publishing, keep_up
from stemhulp.publication.following import NOT_YET
from stemhulp.quiz import shelf
from tests.curation.staff import enter, national
from tests.disks import fill, half_done, no_room, small_disk
from tests.handouts.samples import preview_card
from tests.publication.staging import TOWN, contest, press, rename
from tests.quiz.browser import text

pytestmark = pytest.mark.django_db
VOTER = "/gr2022/voorbeeldstad/"
DOWNLOAD = "/open-data/gr2022/voorbeeldstad/positions.csv"
DATABASE = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
IMMEDIATE = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}


@pytest.fixture(autouse=True)
def folders(settings: Settings, tmp_path: Path) -> Path:
    """Everything that is kept as files lies below this one."""
    settings.HANDOUTS_FOLDER = tmp_path / "handouts"
    return tmp_path


def publish_changed(name: str = "Andere naam") -> None:
    rename(name=name)
    publish(contest(), "Iemand", timezone.now(), "Verbeterd")


def test_edition_is_published_and_shown_and_its_files_follow_when_there_is_room(
    client: Client,
    folders: Path,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    build("gr2022", timezone.now())
    before = client.get(DOWNLOAD).getvalue()
    enter(client, national())
    rename()
    with no_room(), django_capture_on_commit_callbacks(execute=True):
        assert press(client, TOWN).status_code == 302
    store.clear()  # another process, started while the disk is full
    with no_room():
        page = text(client.get(VOTER))
        assert "Andere naam" in page
        health = client.get("/health/editions")
        assert (health.status_code, health.json()["editions"]) == (200, 5)
        assert health.json()["unkept_since"] is not None
        assert NOT_YET in text(client.get(TOWN))
    assert contest().editions.count() == 2
    assert client.get(DOWNLOAD).getvalue() == before  # whole, of the edition before
    assert half_done(folders) == []

    call_command("build_open_data", stdout=io.StringIO())
    store._store.refresh()
    assert client.get("/health/editions").json()["unkept_since"] is None
    assert b"Andere naam" in client.get(DOWNLOAD).getvalue()
    assert NOT_YET not in text(client.get(TOWN))
    assert half_done(folders) == []


@pytest.mark.parametrize("beyond", [0, 3_000, 30_000, 300_000])
def test_full_disk_leaves_what_was_built_wherever_it_is_met(folders: Path, beyond: int) -> None:
    before = build("gr2022", timezone.now())
    publish_changed()
    store.catch_up()
    with no_room(beyond), pytest.raises(OSError, match="too large"):
        build("gr2022", timezone.now())
    assert built("gr2022") == before
    assert half_done(folders) == []
    made: list[str] = []
    build("gr2022", timezone.now(), told=made.append)
    assert set(made) <= {"voorbeeldstad"}
    assert contest().editions.count() == 2


def test_what_is_built_but_cannot_be_pointed_to_waits(folders: Path) -> None:
    build("gr2022", timezone.now())
    (Path(configuration.OPENDATA_FOLDER) / "gr2022" / "current.json").unlink()
    with no_room(), pytest.raises(OSError, match="too large"):
        build("gr2022", timezone.now())
    assert built("gr2022") is None
    assert half_done(folders) == []


def test_what_killed_builders_left_makes_room_for_the_next(
    folders: Path, settings: Settings
) -> None:
    """Else it might never fit again."""
    with small_disk(folders / "disk", "32m") as disk:
        settings.OPENDATA_FOLDER = disk
        left = disk / "gr2022" / ".new-killed"
        left.mkdir(parents=True)
        fill(left)
        assert build("gr2022", timezone.now()).contests
        assert half_done(disk) == []


def test_what_does_not_fit_is_tried_again_once_for_all_publications(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.TASKS = DATABASE
    publish_changed()
    with no_room():
        assert keep_up.call("gr2022") is False
        assert keep_up.call("gr2022") is False
    assert "Files of gr2022 are not built yet: File too large" in caplog.text
    [later] = DBTaskResult.objects.all()
    assert not DBTaskResult.objects.ready().exists()
    with time_machine.travel(timezone.now() + RETRY + timedelta(seconds=1)):
        assert list(DBTaskResult.objects.ready()) == [later]
        assert keep_up.call(*later.args_kwargs["args"]) is True
    found = built("gr2022")
    assert found is not None
    assert found.contests["voorbeeldstad"].imprint.number == 2


def test_where_nothing_works_beside_the_requests_it_is_known_at_once(settings: Settings) -> None:
    settings.TASKS = IMMEDIATE
    publish_changed()
    with no_room():
        assert after_publishing("gr2022") is False
    assert after_publishing("gr2022") is True


def test_command_says_that_it_was_published_and_what_is_left_to_do(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    rename()
    said, warned = io.StringIO(), io.StringIO()
    with no_room(), django_capture_on_commit_callbacks(execute=True):
        call_command(
            "publish",
            *("--election", "gr2022", "--municipality", "voorbeeldstad"),
            stdout=said,
            stderr=warned,
        )
    assert "1 published" in said.getvalue()
    assert "make room, then run build_open_data" in warned.getvalue()


@pytest.mark.parametrize("write", ["edition", "handout"])
def test_full_disk_keeps_no_file_and_leaves_none(
    folders: Path, caplog: pytest.LogCaptureFixture, write: str
) -> None:
    asked: dict[str, Callable[[], bytes]] = {
        "edition": lambda: store.document(store.imprints("gr2022", "voorbeeldstad")[-1]),
        "handout": lambda: shelf.kept(preview_card(), ".png", lambda: b"x" * 9_000),
    }
    with no_room():
        given = asked[write]()
    assert len(given) >= 9_000
    assert "could not be kept: File too large" in caplog.text
    assert [each for each in folders.rglob("*") if each.is_file() and each.stat().st_size] == []
    assert half_done(folders) == []
    assert asked[write]() == given


def test_full_disk_is_logged_once_each_time_and_not_for_each_contest(
    caplog: pytest.LogCaptureFixture,
) -> None:
    store.catch_up()
    with no_room():
        store._store._guided = -1e9
        store._store.refresh()
        store._store._keep_documents()
    assert caplog.text.count("could not be kept") == 1
    store._store.refresh()
    store._store._keep_documents()
    kept = {each.name for each in Path(configuration.EDITIONS_FOLDER).iterdir()}
    assert len(kept) == 1 + 4  # what is known, and the edition of each contest


def test_file_that_a_killed_process_began_is_removed_by_the_next(
    folders: Path, settings: Settings
) -> None:
    folder = folders / "left"
    folder.mkdir()
    settings.EDITIONS_FOLDER = folder
    old, new = folder / ".new-killed", folder / ".new-at-work"
    for each in (old, new):
        each.write_bytes(b"half")
    os.utime(old, (0, time.time() - 2 * 60 * 60))
    store.catch_up()
    assert half_done(folder) == [new.name]
