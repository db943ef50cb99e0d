"""What it costs to have an upload read apart: a file as people have it, and about the largest.

`python -m tests.load.uploads full|quick` runs in a process of its own. Each time is one whole
reading, from the bytes to what is made of them, with the start of the process in it.
"""
# ruff: noqa: E402  # Django is set up before its models can be imported

import json
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

import django

django.setup()

from parties.importers.eml_contest import read_apart
from statements.curation.elections import table_files
from statements.curation.elections.tables import read_ballots
from statements.curation.lists.forms import read_table
from statements.curation.lists.table import LARGEST_FILE, MOST_ROWS
from statements.portal.spreadsheet_in import opened
from tests.parties.ballot_files import xml
from tests.portal.spreadsheets import SHEET_PART, blank, filled_in, part, repacked

TIMES, QUICK_TIMES = 20, 5
ROW = "GM0344;{number:0>5};lijst{number}@partij.example;{name}\n"
BALLOT = 'GM0344,lijst-{number},"{name}",3\n'
CELL = b"<row><c t='inlineStr'><is><t>" + b"x" * 1000 + b"</t></is></c></row>"


def figures(*, quick: bool) -> Iterator[dict[str, Any]]:
    for name, (read, usual, largest) in _files().items():
        for kind, data in {"usual": usual, "largest": largest}.items():
            milliseconds = _median(read, data, QUICK_TIMES if quick else TIMES)
            yield {
                "name": f"uploads/{name}/{kind}",
                "value": round(milliseconds),
                "unit": "ms",
                "kib": round(len(data) / 1024),
            }


def _files() -> dict[str, tuple[Callable[[bytes], object], bytes, bytes]]:
    """By name: what reads it, a file as usual, and one as large as it may be."""
    many = xml([(n, "x") for n in range(1, 40)], candidates="<Candidate/>" * 4100)
    rows = [ROW.format(number=n, name="Jan" * 50) for n in range(MOST_ROWS)]
    ballots = [BALLOT.format(number=n, name="x" * 60) for n in range(table_files.MOST_ROWS - 1)]
    head = "municipality,slug,name,seats\n"
    full = part(blank()).replace(b"</sheetData>", CELL * 900 + b"</sheetData>")
    return {
        "spreadsheet": (opened, filled_in((1, "Keuze", 1)), repacked(blank(), {SHEET_PART: full})),
        "candidate_lists": (read_apart, xml(), many),
        "invitations": (read_table, _upto(rows[:50]), _upto(rows, LARGEST_FILE)),
        "ballots": (read_ballots, _upto([head, *ballots[:50]]), _upto([head, *ballots])),
    }


def _upto(lines: list[str], size: int = 2 * 2**20) -> bytes:
    """As many of these lines as fit in this size."""
    return "".join(lines).encode()[:size].rpartition(b"\n")[0]


def _median(read: Callable[[bytes], object], data: bytes, times: int) -> float:
    spent = []
    for _ in range(times):
        start = time.perf_counter()
        read(data)
        spent.append(1000 * (time.perf_counter() - start))
    return statistics.median(spent)


if __name__ == "__main__":
    for figure in figures(quick=sys.argv[1] == "quick"):
        sys.stdout.write(json.dumps(figure) + "\n")
        sys.stdout.flush()
