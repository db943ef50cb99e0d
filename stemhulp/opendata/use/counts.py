"""What is told of the use of the quiz: only numbers so large that nobody can be seen in them."""

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.db import DatabaseError, InterfaceError

from stemhulp.use.models import DailyUse

SMALLEST = 10  # a number below it is not shown
MINUTES = 10  # that a process goes on with what it knows
Key = TypeVar("Key")
FIELDS = ("day", "municipality", "started", "finished")


@dataclass(frozen=True)
class Use:
    """Quizzes of one day, of one municipality, or of both; None for a number under ten."""

    started: int | None
    finished: int | None


@dataclass(frozen=True)
class Cell(Use):
    """One municipality on one day."""

    day: date
    municipality: str  # its slug


class UnknownUseError(Exception):
    """The database cannot be reached, and this process was not told anything before."""


_known: dict[str, tuple[date, float, Sequence[Cell]]] = {}


def cells(election: str, today: date) -> Sequence[Cell]:
    """All that may be shown of an election, by day. Raises UnknownUseError.

    At most one query in ten minutes; without a database what was known is told on.
    """
    known = _known.get(election)
    if known and known[0] == today and time.monotonic() - known[1] < MINUTES * 60:
        return known[2]
    try:
        rows = list(DailyUse.objects.complete(election, today).values_list(*FIELDS))
    except (DatabaseError, InterfaceError):
        if known is None:
            raise UnknownUseError from None
        return known[2]
    found = [_cell(*row) for row in rows if max(row[2:]) >= SMALLEST]
    _known[election] = (today, time.monotonic(), found)
    return found


def added_up(found: Iterable[Cell], by: Callable[[Cell], Key]) -> dict[Key, Use]:
    """The sums of what is shown, for each day or each municipality.

    Only of what is shown: a true total would tell, by subtraction, what is left out.
    """
    sums: dict[Key, Use] = {}
    for cell in found:
        so_far = sums.get(by(cell), Use(None, None))
        sums[by(cell)] = Use(
            _sum(so_far.started, cell.started), _sum(so_far.finished, cell.finished)
        )
    return sums


def forget() -> None:
    """Ask the database anew."""
    _known.clear()


def _cell(day: date, municipality: str, started: int, finished: int) -> Cell:
    return Cell(
        day=day, municipality=municipality, started=_shown(started), finished=_shown(finished)
    )


def _shown(number: int) -> int | None:
    return number if number >= SMALLEST else None


def _sum(one: int | None, other: int | None) -> int | None:
    return other if one is None else one if other is None else one + other
