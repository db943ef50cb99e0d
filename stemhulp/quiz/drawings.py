"""What stands in the drawings of a voter and of parties, on every page of the result alike."""

from collections.abc import Sequence
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from stemhulp.quiz.moulds import mould_of
from stemhulp.quiz.result import Friendliness, Result
from stemhulp.quiz.scores import (
    NO_SCORE,
    once_per_language,
    percent,
    percents,
    whole_percent,
    whole_percents,
    width,
)

BARS = [f"bar-{number}" for number in range(50)]  # a party's agreement per theme


def you(result: Result) -> dict[str, Any]:
    """The voter's own refugee-friendliness, whole and per theme: in words, and in drawings.

    That of a few answers is told, and not drawn beside that of parties, who answered them all.
    """
    voter, shown = result.voter, percents()
    values: dict[str, Any] = {
        "has_you": has_level(result),
        "is_thin": result.is_thin,
        "you": width(voter.score),
        "friendliness": shown[whole_percent(voter.score)],
    }
    for theme, score in voter.themes.items():
        values[f"has_theme-{theme}"] = score is not None
        values[f"theme-{theme}"] = shown[whole_percent(score)]
        values[f"you-{theme}"] = width(score)
    return values


def has_level(result: Result) -> bool:
    """Whether the voter's own refugee-friendliness can be drawn beside that of parties."""
    return result.voter.score is not None and not result.is_thin


def friendly(party: Friendliness) -> dict[str, Any]:
    """A party's refugee-friendliness, whole and per theme: in words, and in drawings."""
    values: dict[str, Any] = {
        "friendliness": percent(party.score),
        "friendliness_width": width(party.score),
    }
    for number, score in enumerate(party.themes.values()):
        values[f"friendly-{number}"] = percent(score)
        values[f"friendly_width-{number}"] = width(score)
    return values


def rounded_scores(result: Result) -> Sequence[Sequence[int]]:
    """Per party in the comparison: its score per theme, and last over all, in `percents`."""
    compared = result.compared
    return whole_percents(compared.part, compared.whole) if compared else []


@once_per_language
def bars() -> Sequence[SafeString]:
    """Each of `percents` as a small bar."""
    mould = mould_of(render_to_string("quiz/_bar.html"))
    return [
        mould.fill({"width": 0 if number == NO_SCORE else number, "score": shown})
        for number, shown in enumerate(percents())
    ]
