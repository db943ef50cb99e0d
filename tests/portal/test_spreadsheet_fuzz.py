"""Whatever happened to a file: it is taken, or refused in words; nothing else."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from statements.portal.spreadsheet import UnreadableError
from tests.portal.spreadsheets import (
    SHEET_PART,
    TYPES,
    as_excel_saves_it,
    filled_in,
    part,
    read_again,
    repacked,
)

VALID = as_excel_saves_it(filled_in((1, "Keuze", 1), (2, "Toelichting", "x")))
XML_PARTS = [SHEET_PART, "xl/sharedStrings.xml", "xl/workbook.xml", "xl/styles.xml", TYPES]


def taken_or_refused(data: bytes) -> None:
    try:
        read_again(data)
    except UnreadableError as error:
        assert str(error).endswith((".", "…"))  # noqa: PT017


@given(
    st.lists(st.tuples(st.integers(0, len(VALID) - 1), st.integers(0, 255)), max_size=12),
    st.integers(0, len(VALID)) | st.just(len(VALID)),
)
@settings(max_examples=400, deadline=None)
def test_any_changed_bytes_are_taken_or_refused(edits: list[tuple[int, int]], end: int) -> None:
    changed = bytearray(VALID)
    for place, byte in edits:
        changed[place] = byte
    taken_or_refused(bytes(changed[:end]))


ODD = [
    b"",
    b"-1",
    b"0",
    b"9" * 5000,
    b"NaN",
    b"1e999",
    b"A0",
    b"ZZZZ9",
    b"A",
    b"A1:B",
    b"B:B",
    b"s",
    b"d",
    b"../" * 9,
    b"/",
    b"&x;",
]


@given(
    st.sampled_from([*XML_PARTS, "_rels/.rels", "xl/_rels/workbook.xml.rels"]),
    st.lists(st.tuples(st.integers(0), st.sampled_from(ODD)), min_size=1, max_size=5),
)
@settings(max_examples=400, deadline=None)
def test_any_odd_value_in_the_xml_is_taken_or_refused(
    name: str, edits: list[tuple[int, bytes]]
) -> None:
    xml = part(VALID, name)
    for which, value in edits:
        places = list(re.finditer(rb'(?<==")[^"]*(?=")|(?<=>)[^<]+(?=<)', xml))
        place = places[which % len(places)]
        xml = xml[: place.start()] + value + xml[place.end() :]
    taken_or_refused(repacked(VALID, {name: xml}))
