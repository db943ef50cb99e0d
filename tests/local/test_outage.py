"""The database stops while voters are under way: real processes, a real PostgreSQL."""

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

import psycopg
import pytest
from django.conf import settings

from stemhulp.local.postgres import Cluster, PostgresError, find_binaries
from tests.local.runs import clean_environment, free_port, remove_elsewhere

VOTERS = 50
TOWN = "/gr2022/voorbeeldstad/"


@dataclass
class Site:
    """The product on a port, for a voter with a cookie."""

    port: int
    cookie: str = field(default="", compare=False)

    def ask(self, method: str, path: str, **fields: str) -> tuple[int, str]:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        headers = {"Cookie": self.cookie, "Content-Type": "application/x-www-form-urlencoded"}
        with contextlib.closing(connection):
            connection.request(method, path, urlencode(fields) if fields else None, headers)
            response = connection.getresponse()
            given = response.getheader("Set-Cookie")
            self.cookie = given.split(";")[0] if given else self.cookie
            return response.status, response.read().decode()


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    try:
        find_binaries()
    except PostgresError as error:
        pytest.skip(str(error))
    yield tmp_path
    remove_elsewhere(tmp_path)


def environment(url: str, home: Path) -> dict[str, str]:
    return clean_environment() | {
        "DATABASE_URL": url,
        "SECRET_KEY": "only-for-tests-" + "x" * 50,
        "HTTPS": "off",
        "STATIC_ROOT": str(settings.STATIC_ROOT),
        "EDITIONS_FOLDER": str(home / "editions"),
        "EDITIONS_REFRESH_SECONDS": "0.5",
    }


def manage(url: str, home: Path, *arguments: str) -> None:
    subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=settings.BASE_DIR,
        env=environment(url, home),
        check=True,
        capture_output=True,
    )


@contextlib.contextmanager
def serving(url: str, home: Path) -> Iterator[Site]:
    site = Site(free_port())
    command = [sys.executable, "-m", "granian", "stemhulp.wsgi:application", "--interface=wsgi"]
    options = [f"--port={site.port}", "--workers=1", "--blocking-threads=8", "--log-level=error"]
    server = subprocess.Popen(
        [*command, *options], cwd=settings.BASE_DIR, env=environment(url, home)
    )
    try:
        wait_until(lambda: site.ask("GET", "/health/editions")[0] == 200)
        yield site
    finally:
        server.terminate()
        server.wait(30)


def kept_files(home: Path) -> int:
    """Two editions, and what leads to them."""
    return len(list((home / "editions").glob("*.json")))


def wait_until(holds: Callable[[], object], seconds: float = 40) -> None:
    deadline = time.monotonic() + seconds
    while True:
        with contextlib.suppress(OSError):
            if holds():
                return
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.1)


def kill_database(cluster: Cluster) -> None:
    os.kill(int((cluster.data / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)


def take_quiz(site: Site, half_way: threading.Barrier, go_on: threading.Event) -> str:
    voter = Site(site.port)
    assert voter.ask("POST", f"{TOWN}begin/")[0] == 303
    for number in range(1, 25):
        if number == 12:
            half_way.wait(60)
            go_on.wait(60)
        path = f"{TOWN}stelling/{number}/"
        status, page = voter.ask("POST", path, mening=str(number % 5 - 2))
        assert status == 303, page
    status, page = voter.ask("GET", f"{TOWN}uitslag/")
    assert status == 200, page
    return page


def test_database_stops_restarts_and_no_voter_notices(home: Path) -> None:
    cluster = Cluster(home / "postgres", durable=False)
    with cluster.running() as url:
        manage(url, home, "migrate")
        manage(url, home, "load_demo", "--publish", "voorbeeldstad", "utrecht")
        with serving(url, home) as site:
            wait_until(lambda: site.ask("GET", TOWN)[0] == 200 and kept_files(home) == 3)
            half_way, go_on = threading.Barrier(VOTERS + 1), threading.Event()
            with ThreadPoolExecutor(VOTERS) as voters:
                pages = [voters.submit(take_quiz, site, half_way, go_on) for _ in range(VOTERS)]
                half_way.wait(60)
                kill_database(cluster)
                go_on.set()
                assert all("Jouw uitslag in Voorbeeldstad" in page.result() for page in pages)
            assert site.ask("GET", "/gr2022/utrecht/")[0] == 200  # never asked for before

        with serving(url, home) as site:  # a process started with no database at all
            assert '"stale_since": "' in site.ask("GET", "/health/editions")[1]
            go_on.set()
            page = take_quiz(site, threading.Barrier(1), go_on)
            assert "Groen Voorbeeldstad" in page
            assert site.ask("GET", "/?plaats=bergen")[0] == 200

            cluster.start()
            with psycopg.connect(url) as connection:
                connection.execute(
                    "UPDATE parties_party SET name = 'Anders' WHERE slug = 'groen-voorbeeldstad'"
                )
            manage(url, home, "publish", "--election", "gr2022", "--municipality", "voorbeeldstad")
            wait_until(lambda: "Anders" in site.ask("GET", TOWN)[1], seconds=20)
            wait_until(lambda: '"stale_since": null' in site.ask("GET", "/health/editions")[1])
