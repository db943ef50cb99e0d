"""Which difficult words stand in a text."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Protocol, TypeVar


class HasForms(Protocol):
    """A term with the forms in which it occurs in a text."""

    @property
    def forms(self) -> Sequence[str]: ...


Term = TypeVar("Term", bound=HasForms)


def terms_in(text: str, terms: Iterable[Term]) -> tuple[Term, ...]:
    """The terms of which a form stands in the text as a whole word, in order of appearance."""
    lower, found = text.lower(), []
    for term in terms:
        # Most terms do not stand in a text, which a plain search tells ten times as fast.
        if any(form.lower() in lower for form in term.forms):
            position = _whole_word(tuple(term.forms)).search(text)
            if position:
                found.append((position.start(), term))
    return tuple(term for _, term in sorted(found, key=lambda pair: pair[0]))


def pieces(text: str, terms: Sequence[Term]) -> list[tuple[str, int | None]]:
    """The text cut where a term stands in it for the first time, as a form of it, in any order.

    Each piece comes with the index of the term that it is, or None.
    """
    found = sorted(
        (place.start(), -place.end(), index)
        for index, term in enumerate(terms)
        if (place := _whole_word(tuple(term.forms)).search(text))
    )
    cut: list[tuple[str, int | None]] = []
    here = 0
    for start, minus_end, index in found:
        if start >= here:  # else it stands within the term before
            cut += [(text[here:start], None), (text[start:-minus_end], index)]
            here = -minus_end
    return [(piece, index) for piece, index in [*cut, (text[here:], None)] if piece]


@lru_cache(maxsize=1024)  # a glossary is the same in hundreds of editions
def _whole_word(forms: tuple[str, ...]) -> re.Pattern[str]:
    words = "|".join(re.escape(form) for form in sorted(forms, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)
