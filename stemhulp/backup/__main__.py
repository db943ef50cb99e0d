"""`python -m stemhulp.backup make FILE`, `… restore FILE [--force]`, `… verify`.

The database is the one of DATABASE_URL or DATABASE_URL_FILE, else the demo's. `make backup` and
`make restore` call it.
"""

import argparse
import os
import sys
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

import psycopg

from stemhulp.backup import BackupError
from stemhulp.backup.contents import Contents, damages
from stemhulp.backup.keeping import make, restore
from stemhulp.local.environment import local_environment, local_home
from stemhulp.local.postgres import PostgresError


def main(arguments: list[str]) -> int:
    """An exit code; what was done is said on standard output."""
    chosen = _parser().parse_args(arguments)
    if path := os.environ.get("DATABASE_URL_FILE"):
        os.environ.setdefault("DATABASE_URL", Path(path).read_text().strip())
    now = datetime.now(UTC)
    try:
        with ExitStack() as kept:
            kept.enter_context(local_environment())
            said = _do(chosen, os.environ["DATABASE_URL"], now)
    except (BackupError, PostgresError) as error:
        print(error, file=sys.stderr)
        return 1
    print(said)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m stemhulp.backup")
    commands = parser.add_subparsers(dest="command", required=True)
    making = commands.add_parser("make", help="write everything the database holds to a file")
    making.add_argument("file", type=Path, nargs="?")
    restoring = commands.add_parser("restore", help="put it into an empty database, and check it")
    restoring.add_argument("file", type=Path)
    restoring.add_argument("--force", action="store_true", help="replace what the database holds")
    commands.add_parser("verify", help="check editions and numbers of the database as it is")
    return parser


def _do(chosen: argparse.Namespace, url: str, now: datetime) -> str:
    if chosen.command == "make":
        file = chosen.file or local_home() / "backups" / f"stemhulp-{now:%Y%m%d-%H%M%S}.dump"
        return f"Kept {_summary(make(url, file))} in {file}"
    if chosen.command == "restore":
        contents = restore(url, chosen.file, force=chosen.force, at=now)
        return f"Restored and verified {_summary(contents)}"
    with psycopg.connect(url) as connection:
        if wrong := damages(connection):
            raise BackupError("\n".join(wrong))
        return f"Verified {_summary(Contents.of(connection))}"


def _summary(contents: Contents) -> str:
    rows = sum(count for count, _ in contents.tables.values())
    editions = contents.tables.get("editions_publishededition", (0, ""))[0]
    revisions = contents.tables.get("statements_revision", (0, ""))[0]
    return (
        f"{len(contents.tables)} tables, {rows} rows: {editions} editions, {revisions} revisions, "
        f"{len(contents.guards)} triggers"
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
