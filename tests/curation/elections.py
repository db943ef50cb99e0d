"""Elections for tests of the room that makes them: their addresses, and one without anything."""

from datetime import datetime
from typing import Any

from parties.models import Election

FRONT = "/redactie/verkiezingen/"
NEW = f"{FRONT}nieuw/"
MADE = {"kind": "gr", "name": "Gemeenteraadsverkiezingen 2030", "date": "2030-03-20"}


def of(slug: str) -> Election:
    return Election.objects.get(slug=slug)


def election(slug: str = "hi2022", **fields: Any) -> Election:
    """One without anything."""
    day = datetime(2022, 11, 23).date()  # noqa: DTZ001
    return Election.objects.create(
        **({"slug": slug, "name": "Herindeling", "date": day, "municipality_year": 2022} | fields)
    )


def codes(which: Election) -> set[str]:
    return set(which.contests.values_list("municipality", flat=True))
