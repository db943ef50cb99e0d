"""What editions cost: publishing them all, the first request for one, and holding them all."""

import contextlib
import statistics
import time
from collections.abc import Iterator
from typing import Any

from tests.load.http import LANDING, Voter
from tests.load.serving import Server
from tests.load.traffic import Client


def figures(server: Server) -> Iterator[dict[str, Any]]:
    """For a server that was just started; it then has every edition in memory."""
    yield {
        "name": "editions/publish_all",
        "value": round(server.publishing, 1),
        "unit": "s",
        "contests": len(server.contests),
    }
    with contextlib.closing(Client(server.port)) as client:
        client.send(LANDING)
        before = server.resident()
        waits = sorted(_first_request(client, contest) for contest in server.contests)
        held = server.resident()
    yield {
        "name": "editions/load_one",
        "value": round(statistics.median(waits), 1),
        "unit": "ms",
        "slowest": round(waits[-1], 1),
    }
    yield {
        "name": "editions/memory",
        "value": round(held),
        "unit": "MiB resident",
        "before": round(before),
        "contests": len(server.contests),
    }


def _first_request(client: Client, contest: str) -> float:
    """Milliseconds until the introduction is there, the connection being open."""
    start = time.perf_counter()
    client.send(Voter(contest, half="", full="").introduction)
    return 1000 * (time.perf_counter() - start)
