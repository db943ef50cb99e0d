"""What the tests of the spreadsheet share: a party, its statements, and ways to make files of them.

Nothing here is in the database.
"""

import io
import zipfile
from collections.abc import Callable
from datetime import date
from typing import Any
from xml.etree import ElementTree

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from parties.models import Contest, Election, Municipality, Party
from statements.models import Statement, Theme
from statements.portal import spreadsheet_cells
from statements.portal.answers import Answer
from statements.portal.spreadsheet import Row, write
from statements.portal.spreadsheet_in import understood
from statements.portal.spreadsheet_out import COLUMNS, HEADER

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SHEET_PART = "xl/worksheets/sheet1.xml"
TYPES = "[Content_Types].xml"
RELATIONS = "xl/_rels/workbook.xml.rels"
SHARED = (
    b'<Relationship Id="texts" Target="sharedStrings.xml" Type="http://schemas.openxmlformats.org'
    b'/officeDocument/2006/relationships/sharedStrings"/>'
)


def a_party(
    slug: str = "groen", municipality: str = "voorbeeldstad", election: str = "gr2022"
) -> Party:
    day = Election(slug=election, name=f"Verkiezing {election}", date=date(2022, 3, 16))
    place = Municipality(slug=municipality, name=municipality.title())
    contest = Contest(election=day, municipality=place)
    return Party(contest=contest, slug=slug, name=slug.title())


def some_statements(count: int = 4) -> list[Statement]:
    theme = Theme(key="opvang", name="Kleinschalige opvang")
    return [
        Statement(
            pk=number,
            key=f"stelling-{number}",
            theme=theme,
            text=f"De gemeente moet nummer {number} doen.",
            explanation=f"Uitleg bij nummer {number}.",
            argument_for="Geheim argument voor.",
            argument_against="Geheim argument tegen.",
            recommendation=2,
            reason="VluchtelingenWerk beveelt dit aan.",
        )
        for number in range(1, count + 1)
    ]


PARTY = a_party()
STATEMENTS = some_statements()
Rows = list[tuple[Statement, Answer | None]]


def blank(statements: list[Statement] = STATEMENTS) -> bytes:
    return write(PARTY, [(statement, None) for statement in statements])


def read_again(data: bytes) -> list[Row]:
    """Here; that it is opened apart, is tried in `test_spreadsheet_pages.py`."""
    return understood(spreadsheet_cells.read(data), PARTY, STATEMENTS)


def edited(change: Callable[[Workbook], Any], data: bytes | None = None) -> bytes:
    """Our spreadsheet, opened by someone, changed and saved again."""
    book = load_workbook(io.BytesIO(data or blank()))
    change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def filled_in(*cells: tuple[int, str, Any]) -> bytes:
    """Our spreadsheet with something typed at (which statement, column)."""

    def type_it(book: Workbook) -> None:
        for number, column, value in cells:
            put(book["Standpunten"], number, column, value)

    return edited(type_it)


def put(sheet: Worksheet, number: int, column: str, value: Any) -> None:
    cell = sheet.cell(HEADER + number, COLUMNS.index(column) + 1)
    cell.value = value


def repacked(
    data: bytes, changes: dict[str, bytes | None], method: int = zipfile.ZIP_DEFLATED
) -> bytes:
    """The same file with other parts in it; None leaves a part out."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", method) as new:
        parts: dict[str, bytes | None] = {name: old.read(name) for name in old.namelist()}
        for name, content in (parts | changes).items():
            if content is not None:
                new.writestr(name, content)
    return out.getvalue()


def part(data: bytes, name: str = SHEET_PART) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name)


def as_excel_saves_it(data: bytes) -> bytes:
    """With its texts in a table of shared ones, in the way Excel and LibreOffice write them."""
    table = ElementTree.Element(f"{{{MAIN}}}sst")
    changes: dict[str, bytes | None] = {}
    for name in [f"xl/worksheets/sheet{number}.xml" for number in (1, 2, 3)]:
        sheet = ElementTree.fromstring(part(data, name))  # noqa: S314 (our own)
        for cell in sheet.iter(f"{{{MAIN}}}c"):
            text = cell.find(f"{{{MAIN}}}is")
            if text is not None:
                cell.remove(text)
                cell.set("t", "s")
                ElementTree.SubElement(cell, f"{{{MAIN}}}v").text = str(len(table))
                text.tag = f"{{{MAIN}}}si"
                table.append(text)
        changes[name] = ElementTree.tostring(sheet)
    relations = part(data, RELATIONS)
    if b"sharedStrings" not in relations:
        changes[RELATIONS] = relations.replace(b"</Relationships>", SHARED + b"</Relationships>")
    return repacked(data, changes | {"xl/sharedStrings.xml": ElementTree.tostring(table)})
