"""What crowds do: thousands who say little, thousands who begin at once, a million requests."""

import contextlib
import random
import statistics
import sys
import tempfile
from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path
from typing import Any

from tests.load.http import Voter, asks, quiz_of, steady
from tests.load.idlers import idling
from tests.load.matching import STATEMENTS
from tests.load.serving import Server, beside
from tests.load.traffic import Ask
from tests.load.wire import Starts, send_all
from tests.local.doors import opened
from tests.local.programs import where

WORKERS = 2  # for each core one, as on a server
IDLERS = 2_000
STARTS, WITHIN = 5_000, 10.0  # seconds
FEW, MANY = 10_000, 1_000_000  # requests
QUICK_FEW, QUICK_MANY = 2_000, 20_000
CONNECTIONS = 4


def figures(server: Server, *, quick: bool) -> Iterator[dict[str, Any]]:
    drawn = random.Random(2022)  # noqa: S311  # a benchmark wants the same numbers each time
    seconds = 10 if quick else 60
    with beside(server, workers=WORKERS) as crowded:
        voters = [quiz_of(crowded, contest, drawn) for contest in crowded.contests]
        yield _burst(crowded, drawn)
        form = voters[0].statement(1)
        with idling(crowded.port, IDLERS, "headers", form.path, ""):
            found = steady(crowded, voters, drawn, seconds=seconds)
            yield _held("headers", "no proxy", found)
        with _door(crowded) as door:
            if door is not None:
                with idling(door, IDLERS, "forms", form.path, form.cookie, is_secret=True):
                    found = steady(crowded, voters, drawn, seconds=seconds, door=door)
                    yield _held("forms", "nginx", found)
    with beside(server, workers=1) as fresh:
        yield _memory(fresh, drawn, *((QUICK_FEW, QUICK_MANY) if quick else (FEW, MANY)))


def _burst(server: Server, drawn: random.Random) -> dict[str, Any]:
    """Voters who come as they like, on connections of their own; most of them in large places."""
    contests = server.contests
    weights = [1 / place for place in range(1, len(contests) + 1)]
    places = drawn.choices(contests, weights=weights, k=STARTS)
    moments = sorted(drawn.uniform(0, WITHIN) for _ in places)
    starts = Starts(
        server.port, list(zip(moments, places, strict=True)), f"Stelling 1 van {STATEMENTS}"
    )
    starts.run()
    cuts = statistics.quantiles((1000 * each for each in starts.latencies), n=100)
    return {
        "name": "load/burst",
        "value": round(cuts[98]),
        "unit": "ms p99",
        **{f"p{part}": round(cuts[part - 1]) for part in (50, 95)},
        "errors": len(starts.errors),
        **({"first_error": starts.errors[0]} if starts.errors else {}),
        "starts": STARTS,
        "seconds": WITHIN,
        "workers": WORKERS,
    }


def _held(sends: str, behind: str, found: dict[str, Any]) -> dict[str, Any]:
    return {**found, "name": f"load/idle_{sends}", "idle": IDLERS, "behind": behind}


@contextlib.contextmanager
def _door(server: Server) -> Iterator[int | None]:
    """The port of nginx as deploy/ has it, without its limits per address; None without nginx."""
    if not (where("nginx") and where("openssl")):
        sys.stderr.write("nginx or openssl is not installed: load/idle_forms is left out.\n")
        yield None
        return
    with (
        tempfile.TemporaryDirectory(prefix="stemhulp-door-") as folder,
        opened(server.port, Path(folder), in_any_number=True) as port,
    ):
        yield port


def _everything(voters: list[Voter]) -> Iterator[Ask]:
    for voter in voters:
        yield from (voter.introduction, voter.result)
        yield from (voter.statement(number) for number in range(1, STATEMENTS))


def _memory(server: Server, drawn: random.Random, few: int, many: int) -> dict[str, Any]:
    """Of a worker, after few requests and after many.

    The few begin with every page of every contest, for a worker keeps what is the same for all
    voters: what it holds after that, it holds of nobody.
    """
    voters = [quiz_of(server, contest, drawn) for contest in server.contests]
    way = chain(_everything(voters), asks(voters, drawn))
    send_all(server.port, islice(way, few), connections=CONNECTIONS)
    before = server.resident()
    send_all(server.port, islice(way, many - few), connections=CONNECTIONS)
    after = server.resident()
    return {
        "name": "load/memory",
        "value": round(after / before, 3),
        "unit": "times what it was",
        "before": round(before, 1),
        "after": round(after, 1),
        "requests_before": few,
        "requests": many,
    }
