"""Make a backup; restore one. Each is done wholly or not at all."""

import contextlib
import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

import psycopg

from stemhulp.backup import BackupError, programs
from stemhulp.backup.contents import Contents, is_empty

EMPTIED = "DROP SCHEMA public CASCADE; CREATE SCHEMA public;"


def make(url: str, to: Path) -> Contents:
    """Write the database to a file for pg_restore, and beside it what must come back of it.

    Both see the same moment: pg_dump is handed the snapshot of the transaction that counts. Raises
    BackupError; nothing is left then.
    """
    if to.exists():
        raise BackupError(f"{to} is there already; a backup is never overwritten.")
    to.parent.mkdir(parents=True, exist_ok=True)
    unfinished = to.with_name(f".{to.name}.unfinished")
    unfinished.touch(mode=0o600)  # it holds names and addresses of people
    try:
        with _transaction(url, read_only=True) as connection:
            [snapshot] = connection.execute("SELECT pg_export_snapshot()").fetchone() or [""]
            form = ("--format=custom", "--no-owner", "--no-privileges")
            whereto = (f"--snapshot={snapshot}", f"--file={unfinished}")
            programs.run("pg_dump", connection, url, *form, *whereto)
            contents = Contents.of(connection)
            server = connection.info.server_version // 10_000
        record = {"sha256": _sha256(unfinished), "postgresql": server, **asdict(contents)}
        record_of(to).write_text(json.dumps(record, indent=1))
        unfinished.rename(to)
    finally:
        unfinished.unlink(missing_ok=True)
    return contents


def restore(url: str, source: Path, *, force: bool, at: datetime) -> Contents:
    """Put a backup into an empty database, and prove that all of it is there.

    With `force`, the database may hold something: that is kept in a backup of its own first, and
    replaced in the same transaction that brings the other back. Raises BackupError.
    """
    expected = _checked(source)
    with _transaction(url, read_only=True) as connection:
        fresh = is_empty(connection)
    if not fresh and not force:
        raise BackupError(
            "This database is not empty. Restore into a new one, or say FORCE=1: what is there now "
            "is kept in a file beside the backup first."
        )
    if not fresh:
        make(url, source.with_name(f"{source.stem}-replaced-{at:%Y%m%d-%H%M%S}.dump"))
    _put_back(url, source, replace=not fresh)
    with _transaction(url) as connection:
        if faults := expected.faults(connection):
            raise BackupError("What came back is not what was kept:\n  " + "\n  ".join(faults))
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("ANALYZE")
    return expected


def record_of(backup: Path) -> Path:
    """The file beside it, with its SHA-256 and what the database held."""
    return backup.with_name(f"{backup.name}.json")


def _put_back(url: str, source: Path, *, replace: bool) -> None:
    script = source.with_name(f".{source.name}.sql")
    script.touch(mode=0o600)
    try:
        with psycopg.connect(url) as connection:
            plain = ("--no-owner", "--no-privileges", f"--file={script}", str(source))
            programs.run("pg_restore", connection, url, *plain)
            if replace:
                script.write_text(f"{EMPTIED}\n{script.read_text()}")
            once = ("--single-transaction", "--set=ON_ERROR_STOP=1", "--quiet", "--no-psqlrc")
            programs.run("psql", connection, url, *once, f"--file={script}")
    finally:
        script.unlink(missing_ok=True)


def _checked(source: Path) -> Contents:
    if not source.exists() or not record_of(source).exists():
        raise BackupError(f"{source} and {record_of(source).name} beside it are both needed.")
    record = json.loads(record_of(source).read_text())
    if _sha256(source) != record["sha256"]:
        raise BackupError(f"{source} is damaged: it has not the SHA-256 that was written down.")
    return Contents.read(record)


@contextlib.contextmanager
def _transaction(url: str, *, read_only: bool = False) -> Iterator[psycopg.Connection]:
    try:
        connection = psycopg.connect(url, connect_timeout=10)
    except psycopg.OperationalError as error:
        raise BackupError(f"The database cannot be reached: {error}") from error
    with connection:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        connection.read_only = read_only
        yield connection


def _sha256(file: Path) -> str:
    with file.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()
