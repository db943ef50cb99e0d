"""The files: what stands in them, in every format, and that they follow the data dictionary."""

import hashlib
import json
import shutil
import sys
from fractions import Fraction
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from django.conf import settings
from django.utils import timezone

from parties.models import Contest, Municipality
from statements.matching import friendliness
from statements.models import Position, Statement
from stemhulp.editions import store
from stemhulp.editions.publishing import publish
from stemhulp.opendata import cells
from stemhulp.opendata.build import build
from stemhulp.opendata.columns import TABLES, Kind, Table
from stemhulp.opendata.downloads import formats, parquet, tables
from stemhulp.quiz.scores import whole_percent
from tests.opendata.country.ballots import Invented, ballot, everywhere
from tests.opendata.downloads.files import PLACES, built_now, cells_of, lines_of, region

pytestmark = pytest.mark.django_db
each_table = pytest.mark.parametrize("table", TABLES, ids=lambda each: each.name)


def from_csv(table: Table, path: Path) -> list[dict[str, Any]]:
    """By the documented rules, checked against the dictionary on the way."""
    rows = cells_of(path)
    return [
        {
            column.name: cells.plain(column, cells.read(column, row[column.name]))
            for column in table.columns
        }
        for row in rows
    ]


def from_parquet(table: Table, path: Path) -> list[dict[str, Any]]:
    is_json = {each.name for each in table.columns if each.kind in {Kind.OBJECT, Kind.LIST}}
    return [
        {
            name: json.loads(value) if name in is_json else cells.plain(table[name], value)
            for name, value in row.items()
        }
        for row in pq.read_table(path).to_pylist()
    ]


@each_table
def test_every_format_holds_the_same_rows(table: Table) -> None:
    region("midden", "utrecht", "amsterdam")
    found = built_now()
    for folder, prefix in (
        (found.contests["voorbeeldstad"].path, ""),
        (found.together.path, ""),
        (found.together.path, "regio.midden."),
        (found.together.path, "provincie.utrecht."),
    ):
        rows = lines_of(folder / f"{prefix}{table.name}.jsonl")
        assert rows
        assert from_csv(table, folder / f"{prefix}{table.name}.csv") == rows
        assert from_parquet(table, folder / f"{prefix}{table.name}.parquet") == rows


@each_table
def test_every_file_follows_the_dictionary(table: Table) -> None:
    folder = built_now().contests["voorbeeldstad"].path
    names = [each.name for each in table.columns]
    for row in formats.read_lines(folder / f"{table.name}.jsonl", table):
        assert list(row) == names
        for column in table.columns:
            value = row[column.name]
            assert value is not None or not (column.is_required or column.kind is Kind.TEXT)
            assert cells.read(column, cells.written(column, value)) == value
    schema = pq.read_schema(folder / f"{table.name}.parquet")
    assert schema.names == names
    assert [schema.field(each).metadata[b"description"].decode() for each in names] == [
        each.english for each in table.columns
    ]


@each_table
def test_rows_are_told_apart_by_their_key(table: Table) -> None:
    region("midden", *PLACES)
    found = built_now()
    for folder, prefix in (
        (found.contests["voorbeeldstad"].path, ""),
        (found.together.path, ""),
        (found.together.path, "regio.midden."),
    ):
        rows = lines_of(folder / f"{prefix}{table.name}.jsonl")
        keys = {tuple(row[name] for name in table.key) for row in rows}
        assert len(keys) == len(rows)


def test_csv_is_what_a_spreadsheet_expects() -> None:
    content = (built_now().contests["voorbeeldstad"].path / "positions.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbfelection,")
    assert content.count(b"\xef\xbb\xbf") == 1
    assert content.endswith(b"\r\n")
    assert content.count(b"\n") == content.count(b"\r\n")


def test_formula_in_a_motivation_is_made_harmless_and_comes_back() -> None:
    formula = '=HYPERLINK("http://kwaad.example";"klik"), \'zei\' hij\r\nnieuwe regel'
    Position.objects.filter(party__slug="groen-voorbeeldstad").update(motivation=formula)
    contest = Contest.objects.get(municipality__slug="voorbeeldstad")
    publish(contest, "Iemand", timezone.now(), "Anders")
    folder = built_now().contests["voorbeeldstad"].path
    green = [
        row
        for row in cells_of(folder / "positions.csv")
        if row["list_slug"] == "groen-voorbeeldstad"
    ]
    assert len(green) == 24
    assert {row["motivation"] for row in green} == {f"'{formula}"}
    assert formula in {row["motivation"] for row in lines_of(folder / "positions.jsonl")}


