"""The loading commands: one sentence when it went well, one when it did not."""

import io
import shutil
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from parties.models import Event, Municipality, Postcode
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
        (["load_municipalities"], "394 municipalities."),
        (["load_postcodes", "2024"], "4072 postcodes of 2024."),
        (["load_postcodes"], "4071 postcodes of 2022, 4072 postcodes of 2024."),
        (["load_election", "2018"], "Gemeenteraadsverkiezingen 2018: 335 contests, 2782 lists."),
        (["load_election", "gr2022"], "Gemeenteraadsverkiezingen 2022: 333 contests, 2871 lists."),
    ],
)
def test_command_says_in_a_sentence_what_it_loaded(command: list[str], sentence: str) -> None:
    assert said(*command) == f"{sentence}\n"


def test_election_can_be_loaded_from_any_folder(data: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(data / "elections" / "gr2022", tmp_path / "elsewhere")
    change(folder / "election.toml", "Gemeenteraadsverkiezingen", "Raadsverkiezingen")
    assert said("load_election", str(folder)).startswith("Raadsverkiezingen 2022: 333 contests")


def test_no_progress_bar_is_written_into_a_file(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("load_municipalities")
    assert capsys.readouterr() == ("394 municipalities.\n", "")


def test_wrong_file_is_refused_in_one_line_with_file_line_and_reason(
    data: Path, tmp_path: Path
) -> None:
    for name in ("municipalities.csv", "places.csv"):
        shutil.copy(data / name, tmp_path)
    change(tmp_path / "municipalities.csv", ",Almere,", ",Anders,")
    change(tmp_path / "places.csv", "'s-Gravenzande,GM1783", "'s-Gravenzande,GM9999")
    before = contents(Municipality)
    with pytest.raises(CommandError) as refusal:
        said("load_municipalities", folder=tmp_path)
    assert str(refusal.value) == (
        f"Refused, nothing loaded. {tmp_path / 'places.csv'}, line 5: "
        "municipality is 'GM9999', which is not known"
    )
    assert contents(Municipality) == before


@pytest.mark.parametrize(
    ("command", "reason"),
    [
        (["load_municipalities", "--folder", "/nowhere"], "municipalities.csv: cannot be read"),
        (["load_postcodes", "--folder", "/nowhere"], "/nowhere: holds no YEAR.csv"),
        (["load_postcodes", "1999"], "1999.csv: cannot be read"),
        (["load_election", "1999"], "1999/election.toml: cannot be read"),
    ],
)
def test_file_that_is_not_there_is_refused_in_one_line(command: list[str], reason: str) -> None:
    with pytest.raises(CommandError) as refusal:
        said(*command)
    assert str(refusal.value).startswith("Refused, nothing loaded. ")
    assert reason in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_refused_year_of_postcodes_takes_the_other_years_with_it(
    data: Path, tmp_path: Path
) -> None:
    for year in (2022, 2024):
        shutil.copy(data / "postcodes" / f"{year}.csv", tmp_path)
    change(tmp_path / "2022.csv", "1011,1019,GM0363,1", "1011,1019,GM0344,1")
    change(tmp_path / "2024.csv", "1011,1019,GM0363,1", "1011,1019,GM9999,1")
    with pytest.raises(CommandError, match="Refused, nothing loaded"):
        said("load_postcodes", folder=tmp_path)
    assert Postcode.objects.get(year=2022, number=1011).municipality_id == "GM0363"


@pytest.mark.django_db
def test_what_is_done_on_the_server_is_in_the_log() -> None:
    """Nobody's name is known there; setting up an empty database leaves no trace."""
    assert not Event.objects.exists()
    call_command("load_municipalities", stdout=io.StringIO())
    call_command("publish", election="gr2022", municipality="utrecht", stdout=io.StringIO())
    written = list(Event.objects.order_by("pk").values_list("act", "what", "by"))
    assert {act for act, _, _ in written} == {"command-run"}
    assert not any(by for _, _, by in written)
    assert "Op de server: load_municipalities. " in written[0][1]
    assert "Op de server: publish. gr2022: 0 published, 1 unchanged." in written[1][1]
