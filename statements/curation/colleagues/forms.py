"""Who a colleague is, and where they work."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from parties.addresses import normal_address, normal_name
from parties.colleagues import seal
from parties.models import Region, User

NOWHERE = "Kies landelijk, of ten minste één regio."
TOO_LONG = "Deze naam is te lang: hoogstens 120 tekens."


class RightsForm(forms.Form):
    """A name, and where someone works."""

    name = forms.CharField(
        max_length=120, error_messages={"required": "Vul de naam in.", "max_length": TOO_LONG}
    )
    national = forms.BooleanField(required=False)
    regions = forms.MultipleChoiceField(
        required=False, error_messages={"invalid_choice": "Deze regio bestaat niet (meer)."}
    )
    seen = forms.CharField(max_length=64, required=False)

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.by_slug = {each.slug: each for each in Region.objects.all()}
        field = self.fields["regions"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101  # for the type only
        field.choices = [(slug, each.name) for slug, each in self.by_slug.items()]

    @classmethod
    def showing(cls, user: User) -> "RightsForm":
        regions = list(user.regions.values_list("slug", flat=True))
        shown = {"name": user.name, "national": user.is_national, "regions": regions}
        return cls(initial=shown | {"seen": seal(user)})

    @property
    def boxes(self) -> list[tuple[Region, bool]]:
        """Each region, and whether it is ticked."""
        chosen = set(self["regions"].value() or ())
        return [(each, slug in chosen) for slug, each in self.by_slug.items()]

    def clean_name(self) -> str:
        name = normal_name(self.cleaned_data["name"])
        if not name:
            raise ValidationError("Vul de naam in.")
        return name

    def clean_regions(self) -> list[Region]:
        return [self.by_slug[slug] for slug in self.cleaned_data["regions"]]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if "regions" in cleaned and not cleaned["regions"] and not cleaned.get("national"):
            self.add_error("regions", NOWHERE)
        return cleaned


class ColleagueForm(RightsForm):
    """Someone new."""

    email = forms.CharField(
        max_length=300,
        error_messages={
            "required": "Vul het e-mailadres in.",
            "max_length": "Dit e-mailadres is te lang.",
        },
    )

    def clean_email(self) -> str:
        return normal_address(self.cleaned_data["email"])
