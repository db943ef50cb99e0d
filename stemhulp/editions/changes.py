"""What changed from one edition of a contest to the next, in Dutch sentences for anyone."""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language_info

from statements.models import Stance
from stemhulp.editions.document import read
from stemhulp.editions.edition import DUTCH, Edition, Feature, Imprint, Party, Position, Statement

TRANSLATED = ("themes", "glossary", "features")
MOST_MOVED = 3  # statements that are named when the order differs
ENDS = (".", "!", "?", "…")
# What is only said to differ of a statement, without what it was.
TOLD_BY_NAME: Mapping[str, Callable[[Statement], object]] = {
    "Andere uitleg": lambda statement: statement.explanation,
    "Ander argument voor": lambda statement: statement.argument_for,
    "Ander argument tegen": lambda statement: statement.argument_against,
    "Andere reden van het advies": lambda statement: statement.reason,
    "Andere bron": lambda statement: statement.source,
    "Andere feiten op de achtergrond": lambda statement: statement.backgrounds,
}


@dataclass(frozen=True)
class Change:
    """An edition, and how it differs from the one before; without lines for the first."""

    imprint: Imprint
    lines: Sequence[str]

    @property
    def reason(self) -> str:
        """Why it was published, as a sentence: with a full stop, and never two."""
        reason = self.imprint.reason.strip()
        return reason if reason.endswith(ENDS) else f"{reason}."


def changes(imprints: Sequence[Imprint], document: Callable[[Imprint], bytes]) -> list[Change]:
    """All editions of a contest, the newest first, each with what it changed."""
    found = []
    before: Mapping[str, Any] | None = None
    for imprint in imprints:
        content = json.loads(document(imprint))
        found.append(Change(imprint, compare(before, content) if before else ()))
        before = content
    return found[::-1]


