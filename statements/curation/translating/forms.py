"""What a translator fills in, and what of the work they choose."""

import unicodedata
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from statements.curation.translating.motivations import State
from statements.curation.translating.subjects import Kind, Subject
from statements.models import Translation
from statements.portal.answers import CONTROL, MARKS_IN_A_ROW
from statements.translations import Texts

LONGEST_LINE = 200
LONGEST_TEXT = 2000
LINES = {"name", "question", "term", "title"}  # of one line, and so is the text of a statement
LETTERS_ON_A_ROW = 45
LABELS = {
    "text": "Tekst",
    "explanation": "Uitleg",
    "argument_for": "Argument voor",
    "argument_against": "Argument tegen",
    "reason": "Waarom VluchtelingenWerk dit vindt",
    "name": "Naam",
    "question": "Vraag",
    "summary": "Samenvatting",
    "term": "Woord",
    "title": "Titel",
    "motivation": "Toelichting",
}


class FilterForm(forms.Form):
    """Which texts to show."""

    soort = forms.ChoiceField(
        choices=[("", "alles"), *Kind.choices],
        required=False,
        error_messages={"invalid_choice": "Zo'n soort tekst is er niet."},
    )
    stand = forms.ChoiceField(
        choices=[("", "alle"), *State.choices],
        required=False,
        error_messages={"invalid_choice": "Zo'n stand is er niet."},
    )
    gemeente = forms.CharField(
        max_length=80,
        required=False,
        error_messages={"max_length": "Deze naam is te lang: hoogstens 80 tekens."},
    )
    pagina = forms.CharField(max_length=6, required=False)


class Text(forms.CharField):
    """One text of a translation; it may stay empty while it is a draft."""

    def __init__(self, label: str, *, is_line: bool, dutch: str) -> None:
        super().__init__(required=False, strip=False, label=label)
        self.is_line = is_line
        self.longest = LONGEST_LINE if is_line else LONGEST_TEXT
        self.rows = max(2, min(14, len(dutch) // LETTERS_ON_A_ROW + 2))
        self.validators = []  # what cannot be kept is taken out, not refused

    def to_python(self, value: Any) -> str:
        text = CONTROL.sub("", str(value or "").replace("\r\n", "\n").replace("\r", "\n"))
        if self.is_line:
            text = " ".join(text.split())
        if len(text) > 2 * self.longest:  # composing a long row of accents takes long
            raise self._too_long(text)
        return unicodedata.normalize("NFC", text).strip()

    def validate(self, value: str) -> None:
        if len(value) > self.longest:
            raise self._too_long(value)
        run = 0
        for letter in value:
            run = run + 1 if unicodedata.combining(letter) else 0
            if run > MARKS_IN_A_ROW:
                raise ValidationError("Hier staan te veel losse accenten boven elkaar.")

    def _too_long(self, text: str) -> ValidationError:
        return ValidationError(f"Dit is te lang: {len(text)} van de {self.longest} tekens.")


class TranslationForm(forms.Form):
    """The texts of one subject in another language, and what the writer saw of both."""

    version = forms.IntegerField(min_value=0, required=False)
    dutch = forms.CharField(max_length=64, required=False)

    def __init__(self, subject: Subject, data: Any = None, row: Translation | None = None) -> None:
        super().__init__(data, initial=dict(row.texts) if row else {})
        self.names = [name for name, text in subject.texts.items() if text]
        self.all_names = list(subject.texts)
        for name in self.names:
            is_line = name in LINES or (name == "text" and subject.kind == Kind.STATEMENT)
            dutch = subject.texts[name]
            self.fields[name] = Text(_label(name, subject), is_line=is_line, dutch=dutch)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.errors and not any(cleaned[name] for name in self.names):
            raise ValidationError("Er is nog niets vertaald. Vul minstens één veld in.")
        return cleaned

    @property
    def texts(self) -> dict[str, str]:
        """All of them; empty where the Dutch is."""
        return {name: self.cleaned_data.get(name, "") for name in self.all_names}

    @property
    def is_sent(self) -> bool:
        """Whether the texts came along, not only which version is meant."""
        return any(name in self.data for name in self.names)

    def says(self, row: Translation | None) -> bool:
        """Whether what was sent is what is saved."""
        saved: Texts = row.texts if row else {}
        fields = ((name, self.fields[name]) for name in self.names)
        return all(
            self.cleaned_data[name] == field.to_python(saved.get(name)) for name, field in fields
        )

    @property
    def seen(self) -> int:
        return self.cleaned_data["version"] or 0

    def lines(self, dutch: Texts, was: Texts, theirs: Texts) -> list[Mapping[str, Any]]:
        """For each text the Dutch, what that was when it changed, what a colleague made of it."""
        return [
            {
                "field": self[name],
                "dutch": dutch[name],
                "was": was[name] if was.get(name, dutch[name]) != dutch[name] else "",
                "is_new": bool(was) and name not in was,
                "theirs": theirs.get(name),
            }
            for name in self.names
        ]


def _label(name: str, subject: Subject) -> str:
    if name == "text" and subject.kind == Kind.STATEMENT:
        return "Stelling"
    background = name.removeprefix("background-")
    return LABELS[name] if background == name else f"Achtergrond {background}"
