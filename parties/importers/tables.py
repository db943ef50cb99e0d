"""Strict reading of fixture files. A wrong row names its file, its line and the reason."""

import contextlib
import csv
import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import DataError, IntegrityError, connection, transaction

Value = TypeVar("Value")
A_WEB_ADDRESS = URLValidator(schemes=["http", "https"])


class FixtureError(Exception):
    """A fixture file that cannot be taken; nothing of it is loaded."""

    def __init__(self, path: Path, line: int | None, reason: str) -> None:
        place = f"{path}, line {line}" if line else str(path)
        super().__init__(f"{place}: {reason}")


@dataclass(frozen=True)
class Row:
    """One row of a table, or one entry of a TOML file, that knows where it stands."""

    path: Path
    line: int | None
    values: dict[str, Any]

    def error(self, reason: str) -> FixtureError:
        return FixtureError(self.path, self.line, reason)

    def text(self, column: str, max_length: int | None = None) -> str:
        """A text that must not be empty."""
        value = self.optional_text(column, max_length)
        if not value:
            raise self.error(f"{column} is empty")
        return value

    def optional_text(self, column: str, max_length: int | None = None) -> str:
        value = self.values.get(column, "")
        if not isinstance(value, str):
            raise self.error(f"{column} must be a text, not {value!r}")
        value = value.strip()
        if max_length is not None and len(value) > max_length:
            raise self.error(f"{column} has {len(value)} characters; at most {max_length} fit")
        if "\x00" in value:
            raise self.error(f"{column} contains a NUL character")
        return value

    def optional_web_address(self, column: str, max_length: int) -> str:
        value = self.optional_text(column, max_length)
        try:
            if value:
                A_WEB_ADDRESS(value)
        except ValidationError:
            raise self.error(f"{column} is {value!r}, not a web address") from None
        return value

    def matching(self, column: str, pattern: str, max_length: int | None = None) -> str:
        value = self.text(column, max_length)
        if not re.fullmatch(pattern, value):
            raise self.error(f"{column} is {value!r}, which does not look like {pattern}")
        return value

    def integer(self, column: str, low: int, high: int) -> int:
        value = self.optional_integer(column, low, high)
        if value is None:
            raise self.error(f"{column} is empty")
        return value

    def optional_integer(self, column: str, low: int, high: int) -> int | None:
        value = self.values.get(column, "")
        if isinstance(value, str):
            value = value.strip()
            if not value:
                return None
            if not re.fullmatch(r"-?[0-9]{1,9}", value):
                raise self.error(f"{column} is {value!r}, not a whole number")
            value = int(value)
        if not isinstance(value, int) or isinstance(value, bool):
            raise self.error(f"{column} is {value!r}, not a whole number")
        if not low <= value <= high:
            raise self.error(f"{column} is {value}; it must lie between {low} and {high}")
        return value

    def optional_date(self, column: str) -> date | None:
        value = self.values.get(column, "")
        if isinstance(value, date):
            return value
        if not value:
            return None
        try:
            return date.fromisoformat(value)
        except (TypeError, ValueError):
            raise self.error(f"{column} is {value!r}, not a date like 2022-03-16") from None

    def words(self, column: str, max_length: int) -> list[str]:
        """A list of words, none of them empty."""
        value = self.values.get(column)
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            raise self.error(f"{column} must be a list of words")
        rows = [Row(self.path, self.line, {column: each}) for each in value or [""]]
        return [row.text(column, max_length) for row in rows]

    def entries(self, head: str, fields: Sequence[str]) -> list["Row"]:
        """The entries `[[head]]` within this one, such as [[statement.background]], if any."""
        name = head.rpartition(".")[2]
        entries = self.values.get(name, [])
        if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
            raise self.error(f"{name} must be written as [[{head}]]")
        return [Row(self.path, self.line, entry).with_only(fields) for entry in entries]

    def with_only(self, fields: Sequence[str]) -> "Row":
        """This row, if it has no other fields than these."""
        if unknown := set(self.values) - set(fields):
            raise self.error(f"unknown field {', '.join(sorted(unknown))}")
        return self

    def one_of(self, column: str, known: dict[str, Value]) -> Value:
        """The thing that the column names."""
        value = self.text(column)
        if value not in known:
            raise self.error(f"{column} is {value!r}, which is not known")
        return known[value]

    def optional_one_of(self, column: str, known: dict[str, Value]) -> Value | None:
        return self.one_of(column, known) if self.values.get(column) else None


