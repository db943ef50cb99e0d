"""The drawing of all parties: no name overlaps another or a dot, and none leaves it."""

from collections.abc import Sequence
from itertools import combinations, pairwise

from hypothesis import given
from hypothesis import strategies as st

from stemhulp.quiz.field import ROW, WIDE, Ground, beside, ground

Across = Sequence[int | None]
steps = st.integers(0, 96)  # of what a score can be
drawings = st.lists(st.tuples(steps, st.none() | steps), min_size=1, max_size=40).map(
    lambda parties: (
        ground({str(number): level / 96 for number, (level, _) in enumerate(parties)}),
        [None if across is None else WIDE * across // 96 for _, across in parties],
    )
)


def boxes(on: Ground, across: Across) -> list[tuple[int, int, float, float]]:
    """What each name may fill: from, to (parts of the frame), top, foot (tenths of an em)."""
    sides = beside(on, across)
    return [
        (start, end, each.row - ROW / 2, each.row + ROW / 2)
        for (start, end), names in (((-WIDE, 0), sides.before), ((WIDE, 2 * WIDE), sides.after))
        for each in names
    ]


@given(drawings)
def test_no_two_names_overlap(drawing: tuple[Ground, Across]) -> None:
    for one, other in combinations(boxes(*drawing), 2):
        apart_across = one[1] <= other[0] or other[1] <= one[0]
        assert apart_across or one[3] <= other[2] or other[3] <= one[2]


@given(drawings)
def test_no_name_leaves_the_drawing_or_covers_a_dot(drawing: tuple[Ground, Across]) -> None:
    on, across = drawing
    for start, end, top, foot in boxes(on, across):
        assert 0 <= top < foot <= on.height
        assert not any(start < x < end for x in across if x is not None)


@given(drawings)
def test_every_party_that_is_compared_has_one_name(drawing: tuple[Ground, Across]) -> None:
    on, across = drawing
    sides = beside(on, across)
    named = sorted(each.place for names in sides for each in names)
    assert named == [place for place, x in enumerate(across) if x is not None]
    assert len(sides.before) - len(sides.after) in {0, 1}


@given(drawings)
def test_names_go_down_as_their_dots_do_and_to_the_nearest_side(
    drawing: tuple[Ground, Across],
) -> None:
    on, across = drawing
    sides = beside(on, across)
    for names in sides:
        for above, below in pairwise(names):
            assert on.places[above.place].level <= on.places[below.place].level
    before, after = ([across[each.place] or 0 for each in names] for names in sides)
    assert not after or max(before) <= min(after)


@given(drawings)
def test_more_friendly_is_higher(drawing: tuple[Ground, Across]) -> None:
    on, _ = drawing
    assert [each.level for each in on.places] == sorted(each.level for each in on.places)
    assert on.level(1) < on.level(0.5) == on.height / 2 < on.level(0)


def test_name_stands_in_line_with_its_dot_where_it_can() -> None:
    on = ground({"a": 0.1, "b": 0.5, "c": 0.9})
    assert [each.key for each in on.places] == ["c", "b", "a"]
    sides = beside(on, [300, 600, 200])
    assert [each.place for each in sides.before] == [0, 2]
    assert [each.place for each in sides.after] == [1]
    for names in sides:
        assert all(abs(each.row - on.places[each.place].level) < 1 for each in names)


def test_parties_on_one_spot_have_their_names_evenly_around_it() -> None:
    on = ground({str(number): 0.5 for number in range(26)})
    assert [each.key for each in on.places] == [str(number) for number in range(26)]
    for names in beside(on, [700] * 26):
        assert len(names) == 13
        assert abs(sum(each.row for each in names) / 13 - on.level(0.5)) <= 1


def test_parties_at_the_edge_keep_their_names_within_it() -> None:
    for level in (0.0, 1.0):
        on = ground({str(number): level for number in range(5)})
        assert all(0 <= top < foot <= on.height for _, _, top, foot in boxes(on, [500] * 5))
