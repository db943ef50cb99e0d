"""`python -m tests.load`: every figure as a JSON object on a line of its own."""

import json
import os
import signal
import sys
from collections.abc import Iterator
from typing import Any

from tests.load import crowds, editions, handouts, http, matching, set_audit
from tests.load.serving import lines_of, served

CONTESTS, QUICK_CONTESTS = 333, 40


def main() -> None:
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # clear up as after Ctrl-C
    quick = bool(os.environ.get("QUICK"))
    for figure in figures(quick=quick):
        sys.stdout.write(json.dumps(figure) + "\n")
        sys.stdout.flush()


def figures(*, quick: bool) -> Iterator[dict[str, Any]]:
    yield from matching.figures(quick=quick)
    yield from set_audit.figures(quick=quick)
    yield from handouts.figures(quick=quick)
    with served(QUICK_CONTESTS if quick else CONTESTS) as server:
        yield from editions.figures(server)
        yield from http.figures(server, quick=quick)
        yield from crowds.figures(server, quick=quick)
    for room in ("portal", "country", "interchange", "opendata", "api", "uploads", "fuzz"):
        yield from map(json.loads, lines_of(room, quick=quick))


if __name__ == "__main__":
    main()
