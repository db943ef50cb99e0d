"""The log: one line for each event, made of an allow-list of fields.

    time level logger message request method route status milliseconds exception traceback

A message is written out where it is ours. Others put addresses and whole paths into theirs ("Not
Found: /…", "Invalid HTTP_HOST header: …"): of those only the template stands here, and of those
that come without one, only where in the code they were written. The text of an exception is never
written: it may quote what somebody sent. Its class, and its way through the code, are.
"""

import contextlib
import json
import logging
import os
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from traceback import extract_tb
from types import TracebackType
from typing import Any

from stemhulp.watch import seen

ROOT = Path(__file__).resolve().parents[2]
OURS = ("stemhulp", "parties", "statements")
# Who work beside the requests, and tell no more than the numbers and names of tasks and processes.
BESIDE = ("django_tasks", "django_tasks_db", "_granian")
REPORTED = "stemhulp.threads"


def fields(record: logging.LogRecord) -> dict[str, Any]:
    """All that may be told of a record, in order; what is not known is left out."""
    told: dict[str, Any] = {
        "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
        "level": record.levelname,
        "logger": record.name,
        "message": message(record),
    }
    if (request := seen.now()) is not None:
        told |= {"request": request.id, "method": request.method, "route": request.route}
    status = getattr(record, "status_code", None)
    if isinstance(status, int):
        told["status"] = status
    taken = getattr(record, "milliseconds", None)
    if isinstance(taken, float):
        told["milliseconds"] = round(taken, 1)
    if record.exc_info and record.exc_info[1] is not None:
        told["exception"] = kind(record.exc_info[1])
        told["traceback"] = list(way(record.exc_info[1]))
    return told


def message(record: logging.LogRecord) -> str:
    room = record.name.partition(".")[0]
    if room in OURS or room in BESIDE:
        return record.getMessage()
    if record.args:
        return str(record.msg)
    return f"({record.module}, line {record.lineno})"


def kind(error: BaseException) -> str:
    """The class of an exception; of what the system or the database refused, its reason as well.

    That is a text of the system's own, or a code (SQLSTATE): no value is in it.
    """
    name = type(error).__qualname__
    if isinstance(error, OSError) and isinstance(error.errno, int):
        return f"{name}: {os.strerror(error.errno)}"
    state = getattr(error, "sqlstate", None) or getattr(error.__cause__, "sqlstate", None)
    return f"{name}: SQLSTATE {state}" if isinstance(state, str) else name


def way(error: BaseException) -> Iterator[str]:
    """Through the code: file, line and function of each call, and what came before it."""
    for each in chain(error):
        for frame in extract_tb(each.__traceback__, limit=-50):
            yield f"{place(frame.filename)}:{frame.lineno} {frame.name}"
        yield kind(each)


def chain(error: BaseException) -> list[BaseException]:
    """What led to an exception, the first first."""
    found: list[BaseException] = []
    current: BaseException | None = error
    while current is not None and current not in found:
        found.append(current)
        hidden = current.__suppress_context__
        current = current.__cause__ or (None if hidden else current.__context__)
    return found[::-1]


def place(filename: str) -> str:
    """A file, from our own folder or from that of the packages."""
    _, found, package = filename.rpartition("site-packages/")
    return package if found else filename.removeprefix(f"{ROOT}/")


class JsonLines(logging.Formatter):
    """For machines: one JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        return json.dumps(fields(record), ensure_ascii=False)


class PlainLines(logging.Formatter):
    """The same for people at a terminal."""

    def format(self, record: logging.LogRecord) -> str:
        told = fields(record)
        way = told.pop("traceback", [])
        first = " ".join(str(told.pop(name)) for name in ("time", "level", "logger", "message"))
        others = "".join(f" {name}={value}" for name, value in told.items())
        return "\n  ".join([" ".join(first.splitlines()) + others, *way])


class Console(logging.StreamHandler[Any]):
    """Writes to standard error. What cannot be written is not shown in another form instead.

    (`logging` itself would then print the message with all that was in it.) A line that finds the
    disk full, or nobody at the other end, costs no voter a page.
    """

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802  # logging's name
        error = sys.exc_info()[1]
        with contextlib.suppress(OSError):
            sys.stderr.write(
                f"A line of {record.name} could not be logged: {type(error).__name__}\n"
            )


def catch_threads() -> None:
    """Have a thread that fails say so in the log: Python would print the exception's text."""
    threading.excepthook = _report


def _report(failure: threading.ExceptHookArgs) -> None:
    if failure.exc_value is None or isinstance(failure.exc_value, SystemExit):
        return
    told: tuple[type[BaseException], BaseException, TracebackType | None] = (
        *(failure.exc_type, failure.exc_value),
        failure.exc_traceback,
    )
    logging.getLogger(REPORTED).error("A thread failed.", exc_info=told)
