"""Requests over kept connections: as fast as answers come, or at moments set beforehand."""

import contextlib
import ssl
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPMessage, HTTPSConnection

MOST = 20_000  # requests of one connection in one closed loop
TIMEOUT = 10.0
GRACE = 5.0  # seconds after its last moment in which an open loop may still catch up


class WrongAnswer(Exception):
    """The server's reply is not what was asked for."""


@dataclass(frozen=True)
class Ask:
    """A request, and what its answer must look like."""

    path: str
    expect: str = ""
    form: str | None = None  # makes it a POST
    cookie: str = ""
    htmx: bool = False
    status: int = 200
    encoding: str = "identity"

    @property
    def headers(self) -> dict[str, str]:
        sent = {"Accept-Encoding": self.encoding}
        if self.cookie:
            sent["Cookie"] = self.cookie
        if self.form is not None:
            sent["Content-Type"] = "application/x-www-form-urlencoded"
            sent["Sec-Fetch-Site"] = "same-origin"
        return sent | ({"HX-Request": "true"} if self.htmx else {})


@dataclass(frozen=True)
class Reply:
    headers: HTTPMessage
    body: bytes

    @property
    def cookie(self) -> str:
        """The cookie it sets, as the next request sends it back."""
        return self.headers["Set-Cookie"].partition(";")[0]


class Client:
    """One connection to the server, kept open and opened anew when it breaks."""

    def __init__(self, port: int, secret: ssl.SSLContext | None = None) -> None:
        """`secret` speaks TLS, as to a proxy in front."""
        self._connection = (
            HTTPSConnection("127.0.0.1", port, timeout=TIMEOUT, context=secret)
            if secret
            else HTTPConnection("127.0.0.1", port, timeout=TIMEOUT)
        )

    def send(self, ask: Ask) -> Reply:
        """Raises WrongAnswer, OSError or HTTPException."""
        method = "GET" if ask.form is None else "POST"
        try:
            self._connection.request(method, ask.path, ask.form, ask.headers)
            response = self._connection.getresponse()
            body = response.read()
        except (OSError, HTTPException):
            self._connection.close()
            raise
        if response.status != ask.status or ask.expect.encode() not in body:
            raise WrongAnswer(f"{method} {ask.path}: {response.status}, {len(body)} bytes")
        return Reply(response.headers, body)

    def close(self) -> None:
        self._connection.close()


def closed_loop(port: int, ask: Ask, *, seconds: float, connections: int) -> int:
    """How often the same request was answered, the next one sent when an answer is there."""
    end = time.monotonic() + seconds

    def send_until_end(_: int) -> int:
        with contextlib.closing(Client(port)) as client:
            for sent in range(MOST):
                if time.monotonic() >= end:
                    return sent
                client.send(ask)
        return MOST

    with ThreadPoolExecutor(connections) as pool:
        return sum(pool.map(send_until_end, range(connections)))


@dataclass
class OpenLoop:
    """Each request at its own moment, whether or not earlier ones were answered.

    Latency counts from that moment, so that a wait for a free connection is part of it.
    """

    port: int
    asks: Sequence[tuple[float, Ask]]  # seconds after the start, in order
    secret: ssl.SSLContext | None = None
    latencies: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    @property
    def unsent(self) -> int:
        """What was still waiting for a free connection when time was up."""
        return len(self.asks) - len(self.latencies) - len(self.errors)

    def run(self, *, connections: int) -> None:
        start = time.monotonic()
        lock, waiting = threading.Lock(), iter(self.asks)

        def taken() -> Iterator[tuple[float, Ask]]:
            while time.monotonic() < start + self.asks[-1][0] + GRACE:
                with lock:
                    found = next(waiting, None)
                if found is None:
                    return
                yield start + found[0], found[1]

        with ThreadPoolExecutor(connections) as pool:
            list(pool.map(self._send, [taken() for _ in range(connections)]))

    def _send(self, taken: Iterator[tuple[float, Ask]]) -> None:
        with contextlib.closing(Client(self.port, self.secret)) as client:
            for moment, ask in taken:
                time.sleep(max(0.0, moment - time.monotonic()))
                try:
                    client.send(ask)
                except (WrongAnswer, OSError, HTTPException) as error:
                    self.errors.append(repr(error))
                else:
                    self.latencies.append(time.monotonic() - moment)
