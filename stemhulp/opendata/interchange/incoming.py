"""Our own tables as CSV, read back: each row typed by its columns, or refused with its line.

A file may come from anywhere and be of any size: it is read line by line. The columns may stand in
any order, and those that nothing is made of may be left out; none may be there that we do not know.
"""

import codecs
import csv
import difflib
from collections.abc import Collection, Iterator
from pathlib import Path

from parties.importers.tables import FixtureError, Row
from stemhulp.opendata.cells import CellError, read
from stemhulp.opendata.columns import Table

LONGEST_LINE = 1_000_000  # bytes: far more than any row of ours
MOST_BYTES = 512 * 1024 * 1024  # a whole election is some 100 MB
SEPARATORS = (",", ";")  # as we write it, and as a Dutch spreadsheet saves it


def rows(path: Path, table: Table, needed: Collection[str]) -> Iterator[Row]:
    """The rows of a file of this table. Raises FixtureError with the line.

    A value is what its column holds (`cells.read`): None for an empty cell that is no text.
    """
    lines = _Lines(path)
    try:
        header, separator = _header(lines, table, needed)
        yield from _typed(csv.reader(lines, delimiter=separator, strict=True), lines, header, table)
    except csv.Error as error:
        raise FixtureError(path, lines.number, f"is no CSV: {error}") from error


def _header(lines: "_Lines", table: Table, needed: Collection[str]) -> tuple[list[str], str]:
    """The names of the columns, and what separates them."""
    written = next(lines, "")
    if not written.strip():
        raise lines.error("begins with no names of columns")
    separator = max(SEPARATORS, key=written.count)
    names = next(csv.reader([written], delimiter=separator, strict=True), [])
    _check(names, table, needed, lines)
    return names, separator


def _check(names: list[str], table: Table, needed: Collection[str], lines: "_Lines") -> None:
    if unknown := [each for each in names if each not in table.by_name]:
        raise lines.error(f"unknown column {_few(unknown)}{_meant(unknown[0], table)}")
    if twice := [each for each in table.by_name if names.count(each) > 1]:
        raise lines.error(f"the column {_few(twice)} is there more than once")
    if missing := [each for each in table.by_name if each in needed and each not in names]:
        raise lines.error(f"the column {_few(missing)} is missing")


def _typed(
    found: Iterator[list[str]], lines: "_Lines", header: list[str], table: Table
) -> Iterator[Row]:
    columns = [table[name] for name in header]
    end = lines.number
    for cells in found:
        start, end = end + 1, lines.number
        if len(cells) != len(columns):
            reason = f"has {len(cells)} columns instead of {len(columns)}"
            raise FixtureError(lines.path, start, reason)
        values = {}
        for column, cell in zip(columns, cells, strict=True):
            try:
                values[column.name] = read(column, cell)
            except CellError as error:
                reason = f"{column.name}: {error}, not {cell[:40]!r}"
                raise FixtureError(lines.path, start, reason) from None
        yield Row(lines.path, start, values)


class _Lines:
    """The lines of a file as text, counted; never more of it in memory than one."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.number = 0
        self._lines = self._read()

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        return next(self._lines)

    def error(self, reason: str) -> FixtureError:
        return FixtureError(self.path, self.number, reason)

    def _read(self) -> Iterator[str]:
        try:
            if self.path.stat().st_size > MOST_BYTES:
                most = MOST_BYTES // 1024**2
                raise FixtureError(self.path, None, f"is larger than {most} MiB")
            with self.path.open("rb") as file:
                while line := file.readline(LONGEST_LINE + 1):
                    self.number += 1
                    yield self._text(line)
        except OSError as error:
            raise FixtureError(self.path, None, f"cannot be read: {error.strerror}") from error

    def _text(self, line: bytes) -> str:
        if len(line) > LONGEST_LINE:
            raise self.error(f"is longer than {LONGEST_LINE:,} bytes")
        if b"\0" in line:
            raise self.error("contains a NUL character; is this UTF-16, or no CSV at all?")
        if self.number == 1:
            line = line.removeprefix(codecs.BOM_UTF8)
        try:
            return line.decode()
        except UnicodeDecodeError as error:
            raise self.error(f"is not UTF-8: {error.reason}. Save it as “CSV UTF-8”") from None


def _few(names: Collection[str]) -> str:
    shown = [each[:40] or "(without a name)" for each in names][:5]
    more = f" and {len(names) - len(shown)} more" if len(names) > len(shown) else ""
    return ", ".join(shown) + more


def _meant(name: str, table: Table) -> str:
    close = difflib.get_close_matches(name[:40], table.by_name, 1)
    return f"; did you mean {close[0]}?" if close else f"; it is none of the table {table.name}"
