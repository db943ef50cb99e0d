"""Prepares the ground before Django's settings are read: a database, a secret, a strict setup.

Loaded by pytest's `-p` (pyproject.toml), so that a bare `pytest` works on a machine with nothing
configured. With DATABASE_URL set, that server is used instead; the tests make and drop databases
of their own there and never touch the one it names.

On several cores (`-n`) each worker is a process that loads this as well. The first process starts
the server and hands down where it is, in DATABASE_URL; pytest-django makes a database per worker.
"""

import contextlib
import os
from pathlib import Path
from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

from stemhulp.local.environment import local_home
from stemhulp.local.postgres import Cluster

# Modules that start the product, a browser or a server of their own, once for all their tests.
WHOLE = (
    *("tests/journeys/", "tests/local/test_demo.py", "tests/local/test_outage.py"),
    *("tests/local/test_failover.py", "tests/local/test_front_door.py", "tests/backup/"),
    *("tests/local/test_framing.py", "tests/privacy/test_nothing_is_kept.py"),
)

_resources = contextlib.ExitStack()


def _prepare() -> None:
    home = local_home() / "test"
    ours = home / os.environ.get("PYTEST_XDIST_WORKER", "")  # no folder is shared by workers
    os.environ["SECRET_KEY"] = "only-for-tests-q8Zr2LxVn5TcWb7Ky4MdHs9PfJg3XwRa6UeCt"
    os.environ["SECRET_KEY_FALLBACKS"] = ""
    os.environ["DEBUG"] = "off"
    os.environ["HTTPS"] = "off"
    os.environ["DEMO"] = "off"
    os.environ["SITE_URL"] = "http://testserver"
    os.environ["EMAIL_URL"] = "memorymail://"
    os.environ["LOG_FORMAT"] = "json"
    os.environ["SENTRY_DSN"] = ""
    os.environ["METRICS_PORT"] = "0"
    os.environ["EDITIONS_REFRESH_SECONDS"] = "3600"  # tests say when an edition is old
    os.environ["GUIDES_REFRESH_SECONDS"] = "3600"
    os.environ["EDITIONS_FOLDER"] = str(ours / "editions")
    os.environ["HANDOUTS_FOLDER"] = str(ours / "handouts")
    os.environ["OPENDATA_FOLDER"] = str(ours / "opendata")
    os.environ["STATIC_ROOT"] = str(ours / "static")
    Path(os.environ["STATIC_ROOT"]).mkdir(parents=True, exist_ok=True)
    if "DATABASE_URL" not in os.environ:
        cluster = Cluster(home / "postgres", durable=False)
        os.environ["DATABASE_URL"] = _resources.enter_context(cluster.running())


_prepare()


class Workers(LoadScopeScheduling):  # type: ignore[misc]  # it has no types
    """Hands out tests one by one; some modules whole and first, as they take longest.

    (xdist's own `--dist=loadgroup` groups nothing under pytest 9.2.)
    """

    def _split_scope(self, nodeid: str) -> str:
        module = nodeid.partition("::")[0]
        return module if module.startswith(WHOLE) else nodeid


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Workers:
    return Workers(config, log)


def pytest_unconfigure(config: pytest.Config) -> None:
    _resources.close()
