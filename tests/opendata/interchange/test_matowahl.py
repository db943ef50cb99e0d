"""A contest in Mat-O-Wahl's format: it opens there, and shows what the format can hold."""

import csv
import io
import re
from typing import Any

import pytest
from hypothesis import given

from statements.models import Stance
from stemhulp.editions import store
from stemhulp.editions.edition import Correction, Edition, Position
from stemhulp.opendata.contests import published
from stemhulp.opendata.interchange.matowahl import html, opinion, three, zipped
from tests.opendata.interchange.documents import DAY, documents, edition_of, imprint_of
from tests.opendata.interchange.matowahl_reader import DECLARED, Quiz, opened, points, shown

LABELS = {stance.in_dutch: int(stance) for stance in Stance}


def archive(slug: str) -> bytes | None:
    store.catch_up()
    [found] = [each for each in published("gr2022") if each.municipality.slug == slug]
    return zipped(found.edition, found.imprint)


def quiz(slug: str) -> Quiz:
    found = archive(slug)
    assert found is not None
    return opened(found)


def edition() -> Edition:
    found = store.edition("gr2022", "voorbeeldstad")
    assert found is not None
    return found


@pytest.mark.django_db
def test_published_contest_opens_with_all_that_is_asked_and_answered() -> None:
    found = quiz("voorbeeldstad")
    answered = [each for each in edition().parties if each.answered]
    assert found.questions == [each.text for each in edition().statements]
    assert [each.short for each in found.parties] == [each.name for each in answered]
    assert [each.positions for each in found.parties] == [
        [
            three(party.positions[each.key].stance if each.key in party.positions else None)
            for each in edition().statements
        ]
        for party in answered
    ]


@pytest.mark.django_db
def test_everything_is_declared_that_mat_o_wahl_asks_for() -> None:
    found = quiz("voorbeeldstad")
    assert set(found.settings) == DECLARED
    assert found.settings["statsRecord"] == 0
    assert all(each.logo.removeprefix("data/") in found.files for each in found.parties)


@pytest.mark.django_db
def test_files_are_made_for_the_folder_itself() -> None:
    """Nothing lies in a folder of its own, and no name leads out of the one it is put into."""
    assert set(quiz("voorbeeldstad").files) == {
        *("README.txt", "definition.js", "questions.csv", "parties.csv", "no-logo.svg")
    }


@pytest.mark.django_db
def test_list_without_answers_is_named_and_not_ranked() -> None:
    found = quiz("voorbeeldstad")
    silent = [each.name for each in edition().parties if not each.answered]
    assert silent
    assert not {each.short for each in found.parties} & set(silent)
    told = str(found.settings["descriptionExplanation"])
    assert all(html(each) in told for each in silent)


@pytest.mark.django_db
def test_nothing_is_made_while_no_list_answered() -> None:
    assert archive("utrecht") is None


@pytest.mark.django_db
def test_invented_municipality_says_so_on_the_first_page() -> None:
    found = quiz("voorbeeldstad")
    assert "verzonnen" in str(found.settings["descriptionExplanation"])
    assert "invented" in found.files["README.txt"].decode()


@pytest.mark.django_db
def test_same_edition_is_the_same_bytes() -> None:
    assert archive("voorbeeldstad") == archive("voorbeeldstad")


@given(documents())
def test_any_edition_comes_back_as_far_as_the_format_holds_it(document: Any) -> None:
    of = edition_of(document)
    made = zipped(of, imprint_of(document))
    answered = [each for each in of.parties if each.answered]
    if made is None:
        assert not answered
        return
    found = opened(made)
    assert found.questions == [each.text for each in of.statements]
    assert [each.long for each in found.parties] == [each.name for each in answered]
    assert [each.website for each in found.parties] == [each.website for each in answered]
    for there, here in zip(found.parties, answered, strict=True):
        assert there.description.startswith(here.description)
        for each, position, told in zip(
            of.statements, there.positions, there.opinions, strict=True
        ):
            _is_told(here.positions.get(each.key), position, told)


def _is_told(position: Position | None, number: int, told: str) -> None:
    """The number holds the direction, the words hold the rest."""
    assert number == three(position.stance if position else None)
    if position is None:
        assert told == "Niet beantwoord."
        return
    label, _, rest = told.partition("\n")
    assert LABELS.get(label.removesuffix(".")) == position.stance
    assert rest.startswith(position.motivation)
    assert position.source in rest


@given(documents())
def test_no_cell_is_a_formula_in_a_spreadsheet(document: Any) -> None:
    made = zipped(edition_of(document), imprint_of(document))
    if made is None:
        return
    for name in ("questions.csv", "parties.csv"):
        table = io.StringIO(opened(made).files[name].decode(), newline="")
        for row in csv.reader(table, delimiter=";"):
            for cell in row:
                assert re.fullmatch(r"-1", cell) or not cell.startswith(tuple("=+-@＝＋－＠\t\r"))


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "' onmouseover='alert(1)", '"&quot;', "=1+1", "Eén\ntwee"]
)
def test_text_is_shown_as_it_is_and_never_obeyed(text: str) -> None:
    assert shown(html(text)) == text


def test_text_tells_what_the_number_cannot() -> None:
    corrected = Position(
        stance=-2,
        motivation="Daarom.",
        source="Programma, p. 9",
        correction=Correction(DAY, "Verkeerd overgenomen"),
        from_programme=True,
    )
    assert opinion(corrected).splitlines() == [
        "Helemaal mee oneens.",
        "Daarom.",
        "Gelezen in het verkiezingsprogramma door VluchtelingenWerk.",
        "Bron: Programma, p. 9",
        "Verbeterd op 2030-03-20: Verkeerd overgenomen",
    ]
    left_out = Position(stance=None, motivation="", source="", withheld="hate")
    assert opinion(left_out).splitlines() == [
        "Geen mening.",
        "VluchtelingenWerk liet de toelichting weg.",
    ]


@pytest.mark.django_db
def test_no_answer_is_worth_nothing_there_and_is_never_neutral() -> None:
    """Half a point for an answer that nobody gave would be an invented position."""
    for each in quiz("voorbeeldstad").parties:
        for at, position in enumerate(each.positions):
            voter: list[int | None] = [None] * len(each.positions)
            voter[at] = 1
            assert points(each, voter) == {1: 1, 0: 0.5, -1: 0, 99: 0}[position]
