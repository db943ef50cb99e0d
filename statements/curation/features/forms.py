"""What staff fill in about an example, a story, a figure, the flyer, or what is at the result."""

import unicodedata
from collections.abc import Sequence
from datetime import date
from typing import Any, Self

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from parties.models import Municipality, User
from statements.curation.features import queries
from statements.curation.features.actions import Content, NewSource
from statements.curation.features.queries import State
from statements.curation.lengths import at_most, too_long
from statements.models import Feature, Source
from statements.portal.answers import CONTROL

LONGEST_TITLE, LONGEST_TEXT, LONGEST_LINK = 120, 1500, 200
KINDS = Feature.Kind.choices


class FilterForm(forms.Form):
    """Which ones to show."""

    soort = forms.ChoiceField(
        choices=[("", "alle"), *KINDS],
        required=False,
        error_messages={"invalid_choice": "Zo'n soort is er niet."},
    )
    gemeente = forms.ChoiceField(
        required=False,
        error_messages={"invalid_choice": "Over deze gemeente staat hier niets."},
    )
    stand = forms.ChoiceField(
        choices=[("", "alle"), *State.choices],
        required=False,
        error_messages={"invalid_choice": "Zo'n stand is er niet."},
    )
    pagina = forms.CharField(max_length=6, required=False)

    def __init__(self, data: Any, places: Sequence[tuple[str, str]]) -> None:
        super().__init__(data)
        place = self.fields["gemeente"]
        assert isinstance(place, forms.ChoiceField)  # noqa: S101  # for the type only
        place.choices = [("", "alle"), (queries.NATIONAL, "het hele land"), *places]


class Text(forms.CharField):
    """Written text, without what no eye sees; too long is refused and given back."""

    def __init__(self, what: str, longest: int, *, required: str = "") -> None:
        super().__init__(
            required=bool(required), strip=False, error_messages={"required": required}
        )
        self.what, self.longest, self.missing = what, longest, required

    def clean(self, value: Any) -> str:
        text = CONTROL.sub("", str(super().clean(value)).replace("\r\n", "\n")).strip()
        if len(text) <= self.longest:  # composing a long text of loose accents takes long
            text = unicodedata.normalize("NFC", text)
        if len(text) > self.longest:
            raise ValidationError(too_long(self.what, len(text), self.longest))
        if self.missing and not text:
            raise ValidationError(self.missing)
        return text

    def run_validators(self, value: Any) -> None:
        """None: what CharField refuses (NUL) is left out instead."""


