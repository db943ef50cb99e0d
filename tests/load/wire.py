"""Requests as bytes that are made once: a generator that leaves the cores to what it measures."""

import asyncio
import contextlib
import functools
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field

from tests.load.traffic import Ask, WrongAnswer

PATIENCE = 30.0  # seconds, of a voter who waits for a page
FAULTS = (WrongAnswer, OSError, EOFError, TimeoutError, ValueError)


@dataclass(frozen=True)
class Answer:
    head: bytes
    body: bytes

    @property
    def cookie(self) -> str:
        """The cookie it sets, as the next request sends it back."""
        return self.header("set-cookie").partition(";")[0]

    def header(self, name: str) -> str:
        """Empty when there is none."""
        begin = f"\r\n{name}:".encode()
        at = self.head.lower().find(begin)
        if at < 0:
            return ""
        value = self.head[at + len(begin) : self.head.index(b"\r\n", at + 2)]
        return value.decode("latin-1").strip()


@functools.cache
def as_bytes(ask: Ask) -> bytes:
    method = "GET" if ask.form is None else "POST"
    lines = [f"{method} {ask.path} HTTP/1.1", "Host: 127.0.0.1"]
    lines += [f"{name}: {value}" for name, value in ask.headers.items()]
    body = (ask.form or "").encode()
    if ask.form is not None:
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join([*lines, "", ""]).encode() + body


class Wire:
    """One connection."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer

    async def send(self, ask: Ask) -> Answer:
        """Raises one of FAULTS."""
        self._writer.write(as_bytes(ask))
        head = await self._reader.readuntil(b"\r\n\r\n")
        length = Answer(head, b"").header("content-length")
        answer = Answer(head, await self._reader.readexactly(int(length)))
        status = int(head[9:12])
        if status != ask.status or ask.expect.encode() not in answer.body:
            raise WrongAnswer(f"{ask.path}: {status}, {len(answer.body)} bytes")
        return answer


@contextlib.asynccontextmanager
async def connected(port: int) -> AsyncIterator[Wire]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=2**20)
    try:
        yield Wire(reader, writer)
    finally:
        writer.close()


def send_all(port: int, asks: Iterator[Ask], *, connections: int) -> int:
    """How many: on each connection the next one when an answer is there. Raises FAULTS."""

    async def work() -> int:
        sent = 0
        async with connected(port) as wire:
            for ask in asks:
                await wire.send(ask)
                sent += 1
        return sent

    async def together() -> int:
        return sum(await asyncio.gather(*(work() for _ in range(connections))))

    return asyncio.run(together())


@dataclass
class Starts:
    """Voters who each open a connection at a moment of their own, and begin with the quiz.

    Latency counts from that moment until the first statement is there: two requests.
    """

    port: int
    moments: list[tuple[float, str]]  # seconds after the start, and the contest
    expect: str  # in the first statement's page
    latencies: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def run(self) -> None:
        asyncio.run(self._run())

    async def _run(self) -> None:
        begin = time.monotonic()
        await asyncio.gather(*(self._start(begin + at, contest) for at, contest in self.moments))

    async def _start(self, moment: float, contest: str) -> None:
        await asyncio.sleep(moment - time.monotonic())
        try:
            async with asyncio.timeout(PATIENCE), connected(self.port) as wire:
                begun = await wire.send(Ask(f"/{contest}/begin/", form="", status=303))
                page = Ask(begun.header("location"), self.expect, cookie=begun.cookie)
                await wire.send(page)
        except FAULTS as error:
            self.errors.append(repr(error))
        else:
            self.latencies.append(time.monotonic() - moment)
