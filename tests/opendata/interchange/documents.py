"""Documents of editions as hypothesis makes them: any text, any answer, any number of anything."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from hypothesis import strategies as st

from statements.portal.answers import clean_motivation, clean_source
from stemhulp.editions.document import canonical, digest, read
from stemhulp.editions.edition import Edition, Imprint

NASTY = [
    "=1+1",
    "-2",
    "'al aangehaald'",
    '"; alert(1); "',
    "<script>alert(1)</script>",
    "</script><b>",
    "Eén; twee, drie\nvier",
    "\u2028regel",
    "Ελλάδα العربية 🙂",
    "99",
    "&amp;&#61;",
]
LETTERS = st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\t")
TEXT = st.one_of(st.sampled_from(NASTY), st.text(LETTERS, min_size=1, max_size=30)).map(
    lambda text: text.strip() or "x"
)
MAYBE = st.one_of(st.just(""), TEXT)
LINE = TEXT.map(lambda text: " ".join(text.split()) or "x")
MOTIVATION = MAYBE.map(lambda text: _kept(clean_motivation, text))
PLACE = MAYBE.map(lambda text: _kept(clean_source, text))
STANCE = st.integers(-2, 2)
THEMES = ("kleine-opvang", "snel-werk")  # none that a test database has
LANGUAGES = st.lists(st.sampled_from(["en", "ar", "uk", "tr"]), unique=True, max_size=2)
SOURCE = st.sampled_from(
    [
        {"key": "bron-a", "title": "=Bron; A", "publisher": "'s Rijks", "year": 2021},
        {"key": "bron-b", "title": "Bron “B”", "publisher": "Gemeente", "year": None},
    ]
)
TEXTS = st.fixed_dictionaries(
    dict.fromkeys(["text", "explanation", "argument_for", "argument_against", "reason"], LINE)
)


def _kept(clean: Callable[[str], str], text: str) -> str:
    """As a list's words are kept; nothing where they are refused."""
    try:
        return clean(text)
    except ValidationError:
        return ""


@st.composite
def documents(draw: st.DrawFn) -> dict[str, Any]:
    """The content of a document in the published form (`editions.document`), version 1."""
    languages = draw(LANGUAGES)
    themes = [draw(_theme(key, languages)) for key in THEMES]
    asked = [draw(_statement(f"stelling-{n}", languages)) for n in range(draw(st.integers(1, 4)))]
    keys = [each["key"] for each in asked]
    is_example = draw(st.booleans())
    parties = [draw(_party(f"lijst-{n}", keys, languages)) for n in range(draw(st.integers(0, 3)))]
    return {
        "format": 1,
        "election": {"slug": "gr2030", "name": draw(LINE), "date": "2030-03-20"},
        "municipality": {
            "code": "VB9999" if is_example else "GM9999",
            "name": draw(LINE),
            "slug": "ergens",
            "province": draw(LINE),
            "is_example": is_example,
        },
        "seats": draw(st.none() | st.integers(9, 45)),
        "themes": themes,
        "glossary": [],
        "statements": asked,
        "parties": parties,
    }


def _translated(languages: list[str], *names: str) -> st.SearchStrategy[dict[str, Any]]:
    texts = st.fixed_dictionaries(dict.fromkeys(names, LINE))
    return st.fixed_dictionaries(dict.fromkeys(languages, texts))


@st.composite
def _theme(draw: st.DrawFn, key: str, languages: list[str]) -> dict[str, Any]:
    content = {"key": key} | {name: draw(LINE) for name in ("name", "question", "summary")}
    translations = draw(_translated(languages, "name", "question", "summary"))
    return content | ({"translations": translations} if translations else {})


@st.composite
def _statement(draw: st.DrawFn, key: str, languages: list[str]) -> dict[str, Any]:
    return {
        "key": key,
        "theme": draw(st.sampled_from(THEMES)),
        "is_local": draw(st.booleans()),
        "texts": {code: draw(TEXTS) for code in ["nl", *languages]},
        "recommendation": draw(STANCE),
        "source": draw(SOURCE),
        "backgrounds": draw(st.lists(_background(languages), max_size=2)),
    }


@st.composite
def _background(draw: st.DrawFn, languages: list[str]) -> dict[str, Any]:
    content = {"text": draw(LINE), "source": draw(SOURCE)}
    translations = draw(_translated(languages, "text"))
    return content | ({"translations": translations} if translations else {})


@st.composite
def _party(draw: st.DrawFn, slug: str, keys: list[str], languages: list[str]) -> dict[str, Any]:
    answered = draw(st.lists(st.sampled_from(keys), unique=True))
    links = draw(st.sampled_from([{}, {"website": "https://partij.example/?a=1&b='2'"}]))
    return {
        "slug": slug,
        "name": draw(LINE),
        "description": draw(MAYBE.map(lambda text: " ".join(text.split()))),
        "number": draw(st.none() | st.integers(1, 30)),
        "seats": draw(st.none() | st.integers(0, 20)),
        "positions": {key: draw(_position(languages)) for key in answered},
        **links,
    }


@st.composite
def _position(draw: st.DrawFn, languages: list[str]) -> dict[str, Any]:
    """As `statements.published` makes them: from the list itself, or from its programme."""
    motivation, source = draw(MOTIVATION), draw(PLACE)
    if motivation and source and draw(st.booleans()):
        content = {"stance": draw(STANCE), "motivation": motivation, "source": source}
        return content | {"basis": "programme"}
    content = {"stance": draw(st.none() | STANCE), "motivation": motivation, "source": source}
    if draw(st.booleans()):
        content["correction"] = {"on": "2030-03-10", "reason": "Verkeerd overgenomen"}
    if draw(st.booleans()):
        return content | {"motivation": "", "withheld": "hate"}
    translations = draw(_translated(languages, "motivation"))
    return content | ({"translations": translations} if motivation and translations else {})


def edition_of(document: dict[str, Any]) -> Edition:
    return read(document)


def imprint_of(document: dict[str, Any]) -> Imprint:
    at = datetime(2030, 3, 1, 12, tzinfo=UTC)
    return Imprint(3, digest(canonical(document)), at, "Iemand", "Eerste editie")


DAY = date(2030, 3, 20)
