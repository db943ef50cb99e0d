"""What the API costs, with invented lists everywhere.

`python -m tests.load.api full|quick` runs in a process of its own, with an empty, migrated
database. CPU is counted where Django begins and ends, the test client's own included.
"""
# ruff: noqa: E402  # Django is set up before its models can be imported

import functools
import json
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

import django

django.setup()

from django.test import Client
from django.utils import timezone

from stemhulp.editions import store
from stemhulp.editions.publishing import publish
from stemhulp.opendata.build import build
from tests.load.data import build as invent
from tests.load.data import largest

CONTESTS, QUICK_CONTESTS = 333, 40
VOTERS = 300
TURNS = 9
PAGE = 50
HOST = "127.0.0.1"
ROOT = "/api/v1"
ELECTION = f"{ROOT}/elections/gr2022"
LISTS = ("parties", "statements", "positions", "themes", "glossary", "editions")


def figures(*, quick: bool) -> Iterator[dict[str, Any]]:
    count = QUICK_CONTESTS if quick else CONTESTS
    invent(count)
    contests = largest(count)
    for contest in contests:
        publish(contest, "Niemand", timezone.now(), "Verzonnen")
    store.clear()
    store.catch_up()
    build("gr2022", timezone.now())
    place = contests[0].municipality.slug
    yield _line("nothing", [_cpu(f"{ROOT}/elections") for _ in range(4 * TURNS)][TURNS:])
    yield from _contests(count)
    yield from _municipalities()
    for name in LISTS:
        yield _kept(name, f"{ELECTION}/contests/{place}/{name}?limit=100")
    yield from _match([each.municipality.slug for each in contests[:10]])


def _contests(count: int) -> Iterator[dict[str, Any]]:
    """The list of contests: after the start, made of what is known, and from memory."""
    path = f"{ELECTION}/contests?limit={PAGE}&offset="
    offsets = range(0, count, PAGE)
    yield _line("contests_first", [_cpu(f"{path}{at}") for at in offsets])
    yield _line("contests_made", [_cpu(f"{path}{at + 1}") for at in offsets])
    yield _line("contests", [_cpu(f"{path}{at}") for at in offsets])


def _municipalities() -> Iterator[dict[str, Any]]:
    path = f"{ELECTION}/municipalities"
    pages = [f"{path}?limit=100&offset={at}" for at in range(TURNS)]
    yield _line("municipalities_made", [_cpu(page) for page in pages])
    yield _line("municipalities", [_cpu(pages[-1]) for _ in range(TURNS)])
    for name, question in (("found", "utrecht"), ("suggested", "utrehct"), ("not_found", "qqqqqq")):
        yield _line(f"search_{name}", [_cpu(f"{path}?q={question}") for _ in range(TURNS)])


def _kept(name: str, path: str) -> dict[str, Any]:
    """Made anew for each, as for other pages of it; then from memory; then not sent at all."""
    _cpu(path)  # reading the edition
    made = [_cpu(f"{path}&offset={at}") for at in range(1, TURNS)]
    kept = [_cpu(path) for _ in range(TURNS)]
    response = _program().get(path)
    known = {"If-None-Match": response["ETag"]}
    return _line(
        name,
        made,
        kept=statistics.median(kept),
        not_modified=statistics.median([_cpu(path, **known) for _ in range(TURNS)]),
        kib=len(response.content) / 1024,
    )


def _match(places: list[str]) -> Iterator[dict[str, Any]]:
    drawn = random.Random(2022)  # noqa: S311  # a benchmark wants the same numbers each time
    bodies = [json.dumps(_voter(drawn, drawn.choice(places))) for _ in range(VOTERS)]
    client = Client(SERVER_NAME=HOST)
    for body in bodies[:20]:  # editions are read
        _post(client, body)
    yield _line("match", [_milliseconds(functools.partial(_post, client, body)) for body in bodies])


def _voter(drawn: random.Random, place: str) -> dict[str, Any]:
    edition = store.edition("gr2022", place)
    if edition is None:
        raise RuntimeError(place)
    return {
        "election": "gr2022",
        "municipality": place,
        "stances": {each.key: drawn.choice([-2, -1, 0, 1, 2]) for each in edition.statements},
        "weights": {"themes": [drawn.choice(edition.questionnaire.themes).key]},
    }


def _post(client: Client, body: str) -> Any:
    return client.post(f"{ROOT}/match", body, content_type="application/json")


def _cpu(path: str, **headers: str) -> float:
    return _milliseconds(lambda: _program().get(path, headers=headers))


@functools.cache
def _program() -> Client:
    """One for all: its middleware looks at every static file when it begins."""
    return Client(headers={"Accept-Encoding": "br"}, SERVER_NAME=HOST)


def _milliseconds(ask: Callable[[], Any]) -> float:
    """Of CPU. Raises RuntimeError for an answer that is none."""
    start = time.process_time()
    response = ask()
    taken = 1000 * (time.process_time() - start)
    if response.status_code not in {200, 304}:
        raise RuntimeError(response.content)
    return taken


def _line(name: str, taken: list[float], **more: float) -> dict[str, Any]:
    shown = {key: round(each, 2) for key, each in more.items()}
    return {
        "name": f"api/{name}",
        "value": round(statistics.median(taken), 2),
        "unit": "ms of CPU",
        "slowest": round(max(taken), 2),
        **shown,
    }


if __name__ == "__main__":
    for line in figures(quick=sys.argv[1] == "quick"):
        sys.stdout.write(json.dumps(line) + "\n")
