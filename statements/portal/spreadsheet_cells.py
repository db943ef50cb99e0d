"""What stands in the cells of an .xlsx, as plain text; nothing is calculated.

The form is ECMA-376, part 1, section 18. openpyxl, which writes our spreadsheet, is not used to
read one that comes from anyone: it works out shared formulas, by which a file of 5 kB kept it busy
for 26 seconds, and it cannot read the styles that some other programs write.
"""

import contextlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import datetime, time

from statements.portal.spreadsheet_names import MARK_SHEET, SHEET
from statements.portal.spreadsheet_numbers import (
    DATES,
    DAY_0,
    DAY_0_OF_MAC,
    area,
    moment,
    place,
    row_number,
    shows_date,
)
from statements.portal.spreadsheet_package import (
    BROKEN,
    DAMAGED,
    ESCAPE,
    NOT_EXCEL,
    NOT_IN_XML,
    TOO_MUCH,
    Event,
    Package,
    UnreadableError,
)

MAX_ROWS = 1_000  # with something in them
MAX_COLUMNS = 100
MAX_MERGED = 1_000
MAX_TEXT = 1_500_000  # characters in all cells together; a full sheet of ours has some 100,000
LONGEST_NUMBER = 40
LONGEST_FORMAT = 255


@dataclass
class Sheet:
    """The text in its cells, by row and column number (from 1), and the ranges that were merged.

    A merged range is: first column, first row, last column, last row.
    """

    rows: dict[int, dict[int, str]] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)


@dataclass(frozen=True)
class _Meaning:
    """What a cell may refer to: a shared text, a style that shows a date, the day of number 0."""

    texts: list[str]
    dates: frozenset[str]
    epoch: datetime


def read(data: bytes) -> dict[str, Sheet]:
    """Our sheets, as far as they are there, by name in small letters. Raises UnreadableError."""
    try:
        return _sheets(Package(data), {SHEET.lower(), MARK_SHEET.lower()})
    except BROKEN as error:
        raise UnreadableError(DAMAGED) from error


def _sheets(package: Package, wanted: Collection[str]) -> dict[str, Sheet]:
    workbook = _first(package, "", "/officeDocument")
    if not workbook:
        raise UnreadableError(NOT_EXCEL)
    names, epoch = _contents(package.events(workbook))
    texts = _first(package, workbook, "/sharedStrings")
    styles = _first(package, workbook, "/styles")
    meaning = _Meaning(
        _shared_texts(package.events(texts)) if texts else [],
        _date_styles(package.events(styles)) if styles else frozenset(),
        epoch,
    )
    return {
        names[id_]: _Cells(meaning).read(package.events(part))
        for id_, kind, part in list(package.related(workbook))
        if kind.endswith("/worksheet") and names.get(id_) in wanted and part in package.parts
    }


def _first(package: Package, part: str, kind: str) -> str:
    """The part of this kind to which another refers, if there is one."""
    found = [to for _, type_, to in package.related(part) if type_.endswith(kind)]
    return next((to for to in found if to in package.parts), "")


def _contents(events: Iterator[Event]) -> tuple[dict[str, str], datetime]:
    """The sheets of the workbook by the id of their relation, and from which day it counts."""
    names, epoch = {}, DAY_0
    for name, given, _ in events:
        if name == "sheet" and given is not None:
            names[given.get("id", "")] = given.get("name", "").strip().lower()
        if name == "workbookPr" and given and given.get("date1904") in {"1", "true"}:
            epoch = DAY_0_OF_MAC
    return names, epoch


def _shared_texts(events: Iterator[Event]) -> list[str]:
    texts: list[str] = []
    spoken = _Spoken()
    for event in events:
        spoken.hear(event)
        if event[0] == "si" and event[1] is None:
            texts.append(spoken.taken())
    return texts


def _date_styles(events: Iterator[Event]) -> frozenset[str]:
    """The numbers of the cell styles that show a number as a date."""
    formats: dict[str, str] = {}
    used: list[str] = []
    inside = False
    for name, given, _ in events:
        if name == "cellXfs":
            inside = given is not None
        if name == "numFmt" and given:
            formats[given.get("numFmtId", "")] = given.get("formatCode", "")[:LONGEST_FORMAT]
        if name == "xf" and inside and given is not None:
            used.append(given.get("numFmtId", "0"))
    dates = (DATES - formats.keys()) | {each for each in formats if shows_date(formats[each])}
    return frozenset(str(style) for style, number in enumerate(used) if number in dates)


