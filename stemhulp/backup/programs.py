"""PostgreSQL's own pg_dump and pg_restore, of the version that fits the server."""

import contextlib
import os
import re
import shutil
import subprocess
from pathlib import Path

import psycopg
from psycopg.pq import Conninfo

from stemhulp.backup import BackupError
from stemhulp.local.postgres import PostgresError, find_binaries


def run(name: str, connection: psycopg.Connection, url: str, *arguments: str) -> None:
    """Raises BackupError with what the program said."""
    told = os.environ | {"PGCONNECT_TIMEOUT": "10"} | as_variables(url)
    command = [str(folder_for(connection) / name), *arguments]
    done = subprocess.run(command, env=told, capture_output=True, text=True, check=False)
    if done.returncode:
        raise BackupError(f"{name} failed:\n{done.stderr.strip()}")


def as_variables(url: str) -> dict[str, str]:
    """Where the database is, for libpq: not as arguments, which everyone on the machine may see."""
    options = Conninfo.parse(url.encode())
    return {each.envvar.decode(): each.val.decode() for each in options if each.val and each.envvar}


def folder_for(connection: psycopg.Connection) -> Path:
    """A program may be newer than the server, but then its dump does not go back into it.

    So the same version is looked for first, then the nearest newer one.
    """
    wanted = connection.info.server_version // 10_000
    found = {_version(folder): folder for folder in _folders()}
    fitting = sorted(version for version in found if version >= wanted)
    if not fitting:
        raise BackupError(
            f"The server is PostgreSQL {wanted}, and no pg_dump of that version is here. Install "
            f"postgresql-client-{wanted}, or name its folder in PG_BIN."
        )
    return found[fitting[0]]


def _folders() -> list[Path]:
    """PG_BIN, if it is set, is the only one."""
    if chosen := os.environ.get("PG_BIN"):
        return [Path(chosen)]
    on_path = [Path(found).resolve().parent for found in [shutil.which("pg_dump")] if found]
    installed = [*Path("/usr/lib/postgresql").glob("*/bin"), *on_path]
    with contextlib.suppress(PostgresError):  # a server has programs for clients beside it
        installed.append(find_binaries())
    return [folder for folder in installed if (folder / "pg_dump").exists()]


def _version(folder: Path) -> int:
    command = [str(folder / "pg_dump"), "--version"]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    found = re.search(r"\(PostgreSQL\) (\d+)", told)
    return int(found[1]) if found else 0
