"""Which councils to show and in what order, and which to remind."""

from collections.abc import Sequence
from typing import Any

from django import forms

from statements.curation.progress.queries import NO_REGION, Column, State

COLUMNS = [(each.value, each.label) for each in Column]
ORDERS = [*COLUMNS, *((f"-{value}", label) for value, label in COLUMNS)]


class FilterForm(forms.Form):
    """What of the table to show."""

    regio = forms.ChoiceField(
        required=False, error_messages={"invalid_choice": "Deze regio kennen we niet."}
    )
    stand = forms.ChoiceField(
        choices=[("", "alle"), *State.choices],
        required=False,
        error_messages={"invalid_choice": "Zo'n stand is er niet."},
    )
    sorteer = forms.ChoiceField(
        choices=[("", ""), *ORDERS],
        required=False,
        error_messages={"invalid_choice": "Zo kunnen we niet sorteren."},
    )

    def __init__(self, data: Any, regions: Sequence[tuple[str, str]]) -> None:
        super().__init__(data)
        region = self.fields["regio"]
        assert isinstance(region, forms.ChoiceField)  # noqa: S101  # for the type only
        region.choices = [("", "alle"), *regions, (NO_REGION, "zonder regio")]

    def chosen(self, name: str) -> str:
        """What was chosen; empty where it makes no sense."""
        value: str = self.cleaned_data.get(name, "")
        return value
