"""What stands beside each part of the form: what it is for, advice, and what someone else wrote."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms

from statements.curation.writing.advice import Advice
from statements.curation.writing.content import LABELS, LONGEST_TEXT
from statements.curation.writing.difference import Names, readable
from statements.wording import Remark

HINTS = {
    "text": f"Eén zin, waar je het mee eens of oneens kunt zijn. Hoogstens {LONGEST_TEXT} tekens.",
    "explanation": "Wat moet je weten om te kiezen? Alleen feiten, in korte zinnen.",
    "argument_for": "Wat zeggen mensen die het ermee eens zijn?",
    "argument_against": "Wat zeggen mensen die het er niet mee eens zijn? Even sterk en even lang.",
    "reason": "Alleen dit spreekt namens VluchtelingenWerk.",
}


@dataclass(frozen=True)
class Line:
    """A text to write."""

    field: forms.BoundField
    remarks: list[Remark]
    theirs: str

    @property
    def name(self) -> str:
        return self.field.name

    @property
    def label(self) -> str:
        return LABELS[self.name]

    @property
    def hint(self) -> str:
        return HINTS[self.name]

    @property
    def rows(self) -> int:
        return 2 if self.name == "text" else 4

    @property
    def described_by(self) -> str:
        """The ids of what a screen reader reads with it."""
        error = [f"{self.name}-error"] if self.field.errors else []
        return " ".join([*error, f"{self.name}-hint", f"advice-{self.name}"])


def lines(form: forms.Form, advice: Advice, theirs: Mapping[str, Any]) -> dict[str, Line]:
    """By name."""
    return {
        name: Line(form[name], found, str(theirs.get(name, "")))
        for name, found in advice.remarks.items()
    }


def differing(
    theirs: Mapping[str, Any], mine: Mapping[str, Any], names: Names
) -> dict[str, str | list[str]]:
    """By name, what someone else wrote where it is not the same as this, in words."""
    other, own = readable(theirs, names), readable(mine, names)
    plain: dict[str, str | list[str]] = {
        name: other[label] or "(leeg)"
        for name, label in LABELS.items()
        if other[label] != own[label]
    }
    if theirs["backgrounds"] != mine["backgrounds"]:
        plain["backgrounds"] = [
            said for label, said in other.items() if label not in LABELS.values()
        ] or ["(geen)"]
    return plain
