"""How many inputs each reader of what comes from outside was tried with: valid files, changed.

`python -m tests.load.fuzz full|quick` runs in a process of its own. One that is neither read nor
refused ends it, with the bytes; so does one that takes long, or takes much memory. The seed is of
the moment, and in each line: with it, the same inputs come again.
"""
# ruff: noqa: E402  # Django is set up before its models can be imported

import json
import logging
import resource
import secrets
import sys
import time
from collections.abc import Iterator
from random import Random
from typing import Any

import django

django.setup()

from tests.fuzzing.readers import readers

INPUTS, QUICK_INPUTS = 100_000, 2_000
SLOWEST = 5.0  # seconds of this process for one input; the largest files take a tenth of that
MOST_MEMORY = 200  # MiB more than before; a reader keeps nothing of what it read


class FindingError(Exception):
    """A reader that goes out of its bounds."""


def figures(*, quick: bool, seed: int) -> Iterator[dict[str, Any]]:
    logging.disable(logging.CRITICAL)
    for name in readers():
        yield _tried(name, QUICK_INPUTS if quick else INPUTS, seed)


def _tried(name: str, inputs: int, seed: int) -> dict[str, Any]:
    reader, random = readers()[name], Random(f"{seed} {name}")  # noqa: S311  # it draws no secret
    before, start = _resident(), time.perf_counter()
    taken, slowest = 0, 0.0
    for _ in range(inputs):
        data = reader.drawing.drawn(random)
        began = time.process_time()
        taken += reader.taken(data)
        slowest = max(slowest, time.process_time() - began)
    grown = _resident() - before
    if slowest > SLOWEST or grown > MOST_MEMORY:
        raise FindingError(f"{name}, seed {seed}: {slowest:.1f} s, {grown:.0f} MiB more")
    return {
        "name": f"fuzz/{name}",
        "value": inputs,
        "unit": "inputs without a finding",
        "read": taken,
        "slowest_ms": round(1000 * slowest, 1),
        "mib_more": round(grown, 1),
        "seconds": round(time.perf_counter() - start, 1),
        "seed": seed,
    }


def _resident() -> float:
    """MiB, at most until now."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    given = int(sys.argv[2]) if sys.argv[2:] else secrets.randbelow(2**32)
    for figure in figures(quick=sys.argv[1] == "quick", seed=given):
        sys.stdout.write(json.dumps(figure) + "\n")
        sys.stdout.flush()
