"""Worked examples, strict arguments, and the verdict on how sure a list is."""

import math
import subprocess
import sys
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from django.conf import settings

from statements.matching import (
    NO_ANSWER,
    Panel,
    Verdict,
    friendliness,
    match,
    robustness,
    score_matrix,
)


def test_score_is_exact() -> None:
    [found] = match([1, 1, 1], {"a": [1, 1, -1]}, reach=1)
    assert found.score == Fraction(2, 3)
    assert isinstance(found.score, Fraction)


def test_match_explains_itself() -> None:
    [found] = match([2, None, 1, -2], {"a": [1, 2, None, 2]}, [2, 1, 1, 1])
    assert found.distances == (1, None, None, 4)
    assert found.shares == (Fraction(2, 12), None, None, Fraction(4, 12))
    assert (found.answered, found.asked, found.compared) == (3, 4, 2)
    assert found.coverage == Fraction(3, 4)


def test_group_scores_honour_the_weights() -> None:
    [found] = match(
        [2, 2, 2], {"a": [2, -2, -2]}, [2, 1, 1], groups={"one": [0, 1], "two": [2], "none": []}
    )
    assert found.groups == {"one": Fraction(2, 3), "two": 0, "none": None}


def test_party_that_cannot_be_compared_has_no_rank_and_comes_last() -> None:
    first, last = match([2, None], {"silent": [None, 1], "other": [-2, None]})
    assert (first.key, first.rank) == ("other", 1)
    assert first.score == 0
    assert (last.key, last.rank, last.score) == ("silent", None, None)


def test_order_of_the_parties_stays_among_equals() -> None:
    found = match([2, 2], {"z": [1, 2], "b": [2, 2], "a": [2, 1], "d": [0, 0]})
    assert [(each.key, each.rank) for each in found] == [("b", 1), ("z", 2), ("a", 2), ("d", 4)]


def test_whole_floats_are_stances_and_half_weights_are_halves() -> None:
    [found] = match([2.0, -1.0], {"a": [2.0, 1.0]}, [0.5, 1])
    assert found.score == 1 - Fraction(2, 6)


def test_weights_are_taken_exactly_however_odd() -> None:
    weights: list[Any] = [0.1, 1e-300, Fraction(1, 3), np.float64(2.5)]
    [found] = match([2, 2, 2, 2], {"a": [2, 1, 0, -2]}, weights)
    exact = [Fraction(0.1), Fraction(1e-300), Fraction(1, 3), Fraction(2.5)]
    lost = sum(w * d for w, d in zip(exact, [0, 1, 2, 4], strict=True))
    assert found.score == 1 - lost / (4 * sum(exact))
    assert robustness([2, 2, 2, 2], {"a": [2, 1, 0, -2]}, weights).leaders == ("a",)


NONSENSE: list[tuple[Any, Any, dict[str, Any], str]] = [
    ([1], {"a": [1, 2]}, {}, "parties must give 1 stances"),
    ([1], {"a": [1]}, {"weights": [1, 1]}, "weights must be 1"),
    ([3], {"a": [1]}, {}, "voter: stances must lie between -2 and 2; got 3"),
    ([1], {"a": [-3]}, {}, "parties: stances must lie between -2 and 2; got -3"),
    ([NO_ANSWER - 1], {"a": [1]}, {}, "voter: stances must lie between"),
    ([0.5], {"a": [1]}, {}, "voter: stances must be whole numbers"),
    ([math.nan], {"a": [1]}, {}, "voter: stances must be whole numbers"),
    ([math.inf], {"a": [1]}, {}, "voter: stances must lie between"),
    (["1"], {"a": [1]}, {}, "voter: stances must be whole numbers"),
    ([True], {"a": [1]}, {}, "voter: stances must be whole numbers"),
    ([10**30], {"a": [1]}, {}, "voter: stances must lie between"),
    ([[1]], {"a": [1]}, {}, "voter: stances must be whole numbers"),
    ([1], {}, {}, "parties must name at least one party"),
    ([1], {"a": [1]}, {"weights": [-1]}, "weights must be finite numbers of 0 or more; got -1"),
    ([1], {"a": [1]}, {"weights": [math.nan]}, "weights must be finite"),
    ([1], {"a": [1]}, {"weights": [math.inf]}, "weights must be finite"),
    ([1], {"a": [1]}, {"weights": ["2"]}, "weights must be finite"),
    ([1], {"a": [1]}, {"weights": [True]}, "weights must be finite"),
    ([1], {"a": [1]}, {"method": "manhattan"}, "method must be one of 'city-block'"),
    ([1], {"a": [1]}, {"missing": "ignore"}, "missing must be one of 'shared'"),
    ([1], {"a": [1]}, {"reach": 0}, "reach must be a whole number from 1"),
    ([1], {"a": [1]}, {"reach": 2.5}, "reach must be a whole number from 1"),
    ([1], {"a": [1]}, {"groups": {"x": [1]}}, "groups: 'x' names statement 1 of 1"),
    ([1], {"a": [1]}, {"groups": {"x": [-1]}}, "groups: 'x' names statement -1"),
]


