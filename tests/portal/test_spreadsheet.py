"""The spreadsheet goes out to a party, is filled in by people, and comes back."""

import io
import zipfile
from datetime import datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from parties.models import Party
from statements.models import Stance, Statement
from statements.portal.answers import Answer, clean_motivation, clean_source
from statements.portal.spreadsheet import attachment_name, read, write
from statements.portal.spreadsheet_out import COLUMNS, HEADER
from tests.portal.spreadsheets import (
    PARTY,
    STATEMENTS,
    a_party,
    as_excel_saves_it,
    blank,
    edited,
    filled_in,
    part,
    put,
    read_again,
    repacked,
    some_statements,
)

ANSWERS = [Answer(2, "Omdat het kan.", "https://voorbeeld.example"), None, Answer(None), Answer(-1)]
TRICKY = [
    "=1+1",
    "+31 6",
    "-meer opvang",
    "@iedereen",
    "\t=x",
    "#N/A",
    "_x000D_",
    "'=1",
    "1",
    "WAAR",
]


def answers_of(data: bytes) -> list[Answer | None]:
    rows = read_again(data)
    assert not any(row.problems for row in rows)
    return [row.answer for row in rows]


def problem_of(data: bytes) -> str:
    """The one problem of the first row; a row with a problem has no answer."""
    row = read_again(data)[0]
    assert row.answer is None
    (problem,) = row.problems
    return problem


def test_what_was_answered_comes_back() -> None:
    data = write(PARTY, list(zip(STATEMENTS, ANSWERS, strict=True)))
    assert answers_of(data) == ANSWERS
    assert answers_of(as_excel_saves_it(data)) == ANSWERS
    assert answers_of(edited(lambda book: None, data)) == ANSWERS
    assert read(io.BytesIO(data), PARTY, STATEMENTS) == read_again(data)


def test_sheet_shows_the_statements_and_what_to_fill_in() -> None:
    sheet = load_workbook(io.BytesIO(blank()))["Standpunten"]
    header = [str(cell.value).partition(" (")[0] for cell in sheet[HEADER]]
    assert header == COLUMNS
    first = [cell.value for cell in sheet[HEADER + 1]]
    assert first[:4] == [
        1,
        "Kleinschalige opvang",
        "De gemeente moet nummer 1 doen.",
        "Uitleg bij nummer 1.",
    ]
    assert first[-1] == "stelling-1"
    assert sheet["A2"].value == "Kenmerk: gr2022 / voorbeeldstad / groen (niet wijzigen)"
    assert sheet.freeze_panes == "A4"
    assert sheet.protection.sheet
    assert [cell.protection.locked for cell in sheet[HEADER + 1]] == [True] * 4 + [False] * 3 + [
        True
    ]
    choices = next(rule for rule in sheet.data_validations.dataValidation if rule.type == "list")
    assert str(choices.sqref) == "E4:E7"
    assert choices.formula1 == (
        '"Helemaal mee eens,Mee eens,Neutraal,Mee oneens,Helemaal mee oneens,'
        'Wij hebben hier geen standpunt over"'
    )


def test_a_second_sheet_says_how_it_works_and_a_hidden_one_whose_it_is() -> None:
    book = load_workbook(io.BytesIO(blank()))
    assert book.sheetnames == ["Standpunten", "Uitleg", "Kenmerk"]
    assert book["Uitleg"]["A1"].value == "Zo werkt deze spreadsheet"
    assert book["Kenmerk"].sheet_state == "hidden"


def test_recommendation_of_vluchtelingenwerk_is_nowhere_in_it() -> None:
    with zipfile.ZipFile(io.BytesIO(blank())) as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist())
    assert b"Uitleg bij nummer 1." in everything
    for secret in (b"beveelt", b"aanbeveling", b"Geheim", b"recommend", b"VluchtelingenWerk"):
        assert secret not in everything


@pytest.mark.parametrize("text", TRICKY)
def test_nothing_written_is_ever_a_formula(text: str) -> None:
    statement = some_statements(1)[0]
    statement.text = statement.explanation = statement.theme.name = text
    party = a_party()
    party.name = text
    data = write(party, [(statement, Answer(1, text, text))])
    sheet = load_workbook(io.BytesIO(data))["Standpunten"]
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert b"<f>" not in part(data)
    assert {cell.data_type for cell in cells} == {"s", "n"}
    risky = text[0] in "=+-@\t"
    assert all(cell.quotePrefix == risky for cell in cells if str(cell.value) == text != "1")
    (row,) = read(data, party, [statement])
    assert row.answer == Answer(1, clean_motivation(text), clean_source(text))


