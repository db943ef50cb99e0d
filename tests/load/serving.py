"""The product as `make demo` serves it, but with one worker and a database of its own."""

import contextlib
import os
import secrets
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO
from urllib.parse import urlsplit

import psycopg

from stemhulp.local import web_server
from stemhulp.local.environment import BASE_DIR
from stemhulp.local.postgres import Cluster
from stemhulp.local.processes import end_with_parent, stop_group
from tests.load.traffic import Ask, Client
from tests.local.runs import clean_environment, free_port

START_TIMEOUT = 30.0
LOG_SHOWN = 20_000  # bytes
TICKS = os.sysconf("SC_CLK_TCK")  # per second: the unit of /proc/PID/stat, proc_pid_stat(5)


@dataclass(frozen=True)
class Server:
    port: int
    pid: int
    contests: list[str]  # the addresses of those in which parties take part: "gr2022/utrecht"
    publishing: float  # seconds that it took to publish them
    environment: dict[str, str]  # of the processes that serve

    def processes(self) -> list[int]:
        """The server and all that it started."""
        children = dict[int, list[int]]()
        for folder in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):
                children.setdefault(int(_stat(int(folder.name))[1]), []).append(int(folder.name))
        family = [self.pid]
        for pid in family:
            family += children.get(pid, [])
        return family

    def cpu_seconds(self) -> float:
        """What the server and all processes it started have used since their start."""
        stats = [_stat(pid) for pid in self.processes()]
        return sum(int(fields[11]) + int(fields[12]) for fields in stats) / TICKS

    def resident(self) -> float:
        """MiB of the worker: the largest process of the server."""
        sizes = []
        for pid in self.processes():
            with contextlib.suppress(OSError):
                pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
                sizes.append(pages * os.sysconf("SC_PAGE_SIZE") / 2**20)
        return max(sizes)


@contextlib.contextmanager
def prepared() -> Iterator[dict[str, str]]:
    """The environment of an empty, migrated database; nothing of it is left afterwards."""
    with (
        tempfile.TemporaryDirectory(prefix="stemhulp-bench-") as folder,
        contextlib.ExitStack() as kept,
    ):
        home = Path(folder)
        home.chmod(0o755)  # as root, PostgreSQL runs as another user, who must come in
        environment = clean_environment() | {
            "DATABASE_URL": kept.enter_context(_database(home)),
            "DJANGO_SETTINGS_MODULE": "tests.load.settings",
            "SECRET_KEY": secrets.token_urlsafe(60),
            "DEBUG": "off",
            "HTTPS": "off",
            "SITE_URL": "http://127.0.0.1",
            "EMAIL_URL": "dummymail://",
            "STATIC_ROOT": str(home / "static"),
            "EDITIONS_FOLDER": str(home / "editions"),
            "HANDOUTS_FOLDER": str(home / "handouts"),
            "OPENDATA_FOLDER": str(home / "opendata"),
        }
        _run(environment, "manage.py", "migrate", "--verbosity=0")
        _run(environment, "manage.py", "collectstatic", "--no-input", "--verbosity=0")
        yield environment


@contextlib.contextmanager
def served(contests: int) -> Iterator[Server]:
    """Everything from an empty database to a page."""
    with prepared() as environment:
        addresses = _run(environment, "-m", "tests.load.data", str(contests)).split()
        start = time.monotonic()
        _publish(environment, addresses)
        publishing = time.monotonic() - start
        port = free_port()
        with _granian(environment, port, workers=1) as pid:
            yield Server(port, pid, addresses, publishing, environment)


@contextlib.contextmanager
def beside(server: Server, *, workers: int) -> Iterator[Server]:
    """Another server of the same, just started, with so many workers."""
    port = free_port()
    with _granian(server.environment, port, workers=workers) as pid:
        yield replace(server, port=port, pid=pid)


def lines_of(room: str, *, quick: bool) -> list[str]:
    """The figures of `tests.load.portal` and its like, which run in a process of their own."""
    with prepared() as environment:
        size = "quick" if quick else "full"
        return _run(environment, "-m", f"tests.load.{room}", size).splitlines()


def _stat(pid: int) -> list[str]:
    """The fields of proc_pid_stat(5) after the name, which may hold anything."""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()


@contextlib.contextmanager
def _database(home: Path) -> Iterator[str]:
    """A database of our own, on the server of DATABASE_URL or on one in this folder."""
    with contextlib.ExitStack() as kept:
        server = os.environ.get("DATABASE_URL") or kept.enter_context(
            Cluster(home / "postgres").running()
        )
        name = f"bench_{os.getpid()}"
        connection = kept.enter_context(psycopg.connect(server, autocommit=True))
        connection.execute(f'CREATE DATABASE "{name}"')
        try:
            yield urlsplit(server)._replace(path=f"/{name}").geturl()
        finally:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def _run(environment: dict[str, str], *arguments: str) -> str:
    """What a Python process writes. Raises CalledProcessError; its own error is on stderr."""
    with _aside() as log:
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=BASE_DIR,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
            check=True,
        ).stdout


@contextlib.contextmanager
def _aside() -> Iterator[IO[bytes]]:
    """A file for what others log; its end goes to stderr when something goes wrong meanwhile."""
    with tempfile.TemporaryFile() as log:
        try:
            yield log
        except Exception:
            log.seek(max(0, log.seek(0, os.SEEK_END) - LOG_SHOWN))
            sys.stderr.buffer.write(log.read())
            sys.stderr.flush()
            raise


def _publish(environment: dict[str, str], addresses: list[str]) -> None:
    """All that take part, by the command that staff would use; the others have no parties."""
    election = addresses[0].partition("/")[0]
    command = [*("manage.py", "publish", "--election", election), *("--by", "Niemand")]
    subprocess.run(
        [sys.executable, *command],
        cwd=BASE_DIR,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=False,  # it names the contests that have no parties, and fails for them
    )


@contextlib.contextmanager
def _granian(environment: dict[str, str], port: int, *, workers: int) -> Iterator[int]:
    """The server, as `stemhulp.local` starts it; yields its process number.

    It writes a line for each request, as on a server; they are looked at when it goes wrong.
    """
    with _aside() as log:
        server = subprocess.Popen(
            web_server.command("127.0.0.1", port, workers=workers),
            cwd=BASE_DIR,
            env=environment | web_server.KEEP_MEMORY,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            preexec_fn=end_with_parent(signal.SIGTERM),  # noqa: PLW1509  # only prctl is called
        )
        try:
            _wait_until_ready(server, port)
            yield server.pid
        finally:
            stop_group(server)


def _wait_until_ready(server: subprocess.Popen[bytes], port: int) -> None:
    deadline = time.monotonic() + START_TIMEOUT
    while server.poll() is None and time.monotonic() < deadline:
        with contextlib.suppress(OSError), contextlib.closing(Client(port)) as client:
            client.send(Ask("/bare/", "ok"))
            return
        time.sleep(0.05)
    raise RuntimeError("The server did not start; see the lines above.")
