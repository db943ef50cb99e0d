"""Showing scores and stances: the only place where a score is rounded."""

from collections.abc import Sequence
from fractions import Fraction

from django import template

from statements.matching import Score
from statements.models import Stance
from stemhulp.editions.edition import Party
from stemhulp.quiz.result import Contender

MOST_NAMES = 4

register = template.Library()


@register.filter
def percent(score: Score) -> str:
    """A score from 0 to 1 as a whole percentage, half rounded up; a dash without a score.

    >>> percent(Fraction(2, 3)), percent(Fraction(1, 200)), percent(None)
    ('67 %', '1 %', '–')
    """
    return "–" if score is None else f"{_whole(score)}\N{NO-BREAK SPACE}%"


@register.filter
def width(score: Score) -> str:
    """A score as a length in a drawing that is 100 wide."""
    return "0" if score is None else f"{float(score) * 100:.1f}"


@register.filter
def stance_label(stance: int | None) -> str:
    """ "Mee eens" and its like; "Geen mening" for none."""
    return "Geen mening" if stance is None else str(Stance(stance).label)


@register.filter
def stance_mark(stance: int | None) -> str:
    """The name of the mark that goes with a stance: from mark-1, an outline, to mark-5, full."""
    return "mark-none" if stance is None else f"mark-{stance + 3}"


@register.filter
def parties(contenders: Sequence[Contender]) -> list[Party]:
    """The parties of the contenders."""
    return [each.party for each in contenders]


@register.filter
def names(parties: Sequence[Party]) -> str:
    """ "A", "A en B", "A, B en C"; of more than four the first three "en nog 2"."""
    shown = [party.name for party in parties]
    if len(shown) > MOST_NAMES:
        shown = [*shown[: MOST_NAMES - 1], f"nog {len(shown) - MOST_NAMES + 1}"]
    return " en ".join(filter(None, [", ".join(shown[:-1]), shown[-1]])) if shown else ""


@register.filter
def number_word(number: int) -> str:
    """Small numbers as words."""
    words = ["nul", "één", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien"]
    return words[number] if number < len(words) else str(number)


def _whole(score: Fraction | float) -> int:
    return int(Fraction(score) * 100 + Fraction(1, 2))
