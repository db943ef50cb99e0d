"""The advice beside the parts of a statement, and on all of them together."""

from collections.abc import Mapping
from dataclasses import dataclass

from statements import wording
from statements.curation.writing.content import LABELS, PROSE
from statements.wording import Level, Remark, Terms

OPPOSITE = {"argument_for": "argument_against", "argument_against": "argument_for"}
MOST_CHARACTERS = 2000  # the advice looks no further; nothing that can be saved is longer


@dataclass(frozen=True)
class Advice:
    """By name of the part, and how the explanations read as a whole."""

    remarks: Mapping[str, list[Remark]]
    level: Level | None
    long_sentences: int

    @property
    def labelled(self) -> list[tuple[str, list[Remark]]]:
        """What there is to say, by label."""
        return [(LABELS[name], found) for name, found in self.remarks.items() if found]


def advise(content: Mapping[str, str], terms: Terms) -> Advice:
    """On the texts as they stand, finished or not."""
    texts = {name: str(content.get(name) or "")[:MOST_CHARACTERS] for name in ("text", *PROSE)}
    known = list(terms)
    prose = " ".join(_ended(texts[name]) for name in PROSE if texts[name].strip())
    return Advice(
        remarks={
            name: [*_remarks(name, text, known), *_beside(name, texts)]
            for name, text in texts.items()
        },
        level=wording.reading_level(prose),
        long_sentences=len(wording.long_sentences(prose)),
    )


def _remarks(name: str, text: str, terms: Terms) -> list[Remark]:
    match name:
        case "text":
            return wording.of_statement(text, terms)
        case "explanation":
            return wording.of_prose(text, terms, wording.LONG)
    return wording.of_prose(text, terms)


def _beside(name: str, texts: Mapping[str, str]) -> list[Remark]:
    """On an argument beside the opposite one."""
    if name not in OPPOSITE:
        return []
    found = wording.of_shorter_argument(texts[name], texts[OPPOSITE[name]])
    return [found] if found else []


def _ended(text: str) -> str:
    """Ends in a full stop, so that two texts are not one sentence."""
    text = text.strip()
    return text if text.endswith((".", "!", "?")) else f"{text}."
