"""The published form of an edition: canonical JSON, its digest, and the way back.

The format, version 1, in the words of the glossary in README.md: `format`, `election`,
`municipality`, `seats`, `themes`, `glossary`, `statements` (with their texts per language),
`parties` (with their positions by the statement's key), and `features` and `contact` where there
are any. Later came, where there are any: of a party its `website` and its `programme`.
Translations stand beside the Dutch that they are of. Everything that a voter sees is in it.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import rfc8785

from statements.glossary import terms_in
from stemhulp.editions.edition import (
    DUTCH,
    Background,
    Contact,
    Correction,
    Edition,
    Election,
    Feature,
    Municipality,
    Party,
    Position,
    Source,
    Statement,
    Term,
    Theme,
    questionnaire_of,
)

FORMAT = 1
LARGEST_STANCE = 2
PROGRAMME = "programme"  # the basis of a position that staff read there
TEXTS = ("text", "explanation", "argument_for", "argument_against", "reason")


class InvalidDocumentError(Exception):
    """A document that is no edition; the message names the place and what was expected."""


def canonical(content: Mapping[str, Any]) -> bytes:
    """The one way to write this content (RFC 8785)."""
    return rfc8785.dumps(dict(content))


def digest(document: bytes) -> str:
    """SHA-256, in hexadecimal."""
    return hashlib.sha256(document).hexdigest()


def check(document: bytes) -> Edition:
    """The edition in a document that may come from anywhere.

    Raises InvalidDocumentError when it is not canonical JSON or not in this format.
    """
    edition = parse(document)
    try:
        written = canonical(json.loads(document))
    except ValueError as error:  # half a character, or a number that JSON cannot carry exactly
        raise InvalidDocumentError(f"not in canonical form (RFC 8785): {error}") from error
    if written != document:
        raise InvalidDocumentError("not in canonical form (RFC 8785)")
    return edition


def parse(document: bytes, language: str = DUTCH) -> Edition:
    """The edition in a document of which the digest is known to be ours.

    With each text in this language, where it was translated, else in Dutch. Raises
    InvalidDocumentError when it is not JSON or not in this format.
    """
    try:
        content = json.loads(document)
    except (ValueError, RecursionError) as error:
        raise InvalidDocumentError(f"not JSON: {error}") from error
    return read(content, language)


def read(content: Any, language: str = DUTCH) -> Edition:
    """The edition in a document's content, in a language. Raises InvalidDocumentError."""
    root = Node(content, "")
    if root["format"].integer() != FORMAT:
        raise root["format"].error(f"format {FORMAT}")
    themes = {node["key"].text(): _theme(node, language) for node in root["themes"].items()}
    terms = [_term(node, language) for node in root["glossary"].items()]
    statements = tuple(
        _statement(node, number, themes, terms, language)
        for number, node in enumerate(root["statements"].items(), 1)
    )
    keys = {statement.key for statement in statements}
    if len(keys) != len(statements):
        raise root["statements"].error("keys that differ")
    return Edition(
        election=_election(root["election"]),
        municipality=_municipality(root["municipality"]),
        seats=root["seats"].optional_integer(),
        questionnaire=questionnaire_of(statements, language),
        parties=tuple(_party(node, keys, language) for node in root["parties"].items()),
        features=tuple(_feature(node, keys, language) for node in root.optional("features")),
        contact=_contact(root["contact"]) if "contact" in root.value else None,
        language=language,
    )


class Node:
    """A value in a document that knows its path, for messages that say where."""

    def __init__(self, value: Any, path: str) -> None:
        self.value = value
        self.path = path

    def error(self, expected: str) -> InvalidDocumentError:
        return InvalidDocumentError(f"{self.path or 'document'}: expected {expected}")

    def __getitem__(self, name: str) -> "Node":
        if not isinstance(self.value, dict) or name not in self.value:
            raise self.error(f"a member {name!r}")
        return Node(self.value[name], f"{self.path}.{name}".lstrip("."))

    def items(self) -> Iterable["Node"]:
        if not isinstance(self.value, list):
            raise self.error("a list")
        return [Node(each, f"{self.path}[{at}]") for at, each in enumerate(self.value)]

    def optional(self, name: str) -> Iterable["Node"]:
        """The items of a list that may be left out."""
        return self[name].items() if name in self.value else ()

    def members(self) -> Mapping[str, "Node"]:
        if not isinstance(self.value, dict):
            raise self.error("an object")
        return {name: Node(each, f"{self.path}.{name}") for name, each in self.value.items()}

    def text(self) -> str:
        if not isinstance(self.value, str):
            raise self.error("a text")
        return self.value

    def integer(self) -> int:
        if not isinstance(self.value, int) or isinstance(self.value, bool):
            raise self.error("a whole number")
        return self.value

    def optional_integer(self) -> int | None:
        return None if self.value is None else self.integer()

    def boolean(self) -> bool:
        if not isinstance(self.value, bool):
            raise self.error("true or false")
        return self.value

    def stance(self) -> int:
        if not -LARGEST_STANCE <= self.integer() <= LARGEST_STANCE:
            raise self.error(f"a stance from {-LARGEST_STANCE} to {LARGEST_STANCE}")
        return self.integer()

    def date(self) -> date:
        try:
            return date.fromisoformat(self.text())
        except ValueError:
            raise self.error("a date like 2022-03-16") from None


