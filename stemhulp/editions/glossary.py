"""Which difficult words stand in a text."""

import re
from collections.abc import Iterable, Sequence

from stemhulp.editions.edition import Term


def terms_in(text: str, terms: Iterable[Term]) -> tuple[Term, ...]:
    """The terms of which a form stands in the text as a whole word, in order of appearance."""
    found = [
        (position.start(), term)
        for term in terms
        if (position := re.search(_whole_word(term.forms), text, re.IGNORECASE))
    ]
    return tuple(term for _, term in sorted(found, key=lambda pair: pair[0]))


def _whole_word(forms: Sequence[str]) -> str:
    return r"(?<!\w)(?:" + "|".join(re.escape(form) for form in forms) + r")(?!\w)"
