"""The count: worked vectors of independent implementations, and the properties it must have."""

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from statements.matching import friendliness, match

VECTORS = json.loads((Path(__file__).parent / "vectors.json").read_text())
# The other methods and rules for missing answers are not part of the count yet.
OURS = [
    vector
    for vector in VECTORS
    if vector["method"] == "city-block"
    and (vector["missing"] == "shared" or None not in vector["party"])
]

stances = st.none() | st.integers(-2, 2)
weights = st.integers(1, 2)
rows = st.lists(st.tuples(stances, stances, stances, weights), min_size=1, max_size=12)


@pytest.mark.parametrize("vector", OURS, ids=lambda vector: vector["name"])
def test_reproduces_the_score_of_an_independent_implementation(vector: dict[str, Any]) -> None:
    [found] = match(
        vector["voter"], {"party": vector["party"]}, vector["weights"], reach=vector["reach"]
    )
    assert found.score is not None
    assert float(found.score) == pytest.approx(vector["expected"], abs=0.0006)


def test_score_is_exact() -> None:
    [found] = match([1, 1, 1], {"a": [1, 1, -1]}, reach=1)
    assert found.score == Fraction(2, 3)


def test_statement_counts_only_where_both_answered() -> None:
    [found] = match([2, None, 1], {"a": [2, 2, None]})
    assert found.score == 1
    assert found.agreement.compared == 1
    assert found.agreement.distances == (0, None, None)
    assert (found.answered, found.asked) == (2, 3)


def test_no_opinion_is_not_neutral() -> None:
    skipped, neutral = match([2, 2], {"skipped": [2, None], "neutral": [2, 0]})
    assert skipped.score == 1
    assert neutral.score == Fraction(3, 4)


def test_party_that_cannot_be_compared_has_no_rank_and_comes_last() -> None:
    first, last = match([2, None], {"silent": [None, 1], "other": [-2, None]})
    assert (first.key, first.rank) == ("other", 1)
    assert first.score == 0
    assert (last.key, last.rank, last.score) == ("silent", None, None)


def test_equal_scores_share_a_rank_and_the_next_one_is_skipped() -> None:
    found = match([2, 2], {"a": [1, 2], "b": [2, 2], "c": [2, 1], "d": [0, 0]})
    assert [(each.key, each.rank) for each in found] == [("b", 1), ("a", 2), ("c", 2), ("d", 4)]


def test_weight_of_two_counts_double() -> None:
    [found] = match([2, 2], {"a": [2, -2]}, [2, 1])
    assert found.score == Fraction(2, 3)


def test_theme_scores_honour_the_weights() -> None:
    [found] = match(
        [2, 2, 2], {"a": [2, -2, -2]}, [2, 1, 1], groups={"one": [0, 1], "two": [2], "none": []}
    )
    assert found.agreement.groups == {"one": Fraction(2, 3), "two": 0, "none": None}


def test_friendliness_is_full_when_every_recommendation_is_followed() -> None:
    assert friendliness([2, -1, None], [2, -1, -2]).score == 1


@pytest.mark.parametrize(
    ("voter", "party", "weights", "message"),
    [
        ([1], [1, 2], None, "one length"),
        ([1], [1], [1, 1], "one length"),
        ([3], [1], None, "between -2 and 2"),
        ([1], [-3], None, "between -2 and 2"),
        ([1], [1], [-1], "0 or more"),
    ],
)
def test_nonsense_is_refused_by_name(
    voter: list[int], party: list[int], weights: list[int] | None, message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        match(voter, {"a": party}, weights)


@given(rows)
def test_score_lies_between_nothing_and_all(given_rows: list[tuple[Any, ...]]) -> None:
    voter, party, _, weight = map(list, zip(*given_rows, strict=True))
    [found] = match(voter, {"a": party}, weight)
    assert found.score is None or 0 <= found.score <= 1


@given(rows)
def test_party_equal_to_the_voter_gets_everything(given_rows: list[tuple[Any, ...]]) -> None:
    voter = [row[0] for row in given_rows]
    [found] = match(voter, {"a": voter})
    assert found.score == (1 if any(stance is not None for stance in voter) else None)


@given(rows)
def test_mirror_image_of_every_stance_changes_no_score(given_rows: list[tuple[Any, ...]]) -> None:
    voter, one, other, weight = map(list, zip(*given_rows, strict=True))

    def mirrored(side: list[int | None]) -> list[int | None]:
        return [None if stance is None else -stance for stance in side]

    before = match(voter, {"a": one, "b": other}, weight)
    after = match(mirrored(voter), {"a": mirrored(one), "b": mirrored(other)}, weight)
    assert [(each.key, each.score) for each in before] == [(each.key, each.score) for each in after]


@given(rows)
def test_order_of_the_parties_changes_no_rank(given_rows: list[tuple[Any, ...]]) -> None:
    voter, one, other, weight = map(list, zip(*given_rows, strict=True))
    ranks = {each.key: each.rank for each in match(voter, {"a": one, "b": other}, weight)}
    turned = {each.key: each.rank for each in match(voter, {"b": other, "a": one}, weight)}
    assert ranks == turned


@given(rows, st.integers(0, 11))
def test_party_that_moves_towards_the_voter_never_drops(
    given_rows: list[tuple[Any, ...]], place: int
) -> None:
    voter, party, other, weight = map(list, zip(*given_rows, strict=True))
    place %= len(voter)
    if voter[place] is None or party[place] is None or voter[place] == party[place]:
        return
    moved = list(party)
    moved[place] += 1 if voter[place] > party[place] else -1
    before = {each.key: each for each in match(voter, {"a": party, "b": other}, weight)}["a"]
    after = {each.key: each for each in match(voter, {"a": moved, "b": other}, weight)}["a"]
    assert before.rank is not None
    assert after.rank is not None
    assert after.rank <= before.rank


@given(rows)
def test_doubling_all_weights_changes_nothing(given_rows: list[tuple[Any, ...]]) -> None:
    voter, party, _, weight = map(list, zip(*given_rows, strict=True))
    [once] = match(voter, {"a": party}, weight)
    [twice] = match(voter, {"a": party}, [2 * each for each in weight])
    assert once.score == twice.score
