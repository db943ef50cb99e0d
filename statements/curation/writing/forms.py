"""What staff fill in about a statement. Too long a text is refused and given back, not cut off."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from parties.models import Election, User
from statements.curation.writing import queries
from statements.curation.writing.content import (
    LONGEST_PROSE,
    LONGEST_TEXT,
    Draft,
    NewSource,
)
from statements.curation.writing.difference import Names
from statements.models import Stance, Statement, Version
from statements.portal.answers import CONTROL

COUNTRY = queries.COUNTRY
BACKGROUNDS = 4
LONGEST_NOTE, LONGEST_REMARK, LONGEST_REASON = 300, 2000, 300
FIRST_YEAR = 1900
NATURES = [
    (Version.Nature.MEND.value, "Een verbetering: er staat nog hetzelfde"),
    (Version.Nature.CHANGE.value, "Een andere betekenis: wie antwoordde, moet opnieuw kijken"),
]


class Text(forms.CharField):
    """Written text, without what no eye sees, on one line unless lines are kept."""

    def __init__(self, longest: int, *, required: str = "", keep_lines: bool = False) -> None:
        super().__init__(
            required=bool(required), strip=False, error_messages={"required": required}
        )
        self.longest, self.missing, self.keep_lines = longest, required, keep_lines

    def to_python(self, value: Any) -> str:
        return CONTROL.sub("", str(super().to_python(value)).replace("\r\n", "\n"))

    def clean(self, value: Any) -> str:
        text = str(super().clean(value))
        text = text.strip() if self.keep_lines else " ".join(text.split())
        if len(text) <= self.longest:  # composing a long row of loose accents takes long
            text = unicodedata.normalize("NFC", text)
        if len(text) > self.longest:
            raise ValidationError(f"Dit is te lang: {len(text)} van de {self.longest} tekens.")
        if self.missing and not text:
            raise ValidationError(self.missing)
        return text


class StatementForm(forms.Form):
    """A statement with all that explains it. What is not finished may wait until handing in."""

    theme = forms.ChoiceField(
        error_messages={
            "required": "Kies een speerpunt.",
            "invalid_choice": "Dit speerpunt kennen we niet.",
        }
    )
    order = forms.IntegerField(
        min_value=1,
        max_value=999,
        required=False,
        error_messages={
            "invalid": "Vul een getal in, of laat dit leeg.",
            "min_value": "De eerste plaats is 1.",
            "max_value": "De laatste plaats is 999.",
        },
    )
    text = Text(LONGEST_TEXT, required="Schrijf de stelling op.")
    explanation = Text(LONGEST_PROSE)
    argument_for = Text(LONGEST_PROSE)
    argument_against = Text(LONGEST_PROSE)
    recommendation = forms.TypedChoiceField(
        coerce=int,
        choices=[(str(stance.value), stance.label) for stance in Stance],
        error_messages={
            "required": "Kies wat VluchtelingenWerk hiervan vindt.",
            "invalid_choice": "Kies een van de vijf antwoorden.",
        },
    )
    reason = Text(LONGEST_PROSE)
    source = forms.ChoiceField(
        required=False, error_messages={"invalid_choice": "Deze bron kennen we niet."}
    )
    new_title = Text(200)
    new_publisher = Text(120)
    new_year = forms.IntegerField(
        required=False,
        min_value=FIRST_YEAR,
        error_messages={
            "invalid": "Schrijf het jaar in vier cijfers, of laat het leeg.",
            "min_value": "Schrijf het jaar in vier cijfers, of laat het leeg.",
        },
    )
    version = forms.IntegerField(min_value=0, max_value=2**31 - 1, required=False)

    def __init__(self, names: Names, data: Any = None, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        sources = list(names.sources.items())
        _choices(self, "theme", list(names.themes.items()))
        _choices(self, "source", [("", "een nieuwe bron, hieronder"), *sources])
        for number in range(1, BACKGROUNDS + 1):
            self.fields[f"background_{number}"] = Text(LONGEST_PROSE)
            self.fields[f"background_source_{number}"] = forms.ChoiceField(
                choices=[("", "dezelfde bron als de stelling"), *sources],
                required=False,
                error_messages={"invalid_choice": "Deze bron kennen we niet."},
            )

    def clean_new_year(self) -> int | None:
        year: int | None = self.cleaned_data["new_year"]
        if year is not None and year > timezone.localdate().year + 1:
            raise ValidationError("Dit jaar moet nog komen.")
        return year

    def clean_version(self) -> int:
        return self.cleaned_data["version"] or 0

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        self._check_source(cleaned)
        return cleaned

    def _check_source(self, cleaned: Mapping[str, Any]) -> None:
        """One of those known, or a new one; not both."""
        title, publisher = cleaned.get("new_title"), cleaned.get("new_publisher")
        if "source" in self.errors or "new_title" in self.errors:
            return
        if cleaned.get("source") and (title or publisher or cleaned.get("new_year")):
            self.add_error("source", "Kies een bron, of schrijf een nieuwe op. Niet allebei.")
        elif not cleaned.get("source") and not title:
            self.add_error("source", "Kies een bron, of schrijf hieronder een nieuwe op.")
        elif title and not publisher and "new_publisher" not in self.errors:
            self.add_error("new_publisher", "Schrijf op wie deze bron heeft gemaakt.")

    @property
    def draft(self) -> Draft:
        cleaned = self.cleaned_data
        plain = ("text", "explanation", "argument_for", "argument_against", "recommendation")
        content = {name: cleaned[name] for name in (*plain, "reason", "theme", "source")}
        content["backgrounds"] = [
            {
                "text": cleaned[f"background_{number}"],
                "source": cleaned[f"background_source_{number}"],
            }
            for number in range(1, BACKGROUNDS + 1)
            if cleaned[f"background_{number}"]
        ]
        new = None
        if not cleaned["source"]:
            new = NewSource(cleaned["new_title"], cleaned["new_publisher"], cleaned["new_year"])
        return Draft(content, new, cleaned["order"])

    @property
    def backgrounds(self) -> list[tuple[int, forms.BoundField, forms.BoundField]]:
        return [
            (number, self[f"background_{number}"], self[f"background_source_{number}"])
            for number in range(1, BACKGROUNDS + 1)
        ]

    @property
    def texts(self) -> dict[str, str]:
        """What is in the fields now, checked or not: for the advice."""
        names = ("text", "explanation", "argument_for", "argument_against", "reason")
        return {name: str(self[name].value() or "") for name in names}

    @classmethod
    def showing(cls, names: Names, version: Version, order: int) -> Self:
        """The form with what a version says."""
        content = version.content
        initial = {**content, "version": version.number, "order": order}
        for number, each in enumerate(content["backgrounds"], 1):
            initial[f"background_{number}"] = each["text"]
            initial[f"background_source_{number}"] = each["source"]
        return cls(names, initial=initial)


class BeginForm(StatementForm):
    """A new statement: also where it is asked."""

    def __init__(
        self, names: Names, places: Sequence[tuple[str, str]], data: Any = None, initial: Any = None
    ) -> None:
        super().__init__(names, data, initial)
        self.fields["place"] = forms.ChoiceField(
            choices=places,
            error_messages={
                "required": "Kies waar deze stelling gevraagd wordt.",
                "invalid_choice": "Voor deze gemeente kun je geen stelling schrijven.",
            },
        )


class NextForm(StatementForm):
    """The next version of what was approved: also what it does to the answers there are."""

    nature = forms.ChoiceField(
        choices=NATURES,
        error_messages={
            "required": "Kies wat deze nieuwe versie doet.",
            "invalid_choice": "Kies een van de twee.",
        },
    )
    note = Text(LONGEST_NOTE, required="Schrijf op wat je verandert, en waarom.")


def places_for(user: User, election: Election) -> list[tuple[str, str]]:
    """Where someone's statements can be asked."""
    country = [(COUNTRY, "heel Nederland")] if user.is_national else []
    return [*country, *queries.places(user, election)]


