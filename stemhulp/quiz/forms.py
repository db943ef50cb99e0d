"""What a voter can send us."""

from typing import Any

from django import forms

from statements.models import Stance
from stemhulp.editions.edition import Edition

NO_OPINION = "geen"


class StanceForm(forms.Form):
    """An answer to one statement, and where to go with it."""

    mening = forms.ChoiceField(
        choices=[
            *((str(stance.value), stance.label) for stance in Stance),
            (NO_OPINION, "Geen mening"),
        ]
    )
    daarna = forms.ChoiceField(choices=[("", ""), ("uitslag", "Uitslag")], required=False)
    stelling = forms.CharField(required=False)  # its key: it may have moved since it was shown

    @property
    def stance(self) -> int | None:
        """The answer of a valid form; None for no opinion."""
        given = self.cleaned_data["mening"]
        return None if given == NO_OPINION else int(given)


class WeightsForm(forms.Form):
    """The themes and statements that count double."""

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["daarna"] = forms.ChoiceField(
            choices=[("", ""), ("vorige", "Vorige")], required=False
        )
        self.fields["thema"] = forms.MultipleChoiceField(
            choices=[(theme.key, theme.name) for theme in edition.themes], required=False
        )
        self.fields["stelling"] = forms.MultipleChoiceField(
            choices=[(each.key, each.text) for each in edition.statements], required=False
        )

    @property
    def keys(self) -> tuple[frozenset[str], frozenset[str]]:
        """Of a valid form: the keys of themes, and of statements."""
        return frozenset(self.cleaned_data["thema"]), frozenset(self.cleaned_data["stelling"])
