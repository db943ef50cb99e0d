"""Counting in memory, and writing it down once an hour, in one batch.

A request adds one to a number and goes on: it waits for nothing, and no row tells when it came. A
process that is killed loses what it counted since the hour began; one that is stopped does not.
"""

import logging
import threading
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from multiprocessing.util import Finalize

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection, connections, transaction
from django.utils import timezone

from stemhulp.use.models import DailyUse

logger = logging.getLogger(__name__)
Key = tuple[str, str, date]  # election, municipality, day
# Rows always in the same order, so that processes that write at the same hour wait and not clash.
ADD = f"""
INSERT INTO {DailyUse._meta.db_table} (election, municipality, day, started, finished)
VALUES (%s, %s, %s, %s, %s)
ON CONFLICT (election, municipality, day) DO UPDATE SET
    started = {DailyUse._meta.db_table}.started + EXCLUDED.started,
    finished = {DailyUse._meta.db_table}.finished + EXCLUDED.finished
"""  # noqa: S608  # the name of our own table


@dataclass
class Count:
    started: int = 0
    finished: int = 0


class Tally:
    """What one process counted and did not write down yet."""

    def __init__(self) -> None:
        self._counts: dict[Key, Count] = defaultdict(Count)
        self._lock = threading.Lock()
        self._clock: threading.Timer | None = None
        self._last: Finalize | None = None  # what is done when the process ends

    def add(self, election: str, municipality: str, *, started: int = 0, finished: int = 0) -> None:
        """Count along; nothing unless COUNT_USE is on."""
        if not settings.COUNT_USE:
            return
        key = (election, municipality, timezone.localdate())
        with self._lock:
            count = self._counts[key]
            count.started += started
            count.finished += finished
            self._wind()

    def write(self) -> None:
        """Write down what was counted; without a database it is kept for the next time."""
        with self._lock:
            counts, self._counts = self._counts, defaultdict(Count)
        try:
            _write(counts)
        except (DatabaseError, InterfaceError) as error:
            logger.warning("Use could not be written down; it is kept. %s", error)
            self._take_back(counts)

    def stop(self) -> None:
        """Write down what is left, and wake up no more."""
        if self._clock is not None:
            self._clock.cancel()
            self._clock = None
        if self._counts:
            self.write()

    def _take_back(self, counts: Mapping[Key, Count]) -> None:
        with self._lock:
            for key, count in counts.items():
                self._counts[key].started += count.started
                self._counts[key].finished += count.finished
            self._wind()

    def _wind(self) -> None:
        """Have it written down when the hour is full, or when the process ends before."""
        if self._last is None:
            # Granian's workers are processes of multiprocessing, which end without atexit.
            self._last = Finalize(None, self.stop, exitpriority=0)
        if self._clock is None:
            self._clock = threading.Timer(_until_the_hour(timezone.now()), self._on_the_hour)
            self._clock.daemon = True
            self._clock.start()

    def _on_the_hour(self) -> None:
        self._clock = None
        try:
            self.write()
        finally:
            connections.close_all()


def _until_the_hour(now: datetime) -> float:
    """Seconds."""
    full = now.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    return (full - now).total_seconds()


def _write(counts: Mapping[Key, Count]) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany(ADD, _rows(counts))


def _rows(counts: Mapping[Key, Count]) -> list[tuple[str, str, date, int, int]]:
    return [
        (*key, count.started, count.finished)
        for key, count in sorted(counts.items(), key=lambda each: each[0])
    ]


tally = Tally()
