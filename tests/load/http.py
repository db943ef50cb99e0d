"""What the product costs over HTTP: CPU per page, time at a steady load, weight of a page."""

import contextlib
import random
import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate, chain
from typing import Any

from tests.load.matching import PARTIES, STATEMENTS
from tests.load.serving import Server
from tests.load.traffic import Ask, Client, OpenLoop, closed_loop
from tests.load.weight import first_visit
from tests.local.doors import trusting

HALF = STATEMENTS // 2
ROUNDS = 11
RATE = 300  # requests per second
CONNECTIONS, MIX_CONNECTIONS = 4, 64
# One voter's way: every statement answered, and one look at each other page; two at the first.
MIX = {"statement": STATEMENTS, "landing": 2, "introduction": 1, "result": 1}

BARE = Ask("/bare/", "ok")
LANDING = Ask("/", "Jouw gemeente of postcode")


@dataclass(frozen=True)
class Voter:
    """Somebody's answers in one contest, as cookies: half-way, and at the end."""

    contest: str
    half: str
    full: str

    @property
    def introduction(self) -> Ask:
        return Ask(f"/{self.contest}/", f"Verzonnen partij {PARTIES}")

    @property
    def result(self) -> Ask:
        said = f"Je gaf je mening over {STATEMENTS} van de {STATEMENTS}"
        return Ask(f"/{self.contest}/uitslag/", said, cookie=self.full)

    def statement(self, number: int) -> Ask:
        """The answer to a statement, which htmx sends and the next statement replies to."""
        return Ask(
            f"/{self.contest}/stelling/{number}/",
            f"Stelling {number + 1} van {STATEMENTS}",
            form="mening=1",
            cookie=self.half,
            htmx=True,
        )


def figures(server: Server, *, quick: bool) -> Iterator[dict[str, Any]]:
    drawn = random.Random(2022)  # noqa: S311  # a benchmark wants the same numbers each time
    voters = [quiz_of(server, contest, drawn) for contest in server.contests]
    yield from _costs(server, voters[0], seconds=0.3 if quick else 1.0)
    yield steady(server, voters, drawn, seconds=10 if quick else 300)
    shown = f"/{voters[0].contest}/stelling/{HALF + 1}/"
    yield {"name": "page/weight", **first_visit(server.port, shown, voters[0].half)}


def quiz_of(server: Server, contest: str, drawn: random.Random) -> Voter:
    """Goes the voter's way without JavaScript, where a POST costs the server least."""
    with contextlib.closing(Client(server.port)) as client:
        cookie = client.send(Ask(f"/{contest}/begin/", form="", status=303)).cookie
        half = ""
        for number in range(1, STATEMENTS + 1):
            form = f"mening={drawn.choice([-2, -1, 0, 1, 2])}"
            path = f"/{contest}/stelling/{number}/"
            cookie = client.send(Ask(path, form=form, cookie=cookie, status=303)).cookie
            if number == HALF:
                half = cookie
    return Voter(contest, half, cookie)


def _costs(server: Server, voter: Voter, *, seconds: float) -> Iterator[dict[str, Any]]:
    """Requests per CPU-second of the server, each page beside a bare one just before it."""
    pages = {
        "statement": voter.statement(HALF + 1),
        "result": voter.result,
        "landing": LANDING,
        "introduction": voter.introduction,
    }
    bare: dict[str, list[float]] = {name: [] for name in pages}
    page: dict[str, list[float]] = {name: [] for name in pages}
    for _ in range(ROUNDS):
        for name, ask in pages.items():
            bare[name].append(_rate(server, BARE, seconds))
            page[name].append(_rate(server, ask, seconds))
    yield _cost("bare", list(chain.from_iterable(bare.values())))
    for name in pages:
        ratios = [rate / beside for rate, beside in zip(page[name], bare[name], strict=True)]
        yield _cost(name, page[name], ratio_to_bare=round(statistics.median(ratios), 4))


def _cost(name: str, rates: list[float], **more: float) -> dict[str, Any]:
    value = round(statistics.median(rates), 1)
    return {"name": f"http/{name}", "value": value, "unit": "requests per CPU-second", **more}


def _rate(server: Server, ask: Ask, seconds: float) -> float:
    before = server.cpu_seconds()
    answered = closed_loop(server.port, ask, seconds=seconds, connections=CONNECTIONS)
    return answered / (server.cpu_seconds() - before)


def steady(
    server: Server,
    voters: list[Voter],
    drawn: random.Random,
    *,
    seconds: int,
    door: int | None = None,
) -> dict[str, Any]:
    """Independent requests at a steady rate. What was never sent (`unsent`) is in no percentile.

    They go by a proxy on the port `door`, when there is one.
    """
    moments = accumulate(drawn.expovariate(RATE) for _ in range(RATE * seconds))
    timed = list(zip(moments, asks(voters, drawn), strict=False))
    loop = OpenLoop(door or server.port, timed, trusting() if door else None)
    before, start = server.cpu_seconds(), time.monotonic()
    loop.run(connections=MIX_CONNECTIONS)
    load = (server.cpu_seconds() - before) / (time.monotonic() - start)
    cuts = statistics.quantiles((1000 * each for each in loop.latencies), n=100)
    return {
        "name": "http/mix",
        "value": round(cuts[94], 1),
        "unit": "ms p95",
        **{f"p{part}": round(cuts[part - 1], 1) for part in (50, 95, 99)},
        "errors": len(loop.errors) + loop.unsent,
        "unsent": loop.unsent,
        **({"first_error": loop.errors[0]} if loop.errors else {}),
        "rate": RATE,
        "seconds": seconds,
        "contests": len(voters),
        "cpu_per_second": round(load, 2),
    }


def asks(voters: list[Voter], drawn: random.Random) -> Iterator[Ask]:
    """Without end. The n-th largest contest has 1/n of the voters of the largest (Zipf)."""
    crowds = list(accumulate(1 / place for place in range(1, len(voters) + 1)))
    kinds = list(accumulate(MIX.values()))
    while True:
        voter = drawn.choices(voters, cum_weights=crowds)[0]
        number = drawn.randrange(1, STATEMENTS)
        (kind,) = drawn.choices(list(MIX), cum_weights=kinds)
        yield {
            "statement": voter.statement(number),
            "landing": LANDING,
            "introduction": voter.introduction,
            "result": voter.result,
        }[kind]