def test_list_is_told_with_its_friendliness_as_on_the_site() -> None:
    folder = built_now().contests["voorbeeldstad"].path
    edition = store.edition("gr2022", "voorbeeldstad")
    assert edition
    asked = edition.questionnaire.recommendation
    rows = {row["list_slug"]: row for row in lines_of(folder / "lists.jsonl")}
    themes = lines_of(folder / "friendliness.jsonl")
    assert list(rows) == [party.slug for party in edition.parties]
    ranked = 0
    for party in edition.parties:
        row = rows[party.slug]
        assert row["statements_answered"] == party.answered
        if row["standing"] != "ranked":
            assert row["friendliness_percent"] is row["friendliness_numerator"] is None
            assert (row["standing"] == "no_answers") == (party.answered == 0)
            continue
        ranked += 1
        stances = [
            found.stance if (found := party.positions.get(each.key)) else None
            for each in edition.statements
        ]
        said = friendliness(stances, asked, groups=edition.questionnaire.theme_indices)
        exact = Fraction(row["friendliness_numerator"], row["friendliness_denominator"])
        assert exact == said.score
        assert row["friendliness_percent"] == whole_percent(said.score)
        for each in (each for each in themes if each["list_slug"] == party.slug):
            expected = said.groups[each["theme_key"]]
            assert each["friendliness_percent"] == (
                None if expected is None else whole_percent(expected)
            )
    assert 0 < ranked < len(rows)


def test_positions_can_be_joined_to_lists_and_statements() -> None:
    folder = built_now().contests["voorbeeldstad"].path
    lists = {row["list_slug"]: row for row in lines_of(folder / "lists.jsonl")}
    statements = {row["statement_digest"]: row for row in lines_of(folder / "statements.jsonl")}
    positions = lines_of(folder / "positions.jsonl")
    assert len(positions) == len(lists) * len(statements)
    for row in positions:
        asked = statements[row["statement_digest"]]
        for name in ("statement_key", "statement_number", "statement_text", "theme_key"):
            assert row[name] == asked[name]
    for slug, row in lists.items():
        said = [each["stance"] for each in positions if each["list_slug"] == slug]
        assert sum(each is not None for each in said) == row["statements_answered"]


def test_position_says_where_it_comes_from_and_what_became_of_it() -> None:
    rows = lines_of(built_now().contests["voorbeeldstad"].path / "positions.jsonl")
    edition = store.edition("gr2022", "voorbeeldstad")
    assert edition
    parties = {each.slug: each for each in edition.parties}
    for row in rows:
        position = parties[row["list_slug"]].positions.get(row["statement_key"])
        if position is None:
            assert (row["provenance"], row["stance"], row["motivation"]) == ("", None, "")
            continue
        assert row["stance"] == position.stance
        assert row["provenance"] == ("programme" if position.from_programme else "party")
        assert row["position_source"] == position.source
        assert row["withheld"] == position.withheld
        correction = position.correction
        assert row["correction_on"] == (correction.on.isoformat() if correction else None)
        assert row["edition_digest"] == edition.imprint.digest if edition.imprint else None
    assert {row["provenance"] for row in rows} >= {"party", ""}


def test_statement_is_told_in_every_language() -> None:
    rows = lines_of(built_now().contests["voorbeeldstad"].path / "statements.jsonl")
    english = store.edition("gr2022", "voorbeeldstad", "en")
    assert english
    for row, statement in zip(rows, english.statements, strict=True):
        assert row["translations"]["en"]["text"] == statement.text
        assert row["theme_translations"]["en"]["name"] == statement.theme.name
        assert "nl" not in row["translations"]
        assert row["recommendation"] == statement.recommendation
        assert row["source_title"] == statement.source.title


def test_national_statement_stands_once_and_a_local_one_with_its_municipality() -> None:
    contest = Contest.objects.select_related("municipality", "election").get(
        municipality__slug="utrecht", election__slug="gr2022"
    )
    made = Statement.objects.filter(election=contest.election)[0]
    versions = list(made.versions.all())
    made.pk, made.key, made.text = None, "plaatselijk", "Hier moet een plein komen."
    made.municipality = contest.municipality
    made.save()
    for version in versions:
        version.pk, version.statement = None, made
        version.content = version.content | {"text": made.text}
        version.save()
    publish(contest, "Iemand", timezone.now(), "Plaatselijk")
    found = built_now()
    rows = lines_of(found.together.path / "statements.jsonl")
    local = [row for row in rows if row["is_local"]]
    assert len(rows) == 25
    assert [(row["municipality"], row["statement_text"]) for row in local] == [
        ("Utrecht", "Hier moet een plein komen.")
    ]
    assert all(row["statement_number"] is None for row in rows)
    joined = {row["statement_digest"] for row in rows}
    assert {
        row["statement_digest"] for row in lines_of(found.together.path / "positions.jsonl")
    } == joined


