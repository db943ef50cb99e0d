"""What is the same name, and its address; how much lists differ."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemhulp.opendata.country.names import is_name, same_name, slugs, usual_spelling
from stemhulp.opendata.country.spread import range_of, spread, together
from stemhulp.opendata.country.survey import NOT_ANSWERED


def test_capitals_and_spaces_do_not_count_and_accents_do() -> None:
    assert same_name("Gemeente  Belangen ") == same_name("gemeente belangen")
    assert same_name("GemeenteBelangen") != same_name("Gemeente Belangen")
    assert same_name("Één") == same_name("E\u0301én")
    assert same_name("Één") != same_name("Een")


@pytest.mark.parametrize("name", ["Blanco lijst", "Blanco lijst B", "Blanco lijst (lijst 9)"])
def test_blanco_lijst_has_no_name(name: str) -> None:
    assert not is_name(name)
    assert is_name(f"{name} Vooruit")


def test_name_is_shown_as_it_is_written_most() -> None:
    assert usual_spelling(["DENK", "Denk", "Denk"]) == "Denk"
    assert usual_spelling(["DENK", "Denk"]) == "DENK"


def test_names_that_would_share_an_address_get_two() -> None:
    found = slugs({"gemeente belangen": 2, "gemeente-belangen": 3, "???": 2, "!!!": 2})
    assert found["gemeente-belangen"] == "gemeente-belangen"
    assert found["gemeente belangen"] == "gemeente-belangen-2"
    assert len(set(found.values())) == 4


@given(st.dictionaries(st.text(min_size=1).map(same_name), st.integers(2, 400), max_size=30))
def test_every_name_has_an_address_of_its_own(counts: dict[str, int]) -> None:
    found = slugs(counts)
    assert len(set(found.values())) == len(counts)
    assert all(found.values())


def test_distance_is_the_mean_over_all_pairs() -> None:
    """Pairs of 2, 2 and −1: 0, 3 and 3 steps."""
    found = spread([2, 2, -1, None, NOT_ANSWERED])
    assert found.distance == 2
    assert (found.answered, found.no_opinion, found.not_answered) == (3, 1, 1)


@given(st.lists(st.sampled_from([-2, -1, 0, 1, 2]), min_size=2, max_size=12))
def test_distance_is_what_all_pairs_give(stances: list[int]) -> None:
    apart = [abs(a - b) for n, a in enumerate(stances) for b in stances[n + 1 :]]
    assert spread(stances).distance == Fraction(sum(apart), len(apart))


def test_no_pair_gives_no_distance() -> None:
    assert spread([2, None]).distance is None
    assert together([spread([2]), spread([])]) is None


def test_statements_weigh_by_the_pairs_that_answered_them() -> None:
    assert together([spread([2, -2]), spread([1, 1, 1])]) == 1


def test_range_has_the_middle_between_two() -> None:
    found = range_of([Fraction(1, 2), Fraction(1), Fraction(0), Fraction(1, 4)])
    assert found
    assert found.median == Fraction(3, 8)
    assert (found.lowest, found.highest) == (Fraction(0), Fraction(1))
    assert range_of([]) is None