@pytest.mark.parametrize(("voter", "parties", "options", "message"), NONSENSE)
def test_nonsense_is_refused_and_named(
    voter: Any, parties: Any, options: dict[str, Any], message: str
) -> None:
    with pytest.raises(ValueError, match=message.replace("(", r"\(")):
        match(voter, parties, **options)


def test_decimal_weight_is_refused_like_any_other_stranger() -> None:
    with pytest.raises(ValueError, match="weights must be finite"):
        match([1], {"a": [1]}, [Decimal(1)])  # type: ignore[list-item]


@pytest.mark.parametrize(
    ("voters", "parties", "message"),
    [
        ([1, 2], [[1, 2]], "voters must have two dimensions"),
        ([[1, 2]], [[1]], "same statements; got 2 and 1"),
        ([[3]], [[1]], "voters: stances must lie between"),
        ([[1]], [[0.5]], "parties: stances must be whole"),
        ([[True]], [[1]], "voters: stances must be whole"),
    ],
)
def test_score_matrix_refuses_nonsense_too(voters: Any, parties: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        score_matrix(np.array(voters), np.array(parties))


def test_score_matrix_takes_more_voters_than_a_block_holds() -> None:
    random = np.random.default_rng(16)
    voters = random.integers(-2, 3, size=(5000, 30), dtype=np.int8)
    parties = random.integers(-2, 3, size=(20, 30), dtype=np.int8)
    voters[random.random(voters.shape) < 0.2] = NO_ANSWER
    scores = score_matrix(voters, parties)
    assert scores.shape == (5000, 20)
    for number in (0, 217, 218, 219, 4999):
        stances = [None if each == NO_ANSWER else each for each in voters[number].tolist()]
        found = match(stances, {str(at): row for at, row in enumerate(parties.tolist())})
        single = {each.key: float(each.score or 0) for each in found}
        assert scores[number].tolist() == pytest.approx([single[str(at)] for at in range(20)])


def test_score_matrix_of_nobody_is_empty() -> None:
    assert score_matrix(np.zeros((0, 3), int), np.zeros((2, 3), int)).shape == (0, 2)


def test_friendliness_is_full_when_every_recommendation_is_followed() -> None:
    assert friendliness([2, -1, None], [2, -1, -2]).score == 1


def test_lonely_party_is_firmly_first() -> None:
    result = robustness([2, 2, 2], {"a": [2, 2, 2], "b": [-2, -2, -2]})
    assert (result.verdict, result.leaders, result.contenders) == (Verdict.FIRM, ("a",), ("a",))
    assert result.parties["a"].first == 1
    assert (result.parties["b"].best, result.parties["b"].worst) == (2, 2)
    assert result.variants == 12 + 3


def test_leader_by_a_hair_is_open() -> None:
    """Close to everything, or right on all but one: the methods disagree on which is better."""
    voter = [2, 1, -1, 0]
    result = robustness(voter, {"mild": [1, 0, -1, 0], "sharp": [2, 2, -2, -1]})
    assert result.verdict is Verdict.OPEN
    assert set(result.contenders) == {"mild", "sharp"}


def test_party_that_leads_in_most_variants_is_mostly_first() -> None:
    voter = [2, 1, -1, 0, 2, -2, 1, 1, -1, 2]
    result = robustness(
        voter,
        {"best": [2, 1, -1, 1, 2, -2, 1, 1, None, 2], "next": [2, 1, -1, 0, 2, -2, 0, 1, 1, 2]},
    )
    assert result.leaders == ("best",)
    assert result.verdict is Verdict.MOSTLY
    assert Fraction(3, 4) <= result.parties["best"].first < 1


def test_core_works_without_django() -> None:
    """From a shell or a notebook: nothing but the standard library and NumPy is loaded."""
    code = (
        "import sys, statements.matching as m;"
        "print(m.match([2], {'a': [1]})[0].score, any('django' in name for name in sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=settings.BASE_DIR
    )
    assert done.stdout.split() == ["3/4", "False"], done.stderr


@pytest.mark.parametrize(
    ("weights", "message"),
    [
        ([1], "weights must be 2"),
        ([1, 0.5], "weights must be whole numbers"),
        ([1, -1], "weights must be whole numbers"),
        ([1, True], "weights must be whole numbers"),
        ([1, 2**24], "too large"),
    ],
)
def test_panel_refuses_weights_that_it_cannot_count_exactly(weights: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Panel({"a": [1, 2]}).compare([0, 0], weights)


def test_panel_refuses_nonsense_and_names_it() -> None:
    with pytest.raises(ValueError, match="parties must name"):
        Panel({})
    with pytest.raises(ValueError, match="parties must give 2 stances"):
        Panel({"a": [1, 2], "b": [1]})
    with pytest.raises(ValueError, match="groups"):
        Panel({"a": [1, 2]}, {"g": [2]})
    with pytest.raises(ValueError, match="voter must give 2 stances"):
        Panel({"a": [1, 2]}).compare([1])
    with pytest.raises(ValueError, match="voter: stances must lie"):
        Panel({"a": [1, 2]}).compare([1, 3])
