"""What must hold whatever the answers are."""

import math
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from statements.matching import (
    NO_ANSWER,
    Match,
    Method,
    Missing,
    Panel,
    friendliness,
    match,
    robustness,
    score_matrix,
)
from tests.matching.drawn import Case, cases, methods, positive, rules


def by_key(found: list[Match]) -> dict[str, tuple[Any, ...]]:
    return {each.key: (each.rank, each.score) for each in found}


def counted(case: Case, **options: Any) -> list[Match]:
    return match(case.voter, case.parties, case.weights, reach=case.reach, **options)


@given(cases(), methods, rules, st.randoms(use_true_random=False))
def test_reordering_the_parties_changes_no_score_and_no_rank(
    case: Case, method: Method, missing: Missing, random: Any
) -> None:
    before = by_key(counted(case, method=method, missing=missing))
    names = list(case.parties)
    random.shuffle(names)
    turned = {name: case.parties[name] for name in names}
    after = match(
        *(case.voter, turned, case.weights), reach=case.reach, method=method, missing=missing
    )
    assert by_key(after) == before


@given(cases(), methods, rules)
def test_renaming_the_parties_changes_only_their_names(
    case: Case, method: Method, missing: Missing
) -> None:
    renamed = Case(
        case.voter,
        {f"anders {name}": party for name, party in case.parties.items()},
        case.weights,
        case.reach,
    )
    before, after = (counted(each, method=method, missing=missing) for each in (case, renamed))
    assert [(each.rank, each.score) for each in before] == [
        (each.rank, each.score) for each in after
    ]


@given(cases(), methods, rules, st.randoms(use_true_random=False))
def test_reordering_the_statements_changes_nothing(
    case: Case, method: Method, missing: Missing, random: Any
) -> None:
    places = list(range(case.length))
    random.shuffle(places)
    turned = Case(
        [case.voter[place] for place in places],
        {name: [party[place] for place in places] for name, party in case.parties.items()},
        [case.weights[place] for place in places],
        case.reach,
    )
    options = {"method": method, "missing": missing}
    assert by_key(counted(case, **options)) == by_key(counted(turned, **options))


@given(cases(), st.integers(0, 11))
def test_party_that_moves_towards_the_voter_never_drops(case: Case, place: int) -> None:
    place %= case.length
    voter, party = case.voter[place], case.parties["roos"][place]
    if voter is None or party is None or voter == party:
        return  # nothing to move
    closer = list(case.parties["roos"])
    closer[place] = party + (1 if voter > party else -1)
    moved = Case(case.voter, {**case.parties, "roos": closer}, case.weights, case.reach)
    before, after = by_key(counted(case))["roos"], by_key(counted(moved))["roos"]
    if before[0] is not None:
        assert after[0] <= before[0]
        assert after[1] >= before[1]


@given(cases(), methods, rules)
def test_scores_lie_between_nothing_and_all(case: Case, method: Method, missing: Missing) -> None:
    for each in counted(case, method=method, missing=missing):
        assert each.score is None or 0 <= each.score <= 1


@given(cases(weight=positive()))
def test_party_equal_to_the_voter_gets_everything(case: Case) -> None:
    found = by_key(counted(Case(case.voter, {"zelf": case.voter}, case.weights, case.reach)))
    said_anything = any(stance is not None for stance in case.voter)
    assert found["zelf"] == ((1, 1) if said_anything else (None, None))


@given(cases(), methods, st.sampled_from([Missing.SHARED, Missing.NEUTRAL]))
def test_mirror_image_of_every_stance_leaves_all_scores_as_they_were(
    case: Case, method: Method, missing: Missing
) -> None:
    def mirrored(side: list[int | None]) -> list[int | None]:
        return [None if stance is None else -stance for stance in side]

    turned = Case(
        mirrored(case.voter),
        {name: mirrored(party) for name, party in case.parties.items()},
        case.weights,
        case.reach,
    )
    options = {"method": method, "missing": missing}
    assert by_key(counted(case, **options)) == by_key(counted(turned, **options))


@given(cases(), methods, rules)
def test_doubling_all_weights_changes_nothing(case: Case, method: Method, missing: Missing) -> None:
    doubled = Case(case.voter, case.parties, [2 * weight for weight in case.weights], case.reach)
    options = {"method": method, "missing": missing}
    assert by_key(counted(case, **options)) == by_key(counted(doubled, **options))


@given(cases(), methods, rules, st.integers(0, 11))
def test_weight_of_zero_equals_leaving_the_statement_out(
    case: Case, method: Method, missing: Missing, place: int
) -> None:
    assume(case.length > 1)
    place %= case.length
    weightless = [0 if at == place else weight for at, weight in enumerate(case.weights)]

    def without(side: list[Any]) -> list[Any]:
        return side[:place] + side[place + 1 :]

    shorter = Case(
        without(case.voter),
        {name: without(party) for name, party in case.parties.items()},
        without(case.weights),
        case.reach,
    )
    zeroed = Case(case.voter, case.parties, weightless, case.reach)
    options = {"method": method, "missing": missing}
    assert by_key(counted(zeroed, **options)) == by_key(counted(shorter, **options))


@given(cases(weight=positive()), methods)
def test_unanswered_statement_counts_as_neutral_only_when_told_to(
    case: Case, method: Method
) -> None:
    voter: list[int | None] = [case.reach, case.reach]
    parties: dict[str, list[int | None]] = {"zwijgt": [case.reach, None]}
    neutral: dict[str, list[int | None]] = {"zwijgt": [case.reach, 0]}
    options: dict[str, Any] = {"method": method, "reach": case.reach}
    [shared] = match(voter, parties, **options)
    [told] = match(voter, parties, missing="neutral", **options)
    [meant] = match(voter, neutral, **options)
    assert shared.score == 1
    assert told.score == meant.score != 1