class _Spoken:
    """The text in a cell or shared text, without what only says how it sounds (rPh)."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.phonetic = False

    def hear(self, event: Event) -> None:
        name, given, text = event
        if name == "rPh":
            self.phonetic = given is not None
        if name == "t" and given is None and not self.phonetic:
            self.pieces.append(text)

    def taken(self) -> str:
        text = "".join(self.pieces)
        self.pieces.clear()
        return _unescaped(text)


def _unescaped(text: str) -> str:
    return NOT_IN_XML.sub("", ESCAPE.sub(lambda found: chr(int(found[1], 16)), text))


def _moment(value: datetime | time) -> str:
    if not isinstance(value, datetime):  # a time of day
        return str(value)
    clock = f" {value:%H:%M}" if value.hour or value.minute else ""
    return f"{value.day}-{value.month}-{value.year}{clock}"


class _Cells:
    """Gathers the cells of one sheet while its XML comes by."""

    def __init__(self, meaning: _Meaning) -> None:
        self.meaning = meaning
        self.sheet = Sheet()
        self.spoken = _Spoken()
        self.formulas: dict[str, str] = {}
        self.row = self.column = self.length = 0
        self.cell: dict[str, str] = {}

    def read(self, events: Iterator[Event]) -> Sheet:
        for event in events:
            name, given, text = event
            self.spoken.hear(event)
            if given is not None:
                self._opened(name, given)
            else:
                self._closed(name, text)
        return self.sheet

    def _opened(self, name: str, given: dict[str, str]) -> None:
        if name == "row":
            self.row, self.column = row_number(given.get("r") or str(self.row + 1)), 0
        elif name == "c":
            self.column += 1
            if reference := given.get("r"):
                self.row, self.column = place(reference)
            self.cell = {"t": given.get("t", "n"), "s": given.get("s", "")}
            self.spoken.taken()
        elif name == "f":
            self.cell["si"] = given.get("si", "") if given.get("t") == "shared" else ""
        elif name == "mergeCell":
            self._merge(given.get("ref", ""))

    def _closed(self, name: str, text: str) -> None:
        if name == "v":
            self.cell["v"] = text
        elif name == "f":
            self.cell["f"] = self._formula(text)
        elif name == "c" and self.column <= MAX_COLUMNS:
            self._keep(self._value())

    def _keep(self, text: str) -> None:
        """A text of which cells share one is as much in each: a small file may hold terabytes."""
        self.length += len(text)
        if self.length > MAX_TEXT:
            raise UnreadableError(TOO_MUCH)
        if text := text.strip():
            self.sheet.rows.setdefault(self.row, {})[self.column] = text
            if len(self.sheet.rows) > MAX_ROWS:
                raise UnreadableError(TOO_MUCH)

    def _formula(self, text: str) -> str:
        """As it was typed. One that is shared stands in the first of its cells only."""
        shared = self.cell["si"]
        if shared and text:
            self.formulas[shared] = text
        return text or self.formulas.get(shared, "")

    def _value(self) -> str:
        kind, value = self.cell["t"], self.cell.get("v", "")
        if "f" in self.cell:
            return "=" + self.cell["f"]
        if kind == "inlineStr":
            return self.spoken.taken()
        if kind == "s":
            return self.meaning.texts[int(value)] if value else ""
        if kind == "b":
            return "WAAR" if value == "1" else "ONWAAR"
        if kind == "n" and value:
            return self._number(value[:LONGEST_NUMBER])
        return _unescaped(value)

    def _number(self, value: str) -> str:
        """The way it is written in Dutch: 12, 0,5 or 16-3-2022."""
        number = float(value)
        if self.cell["s"] in self.meaning.dates:
            with contextlib.suppress(ValueError, OverflowError):  # no such day
                return _moment(moment(number, self.meaning.epoch))
        return f"{number:.15g}".replace(".", ",")

    def _merge(self, reference: str) -> None:
        self.sheet.merged.append(area(reference))
        if len(self.sheet.merged) > MAX_MERGED:
            raise UnreadableError(TOO_MUCH)
