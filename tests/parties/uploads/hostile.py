"""Readers that a file took hold of, for tests: each does what no reader may."""

import contextlib
import itertools
import os
import resource
import signal
import socket
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from parties.uploads.refusals import Refusal


@dataclass(frozen=True)
class Word:
    """What these readers are said to give."""

    text: str
    day: date | None = None


class WrongError(Refusal):
    """What they are said to refuse with."""


def decent(data: bytes) -> Word:
    if data.startswith(b"wrong"):
        raise WrongError("Dit is niet goed: “é”.")
    return Word(data.decode(), date(2022, 3, 16))


def hangs(data: bytes) -> Word:
    time.sleep(60)
    return decent(data)


def burns(data: bytes) -> Word:
    resource.setrlimit(resource.RLIMIT_CPU, (1, 1))  # not as long as it may: this is a test
    for _ in itertools.count():
        pass
    return decent(data)


def swells(data: bytes) -> Word:
    return decent(data * 2**30)


def crashes(data: bytes) -> Word:
    os.kill(os.getpid(), signal.SIGSEGV)
    return decent(data)


def fails(data: bytes) -> Word:
    raise ValueError(data.decode())


def ends(data: bytes) -> Word:
    sys.exit(0)


def talks(data: bytes) -> Word:
    for _ in itertools.count():
        sys.stdout.buffer.write(b"+" * 2**20)
    return decent(data)


def gives_another_form(data: bytes) -> Any:
    return {"text": ["x"], "day": None}


def gives_more(data: bytes) -> Any:
    return {"text": "x", "day": "2022-03-16x"}


def refuses_without_words(data: bytes) -> Word:
    class Silent(Refusal):
        def told(self) -> dict[str, Any]:
            return {}

    raise Silent


def reaches_around(data: bytes) -> list[str]:
    """What it could get hold of, or could do, beside reading."""
    reached = [f"environment: {name}" for name in os.environ if name != "LC_CTYPE"]  # of Python
    reached += [name for name in sys.modules if name in {"django", "psycopg", "numpy"}]
    ways: dict[str, Callable[[], object]] = {
        "wrote a file": tempfile.TemporaryFile,
        "read a file": Path(__file__).read_bytes,
        "listed a folder": lambda: os.listdir("/"),  # noqa: PTH208  # as whoever breaks in would
        "reached for another machine": socket.socket,
        "spoke with a process": os.pipe,
    }
    for name, way in ways.items():
        with contextlib.suppress(OSError):
            way()
            reached.append(name)
    return reached


def limits(data: bytes) -> list[tuple[int, int]]:
    kinds = (resource.RLIMIT_CORE, resource.RLIMIT_CPU, resource.RLIMIT_AS, resource.RLIMIT_FSIZE)
    return [
        resource.getrlimit(each) for each in (*kinds, resource.RLIMIT_NPROC, resource.RLIMIT_NOFILE)
    ]