@given(cases(), methods, rules)
def test_no_answers_no_ranking(case: Case, method: Method, missing: Missing) -> None:
    silent = Case([None] * case.length, case.parties, case.weights, case.reach)
    for each in counted(silent, method=method, missing=missing):
        assert (each.rank, each.score) == (None, None)
    assert robustness(silent.voter, silent.parties, reach=case.reach).verdict is None


@given(cases(weight=st.integers(1, 2), reach=1), methods, rules)
def test_equal_scores_share_a_rank_and_the_next_is_skipped(
    case: Case, method: Method, missing: Missing
) -> None:
    found = [each for each in counted(case, method=method, missing=missing) if each.rank]
    for each in found:
        better = [other for other in found if (other.score or 0) > (each.score or 0)]
        assert each.rank == 1 + len(better)


@given(cases(), methods, rules)
def test_match_and_score_matrix_agree(case: Case, method: Method, missing: Missing) -> None:
    table = score_matrix(
        sentinels([case.voter]),
        sentinels(list(case.parties.values())),
        case.weights,
        method=method,
        missing=missing,
        reach=case.reach,
    )
    scores = {each.key: each.score for each in counted(case, method=method, missing=missing)}
    for name, single in zip(case.parties, table[0].tolist(), strict=True):
        expected = scores[name]
        if expected is None:
            assert math.isnan(single)
        else:
            assert single == pytest.approx(float(expected), abs=1e-12)


def sentinels(rows: list[list[int | None]]) -> Any:
    return np.array([[NO_ANSWER if each is None else each for each in row] for row in rows])


@given(cases(weight=positive()), rules, st.data())
def test_theme_scores_weighted_by_what_counted_average_to_the_total(
    case: Case, missing: Missing, data: st.DataObject
) -> None:
    themes = [data.draw(st.sampled_from("abc")) for _ in range(case.length)]
    groups = {
        name: [place for place, theme in enumerate(themes) if theme == name] for name in "abc"
    }
    for each in counted(case, missing=missing, groups=groups):
        counts = [
            weight if distance is not None else Fraction(0)
            for weight, distance in zip(case.weights, each.distances, strict=True)
        ]
        total = sum(counts)
        if total:
            parts = [
                Fraction(each.groups[name] or 0) * sum(counts[place] for place in places)
                for name, places in groups.items()
            ]
            assert sum(parts) / total == each.score


@given(cases(weight=positive()), methods, rules)
def test_shares_of_the_statements_add_up_to_what_is_missing(
    case: Case, method: Method, missing: Missing
) -> None:
    for each in counted(case, method=method, missing=missing):
        taken = sum(share for share in each.shares if share is not None)
        if each.score is None:
            continue
        if method is Method.EUCLIDEAN:
            assert math.sqrt(taken) == pytest.approx(1 - float(each.score))
        else:
            assert taken == 1 - Fraction(each.score)


@given(cases(), methods, rules)
def test_friendliness_is_the_match_with_the_recommendation(
    case: Case, method: Method, missing: Missing
) -> None:
    options: dict[str, Any] = {"method": method, "missing": missing, "reach": case.reach}
    [found] = match(case.voter, {"roos": case.parties["roos"]}, **options)
    assert friendliness(case.parties["roos"], case.voter, **options).score == found.score


@given(cases(weight=st.integers(0, 2)))
def test_robustness_counts_every_variant_as_match_does(case: Case) -> None:
    variants = [
        counted(case, method=method, missing=missing) for missing in Missing for method in Method
    ]
    for place, stance in enumerate(case.voter):
        if stance is not None:
            weights = [0 if at == place else weight for at, weight in enumerate(case.weights)]
            variants.append(match(case.voter, case.parties, weights, reach=case.reach))
    result = robustness(case.voter, case.parties, case.weights, reach=case.reach)
    assert result.variants == len(variants)
    for name, standing in result.parties.items():
        ranks = [each.rank for found in variants for each in found if each.key == name]
        known = [rank for rank in ranks if rank is not None]
        assert standing.best == min(known, default=None)
        assert standing.worst == max(known, default=None)
        assert standing.first == Fraction(ranks.count(1), len(variants))


@given(cases(), st.data())
def test_panel_counts_as_match_and_robustness_do(case: Case, data: Any) -> None:
    length = len(case.voter)
    weights = data.draw(st.lists(st.integers(0, 3), min_size=length, max_size=length))
    groups = {"even": range(0, length, 2), "odd": range(1, length, 2), "none": range(0)}
    ideal = next(iter(case.parties.values()))
    panel = Panel(case.parties, groups, yardstick=ideal, reach=case.reach)
    found = panel.compare(case.voter, weights)
    friendly = friendliness(case.voter, ideal, groups=groups, reach=case.reach)
    assert found.yardstick == [*friendly.groups.values(), friendly.score]
    expected = match(case.voter, case.parties, weights, reach=case.reach, groups=groups)
    assert [(row.key, row.rank, found.score(row), row.compared) for row in found.rows] == [
        (each.key, each.rank, each.score, each.compared) for each in expected
    ]
    assert [[found.score(row, group) for group in range(len(groups))] for row in found.rows] == [
        list(each.groups.values()) for each in expected
    ]
    assert [row.alike for row in found.rows] == [
        sum(steps is not None and steps <= 1 for steps in each.distances) for each in expected
    ]
    sure = robustness(case.voter, case.parties, weights, reach=case.reach)
    assert (found.verdict, found.variants) == (sure.verdict, sure.variants)
    assert [row.key for row in found.leaders] == list(sure.leaders)
    assert {row.key: found.share(row) for row in found.rows} == {
        key: standing.first for key, standing in sure.parties.items()
    }
