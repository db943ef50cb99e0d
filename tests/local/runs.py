"""The product started as a user starts it, in processes of its own."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from http.client import HTTPConnection
from pathlib import Path

from django.conf import settings

from stemhulp.local.processes import end_with_parent

START_TIMEOUT = 400.0  # seconds; a busy machine fails nothing


@dataclass
class Run:
    process: subprocess.Popen[str]
    port: int
    log: Path

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def get(self, path: str) -> tuple[int, str]:
        """Status and text of a page."""
        return self._ask("GET", path)

    def headers(self, path: str) -> Message:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=10)
        with contextlib.closing(connection):
            connection.request("GET", path)
            return connection.getresponse().headers

    def post(self, path: str) -> tuple[int, str]:
        return self._ask("POST", path)

    def _ask(self, method: str, path: str) -> tuple[int, str]:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=10)
        with contextlib.closing(connection):
            connection.request(method, path)
            response = connection.getresponse()
            return response.status, response.read().decode()

    def wait_until_ready(self) -> None:
        deadline = time.monotonic() + START_TIMEOUT
        while "is running at" not in self.log.read_text():
            assert self.process.poll() is None, self.log.read_text()
            assert time.monotonic() < deadline, self.log.read_text()
            time.sleep(0.1)


@contextlib.contextmanager
def demo(home: Path, port: int, **environment: str) -> Iterator[Run]:
    """`python -m stemhulp.local demo` with its data in `home`; stopped at the end if it still runs.

    The variables of the test's own setup are not handed on.
    """
    home.mkdir(parents=True, exist_ok=True)
    log = home / f"demo-{port}.log"
    with log.open("w") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "stemhulp.local", "demo"],
            cwd=settings.BASE_DIR,
            env=clean_environment() | {"STEMHULP_HOME": str(home), "PORT": str(port)} | environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            text=True,
            preexec_fn=end_with_parent(signal.SIGINT),  # noqa: PLW1509  # a worker may be killed
        )
    try:
        yield Run(process, port, log)
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
        process.wait(60)


def manage(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """`manage.py` on the data in `home`."""
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=settings.BASE_DIR,
        env=clean_environment() | {"STEMHULP_HOME": str(home)},
        capture_output=True,
        text=True,
        timeout=120,
    )


def clean_environment() -> dict[str, str]:
    """The environment of a new user."""
    ours = (
        *("SECRET_KEY", "SECRET_KEY_FALLBACKS", "DEBUG", "HTTPS", "DATABASE_URL", "STATIC_ROOT"),
        *("EDITIONS_REFRESH_SECONDS", "GUIDES_REFRESH_SECONDS", "EDITIONS_FOLDER"),
        "HANDOUTS_FOLDER",
        *("OPENDATA_FOLDER", "COUNT_USE"),
        *("LOG_FORMAT", "METRICS_PORT", "METRICS_FOLDER", "SENTRY_DSN", "BEHIND_PROXY"),
        *("DJANGO_SETTINGS_MODULE", "PORT", "SITE_URL", "EMAIL_URL", "MAIL_FOLDER", "DEMO"),
    )
    return {name: value for name, value in os.environ.items() if name not in ours}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def processes_with(home: Path) -> list[int]:
    """The processes that work on this folder, by their command line or environment."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            told = (folder / "cmdline").read_bytes() + (folder / "environ").read_bytes()
            zombie = ") Z " in (folder / "stat").read_text()
            if str(home).encode() in told and not zombie and int(folder.name) != os.getpid():
                found.append(int(folder.name))
    return found


def wait_until_gone(home: Path) -> None:
    deadline = time.monotonic() + 20
    while left := processes_with(home):
        assert time.monotonic() < deadline, f"still running: {left}"
        time.sleep(0.1)


def remove_elsewhere(home: Path) -> None:
    """Remove data that, for root below a closed folder, lies outside of it."""
    for pointer in home.rglob("elsewhere"):
        shutil.rmtree(pointer.read_text().strip())
