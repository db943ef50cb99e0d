"""Reads a spreadsheet that a party filled in, and says of every row what it makes of it."""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import IO

from django.core.exceptions import ValidationError

from parties.models import Party
from parties.uploads.apart import Reader
from statements.models import Statement
from statements.portal import spreadsheet_cells
from statements.portal.answers import Answer, clean_motivation, clean_source
from statements.portal.spreadsheet_cells import Sheet
from statements.portal.spreadsheet_form import (
    CHOICE,
    CHOICES,
    FILLED_IN,
    KEY,
    MOTIVATION,
    NEEDED,
    SOURCE,
    STATEMENT,
    mark,
)
from statements.portal.spreadsheet_names import MARK_SHEET, SHEET
from statements.portal.spreadsheet_package import MAX_UPLOAD, UnreadableError, refuse_size

opened = Reader(spreadsheet_cells.read, dict[str, Sheet], UnreadableError)
MARK = re.compile(r"kenmerk:\s*([-\w]+)\s*/\s*([-\w]+)\s*/\s*([-\w]+)", re.IGNORECASE)
AGAIN = "Download de spreadsheet opnieuw en vul daarin je antwoorden in."
MEANT = {
    **{label.lower(): stance for label, stance in CHOICES.items()},
    **{str(stance): stance for stance in CHOICES.values() if stance is not None},
    "+1": 1,
    "+2": 2,
    "geen standpunt": None,
}


@dataclass(frozen=True)
class Row:
    """What a row says of a statement.

    The answer is None where nothing was filled in, and where there are problems: sentences in
    Dutch that name the row.
    """

    statement: Statement
    answer: Answer | None
    problems: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Written:
    """A row as it stands in the sheet: the text by column."""

    number: int
    cells: dict[str, str]
    merged: bool

    @property
    def is_filled_in(self) -> bool:
        return any(self.cells[column] for column in FILLED_IN)


def read(uploaded: bytes | IO[bytes], party: Party, statements: Sequence[Statement]) -> list[Row]:
    """The rows about these statements, as they stand in the sheet; a statement may be missing.

    The file is opened in a process of its own. A row about another statement (one that is no longer
    asked) must be empty. Raises UnreadableError for a file that cannot be taken as a whole.
    """
    data = uploaded if isinstance(uploaded, bytes) else uploaded.read(MAX_UPLOAD + 1)
    refuse_size(len(data))
    return understood(opened(data), party, statements)


def understood(found: dict[str, Sheet], party: Party, statements: Sequence[Statement]) -> list[Row]:
    """The same of sheets that were opened. Raises UnreadableError."""
    sheet = found.get(SHEET.lower())
    if not sheet:
        raise UnreadableError(f"In dit bestand staat geen blad met de naam {SHEET}. {AGAIN}")
    header = _header(sheet)
    _refuse_others(_mark(sheet, header, found.get(MARK_SHEET.lower())), party)
    rows = list(_rows(sheet, header))
    by_key = {statement.key: statement for statement in statements}
    _refuse_unknown(rows, by_key)
    known = [row for row in rows if row.cells[KEY] in by_key]
    return _once([(row, _row(row, by_key[row.cells[KEY]])) for row in known])


def _header(sheet: Sheet) -> int:
    """The number of the row with the names of the columns."""
    best, found = 0, set[str]()
    for number, cells in sorted(sheet.rows.items())[:20]:
        names = {_column_name(text) for text in cells.values()} & {name.lower() for name in NEEDED}
        if len(names) > len(found):
            best, found = number, names
    missing = [name for name in NEEDED if name.lower() not in found]
    if missing:
        which = f"kolom {missing[0]}" if len(missing) == 1 else f"kolommen {', '.join(missing)}"
        raise UnreadableError(f"Op het blad {SHEET} missen we de {which}. {AGAIN}")
    return best


def _column_name(text: str) -> str:
    """Without the hint in brackets behind it."""
    return text.partition("(")[0].strip().lower()


def _mark(sheet: Sheet, header: int, hidden: Sheet | None) -> tuple[str, ...]:
    """Of which election, municipality and party it is: as people see it, or else as was hidden."""
    above = [cells for number, cells in sorted(sheet.rows.items()) if number < header]
    behind = list(hidden.rows.values()) if hidden else []
    for cells in above + behind:
        for text in cells.values():
            if found := MARK.match(text):
                return tuple(part.lower() for part in found.groups())
    raise UnreadableError(
        f"We kunnen niet zien van welke partij deze spreadsheet is: het kenmerk is weg. {AGAIN}"
    )