class FeatureForm(forms.Form):
    """One of them, with a source that is known already or a new one."""

    kind = forms.ChoiceField(
        choices=KINDS,
        error_messages={
            "required": "Kies wat het is.",
            "invalid_choice": "Kies een van de soorten.",
        },
    )
    title = Text("De titel", LONGEST_TITLE, required="Vul een titel in.")
    text = Text("De tekst", LONGEST_TEXT, required="Schrijf de tekst die kiezers lezen.")
    municipality = forms.ModelChoiceField(
        queryset=Municipality.objects.none(),
        required=False,
        error_messages={"invalid_choice": "Kies een gemeente uit de lijst."},
    )
    statements = forms.MultipleChoiceField(
        required=False, error_messages={"invalid_choice": "Kies stellingen uit de lijst."}
    )
    source = forms.ModelChoiceField(
        queryset=Source.objects.none(),
        required=False,
        to_field_name="key",
        error_messages={"invalid_choice": "Kies een bron uit de lijst."},
    )
    source_title = Text("De titel van de bron", 200)
    source_publisher = Text("De naam van de uitgever", 120)
    source_year = forms.IntegerField(
        required=False,
        min_value=1900,
        max_value=2100,
        error_messages={
            "invalid": "Vul een jaartal in, zoals 2026.",
            "min_value": "Vul een jaartal in, zoals 2026.",
            "max_value": "Vul een jaartal in, zoals 2026.",
        },
    )
    link = forms.CharField(
        required=False,
        validators=[
            at_most("De link", LONGEST_LINK),
            URLValidator(["http", "https"], message="Vul een heel webadres in, met https://."),
        ],
    )
    order = forms.IntegerField(
        required=False,
        min_value=0,
        max_value=999,
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"), "Vul een getal in van 0 tot en met 999."
        ),
    )
    version = forms.IntegerField(min_value=0, max_value=2**31 - 1, required=False)

    longest_title, longest_text = LONGEST_TITLE, LONGEST_TEXT

    def __init__(
        self,
        user: User,
        today: date,
        *arguments: Any,
        kept: Sequence[str] = (),
        place: str | None = None,
        **options: Any,
    ) -> None:
        """`kept`: keys of statements that it is about already, asked this time or not.

        `place`: code of the municipality that it is about already, abolished or not.
        """
        super().__init__(*arguments, **options)
        self.user = user
        self._choose_from("municipality", queries.municipalities(user, place))
        self._choose_from("source", queries.sources())
        asked = queries.statements(user, today)
        self.others = [key for key in kept if key not in dict(asked)]
        statements = self.fields["statements"]
        assert isinstance(statements, forms.MultipleChoiceField)  # noqa: S101  # for the type only
        said = queries.texts_of(self.others) if self.others else {}
        statements.choices = [*asked, *((key, said.get(key, key)) for key in self.others)]

    def _choose_from(self, name: str, rows: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  # for the type only
        field.queryset = rows

    @classmethod
    def showing(cls, feature: Feature, user: User, today: date) -> Self:
        names = ("kind", "title", "text", "link", "order", "version", "statements")
        shown = {name: getattr(feature, name) for name in names}
        shown |= {"municipality": feature.municipality_id, "source": feature.source.key}
        return cls(
            user, today, initial=shown, kept=feature.statements, place=feature.municipality_id
        )

    def clean_title(self) -> str:
        return " ".join(self.cleaned_data["title"].split())

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        self._check_place(cleaned)
        self._check_what_stands_at_the_result(cleaned)
        self._check_source(cleaned)
        return cleaned

    def _check_place(self, cleaned: dict[str, Any]) -> None:
        if cleaned.get("municipality") or "municipality" in self.errors:
            return
        if not self.user.is_national:
            self.add_error("municipality", "Kies een gemeente van jouw regio.")
        elif cleaned.get("kind") == Feature.Kind.EXAMPLE:
            self.add_error("municipality", "Kies de gemeente waar dit voorbeeld vandaan komt.")
        elif cleaned.get("kind") == Feature.Kind.FIGURE and not cleaned.get("statements"):
            self.add_error(
                "statements",
                "Een cijfer voor het hele land staat achter een stelling. Kies er minstens één.",
            )

    def _check_what_stands_at_the_result(self, cleaned: dict[str, Any]) -> None:
        if cleaned.get("kind") in Feature.AT_THE_RESULT and cleaned.get("statements"):
            self.add_error(
                "statements", "Dit staat bij de uitslag, en niet bij een stelling. Kies er geen."
            )
        if cleaned.get("kind") == Feature.Kind.NEWSLETTER and not (
            cleaned.get("link") or "link" in self.errors
        ):
            self.add_error("link", "Vul in waar kiezers zich voor de nieuwsbrief aanmelden.")

    def _check_source(self, cleaned: dict[str, Any]) -> None:
        new = [cleaned.get(f"source_{name}") for name in ("title", "publisher", "year")]
        if cleaned.get("source") and any(new):
            self.add_error("source", "Kies een bron uit de lijst óf beschrijf een nieuwe.")
        elif any(new):
            for name, said in (("title", "titel"), ("publisher", "uitgever")):
                if not cleaned.get(f"source_{name}") and f"source_{name}" not in self.errors:
                    self.add_error(f"source_{name}", f"Vul ook de {said} van de bron in.")
        elif not cleaned.get("source") and not self._has_error_about_source():
            self.add_error("source", "Zeg waar het vandaan komt. Kiezers zien de bron erbij.")

    def _has_error_about_source(self) -> bool:
        return any(name.startswith("source") for name in self.errors)

    @property
    def content(self) -> Content:
        """What was written, once it is valid."""
        data = self.cleaned_data
        return Content(
            kind=data["kind"],
            title=data["title"],
            text=data["text"],
            source=data["source"] or self._new_source(),
            link=data["link"],
            municipality=data["municipality"],
            statements=data["statements"],
            order=data["order"] or 0,
        )

    def _new_source(self) -> Source | NewSource:
        data = self.cleaned_data
        title = " ".join(data["source_title"].split())
        publisher = " ".join(data["source_publisher"].split())
        return NewSource(title, publisher, data["source_year"])
