"""What the product's own log handlers write, for a test to read."""

import io
import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from stemhulp.watch.log import Console, JsonLines

LOGGERS = ("", "django", "django.request", "stemhulp.requests")


@contextmanager
def logged(formatter: logging.Formatter | None = None) -> Iterator[io.StringIO]:
    """All lines at any level, as `settings.LOGGING` has them formatted."""
    written = io.StringIO()
    handler = Console(written)
    handler.setFormatter(formatter or JsonLines())
    loggers = [logging.getLogger(name) for name in LOGGERS]
    levels = [each.level for each in loggers]
    for each in loggers:
        each.setLevel(logging.DEBUG)
    for each in loggers[:3]:  # the fourth hands on to the first
        each.addHandler(handler)
    try:
        yield written
    finally:
        for each, level in zip(loggers, levels, strict=True):
            each.setLevel(level)
            each.removeHandler(handler)


def lines(written: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in written.getvalue().splitlines()]
