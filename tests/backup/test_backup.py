"""What is kept comes back whole, into an empty server, and nothing else is touched."""

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest
from django.conf import settings

from stemhulp.backup import BackupError, programs
from stemhulp.backup.contents import damages
from stemhulp.backup.keeping import make, record_of, restore
from stemhulp.local.postgres import Cluster
from tests.local import copies
from tests.local.programs import need_postgres
from tests.local.runs import remove_elsewhere

pytestmark = pytest.mark.django_db  # has the demo loaded; what is read, is read beside it
NOW = datetime(2026, 3, 18, 21, 30, tzinfo=UTC)


@pytest.fixture(scope="session")
def source(django_db_setup: None) -> str:
    return copies.address()


@pytest.fixture(scope="module")
def backup(source: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("backup") / "stemhulp.dump"
    make(source, file)
    return file


@pytest.fixture(scope="module")
def empty_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Another server, in which nothing ever was."""
    need_postgres()
    home = tmp_path_factory.mktemp("server")
    with Cluster(home / "postgres", durable=False).running() as url:
        yield url
    remove_elsewhere(home)


@pytest.fixture
def target(empty_server: str) -> Iterator[str]:
    """An empty database on it."""
    with psycopg.connect(empty_server, autocommit=True) as server:
        server.execute("CREATE DATABASE back")
        yield urlsplit(empty_server)._replace(path="/back").geturl()
        server.execute("DROP DATABASE back WITH (FORCE)")


def rows(url: str, query: str) -> list[tuple[Any, ...]]:
    with psycopg.connect(url, options="-c TimeZone=UTC") as found:
        return found.execute(query.encode()).fetchall()


def test_every_edition_and_every_revision_comes_back(
    source: str, backup: Path, target: str
) -> None:
    restore(target, backup, force=False, at=NOW)
    editions = rows(target, "SELECT digest, document FROM editions_publishededition")
    assert len(editions) >= 4
    assert all(hashlib.sha256(document).hexdigest() == digest for digest, document in editions)
    for table in ("editions_publishededition", "statements_revision", "parties_event"):
        query = f"SELECT md5(string_agg(t::text, '|' ORDER BY t::text)), count(*) FROM {table} t"  # noqa: S608
        assert rows(target, query) == rows(source, query), table


def test_what_is_restored_is_guarded_and_goes_on_counting(backup: Path, target: str) -> None:
    restore(target, backup, force=False, at=NOW)
    with psycopg.connect(target, autocommit=True) as found:
        with pytest.raises(psycopg.errors.IntegrityConstraintViolation):
            found.execute("UPDATE editions_publishededition SET digest = 'x'")
        with pytest.raises(psycopg.errors.IntegrityConstraintViolation):
            found.execute("DELETE FROM editions_publishededition")
        highest = found.execute("SELECT max(id) FROM parties_party").fetchone()
        following = found.execute(
            "SELECT nextval(pg_get_serial_sequence('parties_party', 'id'))"
        ).fetchone()
    assert highest is not None
    assert following is not None
    assert following[0] > highest[0]


def test_database_that_holds_something_is_left_as_it_is(backup: Path, target: str) -> None:
    with psycopg.connect(target) as found:
        found.execute("CREATE TABLE precious (id int)")
    with pytest.raises(BackupError, match="not empty"):
        restore(target, backup, force=False, at=NOW)
    assert rows(target, "SELECT count(*) FROM precious") == [(0,)]


def test_forced_it_is_replaced_and_kept_first(backup: Path, target: str, tmp_path: Path) -> None:
    with psycopg.connect(target) as found:
        found.execute("CREATE TABLE precious AS SELECT 7 AS number")
    here = tmp_path / backup.name
    here.write_bytes(backup.read_bytes())
    record_of(here).write_bytes(record_of(backup).read_bytes())
    restore(target, here, force=True, at=NOW)
    assert rows(target, "SELECT to_regclass('precious')") == [(None,)]
    kept = tmp_path / "stemhulp-replaced-20260318-213000.dump"
    restore(target, kept, force=True, at=NOW.replace(minute=31))
    assert rows(target, "SELECT number FROM precious") == [(7,)]


def test_damaged_backup_is_refused_before_anything_happens(backup: Path, tmp_path: Path) -> None:
    damaged = tmp_path / "damaged.dump"
    damaged.write_bytes(backup.read_bytes()[:-1] + b"x")
    with pytest.raises(BackupError, match="both needed"):
        restore("postgres://nowhere.invalid/", damaged, force=True, at=NOW)
    record_of(damaged).write_bytes(record_of(backup).read_bytes())
    with pytest.raises(BackupError, match="is damaged"):
        restore("postgres://nowhere.invalid/", damaged, force=True, at=NOW)


def test_what_fails_half_way_changes_nothing(backup: Path, target: str, tmp_path: Path) -> None:
    """An index that cannot be made, because the dump was altered by someone who signed it anew."""
    with psycopg.connect(target) as found:
        found.execute("CREATE TABLE precious AS SELECT 7 AS number")
    broken = tmp_path / "broken.dump"
    broken.write_bytes(backup.read_bytes()[: len(backup.read_bytes()) // 2])
    record = json.loads(record_of(backup).read_text())
    record["sha256"] = hashlib.sha256(broken.read_bytes()).hexdigest()
    record_of(broken).write_text(json.dumps(record))
    with pytest.raises(BackupError, match="failed"):
        restore(target, broken, force=True, at=NOW)
    assert rows(target, "SELECT number FROM precious") == [(7,)]


def test_row_that_is_lost_on_the_way_is_told(backup: Path, target: str, tmp_path: Path) -> None:
    record = json.loads(record_of(backup).read_text())
    record["tables"]["statements_revision"][0] += 1
    record["tables"]["statements_revision"][1] = "another"
    here = tmp_path / "other.dump"
    here.write_bytes(backup.read_bytes())
    record_of(here).write_text(json.dumps(record))
    with pytest.raises(BackupError, match="statements_revision had"):
        restore(target, here, force=False, at=NOW)


def test_edition_that_was_tampered_with_is_told(backup: Path, target: str) -> None:
    restore(target, backup, force=False, at=NOW)
    with psycopg.connect(target) as found:
        editions = "ALTER TABLE editions_publishededition"
        found.execute(f"{editions} DISABLE TRIGGER USER")
        found.execute(f"{editions} DROP CONSTRAINT edition_digest_is_of_its_document")
        found.execute("UPDATE editions_publishededition SET document = 'x' WHERE number = 1")
        assert any("is damaged" in each for each in damages(found))


def test_backup_holds_people_and_is_for_its_owner_only(backup: Path, source: str) -> None:
    assert backup.stat().st_mode & 0o077 == 0
    with pytest.raises(BackupError, match="never overwritten"):
        make(source, backup)


def test_password_is_no_argument_of_a_program() -> None:
    told = programs.as_variables("postgres://u:secret@h1:5432,h2:5433/d?target_session_attrs=any")
    assert told == {
        "PGUSER": "u",
        "PGPASSWORD": "secret",
        "PGDATABASE": "d",
        "PGHOST": "h1,h2",
        "PGPORT": "5432,5433",
        "PGTARGETSESSIONATTRS": "any",
    }


def test_commands_say_what_they_did(source: str, target: str, tmp_path: Path) -> None:
    file = tmp_path / "all.dump"
    for url, *arguments in (
        (source, "make", str(file)),
        (target, "restore", str(file)),
        (target, "verify"),
    ):
        done = subprocess.run(
            [sys.executable, "-m", "stemhulp.backup", *arguments],
            cwd=settings.BASE_DIR,
            env=os.environ | {"DATABASE_URL": url},
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stderr
        assert "editions" in done.stdout
    again = subprocess.run(
        [sys.executable, "-m", "stemhulp.backup", "restore", str(file)],
        cwd=settings.BASE_DIR,
        env=os.environ | {"DATABASE_URL": target},
        capture_output=True,
        text=True,
    )
    assert (again.returncode, "not empty" in again.stderr) == (1, True)