def _choices(form: forms.Form, name: str, choices: list[tuple[str, str]]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)  # noqa: S101  # for the type only
    field.choices = choices


class RemarkForm(forms.Form):
    """Something to say to each other."""

    remark = Text(LONGEST_REMARK, required="Schrijf eerst je opmerking.", keep_lines=True)


class ReviewForm(forms.Form):
    """What someone else thinks of a version."""

    version = forms.IntegerField(min_value=1, max_value=2**31 - 1)
    verdict = forms.ChoiceField(
        choices=Version.Verdict.choices,
        error_messages={
            "required": "Kies: goedkeuren of teruggeven.",
            "invalid_choice": "Kies: goedkeuren of teruggeven.",
        },
    )
    remark = Text(LONGEST_REMARK, keep_lines=True)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        is_returned = cleaned.get("verdict") == Version.Verdict.RETURNED
        if is_returned and "remark" not in self.errors and not cleaned.get("remark"):
            self.add_error("remark", "Schrijf op wat er anders moet.")
        return cleaned


class SubmitForm(forms.Form):
    """Which version is handed in."""

    version = forms.IntegerField(min_value=1, max_value=2**31 - 1)


class WithdrawForm(forms.Form):
    """Why a statement is asked no longer."""

    reason = Text(LONGEST_REASON, required="Schrijf op waarom je deze stelling intrekt.")


class WithdrawAllForm(forms.Form):
    """Why so many drafts are not needed, and which the person saw: "12.1 13.4", key and version."""

    reason = Text(LONGEST_REASON, required="Schrijf op waarom je deze concepten intrekt.")
    sure = forms.BooleanField(error_messages={"required": "Zet een vinkje als je het zeker weet."})
    seen = forms.CharField(max_length=50_000, required=False)

    @property
    def was_seen(self) -> frozenset[str]:
        return frozenset(self.cleaned_data.get("seen", "").split())


class FilterForm(forms.Form):
    """Which statements to show."""

    stand = forms.ChoiceField(
        choices=[("", "alle"), *Statement.State.choices],
        required=False,
        error_messages={"invalid_choice": "Zo'n stand is er niet."},
    )
    voor = forms.SlugField(
        max_length=60, required=False, error_messages={"invalid": "Deze gemeente kennen we niet."}
    )


@dataclass(frozen=True)
class Compared:
    """Two versions to put beside each other."""

    before: int
    after: int


class CompareForm(forms.Form):
    """Which two versions; the last change when nothing was said."""

    van = forms.TypedChoiceField(coerce=int, required=False, empty_value=None)
    tot = forms.TypedChoiceField(coerce=int, required=False, empty_value=None)

    def __init__(self, data: Any, numbers: Sequence[int]) -> None:
        super().__init__(data)
        self.numbers = numbers  # the newest first
        for name in ("van", "tot"):
            _choices(self, name, [(str(each), f"versie {each}") for each in numbers])
            self.fields[name].error_messages["invalid_choice"] = "Deze versie is er niet."

    @property
    def compared(self) -> Compared:
        after = self.cleaned_data.get("tot") or self.numbers[0]
        earlier = [each for each in self.numbers if each < after]
        before = self.cleaned_data.get("van") or next(iter(earlier), after)
        return Compared(before, after)
