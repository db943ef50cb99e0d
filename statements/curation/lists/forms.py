"""What staff fill in."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from parties.addresses import normal_address, normal_name
from parties.models import Election
from parties.uploads.apart import Reader
from statements.curation.lists import table
from statements.curation.lists.queries import State
from statements.models import Stance
from statements.portal.answers import clean_motivation
from statements.portal.forms import NO_POSITION, PositionForm

read_table = Reader(table.read_file, table.Table, table.TableError)
LONGEST_REASON = 300
WHY = "Schrijf op waarom je dit verandert. Kiezers lezen het."
STANCES = [
    *((str(stance.value), stance.label) for stance in Stance),
    (NO_POSITION, "Geen standpunt"),
]


class ElectionField(forms.ChoiceField):
    """One of the elections; the first when nothing was said."""

    def __init__(self, elections: Sequence[Election]) -> None:
        super().__init__(
            choices=[(each.slug, each.name) for each in elections],
            required=False,
            error_messages={"invalid_choice": "Deze verkiezing kennen we niet."},
        )
        self.by_slug = {each.slug: each for each in elections}
        self.first = next(iter(elections), None)

    def clean(self, value: Any) -> Election | None:
        slug = super().clean(value)
        return self.by_slug[slug] if slug else self.first


class FilterForm(forms.Form):
    """Which lists to show."""

    gemeente = forms.CharField(max_length=80, required=False)
    stand = forms.ChoiceField(
        choices=[("", "alle"), *State.choices],
        required=False,
        error_messages={"invalid_choice": "Zo'n stand is er niet."},
    )
    pagina = forms.CharField(max_length=6, required=False)

    def __init__(self, data: Any, elections: Sequence[Election]) -> None:
        super().__init__(data)
        self.elections = elections
        self.fields["verkiezing"] = ElectionField(elections)

    @property
    def election(self) -> Election | None:
        first = next(iter(self.elections), None)
        chosen: Election | None = self.cleaned_data.get("verkiezing", first)
        return chosen


class InviteForm(forms.Form):
    """One person to invite to a list."""

    name = forms.CharField(
        max_length=120,
        required=False,
        error_messages={"max_length": "Deze naam is te lang: hoogstens 120 tekens."},
    )
    email = forms.CharField(
        max_length=300,
        error_messages={
            "required": "Vul het e-mailadres in.",
            "max_length": "Dit e-mailadres is te lang.",
        },
    )

    def clean_name(self) -> str:
        return normal_name(self.cleaned_data["name"])

    def clean_email(self) -> str:
        return normal_address(self.cleaned_data["email"])


class TableForm(forms.Form):
    """A table of people to invite, as a file or as text; `rows` holds what stands in it."""

    bestand = forms.FileField(required=False, allow_empty_file=True)
    tabel = forms.CharField(required=False, strip=False)

    def __init__(self, elections: Sequence[Election], data: Any = None, files: Any = None) -> None:
        super().__init__(data, files)
        self.elections = elections
        self.fields["verkiezing"] = ElectionField(elections)
        self.rows: list[table.Row] = []
        self.text = ""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if self.errors:
            return cleaned
        if cleaned["verkiezing"] is None:
            raise ValidationError("Er is nog geen verkiezing ingelezen.")
        try:
            found = read_table(self._written(cleaned.get("bestand"), cleaned["tabel"]))
        except table.TableError as error:
            raise ValidationError(str(error)) from error
        self.text, self.rows = found.text, found.rows
        return cleaned

    def _written(self, file: Any, text: str) -> bytes:
        if file and text.strip():
            raise table.TableError("Kies een bestand of plak een tabel, niet allebei.")
        typed = text.encode(errors="replace")
        if (file.size if file else len(typed)) > table.LARGEST_FILE:
            raise table.TableError("Dit is te groot: hoogstens 1 MB. Splits de tabel in stukken.")
        return bytes(file.read()) if file else typed


class CorrectionForm(PositionForm):
    """An answer as it should have been, and why it is changed."""

    reason = forms.CharField(error_messages={"required": WHY})

    longest_reason = LONGEST_REASON

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        stance = self.fields["stance"]
        assert isinstance(stance, forms.ChoiceField)  # noqa: S101  # for the type only
        stance.choices = STANCES

    def clean_reason(self) -> str:
        written = " ".join(self.cleaned_data["reason"].split())
        if len(written) > LONGEST_REASON:
            raise ValidationError(
                f"De reden is te lang: {len(written)} van de {LONGEST_REASON} tekens."
            )
        reason = clean_motivation(written)
        if not reason:
            raise ValidationError(WHY)
        return reason
