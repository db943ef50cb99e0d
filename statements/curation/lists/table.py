"""The table in which staff say whom to invite: from a spreadsheet, or typed."""

import codecs
import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from parties.search import fold
from parties.uploads.refusals import Refusal

LARGEST_FILE = 1_000_000  # bytes
MOST_ROWS = 5000
LONGEST_CELL = 300

CODE, PARTY, EMAIL, NAME = COLUMNS = ("gemeentecode", "lijst", "e-mail", "naam")
NEEDED = (CODE, PARTY, EMAIL)
# What people write above a column, as `fold` leaves it, without spaces.
HEADINGS = {
    **dict.fromkeys(["gemeentecode", "gemeente", "code", "cbscode", "gmcode"], CODE),
    **dict.fromkeys(["lijst", "partij", "lijstnaam", "lijstnummer", "naamlijst"], PARTY),
    **dict.fromkeys(["email", "mail", "emailadres", "mailadres", "adres"], EMAIL),
    **dict.fromkeys(["naam", "contactpersoon", "persoon", "naamcontactpersoon"], NAME),
}


class TableError(Refusal):
    """A table that cannot be read at all; the message is for the person."""


@dataclass(frozen=True)
class Row:
    """One line, as it was written. A line that cannot be split says why."""

    line: int  # from 1, as an editor counts
    code: str = ""
    party: str = ""
    email: str = ""
    name: str = ""
    problem: str = ""


@dataclass(frozen=True)
class Table:
    """A table as it was written, and its rows."""

    text: str
    rows: list[Row]


def read_file(content: bytes) -> Table:
    """What stands in a file. Raises TableError."""
    text = decode(content)
    return Table(text, read(text))


def decode(content: bytes) -> str:
    """The text of a file: UTF-8 with or without BOM, Windows-1252, or Excel's UTF-16."""
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise TableError(
            "Dit is een Excel-bestand. Sla het in Excel op als CSV, of kopieer de cellen en plak "
            "ze in het tekstvak."
        )
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise TableError("Dit bestand kunnen we niet lezen. Sla het op als CSV, in UTF-8.")


def read(text: str) -> list[Row]:
    """The rows of a table, separated by tabs, semicolons or commas. Raises TableError.

    Each line is a row by itself, so that a forgotten quotation mark spoils no more than its line.
    """
    if "\x00" in text:
        raise TableError("Dit is geen tekst. Sla de tabel op als CSV, in UTF-8.")
    lines = list(_lines(text))
    if not lines:
        raise TableError("Er staat niets in. Geef een regel voor elke uitnodiging.")
    separator = _separator(lines[0][1])
    columns = _columns(_cells(lines[0][1], separator))
    if columns:
        lines = lines[1:]
    if not lines:
        raise TableError("Er staat alleen een kopregel in. Geef een regel voor elke uitnodiging.")
    if len(lines) > MOST_ROWS:
        raise TableError(
            f"Dit zijn {len(lines)} regels. Meer dan {MOST_ROWS} tegelijk gaat niet: splits de "
            "tabel in stukken."
        )
    return [_row(number, line, separator, columns or COLUMNS) for number, line in lines]


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """The lines with something in them, and their numbers. Excel's "sep=;" is none."""
    for number, line in enumerate(re.split(r"\r\n|\r|\n", text.removeprefix("\ufeff")), 1):
        if line.strip(" ;,\t") and not re.fullmatch(r"sep=.", line.strip(), re.IGNORECASE):
            yield number, line


def _separator(line: str) -> str:
    """A tab or a semicolon stands in no name; a comma may, and many of them."""
    often = (mark for mark in "\t;" if line.count(mark) >= len(NEEDED) - 1)
    return next(often, max(",;\t", key=line.count))


def _cells(line: str, separator: str) -> list[str]:
    """None at all when the quotation marks do not fit. Space beside a separator says nothing."""
    line = re.sub(rf'"\s+(?={separator}|$)', '"', line)
    try:
        cells = next(csv.reader([line], delimiter=separator, strict=True, skipinitialspace=True))
    except csv.Error:
        return []
    return [" ".join(cell.split()) for cell in cells]


def _columns(cells: Sequence[str]) -> list[str] | None:
    """What stands in which column, if this line says so; unknown columns are ""."""
    known = [HEADINGS.get(fold(cell).replace(" ", ""), "") for cell in cells]
    if "@" in "".join(cells) or sum(map(bool, known)) < 2:
        return None
    missing = [name for name in NEEDED if name not in known]
    if missing:
        raise TableError(f"In de kopregel ontbreekt de kolom {' en '.join(missing)}.")
    twice = [name for name in COLUMNS if known.count(name) > 1]
    if twice:
        raise TableError(f"In de kopregel staat de kolom {' en '.join(twice)} twee keer.")
    return known


def _row(number: int, line: str, separator: str, columns: Sequence[str]) -> Row:
    cells = _cells(line, separator)
    if not cells:
        return Row(number, line[:LONGEST_CELL], problem="De aanhalingstekens kloppen niet.")
    if any(len(cell) > LONGEST_CELL for cell in cells):
        return Row(number, line[:LONGEST_CELL], problem="Er staat een veel te lange tekst in.")
    found = {name: cell for name, cell in zip(columns, cells, strict=False) if name}
    beyond = any(cells[len(columns) :])
    code, party, email, name = (found.get(column, "") for column in COLUMNS)
    return Row(number, code, party, email, name, _incomplete(found, beyond=beyond))


def _incomplete(found: dict[str, str], *, beyond: bool) -> str:
    missing = [name for name in NEEDED if not found.get(name)]
    if missing:
        return f"Hier ontbreekt: {', '.join(missing)}."
    if beyond:
        return (
            "Deze regel heeft te veel kolommen. Zet een naam met een komma tussen aanhalingstekens."
        )
    return ""
