"""How long the set audit takes: all that staff see of one contest, and of a whole country."""

import resource
import time
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from statements.matching import NO_ANSWER, Drawing, pairs_alike, simulate, spreads
from statements.matching.set_audit import VOTERS, pairs_by_chance

PARTIES, STATEMENTS = 18, 30
LISTS, NATIONAL = 2_871, 24  # of the council elections of 2022


def figures(*, quick: bool) -> Iterator[dict[str, Any]]:
    voters = VOTERS // 10 if quick else VOTERS
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    contest = _parties(PARTIES, STATEMENTS)
    taken, cpu = _seconds(lambda: [simulate(contest, each, voters=voters) for each in Drawing])
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    yield {
        "name": "set_audit/simulation",
        "value": round(taken, 2),
        "unit": "s",
        "cpu": round(cpu, 2),
        "voters": voters,
        "parties": PARTIES,
        "statements": STATEMENTS,
        "drawings": len(Drawing),
        "memory_added_in_MiB": round((peak - before) / 1024),
    }
    country = _parties(LISTS, NATIONAL)
    taken, cpu = _seconds(lambda: _statements(country))
    yield {
        "name": "set_audit/statements_of_a_country",
        "value": round(1000 * taken),
        "unit": "ms",
        "cpu": round(1000 * cpu),
        "lists": LISTS,
        "statements": NATIONAL,
    }


def _statements(parties: NDArray[np.int8]) -> object:
    return spreads(parties), pairs_alike(parties), pairs_by_chance(parties)


def _parties(count: int, statements: int) -> NDArray[np.int8]:
    """Invented ones, who leave one statement in ten out."""
    drawn = np.random.default_rng(2022)
    table = drawn.integers(-2, 3, size=(count, statements), dtype=np.int8)
    table[drawn.random(table.shape) < 0.1] = NO_ANSWER
    return table


def _seconds(call: Callable[[], object]) -> tuple[float, float]:
    """The least time of three that somebody waits for it, and the least CPU time it takes."""
    waited, worked = [], []
    for _ in range(3):
        start, cpu = time.perf_counter(), time.process_time()
        call()
        waited.append(time.perf_counter() - start)
        worked.append(time.process_time() - cpu)
    return min(waited), min(worked)
