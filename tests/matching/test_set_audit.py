"""What a set of statements does: counted by hand, and against the count that voters get."""

import csv
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from statements.matching import NO_ANSWER, match, pairs_alike, score_matrix, simulate, spreads
from statements.matching.set_audit import (
    Drawing,
    answered_enough,
    draw_voters,
    first_places,
    pairs_by_chance,
    ties_with_own_voter,
)

NONE = NO_ANSWER
THREE = np.array([[2, 1, NONE], [2, -1, 0], [1, 0, -2]])
KIESKOMPAS = settings.BASE_DIR.parent / "shared/data/kieskompas_tk2023/positions.csv"


def drawn_parties(parties: int = 7, statements: int = 12, seed: int = 1) -> NDArray[Any]:
    """Some of which leave some statements out."""
    drawn = np.random.default_rng(seed)
    table = drawn.integers(-2, 3, size=(parties, statements))
    table[drawn.random(table.shape) < 0.15] = NONE
    table[:, 0] = 1
    return table


def test_spread_of_three_parties_is_as_counted_by_hand() -> None:
    first, second, third = spreads(THREE)
    assert (first.agree, first.neutral, first.disagree, first.missing) == (3, 0, 0, 0)
    assert (second.agree, second.neutral, second.disagree, second.missing) == (1, 1, 1, 0)
    assert (third.agree, third.neutral, third.disagree, third.missing) == (0, 1, 1, 1)
    found = [first.deviation, second.deviation, third.deviation]
    assert found == pytest.approx([math.sqrt(2) / 3, math.sqrt(2 / 3), 1])
    assert (third.answered, third.total) == (2, 3)


@pytest.mark.parametrize(
    ("stances", "side"),
    [
        ([1, 2, NONE], 1),
        ([-1, -2, -2], -1),
        ([1, 2, 0], 0),  # neutral is no agreement
        ([1, -1, 1], 0),
        ([2, NONE, NONE], 0),  # nobody to agree with
        ([0, 0, 0], 0),
        ([NONE, NONE, NONE], 0),
    ],
)
def test_unanimous_is_all_who_answered_on_one_side(stances: list[int], side: int) -> None:
    [found] = spreads([[each] for each in stances])
    assert found.side == side


def test_statement_without_answers_has_no_deviation() -> None:
    [found] = spreads([[NONE], [NONE]])
    assert found.deviation is None
    assert found.missing == 2


def test_correlation_of_three_parties_is_as_counted_by_hand() -> None:
    pairs = pairs_alike([[1, 2, -2], [0, 0, 0], [-1, -2, 1]], least=3)
    found = {(pair.first, pair.second): pair.r for pair in pairs}
    assert found == pytest.approx(
        {(0, 1): 1, (0, 2): -3 / math.sqrt(28 / 3), (1, 2): -3 / math.sqrt(28 / 3)}
    )
    assert all(pair.parties == 3 for pair in pairs)
    assert pairs[0].r == pytest.approx(1)


def test_pair_rests_on_the_parties_that_answered_both() -> None:
    same = [[each, each] for each in (2, 1, 0, -1, -2)]
    [pair] = pairs_alike([*same, [2, NONE], [NONE, -2]])
    assert pair.parties == 5
    assert pair.r == pytest.approx(1)
    assert pairs_alike(same[1:]) == []  # four parties are too few


def test_correlation_of_exactly_eight_tenths_is_alike() -> None:
    one = np.repeat([1, -1], 10)
    other, further = one.copy(), one.copy()
    other[[0, -1]] *= -1  # 18 of 20 the same, 2 opposite: 16/20
    further[[2, 3, -4, -3]] *= -1
    found = pairs_alike(np.stack([one, other, further, 2 * one], axis=1))
    assert {(pair.first, pair.second) for pair in found} == {(0, 1), (0, 3), (1, 3)}
    assert found[-1].r == pytest.approx(0.8)


def test_statement_on_which_all_agree_correlates_with_none() -> None:
    assert pairs_alike([[2, each] for each in (2, 1, 0, -1, -2)]) == []


def test_correlation_is_numpys_own() -> None:
    table = drawn_parties(40, 8)
    found = pairs_alike(table, least=0)
    assert found == []  # drawn apart
    table[:, 5] = np.where(table[:, 4] == NONE, NONE, -table[:, 4])
    table[0, 5] = 0 if table[0, 4] != NONE else NONE
    [pair] = pairs_alike(table)
    both = (table[:, 4] != NONE) & (table[:, 5] != NONE)
    assert pair.r == pytest.approx(np.corrcoef(table[both, 4], table[both, 5])[0, 1])


