"""Reading the table of people to invite, however it was made."""

import codecs

import pytest

from statements.curation.lists import table
from statements.curation.lists.table import Row, TableError

BO = Row(1, "GM0344", "GroenLinks", "bo@example.nl", "Bo Bos")
LINE = "GM0344;GroenLinks;bo@example.nl;Bo Bos"


@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_columns_are_told_apart_by_what_stands_between(separator: str) -> None:
    assert table.read(LINE.replace(";", separator)) == [BO]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_end_as_any_machine_ends_them(end: str) -> None:
    assert [row.line for row in table.read(f"{LINE}{end}{end}{LINE}{end}")] == [1, 3]


@pytest.mark.parametrize(
    "heading",
    [
        "gemeentecode;lijst;e-mail;naam",
        "Gemeente code ; Partij ; E-mailadres ; Naam contactpersoon",
        '"CODE";"LIJSTNUMMER";"MAIL";"persoon"',
    ],
)
def test_heading_is_no_invitation(heading: str) -> None:
    assert table.read(f"{heading}\n{LINE}") == [
        Row(2, "GM0344", "GroenLinks", "bo@example.nl", "Bo Bos")
    ]


def test_heading_says_the_order_and_other_columns_are_left_out() -> None:
    text = "e-mail;opmerking;naam;lijst;gemeentecode\nbo@example.nl;x;Bo Bos;GroenLinks;GM0344"
    assert table.read(text) == [Row(2, "GM0344", "GroenLinks", "bo@example.nl", "Bo Bos")]


def test_name_may_be_left_out() -> None:
    assert table.read("GM0344,4,bo@example.nl") == [Row(1, "GM0344", "4", "bo@example.nl")]


def test_spaces_and_quotation_marks_around_a_cell_are_no_part_of_it() -> None:
    text = ' GM0344 ; "Groen  Links" ;bo@example.nl;  Bo Bos '
    assert table.read(text) == [Row(1, "GM0344", "Groen Links", "bo@example.nl", "Bo Bos")]


def test_comma_in_a_name_is_no_new_column() -> None:
    [row] = table.read('GM0267,"PROgressief 21 (D66, Groen Links, PvdA)",bo@example.nl,Bo')
    assert row.party == "PROgressief 21 (D66, Groen Links, PvdA)"
    [row] = table.read("GM0267;PROgressief 21 (D66, Groen Links, PvdA);bo@example.nl;Bo")
    assert row.party == "PROgressief 21 (D66, Groen Links, PvdA)"


def test_line_for_excel_about_the_separator_is_skipped() -> None:
    assert [row.line for row in table.read(f"sep=;\n{LINE}")] == [2]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("GM0344;GroenLinks", "ontbreekt: e-mail"),
        ("GM0344;;bo@example.nl", "ontbreekt: lijst"),
        (";GroenLinks;bo@example.nl", "ontbreekt: gemeentecode"),
        ("GM0344;GroenLinks;bo@example.nl;Bo;Bos", "te veel kolommen"),
        ('GM0344;"GroenLinks;bo@example.nl;Bo', "aanhalingstekens"),
        (f"GM0344;{'x' * 301};bo@example.nl;Bo", "veel te lange tekst"),
    ],
)
def test_bad_line_says_why_and_spoils_no_other(line: str, said: str) -> None:
    first, bad, last = table.read(f"{LINE}\n{line}\n{LINE}")
    assert said in bad.problem
    assert bad.line == 2
    assert not first.problem
    assert not last.problem


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Er staat niets in"),
        (" \n;;;\n\n", "Er staat niets in"),
        ("gemeentecode;lijst;e-mail", "alleen een kopregel"),
        (f"lijst;e-mail\n{LINE}", "ontbreekt de kolom gemeentecode"),
        (f"code;gemeente;lijst;mail\n{LINE}", "staat de kolom gemeentecode twee keer"),
        ("\x00\x01", "geen tekst"),
        (f"{LINE}\n" * 5001, "5001 regels"),
    ],
)
def test_table_that_cannot_be_read_says_why(text: str, said: str) -> None:
    with pytest.raises(TableError, match=said):
        table.read(text)


def test_five_thousand_lines_are_read() -> None:
    assert len(table.read(f"{LINE}\n" * 5000)) == 5000


@pytest.mark.parametrize(
    "content",
    [
        "Súdwest".encode(),
        codecs.BOM_UTF8 + "Súdwest".encode(),
        "Súdwest".encode("cp1252"),
        "Súdwest".encode("utf-16"),
    ],
)
def test_file_is_read_in_the_encoding_it_was_saved_in(content: bytes) -> None:
    assert table.decode(content) == "Súdwest"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"PK\x03\x04 a workbook", "Excel-bestand"),
        (b"\xd0\xcf\x11\xe0 an old workbook", "Excel-bestand"),
        (b"\x81\x8d\xff", "kunnen we niet lezen"),
        (codecs.BOM_UTF16_LE + b"\x00", "kunnen we niet lezen"),
    ],
)
def test_file_that_is_no_text_says_what_to_do(content: bytes, said: str) -> None:
    with pytest.raises(TableError, match=said):
        table.decode(content)
