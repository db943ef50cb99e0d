"""Places and dates mean what they mean to openpyxl, and so to Excel."""

from datetime import datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format
from openpyxl.utils.cell import coordinate_to_tuple, get_column_letter, range_boundaries
from openpyxl.utils.datetime import from_excel

from statements.portal.spreadsheet_numbers import (
    DATES,
    DAY_0,
    DAY_0_OF_MAC,
    LAST_COLUMN,
    LAST_ROW,
    area,
    moment,
    place,
    row_number,
    shows_date,
)

columns, rows = st.integers(1, LAST_COLUMN), st.integers(1, LAST_ROW)
places = st.builds(lambda column, row: f"{get_column_letter(column)}{row}", columns, rows)


@given(places)
def test_places(reference: str) -> None:
    assert place(reference) == place(reference.lower()) == coordinate_to_tuple(reference)


@given(places, places)
def test_areas(first: str, last: str) -> None:
    for reference in (first, f"{first}:{last}"):
        assert area(reference) == range_boundaries(reference)


@pytest.mark.parametrize(
    "wrong",
    ["", "A", "1", "A0", "A-1", "A1048577", "XFE1", "AAAA1", "A²", "A1:", ":A1", "A:B", "é1"],
)
def test_what_is_no_place(wrong: str) -> None:
    with pytest.raises(ValueError, match="no "):
        area(f"{wrong}:{wrong}" if ":" not in wrong else wrong + ":")
    with pytest.raises(ValueError, match="no row"):
        row_number(wrong.removeprefix("A") if wrong != "1" else "")


@pytest.mark.parametrize("number", BUILTIN_FORMATS)
def test_built_in_formats(number: int) -> None:
    assert (str(number) in DATES) == is_date_format(BUILTIN_FORMATS[number])


@given(st.text('dmyhs0#;"[]\\\\_ xNLhh'))
@example("[$-413]d mmmm yyyy")
@example('0" dagen"')
@example("[hh]:mm")
def test_other_formats(code: str) -> None:
    assert shows_date(code) == is_date_format(code)


@given(st.floats(-1e9, 1e9), st.sampled_from([DAY_0, DAY_0_OF_MAC]))
@example(0.0, DAY_0)
@example(0.75, DAY_0)
@example(59.5, DAY_0)
@example(60.0, DAY_0)
@example(44636.0, DAY_0_OF_MAC)
def test_moments(number: float, day_0: datetime) -> None:
    try:
        wanted = from_excel(number, day_0)
    except (ValueError, OverflowError) as error:
        with pytest.raises(type(error)):
            moment(number, day_0)
    else:
        assert moment(number, day_0) == wanted