TEXT = st.text(max_size=60) | st.text(
    st.sampled_from(
        "=+-@'\"_x0041D5F\n\r\t <>&;\u200f\u05d0\u0634\u0301\u1ea5🙂\x00\x0b\ufffe\ud800"
    )
)


@given(texts=st.lists(st.tuples(TEXT, TEXT), min_size=4, max_size=4), stances=st.data())
@settings(max_examples=100, deadline=None)
def test_any_text_comes_back_as_it_was(texts: list[tuple[str, str]], stances: Any) -> None:
    stance = st.sampled_from([*Stance.values, None])
    try:
        answers = [
            Answer(stances.draw(stance), clean_motivation(one), clean_source(other))
            for one, other in texts
        ]
    except ValidationError:
        assume(False)  # noqa: FBT003
    data = write(PARTY, list(zip(STATEMENTS, answers, strict=True)))
    assert answers_of(data) == answers
    assert answers_of(as_excel_saves_it(data)) == answers


@given(text=TEXT)
@settings(max_examples=100, deadline=None)
def test_no_text_at_all_stops_the_writing(text: str) -> None:
    statement = some_statements(1)[0]
    statement.text = statement.explanation = text
    write(PARTY, [(statement, Answer(1, text, text))])


@pytest.mark.parametrize(
    ("written", "stance"),
    [
        ("Helemaal mee eens", 2),
        ("HELEMAAL MEE EENS", 2),
        ("mee eens ", 1),
        ("  Mee \u00a0 eens.", 1),
        ("neutraal", 0),
        ("Mee\noneens", -1),
        ("helemaal mee oneens", -2),
        ("Wij hebben hier geen standpunt over", None),
        ("geen standpunt", None),
        (2, 2),
        (-2.0, -2),
        (0, 0),
        ("-1", -1),
        ("−1", -1),
        ("+2", 2),
    ],
)
def test_a_choice_may_be_written_in_other_ways(written: Any, stance: int | None) -> None:
    assert answers_of(filled_in((1, "Keuze", written)))[0] == Answer(stance)


@pytest.mark.parametrize(
    "written", ["misschien", "eens", 3, 1.5, "2 of 1", "=1+1", "ja" * 600, True]
)
def test_any_other_choice_is_a_problem_that_names_row_and_choices(written: Any) -> None:
    problem = problem_of(filled_in((1, "Keuze", written)))
    assert problem.startswith("Rij 4: we kennen de keuze ‘")
    assert problem.endswith(
        "Kies uit: Helemaal mee eens, Mee eens, Neutraal, Mee oneens, Helemaal mee oneens, "
        "Wij hebben hier geen standpunt over."
    )
    assert len(problem) < 250


@pytest.mark.parametrize("column", ["Toelichting", "Bron"])
def test_a_motivation_or_source_without_choice_is_a_problem(column: str) -> None:
    problem = problem_of(filled_in((1, column, "Zomaar")))
    assert "Rij 4: er staat een toelichting of bron, maar geen keuze." in problem


def test_a_motivation_that_is_too_long_is_a_problem() -> None:
    fits = filled_in((1, "Keuze", 1), (1, "Toelichting", "é" * 500))
    assert answers_of(fits)[0] == Answer(1, "é" * 500)
    problem = problem_of(filled_in((1, "Keuze", 1), (1, "Toelichting", "é" * 501)))
    assert problem == "Rij 4: de toelichting is 1 teken te lang: 501 van de 500."


def test_a_bad_source_is_a_problem_and_two_problems_are_both_named() -> None:
    data = filled_in((1, "Keuze", 1), (1, "Bron", "javascript:alert(1)"))
    assert problem_of(data).startswith("Rij 4: deze link kunnen we niet gebruiken.")
    data = filled_in((1, "Keuze", "weet niet"), (1, "Bron", "ftp://x.example"))
    assert len(read_again(data)[0].problems) == 2


def test_numbers_dates_and_formulas_in_texts_are_read_as_people_see_or_typed_them() -> None:
    values = [12, 0.5, datetime(2022, 3, 16), datetime(2022, 3, 16, 20, 30), "=SUM(A1:A3)", True]  # noqa: DTZ001
    statements = some_statements(len(values))

    def type_it(book: Workbook) -> None:
        for number, value in enumerate(values, start=1):
            put(book["Standpunten"], number, "Keuze", 1)
            put(book["Standpunten"], number, "Toelichting", value)

    rows = read(edited(type_it, blank(statements)), PARTY, statements)
    assert [row.answer and row.answer.motivation for row in rows] == [
        "12",
        "0,5",
        "16-3-2022",
        "16-3-2022 20:30",
        "=SUM(A1:A3)",
        "WAAR",
    ]