def test_few_parties_seem_alike_by_chance() -> None:
    few, many = drawn_parties(5, 24), drawn_parties(200, 24)
    assert pairs_by_chance(few) > 5
    assert pairs_by_chance(many) == 0
    assert pairs_by_chance(few) == pairs_by_chance(few)


def test_party_with_three_quarters_of_the_answers_is_ranked() -> None:
    table = [[1, 1, 1, NONE], [1, 1, NONE, NONE], [0, 0, 0, 0], [NONE] * 4]
    assert answered_enough(table).tolist() == [True, False, True, False]


def test_own_voter_shows_who_shares_the_first_place() -> None:
    table = [[2, 1, 0], [2, 1, 0], [2, 1, NONE], [-2, 1, 0]]
    assert ties_with_own_voter(table) == [[1, 2], [0, 2], [0, 1], []]


def firsts(voter: Any, table: NDArray[Any], left_out: int | None = None) -> list[int]:
    """Who is first by the count that voters get."""

    def asked(row: Any) -> list[int | None]:
        kept = [each for at, each in enumerate(row.tolist()) if at != left_out]
        return [None if each == NONE else each for each in kept]

    parties = {str(at): asked(row) for at, row in enumerate(table)}
    return [int(each.key) for each in match(asked(voter), parties) if each.rank == 1]


@pytest.mark.parametrize("drawing", Drawing)
@pytest.mark.parametrize("left_out", [None, 3])
def test_first_places_are_those_of_match(drawing: Drawing, left_out: int | None) -> None:
    table = drawn_parties()
    table[1] = table[2]  # always a tie
    voters = draw_voters(drawing, table, voters=200)
    shares, alone = np.zeros(len(table)), np.zeros(len(table))
    for voter in voters:
        best = firsts(voter, table, left_out)
        shares[best] += 1 / len(best)
        alone[best] += len(best) == 1
    asked = np.array([[at != left_out for at in range(12)]])
    found = first_places(voters, table, asked)
    assert found[0][0] == pytest.approx(shares / 200)
    assert found[1][0] == pytest.approx(alone / 200)
    assert found[1][0][1] == 0


@pytest.mark.parametrize("drawing", Drawing)
def test_leaving_a_statement_out_is_counting_without_it(drawing: Drawing) -> None:
    table = drawn_parties()
    found = simulate(table, drawing, voters=3000)
    voters = draw_voters(drawing, table, voters=3000)
    for at, shares in enumerate(found.without):
        again, _ = first_places(np.delete(voters, at, axis=1), np.delete(table, at, axis=1))
        assert shares == pytest.approx(again[0])


def test_statement_on_which_all_answer_the_same_moves_nobody() -> None:
    table = drawn_parties()
    table[table == NONE] = 0
    found = simulate(table, Drawing.UNIFORM, voters=2000)
    assert found.shifts[0] == 0
    assert max(found.shifts) > 0.02


def test_shift_is_the_part_that_moves() -> None:
    found = simulate([[2, 2], [-2, 2]], Drawing.UNIFORM, voters=5000)
    assert found.shares == pytest.approx([0.5, 0.5], abs=0.03)
    assert found.without[0] == (0.5, 0.5)  # the same answers: every place is shared
    assert found.shifts[0] == pytest.approx(abs(found.shares[0] - 0.5))
    assert found.shifts[1] == 0


def test_same_seed_gives_the_same_numbers() -> None:
    table = drawn_parties()
    one, again = (simulate(table, Drawing.AROUND, voters=1000) for _ in range(2))
    assert one == again
    assert simulate(table, Drawing.AROUND, voters=1000, seed=1) != one


def test_uniform_voters_give_each_stance_equally_often() -> None:
    voters = draw_voters(Drawing.UNIFORM, drawn_parties(), voters=10_000)
    counts = np.bincount(voters.ravel() + 2) / voters.size
    assert counts == pytest.approx([0.2] * 5, abs=0.01)


def test_voters_around_a_party_keep_seven_of_ten_answers() -> None:
    table = np.array([[2, -2, NONE]])
    voters = draw_voters(Drawing.AROUND, table, voters=20_000)
    kept = (voters == [2, -2, 0]).mean(axis=0)
    assert kept == pytest.approx([0.7 + 0.3 / 5, 0.7 + 0.3 / 5, 0.2], abs=0.015)


def test_party_that_answers_as_another_is_never_first_alone() -> None:
    table = np.array([[2, 2, 2], [2, 2, 2], [-2, -2, -2]])
    found = simulate(table, Drawing.UNIFORM, voters=2000)
    assert found.alone[:2] == (0, 0)
    assert found.alone[2] > 0.3
    assert found.shares[0] == found.shares[1] > 0.2


