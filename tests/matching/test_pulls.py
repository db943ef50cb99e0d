"""Which statements bring two sides closer, and which push them apart."""

import importlib
import re
from fractions import Fraction

from hypothesis import given

from statements.matching import Agreement, Method, Missing, closer, further, match, pulls
from tests.matching.drawn import Case, cases, methods, rules


def counted(case: Case, method: Method, missing: Missing) -> Agreement:
    [found, *_] = match(
        *(case.voter, case.parties, case.weights), method=method, missing=missing, reach=case.reach
    )
    return found


def part_lost(found: Agreement, without: int | None = None) -> Fraction | None:
    """How much of the full score is lost, exactly and by any method, when one is left out."""
    kept = [at for at in range(found.asked) if at != without]
    whole = sum(found.fulls[at] for at in kept)
    return Fraction(sum(found.costs[at] for at in kept), whole) if whole else None


@given(cases(), methods, rules)
def test_without_a_statement_that_brings_closer_the_score_is_never_higher(
    case: Case, method: Method, missing: Missing
) -> None:
    found = counted(case, method, missing)
    before = part_lost(found)
    for at in closer(found, most=case.length):
        after = part_lost(found, without=at)
        assert before is not None
        assert after is None or after >= before


@given(cases(), methods, rules)
def test_without_a_statement_that_pushes_apart_the_score_is_never_lower(
    case: Case, method: Method, missing: Missing
) -> None:
    found = counted(case, method, missing)
    before = part_lost(found)
    for at in further(found, most=case.length):
        after = part_lost(found, without=at)
        assert before is not None
        assert after is None or after <= before


@given(cases(), methods, rules)
def test_pulls_add_up_to_nothing_and_each_statement_pulls_one_way(
    case: Case, method: Method, missing: Missing
) -> None:
    found = counted(case, method, missing)
    known = pulls(found)
    assert sum(each or 0 for each in known) == 0
    ups, downs = (which(found, most=case.length) for which in (closer, further))
    assert not set(ups) & set(downs)
    assert set(ups) | set(downs) == {at for at, each in enumerate(known) if each}
    if part_lost(found) is not None:
        assert [each is None for each in known] == [each is None for each in found.distances]


@given(cases(), methods, rules)
def test_strongest_come_first_and_equals_stay_in_their_order(
    case: Case, method: Method, missing: Missing
) -> None:
    found = counted(case, method, missing)
    known = pulls(found)
    for which in (closer, further):
        shown = which(found)
        assert len(shown) <= 3
        keys = [(-abs(known[at] or 0), at) for at in shown]
        assert keys == sorted(keys)


def test_table_in_the_docstring_is_what_is_counted() -> None:
    """Read from the module itself, so that the explanation stays true."""
    text = importlib.import_module("statements.matching.pulls").__doc__ or ""
    rows = re.findall(r"^\| (\d) \| \d \| ([+−]) (1?)(½) ÷ (\d+) \|$", text, re.MULTILINE)
    [found] = match([2, 2, 2, 2], {"party": [2, 1, 0, -1]})
    expected = [
        Fraction(1 if sign == "+" else -1) * (Fraction(whole or 0) + Fraction(1, 2)) / int(full)
        for _, sign, whole, _, full in rows
    ]
    assert list(pulls(found)) == expected


def test_statement_that_counts_double_pulls_twice_as_hard() -> None:
    [found] = match([2, 2, -2, 0], {"party": [2, 2, 2, None]}, [1, 2, 2, 1])
    assert closer(found) == [1, 0]
    assert further(found) == [2]


def test_nothing_stands_out_when_all_lie_equally_far_apart() -> None:
    for party in ([1, 1, 1], [None, None, None]):
        [found] = match([2, 2, 2], {"party": party})
        assert closer(found) == further(found) == []
