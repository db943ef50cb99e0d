"""Thousands of inputs for each reader, new ones each time; and those that once found something.

`make bench` tries 100,000 for each (`tests/load/fuzz.py`).
"""

import base64
import json
import random
import time
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stemhulp.editions.document import canonical
from tests.fuzzing.changes import KINDS, ODD, Edit, Sample
from tests.fuzzing.readers import BUILT, EDITION, NAMES, Reader, TakesLongError, readers, sealed

EXAMPLES, DRAWN = 150, 2000  # by hypothesis, which makes what it finds as small as can be; faster
SIGNED = ("cookie", "payload/ballot", "payload/invitations")  # hardly any change is taken

every_reader = pytest.mark.parametrize("name", NAMES)


def test_no_reader_is_left_out() -> None:
    assert tuple(readers()) == NAMES


@every_reader
def test_valid_file_is_read(name: str) -> None:
    for sample in readers()[name].drawing.samples:
        assert readers()[name].taken(sample.after([]))


@every_reader
@given(data=st.data())
@settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck))
def test_anything_is_read_or_refused(name: str, data: st.DataObject) -> None:
    reader = readers()[name]
    reader.taken(data.draw(reader.drawing.strategy))


@every_reader
def test_many_things_are_read_or_refused(name: str) -> None:
    reader = readers()[name]
    draw = random.Random(random.getrandbits(64))  # noqa: S311  # it draws no secret
    taken = sum(reader.taken(reader.drawing.drawn(draw)) for _ in range(DRAWN))
    assert taken < DRAWN  # it meets what is wrong
    assert taken or name in SIGNED  # and gets past the first look


INSIDE = b'{"at": %d, "stances": {}, "themes": [], "statements": [], "edition": %s}'
# What found something once: the reader, and the bytes.
FOUND: list[tuple[str, Callable[[], bytes]]] = [
    ("cookie/inside", lambda: sealed(INSIDE % (time.time(), b"Infinity"))),
    ("cookie/inside", lambda: sealed(b"[" * 2500)),
    ("json/edition", lambda: canonical(EDITION).replace(b'"Raad"', b'"\\ud800"')),
    ("json/edition", lambda: canonical(EDITION).replace(b'"Zo."', b'"Zo.","\\ud800":1')),
    ("json/edition", lambda: canonical(EDITION).replace(b'"number":1', b'"number":%d' % 2**60)),
    ("json/built", lambda: json.dumps(BUILT).encode().replace(b'"repeats"', b'"repeated"')),
    ("json/built", lambda: b"[]"),
    ("json/built", lambda: b"[" * 5000),
    ("json/known", lambda: b"[" * 5000),
]


@pytest.mark.parametrize(("name", "data"), FOUND)
def test_what_once_went_wrong_is_refused(name: str, data: Callable[[], bytes]) -> None:
    assert not readers()[name].taken(data())


def test_every_kind_of_change_changes_something() -> None:
    content = b'{"a": "b", "c": 1}'
    for kind in range(len(KINDS)):
        changes = {Sample(content).after([Edit(kind, 2**31, 3, odd)]) for odd in range(len(ODD))}
        assert changes - {content}


def test_what_is_found_says_with_which_bytes() -> None:
    def fails(data: bytes) -> object:
        raise RuntimeError

    with pytest.raises(RuntimeError) as found:
        Reader(fails, (ValueError,), readers()["eml"].drawing).taken(b"\x00x")
    assert repr(base64.b85encode(b"\x00x")) in found.value.__notes__[0]


def test_what_never_ends_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.fuzzing.readers.LONGEST", 0.05)

    def hangs(data: bytes) -> object:
        while True:
            pass

    with pytest.raises(TakesLongError):
        Reader(hangs, (Exception,), readers()["eml"].drawing).taken(b"")
