"""Values as the cells of a CSV, and back. A spreadsheet never runs a text as a formula.

A text that begins with one of GUARDED gets an apostrophe in front. So does one that begins with an
apostrophe: whoever reads takes one leading apostrophe away, and has every text as it was. Numbers,
dates and JSON are written as they are; nothing of these can be a formula.
"""

import json
import re
from datetime import UTC, date, datetime
from typing import Any

from stemhulp.opendata.columns import Column, Kind

# OWASP, "CSV injection": these, and the same signs in full width. The apostrophe is the guard.
GUARDED = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "'")
GUARD = "'"
MOMENT = "%Y-%m-%dT%H:%M:%SZ"
_INTEGER = re.compile(r"-?(0|[1-9][0-9]{0,8})", re.ASCII)
_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_BOOLEANS = {"true": True, "false": False}


class CellError(ValueError):
    """A cell that is not what its column holds; the message says what was expected."""


def plain(column: Column, value: Any) -> Any:
    """A value as JSON has it: dates and moments as text."""
    if column.kind is Kind.MOMENT and value is not None:
        return value.astimezone(UTC).strftime(MOMENT)
    if column.kind is Kind.DATE and value is not None:
        return value.isoformat()
    return value


def written(column: Column, value: Any) -> str:
    """A value as it stands in a cell, before a comma or quotation mark in it is quoted."""
    if column.kind is Kind.TEXT:
        return GUARD + value if value.startswith(GUARDED) else str(value)
    if value is None:
        return ""
    if column.kind is Kind.BOOLEAN:
        return "true" if value else "false"
    if column.kind in {Kind.OBJECT, Kind.LIST}:
        return as_json(value)
    return str(plain(column, value))


def as_json(value: Any) -> str:
    """JSON in the one way that we write it: keys sorted, no spaces, letters as they are."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


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
