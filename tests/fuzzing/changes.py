"""A valid file, and what may happen to it: plain values, that hypothesis or `random` can draw."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from random import Random
from typing import NamedTuple

from hypothesis import strategies as st

MOST_EDITS = 6
PLACES = 2**32  # a place is a part of the whole: 2**31 is halfway
LONGEST = 64  # bytes that are cut or doubled
VALUE = re.compile(rb'(?<=")[^"<>]*(?=")|(?<=>)[^<>]+(?=<)|[\w.+-]+')
# What trips up readers: ends, quotes, other encodings, numbers out of bounds, depth.
ODD = (
    *(b"", b"\x00", b"\xff", b"\xef\xbb\xbf", b"\xff\xfe", b"\xc3", b"\xe2\x80\xa8", b"\r", b"\n"),
    *(b"'", b'"', b'""', b";", b",", b"\t", b"#", b"=", b"\\", b"\\ud800", b"\\u0000", b"\x0b"),
    *(b"<", b">", b"<a>", b"</a>", b"&amp;", b"&x;", b"&#0;", b"<!--", b"<![CDATA[", b"]]>"),
    *(b"<!DOCTYPE a [<!ENTITY x 'y'>]>", b'<?xml version="1.0" encoding="utf-7"?>', b"xmlns="),
    *(b"0", b"-1", b"1.0", b"1e999", b"-0", b"NaN", b"9" * 5000, b"0x1", b"1_0", "²".encode()),
    *(b"null", b"true", b"[]", b"{}", b"[null]", b'{"a":1}', b"[" * 5000, b'{"a":' * 5000),
    *(b"A0", b"A1048577", b"XFE1", b"A1:B", b"s", b"d", b"../" * 9, b"/", b"x" * 40_000),
    *(b"2022-02-30", b"0000-00-00", b"GM0344", "\U0001f600".encode(), "é".encode("cp1252")),
)


class Edit(NamedTuple):
    """One thing that happens: what, where, over how many bytes, with which odd bytes."""

    kind: int
    place: int
    length: int
    odd: int


def _set(data: bytes, at: int, edit: Edit) -> bytes:
    return data[:at] + bytes([edit.odd % 256]) + data[at + 1 :]


def _flip(data: bytes, at: int, edit: Edit) -> bytes:
    return (
        data[:at] + bytes(each ^ 1 << edit.odd % 8 for each in data[at : at + 1]) + data[at + 1 :]
    )


def _cut(data: bytes, at: int, edit: Edit) -> bytes:
    return data[:at] + data[at + edit.length :]


def _end(data: bytes, at: int, edit: Edit) -> bytes:
    return data[:at]


def _double(data: bytes, at: int, edit: Edit) -> bytes:
    return data[: at + edit.length] + data[at:]


def _insert(data: bytes, at: int, edit: Edit) -> bytes:
    return data[:at] + ODD[edit.odd % len(ODD)] + data[at:]


def _value(data: bytes, at: int, edit: Edit) -> bytes:
    """Another value in an attribute, a cell or a member."""
    values = _values(data)
    if not values:
        return ODD[edit.odd % len(ODD)]
    start, end = values[edit.place * len(values) // PLACES]
    return data[:start] + ODD[edit.odd % len(ODD)] + data[end:]


Happens = Callable[[bytes, int, Edit], bytes]
# What keeps most of a file as it is, comes by more often: else nothing gets past the first look.
KINDS: Sequence[Happens] = (_value, _value, _value, _insert, _set, _flip, _cut, _double, _end)


@lru_cache(maxsize=64)
def _values(data: bytes) -> list[tuple[int, int]]:
    return [found.span() for found in VALUE.finditer(data)]


@dataclass(frozen=True)
class Sample:
    """A valid file; or a part of one, with how the whole is made of it."""

    content: bytes
    whole: Callable[[bytes], bytes] = bytes

    def after(self, edits: Sequence[Edit]) -> bytes:
        data = self.content
        for edit in edits:
            at = edit.place * (len(data) + 1) // PLACES
            data = KINDS[edit.kind % len(KINDS)](data, at, edit)
        return self.whole(data)


@dataclass(frozen=True)
class Drawing:
    """What may be handed to one reader: its valid files after some edits, and bytes of any kind."""

    samples: Sequence[Sample]

    @cached_property
    def strategy(self) -> st.SearchStrategy[bytes]:
        numbers = st.integers(0, 255)
        edit = st.builds(
            Edit, numbers, st.integers(0, PLACES - 1), st.integers(1, LONGEST), numbers
        )
        changed = st.builds(
            Sample.after, st.sampled_from(self.samples), st.lists(edit, max_size=MOST_EDITS)
        )
        return changed | changed | changed | st.binary(max_size=400)

    def drawn(self, random: Random) -> bytes:
        """The same with `random`, which is faster by far."""
        if random.random() < 0.05:
            return random.randbytes(random.randrange(400))
        edits = [
            Edit(
                random.randrange(256),
                random.randrange(PLACES),
                random.randint(1, LONGEST),
                random.randrange(256),
            )
            for _ in range(random.choice((1, 1, 1, 2, 3, MOST_EDITS)))
        ]
        return random.choice(self.samples).after(edits)
