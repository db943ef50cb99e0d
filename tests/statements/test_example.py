"""Voorbeeldstad: invented, complete, and never mistaken for a real place or party."""

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from parties.models import Municipality, Party
from statements.importers.example import CODE
from statements.models import Position, Stance, Statement
from tests.parties.mistakes import table

pytestmark = pytest.mark.django_db


def test_eight_parties_answered_all_one_half_and_one_nothing() -> None:
    asked = Statement.objects.count()
    rows = Counter(Position.objects.values_list("party__slug", flat=True))
    parties = Party.objects.filter(contest__municipality=CODE)
    assert sorted(rows[slug] for slug in parties.values_list("slug", flat=True)) == [
        0,
        asked // 2,
        *[asked] * 8,
    ]


def test_stance_is_one_of_five_and_rarely_open() -> None:
    stances = Counter(Position.objects.values_list("stance", flat=True))
    assert set(stances) - {None} == set(Stance.values) == {-2, -1, 0, 1, 2}
    assert stances[None] <= 2


def test_no_motivation_is_used_twice_or_too_long() -> None:
    motivations = Position.objects.exclude(motivation="").values_list("motivation", flat=True)
    assert [text for text, count in Counter(motivations).items() if count > 1] == []
    assert len(motivations) > 100
    assert max(map(len, motivations)) <= 500


def test_parties_are_numbered_described_and_said_to_be_invented() -> None:
    parties = Party.objects.filter(contest__municipality=CODE).order_by("number")
    assert [party.number for party in parties] == list(range(1, 11))
    assert all(party.description.startswith("Verzonnen ") for party in parties)


def test_no_real_party_has_a_position() -> None:
    assert Position.objects.filter(party__contest__municipality__is_example=True).exists()
    assert not Position.objects.exclude(party__contest__municipality__is_example=True).exists()


def test_invented_names_stand_on_no_real_ballot(data: Path) -> None:
    real = [
        row["name"].casefold()
        for year in (2018, 2022, 2026)
        for row in table(data / "elections" / f"gr{year}" / "parties.csv")
    ]
    assert len(real) == 8579
    invented = Party.objects.filter(contest__municipality=CODE).values_list("name", flat=True)
    assert len({name.casefold() for name in invented} - set(real)) == 10


def test_invented_municipality_is_marked_and_has_no_official_code() -> None:
    [example] = Municipality.objects.filter(is_example=True)
    assert example.code == CODE
    assert not re.match(r"GM", example.code)


@pytest.mark.parametrize(
    "row",
    [
        {"code": "GM9999", "is_example": True},
        {"code": "VB0002", "is_example": False},
        {"code": "VB02", "is_example": True},
        {"code": "GM999", "is_example": False},
    ],
    ids=str,
)
def test_database_keeps_real_and_invented_codes_apart(row: dict[str, Any]) -> None:
    with (
        pytest.raises(IntegrityError, match="municipality_code_is_cbs_or_invented"),
        transaction.atomic(),
    ):
        Municipality.objects.create(name="X", slug="x", **row)


@pytest.mark.parametrize("stance", [3, -3])
def test_database_refuses_a_stance_that_does_not_exist(stance: int) -> None:
    position = Position.objects.all()[0]
    with pytest.raises(IntegrityError, match="position_stance_is_a_stance"), transaction.atomic():
        Position.objects.filter(pk=position.pk).update(stance=stance)


def test_database_refuses_a_recommendation_that_does_not_exist() -> None:
    with (
        pytest.raises(IntegrityError, match="statement_recommendation_is_a_stance"),
        transaction.atomic(),
    ):
        Statement.objects.update(recommendation=3)


def test_database_refuses_a_second_position_on_the_same_statement() -> None:
    position = Position.objects.all()[0]
    with (
        pytest.raises(IntegrityError, match="one_position_per_party_and_statement"),
        transaction.atomic(),
    ):
        Position.objects.create(party_id=position.party_id, statement_id=position.statement_id)
