"""Voters, parties and weights as hypothesis draws them."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from statements.matching import Method, Missing

methods = st.sampled_from(list(Method))
rules = st.sampled_from(list(Missing))


@dataclass(frozen=True)
class Case:
    voter: list[int | None]
    parties: dict[str, list[int | None]]
    weights: list[Any]
    reach: int = 2

    @property
    def length(self) -> int:
        return len(self.voter)


@st.composite
def cases(draw: st.DrawFn, weight: Any = None, reach: int | None = None) -> Case:
    """Up to twelve statements and six parties; weights are fractions, zero included."""
    size = draw(st.integers(1, 12))
    reach = draw(st.integers(1, 4)) if reach is None else reach
    stance = st.none() | st.integers(-reach, reach)
    side = st.lists(stance, min_size=size, max_size=size)
    drawn = weight if weight is not None else st.fractions(0, 3, max_denominator=4)
    names = ("roos", "tulp", "iris", "aster", "lelie", "klaver")
    return Case(
        draw(side),
        {name: draw(side) for name in names[: draw(st.integers(1, 6))]},
        draw(st.lists(drawn, min_size=size, max_size=size)),
        reach,
    )


def positive() -> Any:
    return st.fractions(Fraction(1, 4), 3, max_denominator=4)
