"""What to look for in the log."""

from typing import Any

from django import forms

WRONG_DAY = "Dit is geen dag. Schrijf hem zoals 16-03-2022."


class FilterForm(forms.Form):
    """Who, what, where and when; empty: everything."""

    wie = forms.ChoiceField(
        required=False, error_messages={"invalid_choice": "Deze persoon staat niet in het logboek."}
    )
    wat = forms.ChoiceField(
        required=False, error_messages={"invalid_choice": "Zoiets is niet gedaan."}
    )
    verkiezing = forms.ChoiceField(
        required=False, error_messages={"invalid_choice": "Deze verkiezing kennen we niet."}
    )
    gemeente = forms.CharField(
        max_length=80, required=False, error_messages={"max_length": "Zo lang is geen naam."}
    )
    van = forms.DateField(required=False, error_messages={"invalid": WRONG_DAY})
    tot = forms.DateField(required=False, error_messages={"invalid": WRONG_DAY})
    woorden = forms.CharField(
        max_length=80, required=False, error_messages={"max_length": "Hoogstens 80 tekens."}
    )
    pagina = forms.CharField(max_length=6, required=False)

    def __init__(
        self,
        data: Any,
        *,
        people: list[tuple[str, str]],
        acts: list[tuple[str, str]],
        elections: list[tuple[str, str]],
    ) -> None:
        super().__init__(data)
        for name, choices in (("wie", people), ("wat", acts), ("verkiezing", elections)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101  # for the type only
            field.choices = [("", "alle"), *choices]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        since, until = cleaned.get("van"), cleaned.get("tot")
        if since and until and since > until:
            self.add_error("tot", "Deze dag ligt voor de eerste.")
        return cleaned
