"""What is downloaded here is taken over there: the very files, through the whole way."""

from pathlib import Path

import pytest

from parties.models import Election
from stemhulp.editions.compile import compile_content
from stemhulp.opendata.contests import published
from stemhulp.opendata.downloads import tables
from tests.opendata.interchange.test_transfer import (
    as_published,
    by_key,
    elsewhere,
    example,
    take_over,
)

pytestmark = pytest.mark.django_db


def test_downloaded_contest_is_the_same_elsewhere(tmp_path: Path) -> None:
    document, _ = example()
    [contest] = [each for each in published("gr2022") if each.municipality.is_example]
    tables.make_contest(tmp_path, contest)
    Election.objects.filter(slug="gr2022").update(slug="gr2022-before")
    document["election"]["slug"] = "gr2022"
    other = elsewhere(document)
    found = {name: tmp_path / f"{name}.csv" for name in ("statements", "positions")}
    take_over("gr2022", **found, **as_published())
    compiled = compile_content(other)
    assert by_key(compiled["statements"]) == by_key(document["statements"])
    assert [each["positions"] for each in compiled["parties"]] == [
        each["positions"] for each in document["parties"]
    ]
