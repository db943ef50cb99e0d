"""Scores and stances as text: the only place where a score is rounded.

A page holds hundreds of these, so each is made once per language.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache, wraps
from typing import Any, ParamSpec, TypeVar

import numpy as np
from django.conf import settings
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, ngettext, override
from numpy.typing import NDArray

from statements.matching import Score
from statements.models import Stance
from stemhulp.editions.edition import Party

P = ParamSpec("P")
T = TypeVar("T")

MOST_NAMES = 4
SECONDS_PER_STATEMENT = 25
NO_SCORE = 101  # its place in the percentages
NOT_ANSWERED = 9  # stands beside the stances
DASH = SafeString("&ndash;")
MARKS: dict[int | None, SafeString] = {
    None: SafeString("mark-none"),
    **{int(stance): SafeString(stance.mark) for stance in Stance},
}


def once_per_language(make: Callable[P, T]) -> Callable[P, T]:
    """Keep what a function makes, apart for each language that a page can be in.

    Asking for the language costs more than filling a row, so rows share tables.
    """

    @lru_cache(maxsize=8192)
    def made(language: str, *args: P.args, **kwargs: P.kwargs) -> T:
        with override(language):
            return make(*args, **kwargs)

    @wraps(make)
    def kept(*args: P.args, **kwargs: P.kwargs) -> T:
        language = get_language() or settings.LANGUAGE_CODE
        return made(language, *args, **kwargs)  # type: ignore[arg-type]  # all of them are hashable

    return kept


@once_per_language
def percents() -> Sequence[SafeString]:
    """From 0 to 100 % in HTML, and a dash where there is no score."""
    numbers = [gettext("%(number)s %%") % {"number": number} for number in range(101)]
    return [*(SafeString(escape(each).replace(" ", "&nbsp;")) for each in numbers), DASH]


def percent(score: Score) -> SafeString:
    """A score from 0 to 1 as a whole percentage in HTML, half rounded up; a dash without a score.

    >>> percent(Fraction(2, 3)), percent(Fraction(1, 200)), percent(None)
    ('67&nbsp;%', '1&nbsp;%', '&ndash;')
    """
    return percents()[whole_percent(score)]


def whole_percent(score: Score) -> int:
    """A score as a place in `percents`: rounded, half up."""
    if score is None:
        return NO_SCORE
    numerator, denominator = score.as_integer_ratio()
    return (200 * numerator + denominator) // (2 * denominator)


def whole_percents(part: NDArray[Any], whole: NDArray[Any]) -> list[list[int]]:
    """A table of scores, each `part` of `whole`, as places in `percents`."""
    rounded = (200 * part + whole) // (2 * np.maximum(whole, 1))
    shown: list[list[int]] = np.where(whole > 0, rounded, NO_SCORE).tolist()
    return shown


def width(score: Score) -> SafeString:
    """A score as a length in a drawing that is 100 wide."""
    return SafeString("0" if score is None else f"{float(score) * 100:.1f}")


@once_per_language
def stance_label(stance: int | None) -> str:
    """ "Mee eens" and its like, for a button; "Geen mening" for none."""
    return gettext("Geen mening") if stance is None else str(Stance(stance).label)


@once_per_language
def opinions() -> dict[int | None, SafeString]:
    """Each stance as it stands in a sentence, in HTML."""
    words = {
        2: gettext("helemaal mee eens"),
        1: gettext("mee eens"),
        0: gettext("neutraal"),
        -1: gettext("mee oneens"),
        -2: gettext("helemaal mee oneens"),
        None: gettext("geen mening"),
    }
    return {stance: SafeString(escape(each)) for stance, each in words.items()}


def opinion(stance: int | None) -> SafeString:
    """A stance as it stands in a sentence, in HTML."""
    return opinions()[stance]


def stance_mark(stance: int | None) -> SafeString:
    """The name of the mark that goes with a stance: from mark-1, an outline, to mark-5, full."""
    return MARKS[stance]


@once_per_language
def steps_apart(steps: int | None) -> SafeString:
    """How far two answers lie apart, in words, in HTML."""
    if steps is None:
        return SafeString(escape(gettext("telt niet mee")))
    if steps == 0:
        return SafeString(escape(gettext("hetzelfde antwoord")))
    words = ngettext("%(count)s stap verschil", "%(count)s stappen verschil", steps)
    return SafeString(escape(words % {"count": steps}))


@once_per_language
def own_answers() -> Mapping[tuple[int | None, bool], SafeString]:
    """What the voter answered, in HTML: by the stance, and by whether the statement counts double.

    What was not answered, is NOT_ANSWERED; what is no opinion, cannot count double.
    """
    plain = opinions() | {NOT_ANSWERED: SafeString(escape(gettext("niet beantwoord")))}
    texts = {False: gettext("Jij: %(opinion)s"), True: gettext("Jij: %(opinion)s · telt dubbel")}
    return {
        (stance, counts_double): SafeString(escape(text) % {"opinion": words})
        for stance, words in plain.items()
        for counts_double, text in texts.items()
    }


@once_per_language
def places(most: int) -> Mapping[tuple[int | None, bool], SafeString]:
    """A place in the ranking, for who hears it: by its number, and by whether it is shared."""
    texts = {False: gettext("Plaats %(rank)s"), True: gettext("Gedeelde plaats %(rank)s")}
    return {
        (rank, is_shared): SafeString(escape(text) % {"rank": rank})
        for rank in range(1, most + 1)
        for is_shared, text in texts.items()
    }


@once_per_language
def agreements(most: int) -> Mapping[tuple[int, int], SafeString]:
    """On how many of the statements that count a voter and a party (almost) agree, in HTML.

    By both numbers, up to this many statements.
    """
    return {
        (number, count): SafeString(escape(_agreement(number, count)))
        for count in range(1, most + 1)
        for number in range(count + 1)
    }


def _agreement(number: int, count: int) -> str:
    return ngettext(
        "Je denkt over %(number)s van de %(count)s stelling (bijna) hetzelfde.",
        "Je denkt over %(number)s van de %(count)s stellingen (bijna) hetzelfde.",
        count,
    ) % {"number": number, "count": count}


def names(parties: Sequence[Party], shown: Callable[[str], str] = str) -> str:
    """ "A", "A en B", "A, B en C"; of more than four the first three "en nog 2"."""
    return _enumeration([shown(party.name) for party in parties])


def names_in_html(parties: Sequence[Party]) -> SafeString:
    """The same, each name kept apart from the writing direction around it."""
    return SafeString(_enumeration([f"<bdi>{escape(each.name)}</bdi>" for each in parties]))


def _enumeration(shown: Sequence[str]) -> str:
    if len(shown) > MOST_NAMES:
        more = gettext("nog %(count)s") % {"count": len(shown) - MOST_NAMES + 1}
        shown = [*shown[: MOST_NAMES - 1], more]
    if len(shown) < 2:
        return "".join(shown)
    some, *others, last = shown
    for each in others:
        some = gettext("%(some)s, %(next)s") % {"some": some, "next": each}
    return gettext("%(some)s en %(last)s") % {"some": some, "last": last}


def minutes_for(statements: int) -> int:
    """How long answering this many takes, in whole minutes."""
    return max(1, -(-statements * SECONDS_PER_STATEMENT // 60))
