"""Values as the cells of a CSV, and back. A spreadsheet never runs a text as a formula.

A text that begins with one of GUARDED gets an apostrophe in front. So does one that begins with an
apostrophe: whoever reads takes one leading apostrophe away, and has every text as it was. Numbers,
dates and JSON are written as they are; nothing of these can be a formula.
"""

import json
import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any

from stemhulp.opendata.columns import Column, Kind

# OWASP, "CSV injection": these, and the same signs in full width. The apostrophe is the guard.
GUARDED = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "'")
GUARD = "'"
MOMENT = "%Y-%m-%dT%H:%M:%SZ"
DATED = (Kind.DATE, Kind.MOMENT)
_JSON = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))
_INTEGER = re.compile(r"-?(0|[1-9][0-9]{0,8})", re.ASCII)
_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_BOOLEANS = {"true": True, "false": False}


class CellError(ValueError):
    """A cell that is not what its column holds; the message says what was expected."""


def plain(column: Column, value: Any) -> Any:
    """A value as JSON has it: dates and moments as text."""
    return value if value is None or column.kind not in DATED else WRITERS[column.kind](value)


def written(column: Column, value: Any) -> str:
    """A value as it stands in a cell, before a comma or quotation mark in it is quoted."""
    return WRITERS[column.kind](value)


def as_json(value: Any) -> str:
    """JSON in the one way that we write it: keys sorted, no spaces, letters as they are."""
    return _JSON.encode(value)


def _text(value: str) -> str:
    return GUARD + value if value.startswith(GUARDED) else value


def _whole(value: int | None) -> str:
    return "" if value is None else str(value)


def _truth(value: bool | None) -> str:  # noqa: FBT001  # it is a value, and no choice
    return "" if value is None else "true" if value else "false"


@lru_cache(maxsize=1024)  # all rows of a contest have the same
def _day(value: date | None) -> str:
    return "" if value is None else value.isoformat()


@lru_cache(maxsize=1024)
def _second(value: datetime | None) -> str:
    return "" if value is None else value.astimezone(UTC).strftime(MOMENT)


# By kind, so that who writes many rows need not ask for each of their values.
WRITERS: dict[Kind, Callable[[Any], str]] = {
    Kind.TEXT: _text,
    Kind.INTEGER: _whole,
    Kind.BOOLEAN: _truth,
    Kind.DATE: _day,
    Kind.MOMENT: _second,
    Kind.OBJECT: as_json,
    Kind.LIST: as_json,
}


def read(column: Column, cell: str) -> Any:
    """The value in a cell; None where it is empty and not a text. Raises CellError."""
    value = cell.removeprefix(GUARD) if column.kind is Kind.TEXT else _read(column, cell)
    if column.is_required and value in (None, ""):
        raise CellError("is empty")
    if column.one_of and value and value not in column.one_of:
        raise CellError(f"expected one of: {', '.join(column.one_of)}")
    if isinstance(value, int) and not (
        (column.least is None or column.least <= value)
        and (column.most is None or value <= column.most)
    ):
        raise CellError(f"expected a number {_range(column)}")
    return value


def _range(column: Column) -> str:
    if column.most is None:
        return f"of {column.least} or more"
    return f"from {column.least} to {column.most}"


def _read(column: Column, cell: str) -> Any:
    if not cell:
        return None
    match column.kind:
        case Kind.INTEGER:
            return _integer(cell)
        case Kind.BOOLEAN:
            return _boolean(cell)
        case Kind.DATE:
            return _date(cell)
        case Kind.MOMENT:
            return _moment(cell)
        case _:
            return _json(cell, dict if column.kind is Kind.OBJECT else list)


def _integer(cell: str) -> int:
    if not _INTEGER.fullmatch(cell):
        raise CellError("expected a whole number")
    return int(cell)


def _boolean(cell: str) -> bool:
    if cell not in _BOOLEANS:
        raise CellError("expected true or false")
    return _BOOLEANS[cell]


def _date(cell: str) -> date:
    try:
        if _DATE.fullmatch(cell):
            return date.fromisoformat(cell)
    except ValueError:
        pass
    raise CellError("expected a date like 2022-03-16")


def _moment(cell: str) -> datetime:
    try:
        return datetime.strptime(cell, MOMENT).replace(tzinfo=UTC)
    except ValueError:
        raise CellError("expected a moment like 2022-03-16T21:00:00Z") from None


def _json(cell: str, form: type) -> Any:
    try:
        value = json.loads(cell)
    except (ValueError, RecursionError):
        value = None
    if not isinstance(value, form):
        raise CellError("expected JSON: " + ("an object" if form is dict else "a list"))
    return value
