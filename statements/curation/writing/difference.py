"""What changed between two versions of a statement, word by word."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from statements.curation.writing.content import LABELS
from statements.models import Stance
from statements.wording import words

Content = Mapping[str, Any]


@dataclass(frozen=True)
class Names:
    """What themes and sources are called, by their keys."""

    themes: Mapping[str, str]
    sources: Mapping[str, str]


@dataclass(frozen=True)
class Piece:
    """Words that stayed, went or came."""

    kind: str  # "same", "gone" or "new"
    text: str


@dataclass(frozen=True)
class Part:
    """One part of a statement, before and after."""

    label: str
    pieces: list[Piece]

    @property
    def is_changed(self) -> bool:
        return any(each.kind != "same" for each in self.pieces)


def readable(content: Content, names: Names) -> dict[str, str]:
    """Each part in words, by its label, in the order of writing."""
    said = dict(content)
    said["theme"] = names.themes.get(content["theme"], content["theme"])
    said["source"] = names.sources.get(content["source"], content["source"])
    said["recommendation"] = str(Stance(content["recommendation"]).label)
    parts = {label: said[name] for name, label in LABELS.items()}
    for number, each in enumerate(content["backgrounds"], 1):
        source = names.sources.get(each["source"], each["source"])
        parts[f"Achtergrond {number}"] = f"{each['text']} Bron: {source}"
    return parts


def between(before: Content, after: Content, names: Names) -> list[Part]:
    """Every part that either has, with what changed in it."""
    old, new = readable(before, names), readable(after, names)
    whole = {LABELS[name] for name in ("theme", "recommendation", "source")}
    return [
        Part(
            label, list(pieces(old.get(label, ""), new.get(label, ""), by_word=label not in whole))
        )
        for label in old | new
    ]


def turns_advice(before: Content, after: Content) -> bool:
    """Whether VluchtelingenWerk goes to another side, or to or from the middle."""
    old: int = before["recommendation"]
    new: int = after["recommendation"]
    return ((old > 0) - (old < 0)) != ((new > 0) - (new < 0))


def is_other_text(before: str, after: str) -> bool:
    """Whether two texts share less than half of their words."""
    old, new = (Counter(words(text.casefold())) for text in (before, after))
    return 2 * (old & new).total() < max(old.total(), new.total())


def pieces(before: str, after: str, *, by_word: bool = True) -> Iterator[Piece]:
    """Of two texts; what changes in a row is one piece gone and one new."""
    if not by_word:
        yield from _replaced(before, after)
        return
    old, new = before.split(), after.split()
    for kind, start, end, since, until in SequenceMatcher(
        None, old, new, autojunk=False
    ).get_opcodes():
        if kind == "equal":
            yield Piece("same", " ".join(old[start:end]))
        else:
            yield from _replaced(" ".join(old[start:end]), " ".join(new[since:until]))


def _replaced(before: str, after: str) -> Iterator[Piece]:
    if before == after:
        if before:
            yield Piece("same", before)
        return
    if before:
        yield Piece("gone", before)
    if after:
        yield Piece("new", after)
