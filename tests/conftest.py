"""What all tests share: the real fixtures in the database, and editions without memory."""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
import zeal
from django.conf import settings as configuration
from django.core.management import call_command
from django.db import connection
from django.test import Client
from pytest_django.fixtures import Settings
from whitenoise.middleware import WhiteNoiseMiddleware
from whitenoise.storage import CompressedManifestStaticFilesStorage

from statements.models import Translation
from stemhulp.editions import store

# On a busy machine one of many examples may take long; what may not is measured by its own test.
hypothesis.settings.register_profile("patient", deadline=None)
hypothesis.settings.load_profile("patient")

# What the tests look at; publishing all 334 contests takes a while.
PUBLISHED = ["voorbeeldstad", "utrecht", "s-gravenhage", "amsterdam"]


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The test database holds what the demo holds: the facts of 2022 and Voorbeeldstad.

    Nothing may hold on to it at the end, or PostgreSQL refuses to drop it: neither a process's
    question beside the requests (`Store._refresh_aside`), nor what is left of a pool.
    """
    with django_db_blocker.unblock():
        call_command("load_demo", publish=PUBLISHED, stdout=io.StringIO())
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


@pytest.fixture(scope="session", autouse=True)
def static_files() -> Iterator[None]:
    """Static files named by content, as in production.

    Not compressed, and looked up once: every Client has a middleware of its own, which would look
    at each file again. Both took a quarter of all tests' time.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(CompressedManifestStaticFilesStorage, "compress_files", lambda *_: [])
        call_command("collectstatic", interactive=False, verbosity=0)
        found = WhiteNoiseMiddleware(get_response=None).files
        patch.setattr(
            *(WhiteNoiseMiddleware, "update_files_dictionary"),
            lambda middleware, *_: middleware.files.update(found),
        )
        yield


@pytest.fixture(autouse=True)
def empty_store(settings: Settings, tmp_path: Path) -> Iterator[None]:
    """No test sees an edition, or a file of one, that another left."""
    settings.EDITIONS_FOLDER = tmp_path / "editions"
    settings.OPENDATA_FOLDER = tmp_path / "opendata"
    store.clear()
    yield
    store.clear()


@pytest.fixture(autouse=True)
def no_repeated_queries() -> Iterator[None]:
    """A query per row (N+1) fails the test."""
    with zeal.zeal_context():
        yield


@pytest.fixture
def client() -> Client:
    """A browser: from our own pages, as Chromium says it."""
    return Client(headers={"Sec-Fetch-Site": "same-origin"})


@pytest.fixture
def untranslated(db: None) -> None:
    """Nothing of ours is translated, as before the files with other languages were loaded."""
    Translation.objects.all().delete()


@pytest.fixture
def data() -> Any:
    """The folder with the product's own facts and texts."""
    return configuration.BASE_DIR / "fixtures"
