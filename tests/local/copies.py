"""The database of all tests, with the demo in it, for processes of their own."""

import os
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from django.db import connection

from stemhulp.backup.keeping import make, restore
from tests.local.sites import manage


def address() -> str:
    """Where it is. Read it, as voters do; what writes, wants a copy. Wants `django_db`."""
    name = connection.settings_dict["NAME"]
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()


def copy_to(url: str, folder: Path) -> None:
    """The same in an empty database, by way of a backup."""
    file = folder / "copy.dump"
    if not file.exists():
        make(address(), file)
    restore(url, file, force=False, at=datetime.now(UTC))


def copy_with_people_to(url: str, folder: Path) -> None:
    """And in it the accounts of the demo, whom anyone may be."""
    copy_to(url, folder)
    manage(url, folder, "load_demo_accounts", DEMO="on")
