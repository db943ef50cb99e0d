"""What changed from one edition of a contest to the next, in Dutch sentences for anyone."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import get_language_info

from stemhulp.editions.document import LANGUAGE, read
from stemhulp.editions.edition import Edition, Feature, Imprint, Party, Position, Statement

TRANSLATED = ("themes", "glossary", "features")


@dataclass(frozen=True)
class Change:
    """An edition, and how it differs from the one before; without lines for the first."""

    imprint: Imprint
    lines: Sequence[str]


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
    lines = differences(read(before), read(after)) + _translations(before, after)
    if not lines and before != after:
        lines.append("Er is iets veranderd in de bronnen of de woordenlijst.")
    return lines


def differences(before: Edition, after: Edition) -> list[str]:
    """Every difference that a voter can see in Dutch, one sentence each."""
    lines = _statements(
        {each.key: each for each in before.statements},
        {each.key: each for each in after.statements},
    )
    old = {each.slug: each for each in before.parties}
    new = {each.slug: each for each in after.parties}
    lines += [f"Partij weg: {old[slug].name}." for slug in old if slug not in new]
    lines += [f"Nieuwe partij: {new[slug].name}." for slug in new if slug not in old]
    for slug, party in new.items():
        if slug in old:
            lines += _party(old[slug], party)
    lines += _features(before.features, after.features)
    if not lines and before != after:
        lines.append("Er is iets veranderd in de uitleg, de woordenlijst of de volgorde.")
    return lines


def _statements(old: dict[str, Statement], new: dict[str, Statement]) -> list[str]:
    lines = [f"Stelling weg: {old[key].text}" for key in old if key not in new]
    lines += [f"Nieuwe stelling: {new[key].text}" for key in new if key not in old]
    for key, statement in new.items():
        if key not in old or old[key] == statement:
            continue
        if old[key].text != statement.text:
            lines.append(f"Stelling veranderd: ‘{old[key].text}’ werd ‘{statement.text}’")
        elif old[key].recommendation != statement.recommendation:
            lines.append(f"Ander advies van VluchtelingenWerk: {statement.text}")
        else:
            lines.append(f"Uitleg, argumenten of plaats veranderd: {statement.text}")
    return lines


def _party(old: Party, new: Party) -> list[str]:
    lines = []
    if old.name != new.name:
        lines.append(f"{old.name} heet nu {new.name}.")
    if old.number != new.number:
        lines.append(f"{new.name} heeft nu lijstnummer {new.number or 'onbekend'}.")
    if old.website != new.website:
        lines.append(f"{new.name}: {'andere' if new.website else 'geen'} website.")
    if old.description != new.description:
        lines.append(f"{new.name}: andere omschrijving.")
    if old.seats != new.seats:
        lines.append(f"{new.name}: ander aantal zetels.")
    return lines + _positions(old, new)


def _positions(old: Party, new: Party) -> list[str]:
    """How many answers of a party differ, and in what way."""
    answered = read_there = withheld = shown = 0
    for key in old.positions.keys() | new.positions.keys():
        before, after = old.positions.get(key), new.positions.get(key)
        if before == after:
            continue
        if _is_moderated(before, after):
            withheld += bool(after and after.withheld)
            shown += not (after and after.withheld)
        elif after and after.from_programme:
            read_there += 1
        else:
            answered += 1
    counted = (
        (answered, "antwoord", "antwoorden", "veranderd"),
        (read_there, "antwoord", "antwoorden", "op basis van het verkiezingsprogramma"),
        (withheld, "toelichting", "toelichtingen", "weggelaten"),
        (shown, "weggelaten toelichting", "weggelaten toelichtingen", "weer te lezen"),
    )
    return [
        f"{new.name}: {count} {one if count == 1 else more} {how}."
        for count, one, more, how in counted
        if count
    ]


def _is_moderated(before: Position | None, after: Position | None) -> bool:
    """Whether all that differs is whether a motivation is left out, and so what it says."""
    if before is None or after is None or before.withheld == after.withheld:
        return False
    return replace(before, withheld="", motivation="") == replace(after, withheld="", motivation="")


def _features(before: Sequence[Feature], after: Sequence[Feature]) -> list[str]:
    old, new = ({each.key: each for each in features} for features in (before, after))
    lines = [f"Niet meer bij de stellingen: {old[key].title}" for key in old if key not in new]
    lines += [f"Nieuw bij de stellingen: {new[key].title}" for key in new if key not in old]
    return lines + [
        f"Veranderd bij de stellingen: {each.title}"
        for key, each in new.items()
        if key in old and old[key] != each
    ]


# Other languages: they stand in the document beside the Dutch, and not in an Edition.


def _translations(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """Per language how many texts came, went and changed."""
    old, new = _by_language(before), _by_language(after)
    lines = []
    for code in sorted(old.keys() | new.keys()):
        texts, others = old.get(code, {}), new.get(code, {})
        came, went = len(others.keys() - texts.keys()), len(texts.keys() - others.keys())
        changed = sum(texts[place] != others[place] for place in texts.keys() & others.keys())
        counted = ((came, "erbij"), (changed, "veranderd"), (went, "weg"))
        said = ", ".join(f"{count} {how}" for count, how in counted if count)
        if said:
            lines.append(f"Vertalingen in het {language_name(code)}: {said}.")
    return lines


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
        others = {code: texts for code, texts in each["texts"].items() if code != LANGUAGE}
        facts = [fact.get("translations", {}) for fact in each["backgrounds"]]
        whole = {
            code: [texts, *(fact.get(code) for fact in facts)] for code, texts in others.items()
        }
        yield f"statements:{each['key']}", whole
    for party in content["parties"]:
        for key, position in party["positions"].items():
            yield f"{party['slug']}:{key}", position.get("translations", {})
