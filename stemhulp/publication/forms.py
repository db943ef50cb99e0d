"""What staff fill in when they publish."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from parties.models import Region, User
from statements.portal.answers import clean_motivation
from stemhulp.publication.queries import State

LONGEST_REASON = 300
WHY = "Schrijf op waarom je publiceert. Iedereen kan het lezen."
WHY_NOT = "Schrijf op waarom je het voorstel afwijst. Wie het deed, leest dat."
DIGEST = re.compile(r"[0-9a-f]{64}")
COUNTRY = "alles"


class ReasonForm(forms.Form):
    """Why something is published. Shown to anyone; refused, not cut off, when it is too long."""

    reason = forms.CharField(error_messages={"required": WHY})

    longest_reason = LONGEST_REASON
    why = WHY

    def clean_reason(self) -> str:
        written = " ".join(self.cleaned_data["reason"].split())
        if len(written) > LONGEST_REASON:
            raise ValidationError(
                f"De reden is te lang: {len(written)} van de {LONGEST_REASON} tekens."
            )
        reason = clean_motivation(written)
        if not reason:
            raise ValidationError(self.why)
        return reason


class DeclineForm(ReasonForm):
    """Why a colleague's proposal is turned down: for that colleague and the log."""

    why = WHY_NOT

    reason = forms.CharField(error_messages={"required": WHY_NOT})


class SeenForm(forms.Form):
    """The digest of what the person looked at. One that is none counts as never seen."""

    seen = forms.CharField(required=False)

    def clean_seen(self) -> str:
        seen: str = self.cleaned_data["seen"]
        return seen if DIGEST.fullmatch(seen) else "nothing"


class PublishForm(ReasonForm, SeenForm):
    """One contest: what they looked at, and why it is published."""


class FilterForm(forms.Form):
    """Which contests to show."""

    gemeente = forms.CharField(max_length=80, required=False)
    stand = forms.ChoiceField(
        choices=[("", "alle"), *State.choices],
        required=False,
        error_messages={"invalid_choice": "Zo'n stand is er niet."},
    )


class TogetherForm(ReasonForm):
    """Many contests at once: those of one region, or all."""

    part = forms.ChoiceField(
        error_messages={
            "required": "Kies welke gemeenten je publiceert.",
            "invalid_choice": "Deze regio is niet van jou, of bestaat niet.",
        }
    )

    def __init__(self, user: User, data: Any = None) -> None:
        super().__init__(data)
        regions = Region.objects.all() if user.is_national else user.regions.all()
        self.regions = {region.slug: region for region in regions}
        self.parts = [(region.slug, region.name) for region in self.regions.values()]
        if user.is_national:
            self.parts.insert(0, (COUNTRY, "heel Nederland"))
        part = self.fields["part"]
        assert isinstance(part, forms.ChoiceField)  # noqa: S101  # for the type only
        part.choices = self.parts

    @property
    def region(self) -> Region | None:
        """The one that was chosen; None for all municipalities."""
        return self.regions.get(self.cleaned_data["part"])
