"""Prepares the ground before Django's settings are read: a database, a secret, a strict setup.

Loaded by pytest's `-p` (pyproject.toml), so that a bare `pytest` works on a machine with nothing
configured. With DATABASE_URL set, that server is used instead; the tests make and drop databases
of their own there and never touch the one it names.
"""

import contextlib
import os
from pathlib import Path

import pytest

from stemhulp.local.environment import local_home
from stemhulp.local.postgres import Cluster

_resources = contextlib.ExitStack()


def _prepare() -> None:
    os.environ["SECRET_KEY"] = "only-for-tests-" + "x" * 50
    os.environ["SECRET_KEY_FALLBACKS"] = ""
    os.environ["DEBUG"] = "off"
    os.environ["HTTPS"] = "off"
    os.environ["DEMO"] = "off"
    os.environ["SITE_URL"] = "http://testserver"
    os.environ["EMAIL_URL"] = "memorymail://"
    os.environ["EDITIONS_REFRESH_SECONDS"] = "3600"  # tests say when an edition is old
    os.environ["GUIDES_REFRESH_SECONDS"] = "3600"
    os.environ["EDITIONS_FOLDER"] = str(local_home() / "test" / "editions")
    os.environ["HANDOUTS_FOLDER"] = str(local_home() / "test" / "handouts")
    os.environ["STATIC_ROOT"] = str(local_home() / "test" / "static")
    Path(os.environ["STATIC_ROOT"]).mkdir(parents=True, exist_ok=True)
    if "DATABASE_URL" not in os.environ:
        cluster = Cluster(local_home() / "test" / "postgres", durable=False)
        os.environ["DATABASE_URL"] = _resources.enter_context(cluster.running())


_prepare()


def pytest_unconfigure(config: pytest.Config) -> None:
    _resources.close()
