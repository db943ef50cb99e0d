"""A table with councils, lists or absences, read from the file that somebody uploads."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass, field

from parties.uploads.refusals import Refusal

MOST_ROWS = 20_000  # all lists of all councils are some 3,000
COUNCILS = ("municipality", "seats")
BALLOTS = ("municipality", "slug", "name", "seats")
ABSENCES = ("municipality", "votes_in", "next_election", "reason")


class NoTableError(Refusal):
    """A file that is no table at all; the message is for the person."""


@dataclass
class Table:
    """One table: where each row stands, its cells, and what is wrong with it."""

    rows: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def read_councils(content: bytes) -> Table:
    """Raises NoTableError, as the other two."""
    return read(decode(content), COUNCILS)


def read_ballots(content: bytes) -> Table:
    return read(decode(content), BALLOTS)


def read_absences(content: bytes) -> Table:
    return read(decode(content), ABSENCES)


def decode(content: bytes) -> str:
    """UTF-8, with or without its mark; else as an older Excel writes. Raises NoTableError."""
    if b"\x00" in content:
        raise NoTableError("Dit is geen tekstbestand. Sla de tabel op als CSV.")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def read(text: str, columns: Sequence[str]) -> Table:
    """The rows of a table whose first row names the columns; lines with # are comments."""
    lines = [
        (number, line)
        for number, line in enumerate(text.splitlines(), 1)
        if line.strip() and not line.startswith("#")
    ]
    if not lines:
        return Table(problems=["De tabel is leeg."])
    if len(lines) > MOST_ROWS:
        return Table(problems=[f"Er staan {len(lines)} regels in: hoogstens {MOST_ROWS}."])
    numbers = [number for number, _ in lines]
    delimiter = ";" if ";" in lines[0][1] else ","
    reader = csv.reader((line for _, line in lines), delimiter=delimiter, strict=True)
    try:
        cells = [(numbers[reader.line_num - 1], row) for row in reader]
    except csv.Error:
        line = numbers[min(reader.line_num, len(numbers)) - 1]
        return Table(problems=[f"Regel {line}: de aanhalingstekens kloppen niet."])
    return _named(cells, columns)


def _named(cells: list[tuple[int, list[str]]], columns: Sequence[str]) -> Table:
    (line, header), *rest = cells
    if [each.strip().lower() for each in header] != list(columns):
        return Table(problems=[f"Regel {line}: de eerste rij moet zijn: {', '.join(columns)}."])
    problems = [
        f"Regel {line}: {len(row)} kolommen in plaats van {len(columns)}."
        for line, row in rest
        if len(row) != len(columns)
    ]
    rows = [
        (line, {name: cell.strip() for name, cell in zip(columns, row, strict=True)})
        for line, row in rest
        if len(row) == len(columns)
    ]
    return Table(rows, problems)