def _election(node: Node) -> Election:
    return Election(node["slug"].text(), node["name"].text(), node["date"].date())


def _municipality(node: Node) -> Municipality:
    code, name, slug, province = (
        node[each].text() for each in ("code", "name", "slug", "province")
    )
    return Municipality(code, name, slug, province, node["is_example"].boolean())


def _texts(node: Node, language: str, *names: str) -> tuple[str, dict[str, str]]:
    """These texts in the language, where they all are translated, else in Dutch: which, and they.

    Translations stand beside the Dutch, if there are any: by language, by the name of the field.
    """
    found = {DUTCH: {name: node[name].text() for name in names}}
    if "translations" in node.value:
        for code, translated in node["translations"].members().items():
            found[code] = {name: text.text() for name, text in translated.members().items()}
    if not found.get(language, {}).keys() >= set(names):
        language = DUTCH
    return language, {name: found[language][name] for name in names}


def _theme(node: Node, language: str) -> Theme:
    language, texts = _texts(node, language, "name", "question", "summary")
    return Theme(node["key"].text(), **texts, language=language)


def _term(node: Node, language: str) -> Term:
    """A term, which is found in Dutch texts by its Dutch forms, and in others by its own."""
    forms = tuple(form.text() for form in node["forms"].items())
    language, texts = _texts(node, language, "term", "explanation")
    if language != DUTCH:
        forms = (*forms, texts["term"])
    return Term(**texts, forms=forms, language=language)


def _source(node: Node) -> Source:
    year = node["year"].optional_integer()
    return Source(node["title"].text(), node["publisher"].text(), year)


def _statement(
    node: Node, number: int, themes: Mapping[str, Theme], terms: Iterable[Term], language: str
) -> Statement:
    theme = node["theme"]
    if theme.text() not in themes:
        raise theme.error("the key of a theme")
    by_language = {
        code: {name: each[name].text() for name in TEXTS}
        for code, each in node["texts"].members().items()
    }
    if DUTCH not in by_language:
        raise node["texts"].error(f"a member {DUTCH!r}")
    dutch = by_language[DUTCH]
    shown = " ".join(text for name, text in dutch.items() if name != "reason")
    spoken = language if language in by_language else DUTCH
    return Statement(
        key=node["key"].text(),
        number=number,
        theme=themes[theme.text()],
        recommendation=node["recommendation"].stance(),
        source=_source(node["source"]),
        backgrounds=tuple(_background(each, language) for each in node["backgrounds"].items()),
        terms=terms_in(shown, terms),
        language=spoken,
        **by_language[spoken],
    )


def _background(node: Node, language: str) -> Background:
    language, texts = _texts(node, language, "text")
    return Background(**texts, source=_source(node["source"]), language=language)


def _party(node: Node, keys: set[str], language: str) -> Party:
    positions = node["positions"].members()
    for key, position in positions.items():
        if key not in keys:
            raise position.error("the key of a statement")
    return Party(
        slug=node["slug"].text(),
        name=node["name"].text(),
        description=node["description"].text(),
        number=node["number"].optional_integer(),
        seats=node["seats"].optional_integer(),
        positions={key: _position(position, language) for key, position in positions.items()},
        website=node["website"].text() if "website" in node.value else "",
        programme=node["programme"].text() if "programme" in node.value else "",
    )


def _position(node: Node, language: str) -> Position:
    stance = node["stance"]
    language, texts = _texts(node, language, "motivation")
    return Position(
        stance=None if stance.value is None else stance.stance(),
        source=node["source"].text(),
        correction=_correction(node["correction"]) if "correction" in node.value else None,
        from_programme="basis" in node.value and node["basis"].text() == PROGRAMME,
        withheld=node["withheld"].text() if "withheld" in node.value else "",
        language=language,
        **texts,
    )


def _feature(node: Node, keys: set[str], language: str) -> Feature:
    statements = tuple(each.text() for each in node["statements"].items())
    if not keys.issuperset(statements):
        raise node["statements"].error("keys of statements")
    language, texts = _texts(node, language, "title", "text")
    return Feature(
        key=node["key"].text(),
        kind=node["kind"].text(),
        link=node["link"].text(),
        source=_source(node["source"]),
        is_local=node["is_local"].boolean(),
        statements=statements,
        language=language,
        **texts,
    )


def _correction(node: Node) -> Correction:
    return Correction(node["on"].date(), node["reason"].text())


def _contact(node: Node) -> Contact:
    return Contact(node["region"].text(), node["email"].text(), node["phone"].text())
