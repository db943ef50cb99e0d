"""The files for other voting aids are built with the rest when a contest is published."""

import json

import pytest
from django.utils import timezone

from stemhulp.editions import store
from stemhulp.opendata.build import build
from tests.opendata.interchange.matowahl_reader import opened
from tests.opendata.interchange.openvaa_types import loaded

pytestmark = pytest.mark.django_db


def test_every_published_contest_has_its_files() -> None:
    store.catch_up()
    made = build("gr2022", timezone.now())
    for slug, contest in made.contests.items():
        data = loaded(json.loads(contest.files["openvaa.json"].path.read_bytes()))
        assert data.constituencies.constituencies[0].name == contest.municipality.name
        assert ("mat-o-wahl.zip" in contest.files) is (slug == "voorbeeldstad"), "nobody answered"
    example = made.contests["voorbeeldstad"].files["mat-o-wahl.zip"]
    assert opened(example.path.read_bytes()).questions


def test_same_edition_gives_the_same_bytes() -> None:
    store.catch_up()
    first = build("gr2022", timezone.now()).contests["voorbeeldstad"]
    digests = {name: each.digest for name, each in first.files.items()}
    (first.path.parent / "current.json").unlink()
    first.path.rename(first.path.parent / "elsewhere")
    again = build("gr2022", timezone.now()).contests["voorbeeldstad"]
    assert {name: each.digest for name, each in again.files.items()} == digests


def test_nothing_adds_up_contests() -> None:
    store.catch_up()
    together = build("gr2022", timezone.now()).together
    assert not {"openvaa.json", "mat-o-wahl.zip"} & set(together.files)
