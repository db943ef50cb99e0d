"""nginx as deploy/ has it, and what reaches the server behind it: slow clients, and its stop."""

import contextlib
import os
import resource
import signal
import socket
import ssl
import time
from collections.abc import Iterator, Sequence
from http.client import HTTPResponse
from pathlib import Path

import pytest

from tests.local import copies
from tests.local.doors import opened, trusting
from tests.local.runs import free_port
from tests.local.sites import TOWN, Site, environment
from tests.local.waiting import wait_until
from tests.local.web import Web

pytestmark = pytest.mark.django_db  # has the demo loaded; voters only read
SILENT = 2_000
FORMS = 100  # one would hold up the only worker
STEP = f"{TOWN}stelling/1/"


@pytest.fixture
def web(tmp_path: Path) -> Iterator[Web]:
    process = Web(free_port(), environment(copies.address(), tmp_path), tmp_path / "log")
    process.start()
    try:
        wait_until(lambda: process.is_ready)
        yield process
    finally:
        if process.process is not None and process.process.poll() is None:
            process.end(signal.SIGKILL)


@pytest.fixture
def door(web: Web, tmp_path: Path) -> Iterator[int]:
    """The port of nginx."""
    with opened(web.port, tmp_path) as port:
        yield port


@contextlib.contextmanager
def silent(port: int, count: int, opening: bytes) -> Iterator[list[socket.socket]]:
    """Connections that began to say something, and go on byte by byte."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, max(soft, 2 * count + 500)), hard))
    with contextlib.ExitStack() as stack:
        found = []
        for _ in range(count):
            each = stack.enter_context(socket.create_connection(("127.0.0.1", port), timeout=10))
            each.sendall(opening)
            found.append(each)
        yield found


def longest(port: int, waiting: Sequence[socket.socket], path: str = TOWN) -> float:
    """The slowest of ten pages for somebody else, while each of the others says one byte more."""
    slowest = 0.0
    for _ in range(10):
        for each in waiting[::10]:
            with contextlib.suppress(OSError):
                each.send(b"a")
        start = time.monotonic()
        assert Site(port).ask("GET", path)[0] == 200
        slowest = max(slowest, time.monotonic() - start)
        time.sleep(0.1)
    return slowest


def test_thousands_of_slow_headers_keep_nobody_out_even_without_a_door(web: Web) -> None:
    with silent(web.port, SILENT, b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ") as waiting:
        assert longest(web.port, waiting) < 5


def test_header_that_does_not_come_is_not_waited_for(web: Web) -> None:
    with silent(web.port, 1, b"GET / HTTP/1.1\r\nX-Slow: ") as [one]:
        one.settimeout(20)
        start = time.monotonic()
        with contextlib.suppress(ConnectionError):
            assert b"200" not in one.recv(1000)
        assert time.monotonic() - start < 15


def test_slow_forms_wait_at_the_door(web: Web, door: int, tmp_path: Path) -> None:
    """Of a quiz that began, so that the product would read what they send."""
    voter = Site(web.port)
    assert voter.ask("POST", f"{TOWN}begin/")[0] == 303
    head = (
        f"POST {STEP} HTTP/1.1\r\nHost: localhost\r\nCookie: {voter.cookie}\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000\r\n\r\nmening="
    )
    with contextlib.ExitStack() as stack:
        waiting = []
        for _ in range(FORMS):
            plain = stack.enter_context(socket.create_connection(("127.0.0.1", door), timeout=10))
            waiting.append(stack.enter_context(secured(plain)))
            waiting[-1].sendall(head.encode())
        assert longest(web.port, waiting) < 5  # the process behind it knows nothing of them
    left = [file for file in tmp_path.iterdir() if file.name.isdigit()]
    assert left == []  # nor is any of it in a file


def secured(plain: socket.socket) -> ssl.SSLSocket:
    return trusting().wrap_socket(plain)


def test_door_hides_health_and_says_who_asks(web: Web, door: int) -> None:
    with socket.create_connection(("127.0.0.1", door)) as plain, secured(plain) as told:
        told.sendall(b"GET /health/ready HTTP/1.1\r\nHost: localhost\r\n\r\n")
        response = HTTPResponse(told)
        response.begin()
        assert response.status == 404
    with socket.create_connection(("127.0.0.1", door)) as plain, secured(plain) as told:
        told.sendall(f"GET {TOWN} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        response = HTTPResponse(told)
        response.begin()
        assert response.status == 200
        assert response.getheader("Server") == "nginx"


def test_stop_lets_a_request_in_flight_end(web: Web) -> None:
    """Half of a form is there when the process is told to stop; the other half comes after."""
    voter = Site(web.port)
    assert voter.ask("POST", f"{TOWN}begin/")[0] == 303
    head = (
        f"POST {STEP} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {voter.cookie}\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 8\r\n\r\nmen"
    )
    assert web.process is not None
    with socket.create_connection(("127.0.0.1", web.port), timeout=20) as flight:
        flight.sendall(head.encode())
        time.sleep(0.5)
        os.kill(web.process.pid, signal.SIGTERM)
        time.sleep(1)
        flight.sendall(b"ing=1")
        response = HTTPResponse(flight)
        response.begin()
        assert response.status == 303
    assert web.process.wait(20) == 0


def test_worker_that_is_killed_is_started_anew(web: Web) -> None:
    assert web.process is not None
    children = Path(f"/proc/{web.process.pid}/task/{web.process.pid}/children")
    for pid in children.read_text().split():
        os.kill(int(pid), signal.SIGKILL)
    wait_until(lambda: web.is_ready)
    assert web.process.poll() is None