def _refuse_others(found: tuple[str, ...], party: Party) -> None:
    contest = party.contest
    ours = (str(contest.election), str(contest.municipality), str(party))
    kinds = ("een andere verkiezing", "een andere gemeente", "een andere partij")
    for kind, name, here, wanted in zip(kinds, ours, found, mark(party).split(" / "), strict=True):
        if here != wanted.lower():
            raise UnreadableError(
                f"Deze spreadsheet is van {kind} ({here}). Hier werk je aan: {name}. "
                "Kies de goede spreadsheet, of download hem opnieuw."
            )


def _rows(sheet: Sheet, header: int) -> Iterator[_Written]:
    columns = {_column_name(text): number for number, text in reversed(sheet.rows[header].items())}
    places = {name: columns[name.lower()] for name in NEEDED}
    for number, cells in sorted(sheet.rows.items()):
        row = {name: cells.get(place, "") for name, place in places.items()}
        if number > header and any(row.values()):
            yield _Written(number, row, _is_merged(sheet, number, set(places.values())))


def _is_merged(sheet: Sheet, row: int, columns: set[int]) -> bool:
    return any(
        first_row <= row <= last_row and any(first <= column <= last for column in columns)
        for first, first_row, last, last_row in sheet.merged
    )


def _refuse_unknown(rows: list[_Written], by_key: dict[str, Statement]) -> None:
    unknown = [row for row in rows if row.cells[KEY] not in by_key and row.is_filled_in]
    if not unknown:
        return
    numbers = ", ".join(str(row.number) for row in unknown[:10])
    which = "rij" if len(unknown) == 1 else "rijen"
    keys = {row.cells[KEY] for row in unknown}
    why = "de sleutel is weg" if keys == {""} else "we kennen de sleutel niet"
    raise UnreadableError(
        f"Bij {which} {numbers} weten we niet bij welke stelling het antwoord hoort: {why}. "
        "Misschien wordt de stelling niet meer gevraagd. Wis je antwoord in die rij, of download "
        "de spreadsheet opnieuw."
    )


def _once(read: list[tuple[_Written, Row]]) -> list[Row]:
    """A statement that stands there more than once is a problem of all its rows."""
    count = Counter(row.statement.key for _, row in read)
    return [
        row
        if count[row.statement.key] == 1
        else replace(
            row,
            answer=None,
            problems=(
                *row.problems,
                f"Rij {written.number}: deze stelling staat er {count[row.statement.key]} keer in."
                " Haal de andere rij weg.",
            ),
        )
        for written, row in read
    ]


def _row(row: _Written, statement: Statement) -> Row:
    problems: list[str] = []
    if row.merged:
        problems.append("hier zijn cellen samengevoegd. Splits ze weer, en vul elke rij apart in.")
    if not row.is_filled_in:
        return _with(row, statement, None, problems)
    if _plain(row.cells[STATEMENT]) != _plain(statement.text):
        problems.append(
            "de tekst van de stelling is niet die van de sleutel. Misschien is er gesorteerd of "
            "geplakt. Kijk of je antwoord nog bij de goede stelling staat en download de "
            "spreadsheet opnieuw."
        )
    motivation = _cleaned(clean_motivation, row.cells[MOTIVATION], problems)
    source = _cleaned(clean_source, row.cells[SOURCE], problems)
    stance = _stance(row.cells[CHOICE], problems)
    return _with(row, statement, Answer(stance, motivation, source), problems)


def _with(row: _Written, statement: Statement, answer: Answer | None, problems: list[str]) -> Row:
    named = tuple(f"Rij {row.number}: {problem[0].lower()}{problem[1:]}" for problem in problems)
    return Row(statement, None if problems else answer, named)


def _cleaned(clean: Callable[[str], str], written: str, problems: list[str]) -> str:
    try:
        return clean(written)
    except ValidationError as error:
        problems.extend(error.messages)
        return ""


def _stance(written: str, problems: list[str]) -> int | None:
    meant = _plain(written).lower().replace("−", "-").rstrip(".")
    if meant in MEANT:
        return MEANT[meant]
    allowed = f"Kies uit: {', '.join(CHOICES)}."
    if meant:
        problems.append(f"we kennen de keuze ‘{_shortened(written)}’ niet. {allowed}")
    else:
        problems.append(f"er staat een toelichting of bron, maar geen keuze. {allowed}")
    return None


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text[:1000]).split())


def _shortened(text: str) -> str:
    return text if len(text) <= 40 else text[:40] + "…"