def compare(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """Every difference between the contents of two documents; empty only when there is none.

    Raises InvalidDocumentError.
    """
    lines = differences(read(before), read(after))
    lines += _glossary(before, after) + _translations(before, after)
    if not lines and before != after:
        lines.append("Er is iets veranderd in de bronnen, of in hoe het bestand is geschreven.")
    return lines


def differences(before: Edition, after: Edition) -> list[str]:
    """Every difference that a voter can see in Dutch beside the glossary, one sentence each."""
    return [
        *_contest(before, after),
        *_statements(before, after),
        *_parties(before, after),
        *_features(before.features, after.features),
        *_told_after(before, after),
    ]


def _contest(before: Edition, after: Edition) -> Iterator[str]:
    if before.election.name != after.election.name:
        yield f"De verkiezing heet nu {after.election.name}."
    if before.election.date != after.election.date:
        yield f"De verkiezing is nu op {date_format(after.election.date, 'j F Y')}."
    if before.municipality.name != after.municipality.name:
        yield f"{before.municipality.name} heet nu {after.municipality.name}."
    if before.seats != after.seats:
        yield f"Aantal zetels: {_known(after.seats)}, eerst {_known(before.seats)}."


def _known(number: int | None) -> str:
    return "onbekend" if number is None else str(number)


# Statements


def _statements(before: Edition, after: Edition) -> Iterator[str]:
    """Per statement everything that differs, the lines of one statement together."""
    old = {each.key: each for each in before.statements}
    new = {each.key: each for each in after.statements}
    yield from (f"Stelling weg: {old[key].text}" for key in old if key not in new)
    yield from (f"Nieuwe stelling: {new[key].text}" for key in new if key not in old)
    for key, statement in new.items():
        if key in old:
            yield from _statement(old[key], statement)
    yield from _themes(before, after)
    yield from _order(old, new)


def _statement(old: Statement, new: Statement) -> Iterator[str]:
    if old.text != new.text:
        yield f"Stelling veranderd: ‘{old.text}’ werd ‘{new.text}’"
    if old.recommendation != new.recommendation:
        yield (
            f"Ander advies van VluchtelingenWerk bij ‘{new.text}’: "
            f"van ‘{_stance(old)}’ naar ‘{_stance(new)}’."
        )
    for what, its in TOLD_BY_NAME.items():
        if its(old) != its(new):
            yield f"{what} bij ‘{new.text}’"
    if old.theme.key != new.theme.key:
        yield f"Ander thema bij ‘{new.text}’: van {old.theme.name} naar {new.theme.name}."


def _stance(statement: Statement) -> str:
    return Stance(statement.recommendation).in_dutch.lower()


def _themes(before: Edition, after: Edition) -> Iterator[str]:
    """Those that say something else, once for all their statements."""
    old = {theme.key: theme for theme in before.questionnaire.themes}
    for theme in after.questionnaire.themes:
        was = old.get(theme.key, theme)
        if was.name != theme.name:
            yield f"Het thema {was.name} heet nu {theme.name}."
        if replace(was, name=theme.name) != theme:
            yield f"Andere uitleg bij het thema {theme.name}."


def _order(old: Mapping[str, Statement], new: Mapping[str, Statement]) -> list[str]:
    """Which statements moved; not those that only made room for others."""
    was, now = [key for key in old if key in new], [key for key in new if key in old]
    moved = [key for key, other in zip(now, was, strict=True) if key != other]
    if len(moved) > MOST_MOVED:
        return [f"Andere volgorde: {len(moved)} stellingen staan op een andere plaats."]
    return [
        f"Andere plaats: ‘{new[key].text}’ is nu stelling {new[key].number}, "
        f"en was stelling {old[key].number}."
        for key in moved
    ]


# Parties


def _parties(before: Edition, after: Edition) -> Iterator[str]:
    old = {each.slug: each for each in before.parties}
    new = {each.slug: each for each in after.parties}
    yield from (f"Partij weg: {old[slug].name}." for slug in old if slug not in new)
    yield from (f"Nieuwe partij: {new[slug].name}." for slug in new if slug not in old)
    for slug, party in new.items():
        if slug in old:
            yield from _party(old[slug], party)
    if [slug for slug in old if slug in new] != [slug for slug in new if slug in old]:
        yield "De partijen staan in een andere volgorde."


def _party(old: Party, new: Party) -> Iterator[str]:
    if old.name != new.name:
        yield f"{old.name} heet nu {new.name}."
    if old.number != new.number:
        yield f"{new.name} heeft nu lijstnummer {_known(new.number)}."
    if old.website != new.website:
        yield f"{new.name}: {'andere' if new.website else 'geen'} website."
    if old.programme != new.programme:
        yield f"{new.name}: {'andere' if new.programme else 'geen'} link naar het programma."
    if old.description != new.description:
        yield f"{new.name}: andere omschrijving."
    if old.seats != new.seats:
        yield f"{new.name}: ander aantal zetels."
    yield from _positions(old, new)


def _positions(old: Party, new: Party) -> Iterator[str]:
    """How many answers of a party differ, by every way in which they do."""
    counts = Counter(
        kind
        for key in old.positions.keys() | new.positions.keys()
        for kind in _position(old.positions.get(key), new.positions.get(key))
    )
    for kind in Kind:
        one, more, how = kind.value
        if count := counts[kind]:
            yield f"{new.name}: {count} {one if count == 1 else more} {how}."


class Kind(Enum):
    """A way in which an answer differs: what is counted, one and more of it, and how."""

    ADDED = ("antwoord", "antwoorden", "erbij")
    READ = ("antwoord", "antwoorden", "erbij, op basis van het verkiezingsprogramma")
    GONE = ("antwoord", "antwoorden", "weg")
    STANCE = ("antwoord", "antwoorden", "veranderd")
    NOW_READ = ("antwoord", "antwoorden", "nu op basis van het verkiezingsprogramma")
    NOW_GIVEN = ("antwoord", "antwoorden", "nu van de partij zelf")
    CORRECTED = ("antwoord", "antwoorden", "met een correctie door VluchtelingenWerk")
    UNCORRECTED = ("antwoord", "antwoorden", "waarbij de correctie weg is")
    MOTIVATION = ("toelichting", "toelichtingen", "veranderd")
    SOURCE = ("bron", "bronnen", "veranderd")
    WITHHELD = ("toelichting", "toelichtingen", "weggelaten")
    GROUND = ("toelichting", "toelichtingen", "weggelaten om een andere reden")
    SHOWN = ("weggelaten toelichting", "weggelaten toelichtingen", "weer te lezen")


def _position(old: Position | None, new: Position | None) -> Iterator[Kind]:
    if old is None or new is None:
        if new is not None:
            yield Kind.READ if new.from_programme else Kind.ADDED
        elif old is not None:
            yield Kind.GONE
        return
    if old.stance != new.stance:
        yield Kind.STANCE
    if old.from_programme != new.from_programme:
        yield Kind.NOW_READ if new.from_programme else Kind.NOW_GIVEN
    if old.correction != new.correction:
        yield Kind.CORRECTED if new.correction else Kind.UNCORRECTED
    if old.source != new.source:
        yield Kind.SOURCE
    yield from _motivation(old, new)


def _motivation(old: Position, new: Position) -> Iterator[Kind]:
    """What is withheld has no text: then its coming and going say enough."""
    if old.withheld and new.withheld:
        if old.withheld != new.withheld:
            yield Kind.GROUND
    elif new.withheld:
        yield Kind.WITHHELD
    elif old.withheld:
        yield Kind.SHOWN if new.motivation else Kind.MOTIVATION
    elif old.motivation != new.motivation:
        yield Kind.MOTIVATION


def _features(before: Sequence[Feature], after: Sequence[Feature]) -> list[str]:
    old, new = ({each.key: each for each in features} for features in (before, after))
    lines = [_told("Niet meer", old[key]) for key in old if key not in new]
    lines += [_told("Nieuw", new[key]) for key in new if key not in old]
    return lines + [
        _told("Veranderd", each) for key, each in new.items() if key in old and old[key] != each
    ]


def _told(how: str, feature: Feature) -> str:
    where = "bij de uitslag" if feature.is_at_the_result else "bij de stellingen"
    return f"{how} {where}: {feature.title}"


def _told_after(before: Edition, after: Edition) -> Iterator[str]:
    if before.contact != after.contact:
        how = "Ander contact" if after.contact else "Geen contact meer"
        yield f"{how} met VluchtelingenWerk bij de uitslag."


# The glossary: of an Edition, each statement has its own words.


def _glossary(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """How many words came, went and are explained in another way."""
    old, new = (
        {each["term"]: (each["forms"], each["explanation"]) for each in content["glossary"]}
        for content in (before, after)
    )
    said = _counted(old, new)
    return [f"Woorden in de woordenlijst: {said}."] if said else []


# Other languages: they stand in the document beside the Dutch, and not in an Edition.


def _translations(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """Per language how many texts came, went and changed."""
    old, new = _by_language(before), _by_language(after)
    return [
        f"Vertalingen in het {language_name(code)}: {said}."
        for code in sorted(old.keys() | new.keys())
        if (said := _counted(old.get(code, {}), new.get(code, {})))
    ]


def _counted(old: Mapping[str, Any], new: Mapping[str, Any]) -> str:
    """How many came, differ and went; empty when none did."""
    counts = (
        (len(new.keys() - old.keys()), "erbij"),
        (sum(old[place] != new[place] for place in old.keys() & new.keys()), "veranderd"),
        (len(old.keys() - new.keys()), "weg"),
    )
    return ", ".join(f"{count} {how}" for count, how in counts if count)


def language_name(code: str) -> str:
    """Of a language, in Dutch; the code itself where nobody knows it."""
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code


def _by_language(content: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """By language: the texts by the place in the document that they belong to."""
    found: dict[str, dict[str, Any]] = {}
    for place, translations in _translated(content):
        for code, texts in translations.items():
            found.setdefault(code, {})[place] = texts
    return found


def _translated(content: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Each place with what stands there in other languages; a background belongs to its fact."""
    for kind in TRANSLATED:
        for each in content.get(kind, ()):
            yield f"{kind}:{each.get('key', each.get('term'))}", each.get("translations", {})
    for each in content["statements"]:
        others = {code: texts for code, texts in each["texts"].items() if code != DUTCH}
        facts = [fact.get("translations", {}) for fact in each["backgrounds"]]
        whole = {
            code: [texts, *(fact.get(code) for fact in facts)] for code, texts in others.items()
        }
        yield f"statements:{each['key']}", whole
    for party in content["parties"]:
        for key, position in party["positions"].items():
            yield f"{party['slug']}:{key}", position.get("translations", {})