def test_wording_that_changed_stands_beside_the_former() -> None:
    Statement.objects.filter(order=1).update(text="Anders gezegd.")
    contest = Contest.objects.get(municipality__slug="utrecht", election__slug="gr2022")
    publish(contest, "Iemand", timezone.now(), "Anders")
    found = built_now()
    rows = lines_of(found.together.path / "statements.jsonl")
    [changed] = [row for row in rows if row["statement_text"] == "Anders gezegd."]
    before = [row for row in rows if row["statement_key"] == changed["statement_key"]]
    assert len(before) == 2
    said = lines_of(found.together.path / "positions.jsonl")
    of_utrecht = {
        row["statement_digest"]
        for row in said
        if row["municipality"] == "Utrecht" and row["statement_key"] == changed["statement_key"]
    }
    assert of_utrecht == {changed["statement_digest"]}


@each_table
def test_invented_municipality_has_files_of_its_own_and_is_in_no_others(table: Table) -> None:
    region("midden", "utrecht", "voorbeeldstad")
    found = built_now()
    own = lines_of(found.contests["voorbeeldstad"].path / f"{table.name}.jsonl")
    assert own
    assert all(row["is_example"] for row in own)
    for path in found.together.path.glob(f"*{table.name}.jsonl"):
        assert not any(row["is_example"] for row in lines_of(path))
        assert b"Voorbeeldstad" not in path.read_bytes()
    assert not list(found.together.path.glob("provincie.voorbeeldland.*"))


def test_files_of_a_region_follow_its_municipalities() -> None:
    made = region("midden", "utrecht")
    first = built_now()
    name = "regio.midden.lists.jsonl"

    def places() -> set[str]:
        return {row["municipality_slug"] for row in lines_of(built_now().together.path / name)}

    assert places() == {"utrecht"}
    Municipality.objects.filter(slug="amsterdam").update(region=made)
    assert places() == {"utrecht", "amsterdam"}
    assert built_now().contests == first.contests
    made.delete()
    assert name not in built_now().together.files


def test_same_edition_gives_the_same_bytes() -> None:
    region("midden", "utrecht")
    first = built_now()
    sums = [each.digest for each in first.together.files.values()]
    contest = {
        slug: [each.digest for each in folder.files.values()]
        for slug, folder in first.contests.items()
    }
    shutil.rmtree(Path(settings.OPENDATA_FOLDER) / "gr2022")
    again = build("gr2022", timezone.now())
    assert [each.digest for each in again.together.files.values()] == sums
    for slug, folder in again.contests.items():
        assert [each.digest for each in folder.files.values()] == contest[slug]


def test_package_describes_every_table_and_its_bytes() -> None:
    region("midden", "utrecht")
    found = built_now()
    for folder, prefix, name in (
        (found.contests["voorbeeldstad"].path, "", "gr2022-voorbeeldstad"),
        (found.together.path, "", "gr2022"),
        (found.together.path, "regio.midden.", "gr2022-regio-midden"),
    ):
        package = json.loads((folder / f"{prefix}datapackage.json").read_text())
        assert package["name"] == name
        assert package["licenses"][0]["name"] == "CC-BY-4.0"
        resources = package["resources"]
        assert len({each["name"] for each in resources}) == len(resources) == 12
        for each in resources:
            content = (folder / f"{prefix}{each['path']}").read_bytes()
            assert each["bytes"] == len(content)
            assert each["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
        schemas = {each["name"]: each["schema"] for each in resources if "schema" in each}
        for table in TABLES:
            fields = [(each["name"], each["type"]) for each in schemas[table.name]["fields"]]
            assert fields == [(each.name, each.kind.value) for each in table.columns]
            assert schemas[table.name]["primaryKey"] == list(table.key)


def test_without_pyarrow_there_is_no_parquet_and_all_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    found = built_now(anew=True)
    names = {*found.together.files, *found.contests["utrecht"].files}
    assert not [each for each in names if each.endswith(".parquet")]
    assert {"lists.csv", "positions.jsonl", "datapackage.json"} <= names
    package = json.loads((found.together.path / "datapackage.json").read_text())
    assert {each["format"] for each in package["resources"]} == {"csv", "jsonl"}


def test_files_are_made_anew_where_pyarrow_came_or_went() -> None:
    assert formats.has_pyarrow()
    assert tables.VERSION % 2 == 1


def test_many_rows_are_joined_some_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet, "AT_ONCE", 90)
    for place in PLACES:
        ballot(place, Invented("Verzonnen A", 1, everywhere(1)), Invented("Verzonnen B", 1))
    found = built_now()
    file = pq.ParquetFile(found.together.path / "positions.parquet")
    assert file.metadata.num_row_groups == 2  # each contest has 48 rows
    assert file.metadata.num_rows == 144
