"""What changed from one edition of a contest to the next, in Dutch sentences for anyone."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from stemhulp.editions.document import parse
from stemhulp.editions.edition import Edition, Imprint, Party, Statement


@dataclass(frozen=True)
class Change:
    """An edition, and how it differs from the one before; without lines for the first."""

    imprint: Imprint
    lines: Sequence[str]


def changes(imprints: Sequence[Imprint], document: Callable[[Imprint], bytes]) -> list[Change]:
    """All editions of a contest, the newest first, each with what it changed."""
    found = []
    before: Edition | None = None
    for imprint in imprints:
        edition = parse(document(imprint))
        found.append(Change(imprint, differences(before, edition) if before else ()))
        before = edition
    return found[::-1]


def differences(before: Edition, after: Edition) -> list[str]:
    """Every difference that a voter can see, one sentence each."""
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
    keys = old.positions.keys() | new.positions.keys()
    changed = sum(old.positions.get(key) != new.positions.get(key) for key in keys)
    if changed:
        one = changed == 1
        lines.append(f"{new.name}: {changed} {'antwoord' if one else 'antwoorden'} veranderd.")
    return lines
