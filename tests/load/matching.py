"""How fast the matching core counts, per CPU-second of one core."""

import random
import resource
import time
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from statements.matching import NO_ANSWER, Method, match, robustness, score_matrix

PARTIES, STATEMENTS, THEMES = 20, 30, 4
STANCES = [None, -2, -1, 0, 1, 2]


def figures(*, quick: bool) -> Iterator[dict[str, Any]]:
    voters = 20_000 if quick else 100_000
    for method in Method:
        name = "matching/score_matrix" + ("" if method is Method.CITY_BLOCK else f"/{method}")
        rate = voters * PARTIES / cpu_seconds(_many(voters, method), repeat=5)
        yield {"name": name, "value": round(rate), "unit": "matches per CPU-second"}
    if not quick:
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        _many(1_000_000, Method.CITY_BLOCK)()
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        yield {
            "name": "matching/memory_of_a_million_voters",
            "value": round(peak / 1024),
            "unit": "MiB resident at most",
            "before": round(before / 1024),
        }
    for name, call in _one_voter().items():
        repeat = 200 if quick else 1000
        milliseconds = cpu_seconds(call, repeat=5, times=repeat) / repeat * 1000
        yield {"name": name, "value": round(milliseconds, 3), "unit": "ms of CPU"}


def cpu_seconds(call: Callable[[], object], *, repeat: int, times: int = 1) -> float:
    """The least CPU time, over some repeats, that `times` calls take in this process."""
    taken = []
    for _ in range(repeat):
        start = time.process_time()
        for _ in range(times):
            call()
        taken.append(time.process_time() - start)
    return min(taken)


def _many(voters: int, method: Method) -> Callable[[], object]:
    drawn = np.random.default_rng(2022)
    table = drawn.integers(-2, 3, size=(voters, STATEMENTS), dtype=np.int8)
    table[drawn.random(table.shape, dtype=np.float32) < 0.1] = NO_ANSWER
    parties = drawn.integers(-2, 3, size=(PARTIES, STATEMENTS), dtype=np.int8)
    parties[drawn.random(parties.shape) < 0.1] = NO_ANSWER
    return lambda: score_matrix(table, parties, method=method)


def _one_voter() -> dict[str, Callable[[], object]]:
    drawn = random.Random(2022)  # noqa: S311  # a benchmark wants the same numbers each time

    def side() -> list[int | None]:
        return [drawn.choice(STANCES) for _ in range(STATEMENTS)]

    voter, parties = side(), {f"party {number}": side() for number in range(PARTIES)}
    weights = [drawn.choice([1, 2]) for _ in range(STATEMENTS)]
    themes = {
        f"theme {number}": list(range(number, STATEMENTS, THEMES)) for number in range(THEMES)
    }
    return {
        "matching/match": lambda: match(voter, parties, weights, groups=themes),
        "matching/robustness": lambda: robustness(voter, parties, weights),
    }
