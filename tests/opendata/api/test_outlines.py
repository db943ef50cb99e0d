"""The figures in the list of contests: counted when it is published, or when nobody did yet."""

import json

import pytest
from django.utils import timezone

from stemhulp.editions import store
from stemhulp.opendata.api import outlines
from stemhulp.opendata.build import build
from stemhulp.opendata.built import built
from tests.opendata.api.programs import ELECTION, everything, read

pytestmark = pytest.mark.django_db


def test_figures_are_the_same_built_or_not(monkeypatch: pytest.MonkeyPatch) -> None:
    before = everything(f"{ELECTION}/contests")
    build("gr2022", timezone.now())
    store.clear()
    monkeypatch.setattr(outlines, "_counted", None)  # calling it would fail
    assert everything(f"{ELECTION}/contests") == before
    assert len(before) == 4


def test_edition_that_is_newer_than_what_was_built_is_counted() -> None:
    build("gr2022", timezone.now())
    found = built("gr2022")
    assert found
    path = found.together.files[outlines.OUTLINES].path
    [digest] = [
        each["edition"]["digest"]
        for each in read(f"{ELECTION}/contests")["items"]
        if each["is_example"]
    ]
    known = json.loads(path.read_bytes())
    figures = known.pop(digest)
    path.write_text(json.dumps(known))
    found.beside.clear()
    store.clear()
    told = read(f"{ELECTION}/contests/voorbeeldstad")
    assert [told[name] for name in outlines.Outline._fields] == figures
