"""Scores and stances as text: the only place where a score is rounded."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import numpy as np
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy
from numpy.typing import NDArray

from statements.matching import Score
from statements.models import Stance
from stemhulp.editions.edition import Party

MOST_NAMES = 4
SECONDS_PER_STATEMENT = 25
# A page holds hundreds of these, so they are made once.
# From 0 to 100 %, and a dash where there is no score.
PERCENTS = [*(SafeString(f"{number}&nbsp;%") for number in range(101)), SafeString("&ndash;")]
NO_SCORE = 101
LABELS: dict[int | None, str | Promise] = {
    None: gettext_lazy("Geen mening"),
    **{int(stance): stance.label for stance in Stance},
}
MARKS: dict[int | None, SafeString] = {
    None: SafeString("mark-none"),
    **{int(stance): SafeString(stance.mark) for stance in Stance},
}


def percent(score: Score) -> SafeString:
    """A score from 0 to 1 as a whole percentage in HTML, half rounded up; a dash without a score.

    >>> percent(Fraction(2, 3)), percent(Fraction(1, 200)), percent(None)
    ('67&nbsp;%', '1&nbsp;%', '&ndash;')
    """
    return PERCENTS[NO_SCORE if score is None else _whole(score)]


def whole_percents(part: NDArray[Any], whole: NDArray[Any]) -> list[list[int]]:
    """A table of scores, each `part` of `whole`, as places in PERCENTS: rounded as `percent`."""
    rounded = (200 * part + whole) // (2 * np.maximum(whole, 1))
    shown: list[list[int]] = np.where(whole > 0, rounded, NO_SCORE).tolist()
    return shown


def width(score: Score) -> SafeString:
    """A score as a length in a drawing that is 100 wide."""
    return SafeString("0" if score is None else f"{float(score) * 100:.1f}")


def stance_label(stance: int | None) -> str:
    """ "Mee eens" and its like, in the language of the page; "Geen mening" for none."""
    return str(LABELS[stance])


def stance_mark(stance: int | None) -> SafeString:
    """The name of the mark that goes with a stance: from mark-1, an outline, to mark-5, full."""
    return MARKS[stance]


def names(parties: Sequence[Party]) -> str:
    """ "A", "A en B", "A, B en C"; of more than four the first three "en nog 2"."""
    shown = [party.name for party in parties]
    if len(shown) > MOST_NAMES:
        shown = [*shown[: MOST_NAMES - 1], f"nog {len(shown) - MOST_NAMES + 1}"]
    return " en ".join(filter(None, [", ".join(shown[:-1]), shown[-1]])) if shown else ""


def number_word(number: int) -> str:
    """Small numbers as words."""
    words = ["nul", "één", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien"]
    return words[number] if number < len(words) else str(number)


def minutes_for(statements: int) -> int:
    """How long answering this many takes, in whole minutes."""
    return max(1, -(-statements * SECONDS_PER_STATEMENT // 60))


def _whole(score: Fraction | float) -> int:
    numerator, denominator = score.as_integer_ratio()
    return (200 * numerator + denominator) // (2 * denominator)
