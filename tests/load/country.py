"""What the pages of the whole country cost, with invented lists everywhere.

`python -m tests.load.country full|quick` runs in a process of its own, with an empty, migrated
database. Boundaries are invented as well: as many, and of as many points, as those of 2022.
Pages are timed where Django begins and ends: what granian adds is in the lines of `http`.
"""
# ruff: noqa: E402  # Django is set up before its models can be imported

import io
import json
import random
import statistics
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import django

django.setup()

from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from parties.models import Party
from statements.models import Submission
from stemhulp.editions import store
from stemhulp.editions.publishing import publish
from stemhulp.opendata.build import build
from stemhulp.opendata.built import built
from stemhulp.opendata.contests import published
from stemhulp.opendata.country import survey
from tests.load.data import build as invent
from tests.load.data import largest
from tests.load.measuring import figure, seconds

CONTESTS, QUICK_CONTESTS = 333, 40
TURNS = 15
COLUMNS = 19  # of invented municipalities
POINTS = 6  # on each side of one
ELECTION = "gr2022"
MAP = "/kaart/gr2022/"
NAME = "/partijen/gr2022/verzonnen-partij-1/"


def figures(*, quick: bool) -> Iterator[dict[str, Any]]:
    invent(QUICK_CONTESTS if quick else CONTESTS)
    _answers_differ()
    contests = largest(QUICK_CONTESTS if quick else CONTESTS)
    for contest in contests:
        publish(contest, "Niemand", timezone.now(), "Verzonnen")
    store.catch_up()
    yield from _surveying()
    build(ELECTION, timezone.now())
    yield figure("country/load_boundaries", seconds(_load_boundaries), "s")
    yield from _pages("map", MAP)
    yield from _pages("map_by_friendliness", f"{MAP}?laat=vriendelijkheid&volgorde=vriendelijkheid")
    yield from _pages("name", NAME)
    yield from _pages("names", "/partijen/gr2022/")


def _answers_differ() -> None:
    """A third of the lists answered nothing; all have seats."""
    drawn = random.Random(2022)  # noqa: S311  # a benchmark wants the same each time
    Party.objects.update(seats=2)
    silent = [pk for pk in Party.objects.values_list("pk", flat=True) if drawn.random() < 1 / 3]
    Submission.objects.filter(party__in=silent).delete()


def _surveying() -> Iterator[dict[str, Any]]:
    """All contests one by one, and then all together."""
    contests = list(published(ELECTION))
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        for each in contests:
            survey.make_contest(Path(folder), each)
        yield figure("country/survey", time.perf_counter() - start, "s", contests=len(contests))
    made = build(ELECTION, timezone.now())
    with tempfile.TemporaryDirectory() as folder:
        tracemalloc.start()
        survey.make_together(Path(folder), ELECTION, made.contests)
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        size = (Path(folder) / survey.COUNTRY).stat().st_size
    yield figure("country/together_memory", most / 2**20, "MiB at most", file_mib=size / 2**20)


def _load_boundaries() -> None:
    content = {"type": "FeatureCollection", "features": list(_invented())}
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump(content, file)
        file.flush()
        quiet = {"stdout": io.StringIO(), "stderr": io.StringIO()}
        call_command("load_boundaries", file.name, attribution="Niemand", unrecorded=True, **quiet)


def _invented() -> Iterator[dict[str, Any]]:
    """A square with rough sides for each municipality; neighbours share them."""
    guide = store.guide(ELECTION)
    assert guide
    for number, place in enumerate(guide.municipalities.values()):
        column, row = number % COLUMNS * POINTS, number // COLUMNS * POINTS
        ring = [
            *((column + step, row) for step in range(POINTS)),
            *((column + POINTS, row + step) for step in range(POINTS)),
            *((column + POINTS - step, row + POINTS) for step in range(POINTS)),
            *((column, row + POINTS - step) for step in range(POINTS)),
        ]
        corners = [_rough(*point) for point in [*ring, ring[0]]]
        yield {
            "properties": {"gm": place.code},
            "geometry": {"type": "Polygon", "coordinates": [corners]},
        }


def _rough(column: int, row: int) -> tuple[float, float]:
    """Where a point lies in degrees: the same for all that share it."""
    drawn = random.Random(1000 * column + row)  # noqa: S311  # the same each time
    x, y = (column + drawn.uniform(-0.4, 0.4), row + drawn.uniform(-0.4, 0.4))
    return 3.5 + x * 0.03, 50.8 + y * 0.02


def _pages(name: str, path: str) -> Iterator[dict[str, Any]]:
    """The first time, from memory, and how much is sent."""
    client = Client(headers={"Accept-Encoding": "br"}, SERVER_NAME="127.0.0.1")
    found = built(ELECTION)
    assert found
    first = []
    for _ in range(TURNS):
        found.beside.pop("country pages", None)
        first.append(1000 * seconds(lambda: client.get(path)))
    response = client.get(path)
    if response.status_code != 200:
        raise RuntimeError(f"{path} answers {response.status_code}")
    again = [1000 * seconds(lambda: client.get(path)) for _ in range(TURNS)]
    yield figure(f"country/{name}_rendered", statistics.median(first), "ms", slowest=max(first))
    yield figure(f"country/{name}", statistics.median(again), "ms", slowest=max(again))
    yield figure(f"country/{name}_size", len(response.content) / 1024, "KiB in Brotli")


if __name__ == "__main__":
    for line in figures(quick=sys.argv[1] == "quick"):
        sys.stdout.write(json.dumps(line) + "\n")
