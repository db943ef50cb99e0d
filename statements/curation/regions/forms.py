"""What a region is, and how voters reach its team."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from parties.addresses import normal_address
from parties.models import Municipality, Region
from parties.regions import contact_seal, seal
from parties.search import CONTROL

TELEPHONE = re.compile(r"\+?[0-9]([ ()/-]{0,2}[0-9]){8,13}")  # of ten digits here, E.164 abroad


class RegionForm(forms.Form):
    """A name, an address for its parties, and its municipalities."""

    name = forms.CharField(
        max_length=80,
        error_messages={
            "required": "Geef de regio een naam.",
            "max_length": "Deze naam is te lang: hoogstens 80 tekens.",
        },
    )
    email = forms.CharField(
        max_length=254,
        required=False,
        error_messages={"max_length": "Dit e-mailadres is te lang."},
    )
    municipalities = forms.MultipleChoiceField(
        required=False, error_messages={"invalid_choice": "Deze gemeente kennen we niet: %(value)s"}
    )
    zoek = forms.CharField(max_length=80, required=False)
    seen = forms.CharField(max_length=64, required=False)

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        field = self.fields["municipalities"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101  # for the type only
        field.choices = list(Municipality.objects.values_list("code", "name"))

    @classmethod
    def showing(cls, region: Region) -> "RegionForm":
        codes = list(region.municipalities.values_list("code", flat=True))
        shown = {"name": region.name, "email": region.email, "municipalities": codes}
        return cls(initial=shown | {"seen": seal(region)})

    @property
    def chosen(self) -> set[str]:
        """The codes that are ticked."""
        return set(self["municipalities"].value() or ())

    @property
    def search(self) -> str:
        return str(self["zoek"].value() or "")[:80]

    @property
    def taking(self) -> set[str]:
        """What may be taken away from another region, said a second time."""
        return set(self.data.getlist("take")) if isinstance(self.data, QueryDict) else set()

    def clean_name(self) -> str:
        name = " ".join(CONTROL.sub(" ", self.cleaned_data["name"]).split())
        if not name:
            raise ValidationError("Geef de regio een naam.")
        return name

    def clean_email(self) -> str:
        written = self.cleaned_data["email"]
        return normal_address(written) if written else ""


class ContactForm(forms.Form):
    """How voters reach the team of a region: both may stay empty."""

    email = forms.CharField(
        max_length=254,
        required=False,
        error_messages={"max_length": "Dit e-mailadres is te lang."},
    )
    phone = forms.CharField(
        max_length=20,
        required=False,
        error_messages={"max_length": "Dit telefoonnummer is te lang: hoogstens 20 tekens."},
    )
    seen = forms.CharField(max_length=64, required=False)

    @classmethod
    def showing(cls, region: Region) -> "ContactForm":
        shown = {"email": region.public_email, "phone": region.public_phone}
        return cls(initial=shown | {"seen": contact_seal(region)})

    def clean_email(self) -> str:
        written = self.cleaned_data["email"]
        return normal_address(written) if written else ""

    def clean_phone(self) -> str:
        written = " ".join(self.cleaned_data["phone"].split())
        if written and not TELEPHONE.fullmatch(written):
            raise ValidationError("Schrijf een telefoonnummer zoals 030 123 45 67.")
        return written
