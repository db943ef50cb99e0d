"""What it costs to build everything that is served as files, with invented lists everywhere.

`python -m tests.load.opendata full|quick` runs in a process of its own, with an empty, migrated
database. Each building is a process of its own as well, so that its memory is its own.
"""
# ruff: noqa: E402  # Django is set up before its models can be imported

import json
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import django

django.setup()

from django.conf import settings
from django.utils import timezone

from parties.models import Contest, Municipality, Region
from stemhulp.editions import store
from stemhulp.editions.publishing import publish
from tests.load.data import build as invent
from tests.load.data import largest

CONTESTS, QUICK_CONTESTS = 333, 40
REGIONS = 12
ELECTION = "gr2022"


def figures(*, quick: bool) -> Iterator[dict[str, Any]]:
    wanted = QUICK_CONTESTS if quick else CONTESTS
    invent(wanted)
    _regions()
    contests = largest(wanted)
    few = min(QUICK_CONTESTS, wanted // 2)
    _published(contests[:few])
    _build()
    yield _line("memory_of_few", _memory(), "MiB at most", few)
    _published(contests[few:])
    _forget()
    before = _processor()
    seconds = _build()
    busy = _processor() - before
    yield _line("build_all", seconds, "s", wanted, cpu_seconds=busy, mib_on_disk=_size())
    yield _line("memory_of_all", _memory(), "MiB at most", wanted)
    _published(contests[:1])
    yield _line("build_one", _build(), "s", wanted)


def _regions() -> None:
    """Every municipality in a region, each about as large."""
    made = [Region.objects.create(slug=f"regio-{n}", name=f"Regio {n}") for n in range(REGIONS)]
    for number, place in enumerate(Municipality.objects.order_by("code")):
        place.region = made[number % REGIONS]
        place.save(update_fields=["region"])


def _published(contests: list[Contest]) -> None:
    for each in contests:
        each.parties.filter(number=1).update(description=f"Verzonnen om {timezone.now()}")
        publish(each, "Niemand", timezone.now(), "Verzonnen")
    store.catch_up()


def _forget() -> None:
    """Everything is behind."""
    (Path(settings.OPENDATA_FOLDER) / ELECTION).rename(Path(settings.OPENDATA_FOLDER) / "before")


def _build() -> float:
    """Seconds, with the start of Python and Django."""
    start = time.perf_counter()
    subprocess.run(
        [sys.executable, "manage.py", "build_open_data", "--election", ELECTION],
        cwd=settings.BASE_DIR,
        stdout=subprocess.DEVNULL,
        check=True,
    )
    return time.perf_counter() - start


def _processor() -> float:
    """Seconds that the processes so far kept a processor busy."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _memory() -> float:
    """MiB that the largest process so far held at its most."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def _size() -> float:
    folder = Path(settings.OPENDATA_FOLDER) / ELECTION
    return sum(each.stat().st_size for each in folder.rglob("*") if each.is_file()) / 2**20


def _line(name: str, value: float, unit: str, contests: int, **more: float) -> dict[str, Any]:
    shown = {key: round(each, 1) for key, each in more.items()}
    line = {"name": f"opendata/{name}", "value": round(value, 1), "unit": unit}
    return {**line, "contests": contests, **shown}


if __name__ == "__main__":
    for line in figures(quick=sys.argv[1] == "quick"):
        sys.stdout.write(json.dumps(line) + "\n")