def test_random_parts_lie_around_the_whole() -> None:
    table = drawn_parties()
    found = simulate(table, Drawing.UNIFORM, voters=2000)
    assert found.subset == 8
    for share, (least, most) in zip(found.shares, found.subsets, strict=True):
        assert least < share < most


def test_range_over_parts_holds_the_whole_set() -> None:
    """Also where every part lies to one side of it: two of the three statements is any pair."""
    table = np.array([[2, 2, 2], [1, 1, 1], [-2, -2, -2]])
    found = simulate(table, Drawing.AROUND, voters=3000)
    for share, (least, most) in zip(found.shares, found.subsets, strict=True):
        assert least <= share <= most
    assert any(share in limits for share, limits in zip(found.shares, found.subsets, strict=True))


def test_parts_are_filled_in_by_the_same_voters() -> None:
    table = np.array([[2, -2], [-2, 2]])
    found = simulate(table, Drawing.UNIFORM, voters=5000)
    assert found.subset == 1  # of two: each part is the set without the other
    for party, limits in enumerate(found.subsets):
        every = [found.shares[party], *(shares[party] for shares in found.without)]
        assert limits == pytest.approx((min(every), max(every)))


def test_party_that_nothing_can_be_compared_with_is_never_first() -> None:
    voters = draw_voters(Drawing.UNIFORM, np.zeros((1, 2)), voters=50)
    shares, _ = first_places(voters, [[NONE, NONE], [2, 2]])
    assert shares.tolist() == [[0, 1]]
    nobody, _ = first_places(voters, [[NONE, 1], [NONE, 2]], [[1, 0]])
    assert nobody.tolist() == [[0, 0]]


@pytest.mark.parametrize("table", [[[1, 2]], [[1], [2]]])
def test_one_party_or_one_statement_is_refused(table: list[list[int]]) -> None:
    with pytest.raises(ValueError, match="two or more"):
        simulate(table, Drawing.UNIFORM)


def test_what_is_no_stance_is_refused() -> None:
    with pytest.raises(ValueError, match="between -2 and 2; got 3"):
        spreads([[3]])


tables = st.integers(2, 8).flatmap(
    lambda length: st.lists(
        st.lists(st.sampled_from([NONE, -2, -1, 0, 1, 2]), min_size=length, max_size=length).filter(
            lambda row: any(each != NONE for each in row)
        ),
        min_size=2,
        max_size=6,
    )
)


@given(tables, st.sampled_from(Drawing))
def test_shares_sum_to_one(table: list[list[int]], drawing: Drawing) -> None:
    found = simulate(table, drawing, voters=40)
    assert sum(found.shares) == pytest.approx(1)
    assert all(alone <= share for alone, share in zip(found.alone, found.shares, strict=True))
    assert all(0 <= each <= 1 for each in found.shifts)


@given(tables, st.randoms(use_true_random=False))
def test_other_order_of_parties_is_another_order_of_shares(
    table: list[list[int]], shuffle: Any
) -> None:
    order = list(range(len(table)))
    shuffle.shuffle(order)
    voters = draw_voters(Drawing.AROUND, table, voters=40)
    one, _ = first_places(voters, table)
    other, _ = first_places(voters, [table[at] for at in order])
    assert other[0] == pytest.approx(one[0][order])


@given(tables)
def test_first_places_are_those_of_the_score_matrix(table: list[list[int]]) -> None:
    voters = draw_voters(Drawing.UNIFORM, table, voters=30)
    scores = score_matrix(voters, table)
    best = scores == np.nanmax(scores, axis=1, keepdims=True)
    shares, _ = first_places(voters, table)
    assert shares[0] == pytest.approx((best / best.sum(axis=1, keepdims=True)).mean(axis=0))


@pytest.mark.skipif(not Path(KIESKOMPAS).exists(), reason="the positions of 2023 are not here")
def test_real_parties_of_2023_all_come_first_sometimes() -> None:
    with Path(KIESKOMPAS).open(encoding="utf-8") as file:
        rows = list(csv.reader(file))[1:]
    table = np.array([[float(each) for each in row[1:]] for row in rows]) - 3
    assert table.shape == (18, 30)
    assert len(pairs_alike(table)) > pairs_by_chance(table)
    uniform, around = (simulate(table, drawing, voters=5000) for drawing in Drawing)
    assert min(around.shares) > 0.005
    assert max(uniform.shares) > 1.3 / 18