def test_rows_that_were_left_out_or_empty_change_nothing() -> None:
    data = edited(lambda book: book["Standpunten"].delete_rows(HEADER + 2))
    rows = read_again(data)
    assert [row.statement.key for row in rows] == ["stelling-1", "stelling-3", "stelling-4"]
    assert [row.answer for row in rows] == [None, None, None]


def test_columns_may_be_moved_and_added() -> None:
    def move(book: Workbook) -> None:
        sheet = book["Standpunten"]
        sheet.insert_cols(1, 2)
        sheet.cell(HEADER, 1, "Wie zoekt het uit?")
        sheet.cell(HEADER + 1, 1, "Anna")

    data = edited(move, write(PARTY, list(zip(STATEMENTS, ANSWERS, strict=True))))
    assert answers_of(data) == ANSWERS


def test_sheet_names_and_heads_may_be_written_otherwise() -> None:
    def rewrite(book: Workbook) -> None:
        book["Standpunten"]["E3"].value = " keuze "

    book = part(blank(), "xl/workbook.xml").replace(b'"Standpunten"', b'"STANDPUNTEN "')
    assert b"STANDPUNTEN" in book
    assert len(read_again(repacked(edited(rewrite), {"xl/workbook.xml": book}))) == 4


def test_a_statement_that_stands_there_twice_is_a_problem_of_both_rows() -> None:
    first, second, *others = read_again(filled_in((2, "Sleutel", "stelling-1")))
    assert first.problems == ("Rij 4: deze stelling staat er 2 keer in. Haal de andere rij weg.",)
    assert second.problems[0].startswith("Rij 5:")
    assert not any(row.problems for row in others)


def test_merged_cells_are_a_problem_of_the_rows_they_cover() -> None:
    def merge(book: Workbook) -> None:
        for number in (1, 2):
            put(book["Standpunten"], number, "Keuze", 1)
        book["Standpunten"].merge_cells("F4:F5")
        book["Standpunten"].merge_cells("A6:B7")  # of no importance

    rows = read_again(edited(merge))
    assert [len(row.problems) for row in rows] == [1, 1, 0, 0]
    assert rows[1].problems[0].startswith("Rij 5: hier zijn cellen samengevoegd.")


def test_an_answer_that_was_sorted_away_from_its_statement_is_a_problem() -> None:
    def sort(book: Workbook) -> None:
        put(book["Standpunten"], 1, "Stelling", STATEMENTS[1].text)
        put(book["Standpunten"], 2, "Stelling", STATEMENTS[0].text)
        put(book["Standpunten"], 1, "Keuze", 1)

    rows = read_again(edited(sort))
    assert rows[0].problems[0].startswith("Rij 4: de tekst van de stelling is niet die van")
    assert rows[1].problems == ()  # nothing was filled in


def test_a_file_without_hidden_sheet_protection_and_lists_is_read() -> None:
    def drop(book: Workbook) -> None:
        del book["Kenmerk"]
        del book["Uitleg"]
        book["Standpunten"].protection.sheet = False
        book["Standpunten"].data_validations.dataValidation.clear()
        put(book["Standpunten"], 1, "Keuze", 1)

    assert answers_of(edited(drop))[0] == Answer(1)


def test_a_file_whose_visible_mark_was_removed_is_known_by_the_hidden_one() -> None:
    data = edited(lambda book: book["Standpunten"].delete_rows(2))
    assert len(read_again(data)) == 4


def test_attachment_has_a_safe_name() -> None:
    assert attachment_name(PARTY) == "standpunten-gr2022-voorbeeldstad-groen.xlsx"
    name = attachment_name(a_party(slug='../"x";\r\nSet-Cookie: é' + "x" * 200))
    assert name.startswith("standpunten-gr2022-voorbeeldstad-x-set-cookie-x")
    assert len(name) <= 125


@pytest.mark.django_db
def test_demo_party_gets_its_own_answers_back() -> None:
    party = Party.objects.select_related("contest__election", "contest__municipality").get(
        slug="groen-voorbeeldstad", contest__election__slug="gr2022"
    )
    statements = list(Statement.objects.asked_in(party.contest).select_related("theme"))
    answers = {row.statement_id: Answer.of(row) for row in party.positions.all()}
    data = write(party, [(each, answers.get(each.pk)) for each in statements])
    rows = read(data, party, statements)
    assert {row.statement.pk: row.answer for row in rows if row.answer} == answers
    assert len(rows) == 24
    assert not any(row.problems for row in rows)
