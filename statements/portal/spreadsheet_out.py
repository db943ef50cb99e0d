"""Writes the spreadsheet in which a party can prepare its positions with its board.

VluchtelingenWerk's own recommendation is not in it: it must not steer what a party answers.
"""

import io
import re
from collections.abc import Sequence
from copy import copy
from typing import cast

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from parties.models import Party
from statements.models import Statement
from statements.portal.answers import LONGEST_MOTIVATION, LONGEST_SOURCE, Answer
from statements.portal.spreadsheet_form import (
    CHOICE,
    CHOICES,
    EXPLANATION,
    FILLED_IN,
    KEY,
    LABELS,
    MOTIVATION,
    NO_POSITION,
    NUMBER,
    SOURCE,
    STATEMENT,
    THEME,
    mark,
)
from statements.portal.spreadsheet_names import GUIDE, MARK_SHEET, SHEET
from statements.portal.spreadsheet_package import ESCAPE, NOT_IN_XML

WIDTHS = {  # in characters
    NUMBER: 5,
    THEME: 18,
    STATEMENT: 42,
    EXPLANATION: 52,
    CHOICE: 24,
    MOTIVATION: 60,
    SOURCE: 32,
    KEY: 12,
}
COLUMNS = list(WIDTHS)
HEADER = 3
HINTS = {
    MOTIVATION: f" (hoogstens {LONGEST_MOTIVATION} tekens)",
    SOURCE: " (link of bladzijde)",
    KEY: " (niet wijzigen)",
}

TITLE = Font(name="Calibri", size=16, bold=True)
QUIET = Font(name="Calibri", size=9, color="595959")
HEADING = Font(name="Calibri", bold=True, color="FFFFFF")
DARK = PatternFill("solid", fgColor="1F3A5F")
TO_FILL_IN = PatternFill("solid", fgColor="FFF9DB")
WRAPPED = Alignment(wrap_text=True, vertical="top")
LINE = Side(style="thin", color="A6A6A6")
BOX = Border(left=LINE, right=LINE, top=LINE, bottom=LINE)

HOW_IT_WORKS = (
    "Zo werkt deze spreadsheet",
    "Op het blad Standpunten staat in elke rij één stelling. Vul alleen de gele vakken in.",
    "Keuze: kies uit de lijst. Je kunt kiezen uit: " + ", ".join(CHOICES) + ".",
    f"Toelichting: waarom vindt jullie partij dit? Hoogstens {LONGEST_MOTIVATION} tekens. Dit hoeft"
    " niet, maar kiezers lezen het graag.",
    "Bron: waar kan een kiezer dit nalezen? Een link die begint met https:// of een plek, zoals:"
    f" verkiezingsprogramma, bladzijde 12. Hoogstens {LONGEST_SOURCE} tekens. Dit hoeft niet.",
    "Weet je een antwoord nog niet? Laat de rij leeg. Dan verandert er niets aan die stelling, ook"
    " niet als je er eerder iets had ingevuld.",
    f"Vindt jullie partij er niets van? Kies dan: {NO_POSITION}.",
    "Verander niets aan de andere vakken. Aan het kenmerk en de sleutels zien wij van welke partij"
    " de spreadsheet is en bij welke stelling een antwoord hoort. Voeg geen cellen samen.",
    "Klaar? Sla de spreadsheet op als Excel-bestand (.xlsx) en upload hem in de Stemhulp. Je ziet"
    " dan eerst wat er verandert. Daarna pas sla je het op.",
    "Wij rekenen niet in deze spreadsheet. Een formule lezen wij als gewone tekst.",
)


def write(party: Party, rows: Sequence[tuple[Statement, Answer | None]]) -> bytes:
    """An .xlsx with a row for each statement, and what the party answered so far.

    The statements come with their theme, in the order in which they are asked.
    """
    book = Workbook()
    book.properties.creator = "Stemhulp"
    book.properties.title = _held(f"Standpunten {party}")
    sheet = book.worksheets[0]
    sheet.title = SHEET
    _head(sheet, party)
    for number, (statement, answer) in enumerate(rows, start=1):
        _row(sheet, number, statement, answer)
    _offer_choices(sheet, HEADER + max(len(rows), 1))
    _lay_out(sheet)
    _explain(book.create_sheet(GUIDE))
    hidden = book.create_sheet(MARK_SHEET)
    hidden.sheet_state = "hidden"
    _text(hidden, 1, 1, f"{MARK_SHEET}: {mark(party)}")
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def attachment_name(party: Party) -> str:
    """A name that any system takes: small letters, digits, dashes."""
    contest = party.contest
    name = f"standpunten-{contest.election.slug}-{contest.municipality.slug}-{party.slug}".lower()
    return re.sub(r"[^a-z0-9]+", "-", name)[:120].strip("-") + ".xlsx"


