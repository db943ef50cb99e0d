"""Values as the cells of a CSV, and back."""

import csv
import io
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemhulp.opendata.cells import CellError, read, written
from stemhulp.opendata.columns import TABLES, Column, Kind

TEXT = Column("text", Kind.TEXT, "", "", is_required=False)
DANGEROUS = ["=1+1", "+31", "-2", "@SUM(A1)", "\tx", "\r=1", "\n=1", "＝1", "'quoted"]


def of(kind: Kind, **more: Any) -> Column:
    return Column("it", kind, "", "", **more)


@pytest.mark.parametrize("text", DANGEROUS)
def test_no_text_is_a_formula(text: str) -> None:
    assert written(TEXT, text) == f"'{text}"


@given(st.text())
def test_text_comes_back_as_it_was(text: str) -> None:
    if "\0" in text or any("\ud800" <= each <= "\udfff" for each in text):
        return  # in no text of ours
    file = io.StringIO(newline="")
    csv.writer(file).writerow([written(TEXT, text), "beside"])
    [row] = csv.reader(io.StringIO(file.getvalue(), newline=""))
    assert [read(TEXT, row[0]), row[1]] == [text, "beside"]


@pytest.mark.parametrize(
    ("kind", "value", "cell"),
    [
        (Kind.INTEGER, -2, "-2"),
        (Kind.BOOLEAN, False, "false"),
        (Kind.DATE, date(2022, 3, 16), "2022-03-16"),
        (Kind.MOMENT, datetime(2022, 3, 16, 21, tzinfo=UTC), "2022-03-16T21:00:00Z"),
        (Kind.OBJECT, {"uk": "Так", "en": "=yes"}, '{"en":"=yes","uk":"Так"}'),
        (Kind.LIST, [], "[]"),
    ],
)
def test_value_comes_back_as_it_was(kind: Kind, value: Any, cell: str) -> None:
    assert written(of(kind), value) == cell
    assert read(of(kind), cell) == value


def test_nothing_is_an_empty_cell() -> None:
    column = of(Kind.INTEGER, is_required=False)
    assert written(column, None) == ""
    assert read(column, "") is None


@pytest.mark.parametrize(
    ("column", "cell", "message"),
    [
        (of(Kind.TEXT), "", "is empty"),
        (of(Kind.INTEGER), "", "is empty"),
        (of(Kind.INTEGER), "1.0", "whole number"),
        (of(Kind.INTEGER), "٣", "whole number"),
        (of(Kind.INTEGER), "9" * 5000, "whole number"),
        (of(Kind.INTEGER, least=-2, most=2), "3", "from -2 to 2"),
        (of(Kind.INTEGER, least=1), "0", "1 or more"),
        (of(Kind.BOOLEAN), "ja", "true or false"),
        (of(Kind.DATE), "16-3-2022", "a date"),
        (of(Kind.DATE), "2022-02-30", "a date"),
        (of(Kind.MOMENT), "2022-03-16", "a moment"),
        (of(Kind.OBJECT), "[]", "an object"),
        (of(Kind.LIST), "{", "a list"),
        (of(Kind.LIST), "[" * 100_000, "a list"),
        (of(Kind.TEXT, one_of=("a", "b")), "c", "one of: a, b"),
    ],
)
def test_cell_that_is_not_what_its_column_holds(column: Column, cell: str, message: str) -> None:
    with pytest.raises(CellError, match=message):
        read(column, cell)


@pytest.mark.parametrize("table", TABLES, ids=lambda each: each.name)
def test_columns_are_described_once_in_both_languages(table: Any) -> None:
    names = [each.name for each in table.columns]
    assert len(set(names)) == len(names)
    assert all(each.english.strip() and each.dutch.strip() for each in table.columns)
    assert set(table.key) <= set(names)
