"""What voters read is set as in print: an apostrophe is curved, and so are quotation marks."""

import csv
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

FIXTURES = Path(settings.BASE_DIR) / "fixtures"
TEXTS = [
    *sorted((FIXTURES / "statements").glob("*.toml")),
    *sorted(FIXTURES.glob("content*.toml")),
    FIXTURES / "voorbeeldstad" / "positions.csv",
]


def texts(value: object) -> Iterator[str]:
    """All that is written in it, but for the forms by which a word is found: as people type."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, each in value.items():
            if name != "forms":
                yield from texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from texts(each)


@pytest.mark.parametrize("file", TEXTS, ids=lambda file: file.name)
def test_no_apostrophe_is_straight(file: Path) -> None:
    """Names of municipalities and parties stay as they are registered."""
    with file.open(newline="") as opened:
        found = [*csv.DictReader(opened)] if file.suffix == ".csv" else tomllib.loads(opened.read())
    written = [*texts(found)]
    assert written
    assert not [text for text in written if "'" in text]
