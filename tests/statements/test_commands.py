"""The loading commands of the texts and of the demo."""

import io
import shutil
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from parties.models import Party
from statements.models import Background, Position, Source, Statement, Term, Theme
from tests.parties.mistakes import change, contents

pytestmark = pytest.mark.django_db


def said(*command: str, **options: Any) -> str:
    """What the command writes to stdout."""
    output = io.StringIO()
    call_command(*command, stdout=output, **options)
    return output.getvalue()


@pytest.mark.parametrize(
    ("command", "sentence"),
    [
        ("load_statements", "Gemeenteraadsverkiezingen 2022: 24 statements. In en: 61 texts."),
        ("load_example", "Voorbeeldstad in Gemeenteraadsverkiezingen 2022: 204 positions."),
    ],
)
@pytest.mark.parametrize("election", ["2022", "gr2022"])
def test_command_says_in_a_sentence_what_it_loaded(
    command: str, election: str, sentence: str
) -> None:
    assert said(command, election) == f"{sentence}\n"


@pytest.mark.parametrize("command", ["load_statements", "load_example"])
def test_election_that_is_not_loaded_is_named(command: str) -> None:
    with pytest.raises(CommandError, match="1999 is not loaded; run load_election first"):
        said(command, "1999")


def test_wrong_statements_are_refused_in_one_line(data: Path, tmp_path: Path) -> None:
    file = Path(shutil.copy(data / "statements" / "gr2022.toml", tmp_path))
    change(file, "recommendation = ", "recommendation = 3 # ")
    line = file.read_text().split("[[statement]]")[0].count("\n") + 1
    before = contents(Source, Theme, Term, Statement, Background)
    with pytest.raises(CommandError) as refusal:
        said("load_statements", "2022", file=file)
    assert str(refusal.value) == (
        f"Refused, nothing loaded. {file}, line {line}: "
        "recommendation is 3; it must lie between -2 and 2"
    )
    assert contents(Source, Theme, Term, Statement, Background) == before


def test_wrong_example_is_refused_in_one_line(data: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(data / "voorbeeldstad", tmp_path / "voorbeeldstad"))
    change(folder / "positions.csv", "kleine-opvang-in-de-wijk,2,", "kleine-opvang-in-de-wijk,7,")
    before = contents(Party, Position)
    with pytest.raises(CommandError) as refusal:
        said("load_example", "2022", folder=folder)
    assert str(refusal.value) == (
        f"Refused, nothing loaded. {folder / 'positions.csv'}, line 4: "
        "stance is 7; it must lie between -2 and 2"
    )
    assert contents(Party, Position) == before


def test_demo_is_loaded_once_only() -> None:
    Party.objects.filter(slug="groen-voorbeeldstad").update(name="Met de hand veranderd")
    assert said("load_demo") == ""
    assert Party.objects.get(slug="groen-voorbeeldstad").name == "Met de hand veranderd"
