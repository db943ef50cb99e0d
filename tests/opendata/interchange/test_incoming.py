"""A file that may come from anywhere: taken when it is ours, else refused with the line."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from parties.importers.tables import FixtureError
from statements.importers import transferred_positions, transferred_statements
from stemhulp.opendata.columns import POSITIONS, STATEMENTS, Column, Kind, Table
from stemhulp.opendata.interchange import incoming
from stemhulp.opendata.interchange.incoming import rows

TABLE = Table(
    "small",
    *("A table.", "Een tabel."),
    (
        Column("key", Kind.TEXT, "", ""),
        Column("text", Kind.TEXT, "", "", is_required=False),
        Column("stance", Kind.INTEGER, "", "", is_required=False, least=-2, most=2),
    ),
    ("key",),
)


@pytest.fixture
def read(tmp_path: Path) -> Callable[[bytes | str], list[dict[str, Any]]]:
    def values(content: bytes | str) -> list[dict[str, Any]]:
        path = tmp_path / "small.csv"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return [each.values for each in rows(path, TABLE, ["key"])]

    return values


@pytest.mark.parametrize(
    "content",
    [
        "\ufeffkey,text,stance\r\na,b,-2\r\n",
        "key,text,stance\na,b,-2\n",
        "key,text,stance\na,b,-2",
        "key;text;stance\na;b;-2\n",
        '"stance","key","text"\n"-2","a","b"\n',
    ],
    ids=["as we write it", "without BOM", "without a last line end", "semicolons", "other order"],
)
def test_every_way_in_which_a_spreadsheet_saves_it_is_read(read: Any, content: str) -> None:
    assert read(content) == [{"key": "a", "text": "b", "stance": -2}]


def test_columns_of_which_nothing_is_made_may_be_left_out(read: Any) -> None:
    assert read("key\na\n") == [{"key": "a"}]


def test_apostrophe_in_front_is_taken_away_and_nothing_else(read: Any) -> None:
    found = read("key,text\na,'=1+1\nb,'+31\nc,''s Gravenhage\nd,Den Haag\n")
    assert [each["text"] for each in found] == ["=1+1", "+31", "'s Gravenhage", "Den Haag"]


def test_text_over_several_lines_is_one_and_the_next_line_is_counted_right(read: Any) -> None:
    assert read('key,text\na,"een\ntwee"\n')[0]["text"] == "een\ntwee"
    with pytest.raises(FixtureError, match="line 4: stance"):
        read('key,text,stance\na,"een\ntwee",1\nb,c,3\n')


@pytest.mark.parametrize(
    ("content", "line", "reason"),
    [
        ("key,text,stance\na,b,3\n", 2, "stance: expected a number from -2 to 2, not '3'"),
        ("key,text,stance\na,b,een\n", 2, "stance: expected a whole number, not 'een'"),
        ("key,text\na,b\n,b\n", 3, "key: is empty"),
        ("key,text\na\n", 2, "has 1 columns instead of 2"),
        ("key,text\na,b,c\n", 2, "has 3 columns instead of 2"),
        ("key,text\n\n", 2, "has 0 columns instead of 2"),
        ("text,stance\nb,1\n", 1, "the column key is missing"),
        ("", 0, "begins with no names of columns"),
        ("key,mening\na,1\n", 1, "unknown column mening; it is none of the table small"),
        ("key,stances\na,1\n", 1, "unknown column stances; did you mean stance?"),
        ("key,key\na,a\n", 1, "the column key is there more than once"),
        ('key,text\na,"b\n', 2, "is no CSV: unexpected end of data"),
        ('key,text\na,"b"c\n', 2, "is no CSV: "),
        (b"key,text\na,caf\xe9\n", 2, "is not UTF-8: "),
        ("key,text\na,b\n".encode("utf-16"), 1, "contains a NUL character; is this UTF-16"),
        ("key,text\na,b\x00\n", 2, "contains a NUL character"),
        (b"PK\x03\x04\x14\x00", 1, "contains a NUL character"),
        ("," * 1_000_001 + "\n", 1, "is longer than 1,000,000 bytes"),
        ("x," * 400_000 + "\n", 1, "unknown column x, x, x, x, x and 399996 more"),
        ("key,text\na," + "b" * 200_000 + "\n", 2, "is no CSV: field larger than field limit"),
        ("key,text\n" + "b" * 1_000_001, 2, "is longer than 1,000,000 bytes"),
    ],
)
def test_mistake_is_refused_with_its_line(
    read: Any, content: bytes | str, line: int, reason: str
) -> None:
    with pytest.raises(FixtureError) as refusal:
        read(content)
    place = f", line {line}: " if line else ": "
    assert place in str(refusal.value)
    assert reason in str(refusal.value)
    assert len(str(refusal.value)) < 400, "a message, not the file"


def test_file_that_is_not_there_and_one_that_is_too_large(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "none.csv"
    with pytest.raises(FixtureError, match="cannot be read: No such file"):
        list(rows(path, TABLE, ["key"]))
    with pytest.raises(FixtureError, match="cannot be read: Is a directory"):
        list(rows(tmp_path, TABLE, ["key"]))
    monkeypatch.setattr(incoming, "MOST_BYTES", 10)
    path.write_text("key,text\na,b\n")
    with pytest.raises(FixtureError, match="is larger than 0 MiB"):
        list(rows(path, TABLE, ["key"]))


def test_large_file_is_read_line_by_line(tmp_path: Path) -> None:
    """The first row is there before the last was looked at."""
    path = tmp_path / "large.csv"
    path.write_bytes(b"key,text\n" + b"a,b\n" * 1000 + b"\xff\n")
    assert next(iter(rows(path, TABLE, ["key"]))).line == 2


def test_what_is_needed_is_known() -> None:
    assert set(transferred_statements.NEEDED) <= set(STATEMENTS.by_name)
    assert set(transferred_positions.NEEDED) <= set(POSITIONS.by_name)
