"""Showing scores and stances: the only place where a score is rounded."""

from fractions import Fraction

from django import template

from statements.models import Stance

register = template.Library()


@register.filter
def percent(score: Fraction | None) -> str:
    """A score from 0 to 1 as a whole percentage, half rounded up; a dash without a score.

    >>> percent(Fraction(2, 3)), percent(Fraction(1, 200)), percent(None)
    ('67 %', '1 %', '–')
    """
    return "–" if score is None else f"{_whole(score)}\N{NO-BREAK SPACE}%"


@register.filter
def width(score: Fraction | None) -> str:
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


def _whole(score: Fraction) -> int:
    return int(score * 100 + Fraction(1, 2))