def _head(sheet: Worksheet, party: Party) -> None:
    contest = party.contest
    title = f"{party} in {contest.municipality}: standpunten, {contest.election}"
    _text(sheet, 1, 1, title).font = TITLE
    known = f"{MARK_SHEET}: {mark(party)} (niet wijzigen)"
    _text(sheet, 2, 1, known).font = QUIET
    for number, column in enumerate(COLUMNS, start=1):
        cell = _text(sheet, HEADER, number, column + HINTS.get(column, ""))
        cell.font, cell.fill, cell.alignment = HEADING, DARK, WRAPPED


def _row(sheet: Worksheet, number: int, statement: Statement, answer: Answer | None) -> None:
    values = {
        THEME: statement.theme.name,
        STATEMENT: statement.text,
        EXPLANATION: statement.explanation,
        CHOICE: LABELS[answer.stance] if answer else "",
        MOTIVATION: answer.motivation if answer else "",
        SOURCE: answer.source if answer else "",
        KEY: statement.key,
    }
    sheet.cell(HEADER + number, 1, number)
    for column, value in values.items():
        _text(sheet, HEADER + number, COLUMNS.index(column) + 1, value)
    for index, column in enumerate(COLUMNS, start=1):
        cell = cast("Cell", sheet.cell(HEADER + number, index))
        if number == 1:
            _dress(cell, column)
        else:  # as in the first row: making a style takes longer than all the rest
            is_prefixed = cell.quotePrefix
            cell._style = copy(cast("Cell", sheet.cell(HEADER + 1, index))._style)  # type: ignore[attr-defined]
            cell.quotePrefix = is_prefixed


def _dress(cell: Cell, column: str) -> None:
    cell.alignment, cell.border = WRAPPED, BOX
    if column in FILLED_IN:
        cell.fill, cell.protection = TO_FILL_IN, Protection(locked=False)
    if column == KEY:
        cell.font = QUIET


def _text(sheet: Worksheet, row: int, column: int, value: str) -> Cell:
    """Text and never a formula, whatever it begins with; also when someone edits it again."""
    cell = cast("Cell", sheet.cell(row, column))
    cell.value = _held(value)
    cell.data_type = "s"
    cell.quotePrefix = value.startswith(("=", "+", "-", "@", "\t", "\r"))
    return cell


def _held(value: str) -> str:
    """Without what XML cannot hold, and with Excel's own notation spelled out."""
    return ESCAPE.sub(r"_x005F_x\1_", NOT_IN_XML.sub("", value))


def _offer_choices(sheet: Worksheet, last: int) -> None:
    """A list to choose from, and a warning (not a refusal) for a text that is too long.

    Excel counts an emoji as two, where we count one.
    """
    choice = DataValidation("list", formula1=f'"{",".join(CHOICES)}"', allow_blank=True)
    choice.errorTitle, choice.error = (
        "Kies uit de lijst",
        "Kies een van de antwoorden uit de lijst.",
    )
    _check(sheet, choice, CHOICE, last)
    for column, longest in ((MOTIVATION, LONGEST_MOTIVATION), (SOURCE, LONGEST_SOURCE)):
        length = DataValidation(
            "textLength", operator="lessThanOrEqual", formula1=str(longest), allow_blank=True
        )
        length.errorStyle = "warning"
        length.errorTitle, length.error = "Te lang", f"Schrijf hier hoogstens {longest} tekens."
        _check(sheet, length, column, last)


def _check(sheet: Worksheet, validation: DataValidation, column: str, last: int) -> None:
    validation.showErrorMessage = True
    letter = get_column_letter(COLUMNS.index(column) + 1)
    validation.add(f"{letter}{HEADER + 1}:{letter}{last}")
    sheet.add_data_validation(validation)


def _lay_out(sheet: Worksheet) -> None:
    for number, width in enumerate(WIDTHS.values(), start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.freeze_panes = f"A{HEADER + 1}"
    sheet.protection.sheet = True  # without a password: it guards against slips
    sheet.protection.formatColumns = sheet.protection.formatRows = False
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = f"{HEADER}:{HEADER}"


def _explain(sheet: Worksheet) -> None:
    sheet.column_dimensions["A"].width = 100
    for number, line in enumerate(HOW_IT_WORKS, start=1):
        cell = _text(sheet, number, 1, line)
        cell.alignment = WRAPPED
    sheet["A1"].font = TITLE
