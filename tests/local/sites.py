"""Processes of the product on a database of their own, and who visits them."""

import contextlib
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

import psycopg
from django.conf import settings

from stemhulp.local import web_server
from stemhulp.local.postgres import Cluster
from tests.local.runs import clean_environment, free_port
from tests.local.waiting import wait_until

TOWN = "/gr2022/voorbeeldstad/"


@dataclass
class Site:
    """The product on a port, for a voter with a cookie."""

    port: int
    cookie: str = field(default="", compare=False)
    given: list[str] = field(default_factory=list, compare=False)  # by the last answer

    def ask(self, method: str, path: str, **fields: str) -> tuple[int, str]:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        headers = {"Cookie": self.cookie, "Content-Type": "application/x-www-form-urlencoded"}
        with contextlib.closing(connection):
            connection.request(method, path, urlencode(fields) if fields else None, headers)
            response = connection.getresponse()
            self.given = response.headers.get_all("Set-Cookie", [])
            self.cookie = self.given[0].split(";")[0] if self.given else self.cookie
            return response.status, response.read().decode()


@dataclass
class Place:
    """A database with the demo in it, and a folder for what processes keep."""

    cluster: Cluster
    url: str
    home: Path

    @property
    def log(self) -> str:
        return (self.home / "log").read_text()


def environment(url: str, home: Path) -> dict[str, str]:
    return clean_environment() | {
        "DATABASE_URL": url,
        "SECRET_KEY": "only-for-tests-q8Zr2LxVn5TcWb7Ky4MdHs9PfJg3XwRa6UeCt",
        "HTTPS": "off",
        "SITE_URL": "http://127.0.0.1",
        "EMAIL_URL": "memorymail://",
        "STATIC_ROOT": str(settings.STATIC_ROOT),
        "EDITIONS_FOLDER": str(home / "editions"),
        "HANDOUTS_FOLDER": str(home / "handouts"),
        "OPENDATA_FOLDER": str(home / "opendata"),
        "EDITIONS_REFRESH_SECONDS": "0.5",
    }


def manage(url: str, home: Path, *arguments: str, **more: str) -> str:
    """What a command of `manage.py` writes; `more` is environment."""
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=settings.BASE_DIR,
        env=environment(url, home) | more,
        check=True,
        capture_output=True,
        text=True,
    ).stdout


def change(place: Place, statement: str) -> None:
    with psycopg.connect(place.url) as connection:
        connection.execute(statement.encode())


@contextlib.contextmanager
def serving(place: Place) -> Iterator[Site]:
    site = Site(free_port())
    with (place.home / "log").open("ab") as log:
        server = subprocess.Popen(
            web_server.command("127.0.0.1", site.port, workers=1),
            cwd=settings.BASE_DIR,
            env=environment(place.url, place.home),
            stdout=log,
            stderr=log,
        )
    try:
        wait_until(lambda: site.ask("GET", "/health/editions")[0] == 200)
        yield site
    finally:
        server.terminate()
        server.wait(30)


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
