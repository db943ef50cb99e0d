"""What a writer hands over, and how its parts are called."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import count
from typing import Any

from django.utils.text import slugify

from statements.models import Source, Statement
from statements.models.texts import Theme

LABELS = {  # in the order in which they are written and compared
    "text": "Stelling",
    "theme": "Speerpunt",
    "explanation": "Uitleg",
    "argument_for": "Argument voor",
    "argument_against": "Argument tegen",
    "recommendation": "Advies van VluchtelingenWerk",
    "reason": "Waarom VluchtelingenWerk dat vindt",
    "source": "Bron",
}
PROSE = ("explanation", "argument_for", "argument_against", "reason")
LONGEST_TEXT = 140
LONGEST_PROSE = 1000
LONGEST_KEY = 40
TAKEN = frozenset(
    {"nieuw", "inleveren", "concepten-intrekken"}
)  # addresses beside those of the statements


@dataclass(frozen=True)
class NewSource:
    """A source that was not known yet."""

    title: str
    publisher: str
    year: int | None


@dataclass(frozen=True)
class Draft:
    """What a writer saves. Where the key of a source is empty, the new source is meant."""

    content: Mapping[str, Any]
    new_source: NewSource | None = None
    order: int | None = None


def missing(content: Mapping[str, Any]) -> list[str]:
    """What must be written before someone else can review it, by its label."""
    return [LABELS[name] for name in ("text", *PROSE) if not content[name]]


def key_for(statement: str, taken: frozenset[str], longest: int = LONGEST_KEY) -> str:
    """Its words as an address, cut off between words; with a number when that is taken."""
    key = _shorten(slugify(statement), longest) or "stelling"
    return next(each for each in _numbered(key, longest) if each not in taken)


def _numbered(key: str, longest: int) -> Iterator[str]:
    yield key
    for number in count(2):
        yield f"{_shorten(key, longest - len(str(number)) - 1)}-{number}"


def _shorten(slug: str, longest: int) -> str:
    if len(slug) <= longest:
        return slug.strip("-")
    return slug[: longest + 1].rpartition("-")[0].strip("-") or slug[:longest]


def keys_taken(statement_keys: frozenset[str]) -> frozenset[str]:
    return statement_keys | TAKEN


def keep_source(new: NewSource) -> Source:
    """The source as it is known already, or else made."""
    same = {"title": new.title, "publisher": new.publisher, "year": new.year}
    found = Source.objects.filter(**same).first()
    if found:
        return found
    stem = f"{new.title} {new.year or ''}"
    taken = frozenset(Source.objects.values_list("key", flat=True))
    return Source.objects.create(key=key_for(stem, taken, 60), **same)


def last_place(statement: Statement, theme: Theme) -> int:
    """The place after all others of its theme in the election."""
    others = Statement.objects.filter(election=statement.election_id, theme=theme)
    last = others.exclude(pk=statement.pk).order_by("-order").values_list("order", flat=True)
    return (last.first() or 0) + 1
