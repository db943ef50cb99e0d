"""What it costs to write a contest for other voting aids, and to take one over from our own CSV.

`python -m tests.load.interchange full|quick` runs in a process of its own, with an empty, migrated
database and invented lists. The time to take over is of the largest contest, which is here already:
all of it is read and compared, and nothing is written.
"""
# ruff: noqa: E402  # Django is set up before its models can be imported

import json
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import django

django.setup()

from django.utils import timezone

from parties.models import Election, User
from statements.importers.transferred_positions import Terms
from stemhulp.editions import store
from stemhulp.editions.publishing import publish
from stemhulp.opendata.contests import Published, published
from stemhulp.opendata.interchange import exports
from stemhulp.opendata.interchange.transfer import Files, transfer
from tests.load.data import build as invent
from tests.load.data import largest
from tests.load.measuring import figure, seconds
from tests.opendata.interchange.tables import positions_csv, statements_csv

CONTESTS, QUICK_CONTESTS = 100, 20
ELECTION = "gr2022"


def figures(*, quick: bool) -> Iterator[dict[str, Any]]:
    number = QUICK_CONTESTS if quick else CONTESTS
    invent(number)
    contests = largest(number)
    for contest in contests:
        publish(contest, "Niemand", timezone.now(), "Verzonnen")
    store.catch_up()
    found = {each.municipality.code: each for each in published(ELECTION)}
    yield from _exports([*found.values()])
    yield from _taking_over(found[contests[0].municipality_id])


def _exports(contests: list[Published]) -> Iterator[dict[str, Any]]:
    with tempfile.TemporaryDirectory() as folder:
        start, cpu = time.perf_counter(), time.process_time()
        for each in contests:
            exports.make_contest(Path(folder), each)
        spent, cpu = time.perf_counter() - start, time.process_time() - cpu
        sizes = {each.name: each.stat().st_size / 1024 for each in Path(folder).iterdir()}
    per_contest = 1000 / len(contests)
    yield figure("interchange/export", spent * per_contest, "ms per contest", cpu=cpu * per_contest)
    for name in (exports.OPENVAA, exports.MAT_O_WAHL):
        yield figure(f"interchange/{name}", sizes[name], "KiB")


def _taking_over(contest: Published) -> Iterator[dict[str, Any]]:
    document = contest.content
    answers = sum(len(each["positions"]) for each in document["parties"])
    by = User.objects.create(email="niemand@stemhulp.example", is_national=True)
    with tempfile.TemporaryDirectory() as folder:
        statements, positions = Path(folder, "statements.csv"), Path(folder, "positions.csv")
        statements.write_bytes(statements_csv(document, contest.imprint))
        positions.write_bytes(positions_csv(document, contest.imprint))
        election = Election.objects.get(slug=ELECTION)
        files = Files(statements, positions, Terms(by, timezone.now(), as_published=True))
        spent = seconds(lambda: transfer(election, files, timezone.now()))
        tracemalloc.start()
        transfer(election, files, timezone.now(), only_check=True)
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    yield figure("interchange/import", spent, "s", positions=answers, mib_at_most=most / 2**20)


if __name__ == "__main__":
    for line in figures(quick=sys.argv[1] == "quick"):
        sys.stdout.write(json.dumps(line) + "\n")
