"""Programs that a machine may lack: a test that needs one is skipped there, and says so."""

import os
import shutil

import pytest

from stemhulp.local.postgres import PostgresError, find_binaries


def where(name: str) -> str | None:
    """Also where only root's PATH leads."""
    return shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")


def program(name: str) -> str:
    """Where it is. With REQUIRE_SERVERS=1 a missing one is a failure."""
    found = where(name)
    if found is None:
        reason = f"{name} is not installed (on Debian: apt-get install haproxy pgbouncer nginx)"
        if os.environ.get("REQUIRE_SERVERS"):
            pytest.fail(reason)
        pytest.skip(reason)
    return found


def need_postgres() -> None:
    """Those of PostgreSQL, for a server of one's own."""
    try:
        find_binaries()
    except PostgresError as error:
        pytest.skip(str(error))
