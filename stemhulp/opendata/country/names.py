"""Which lists, in different municipalities, have the same name; and an address for each name.

Only a name that is written the same is the same: capitals and spaces do not count, anything else
does. "D66" and "Democraten 66 (D66)" stay apart: no program can say that they belong together.
"""

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping

from django.utils.text import slugify

LONGEST_SLUG = 60
BLANK = re.compile(r"Blanco lijst(?: \(lijst [0-9]+\)| [A-Z])?")  # as editions call them


def is_name(name: str) -> bool:
    """Whether a list has a name: a blanco lijst has none."""
    return not BLANK.fullmatch(name)


def same_name(name: str) -> str:
    """What is equal for the same name.

    >>> same_name(" GemeenteBelangen  Vooruit"), same_name("Één")
    ('gemeentebelangen vooruit', 'één')
    """
    return " ".join(unicodedata.normalize("NFC", name).split()).casefold()


def usual_spelling(names: Iterable[str]) -> str:
    """As it is written most often; among equals the first by the alphabet."""
    counted = Counter(" ".join(unicodedata.normalize("NFC", each).split()) for each in names)
    return min(counted, key=lambda name: (-counted[name], name))


def slugs(counts: Mapping[str, int]) -> dict[str, str]:
    """An address for each name: by `same_name`, with on how many ballots it stands.

    Where two would get the same, the name on more ballots has it and the other gets a number.
    """
    found: dict[str, str] = {}
    taken: set[str] = set()
    for name in sorted(counts, key=lambda each: (-counts[each], each)):
        plain = slug = _slug(name)
        number = 1
        while slug in taken:
            number += 1
            slug = f"{plain}-{number}"
        taken.add(slug)
        found[name] = slug
    return found


def _slug(name: str) -> str:
    """Of Latin letters and digits; of a name without any, of its digest."""
    plain = slugify(name)[:LONGEST_SLUG].strip("-_")
    return plain or f"naam-{hashlib.sha256(name.encode()).hexdigest()[:8]}"