def read_table(path: Path, columns: Sequence[str]) -> Iterator[Row]:
    """The rows of a UTF-8 CSV file whose header is exactly `columns`; lines with # are comments."""
    try:
        lines = path.read_text(encoding="utf-8", errors="strict").splitlines(keepends=True)
    except OSError as error:
        raise FixtureError(path, None, f"cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise FixtureError(path, None, f"is not UTF-8: {error.reason}") from error
    skipped = 0
    while skipped < len(lines) and lines[skipped].startswith("#"):
        skipped += 1
    reader = csv.reader(lines[skipped:], strict=True)
    try:
        header = next(reader, [])
        if header != list(columns):
            raise FixtureError(path, skipped + 1, f"the header must be {','.join(columns)}")
        end = reader.line_num
        for cells in reader:
            start, end = skipped + end + 1, reader.line_num
            if len(cells) != len(columns):
                reason = f"has {len(cells)} columns instead of {len(columns)}"
                raise FixtureError(path, start, reason)
            yield Row(path, start, dict(zip(columns, cells, strict=True)))
    except csv.Error as error:
        raise FixtureError(path, skipped + reader.line_num, str(error)) from error


def read_toml(path: Path) -> dict[str, Any]:
    """A whole TOML file."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise FixtureError(path, None, f"cannot be read: {error.strerror}") from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise FixtureError(path, None, str(error)) from error


def read_entries(path: Path, name: str, fields: Sequence[str]) -> Iterator[Row]:
    """The entries `[[name]]` of a TOML file, each with no other fields than these."""
    content = read_toml(path)
    entries = content.pop(name, [])
    if content:
        raise FixtureError(path, None, f"unknown: {', '.join(content)}; expected [[{name}]]")
    if not isinstance(entries, list) or not entries:
        raise FixtureError(path, None, f"holds no [[{name}]]")
    heads: list[int | None] = [*_lines_of(path, f"[[{name}]]")]
    if len(heads) != len(entries):  # written in another of TOML's ways: no line to name
        heads = [None] * len(entries)
    for entry, line in zip(entries, heads, strict=True):
        if not isinstance(entry, dict):
            raise FixtureError(path, line, f"{entry!r} is no entry; write [[{name}]]")
        yield Row(path, line, entry).with_only(fields)


def _lines_of(path: Path, head: str) -> list[int]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [number for number, line in enumerate(lines, 1) if line.strip() == head]


def unique(rows: Iterator[Row], *columns: str) -> Iterator[Row]:
    """Pass the rows on; FixtureError at the first whose columns together were there before."""
    seen: dict[tuple[str, ...], int | None] = {}
    for row in rows:
        value = tuple(row.optional_text(column) for column in columns)
        if value in seen:
            raise row.error(f"the same as line {seen[value]} in {' and '.join(columns)}")
        seen[value] = row.line
        yield row


@contextlib.contextmanager
def all_or_nothing(path: Path) -> Iterator[None]:
    """One transaction; what the database itself refuses becomes a FixtureError of this file."""
    try:
        with transaction.atomic():
            yield
            connection.check_constraints()  # those that wait for the end of the transaction
    except (IntegrityError, DataError) as error:
        reason = str(error).strip().splitlines()[0]
        raise FixtureError(path, None, f"the database refuses it: {reason}") from error
