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
from django.db.backends.postgresql.creation import DatabaseCreation
from django.test import Client
from pytest_django.fixtures import Settings
from whitenoise.middleware import WhiteNoiseMiddleware
from whitenoise.storage import CompressedManifestStaticFilesStorage

from statements.models import Translation
from stemhulp.editions import store
from tests.quiz.browser import Browser

# On a busy machine one of many examples may take long; what may not is measured by its own test.
hypothesis.settings.register_profile("patient", deadline=None)
hypothesis.settings.load_profile("patient")

# What the tests look at; publishing all 334 contests takes a while.
PUBLISHED = ["voorbeeldstad", "utrecht", "s-gravenhage", "amsterdam"]


def drop_database(creation: DatabaseCreation, name: str, verbosity: int) -> None:
    """Drop a test database, whoever still holds on to it.

    PostgreSQL refuses that else: of a process's question beside the requests
    (`Store._refresh_aside`), or of a pool whose workers ended before they closed a connection.
    """
    creation.connection.close_pool()
    with creation._nodb_cursor() as cursor:  # type: ignore[attr-defined]
        cursor.execute(f"DROP DATABASE {creation.connection.ops.quote_name(name)} WITH (FORCE)")


DatabaseCreation._destroy_test_db = drop_database  # type: ignore[attr-defined]


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """The test database holds what the demo holds: the facts of 2022 and Voorbeeldstad."""
    with django_db_blocker.unblock():
        call_command("load_demo", publish=PUBLISHED, stdout=io.StringIO())


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
    return Browser(headers={"Sec-Fetch-Site": "same-origin"})


@pytest.fixture
def untranslated(db: None) -> None:
    """Nothing of ours is translated, as before the files with other languages were loaded."""
    Translation.objects.all().delete()


@pytest.fixture
def data() -> Any:
    """The folder with the product's own facts and texts."""
    return configuration.BASE_DIR / "fixtures"
