"""What party staff fill in. Texts are checked where they are kept: `portal.answers`."""

from typing import Any, Self

from django import forms

from parties.addresses import normal_address, normal_name
from statements.models import Stance, Statement
from statements.portal.answers import (
    LONGEST_MOTIVATION,
    Answer,
    clean_motivation,
    clean_source,
)

NO_POSITION = "geen"
CHOICES = [
    *((str(stance.value), stance.label) for stance in Stance),
    (NO_POSITION, "Wij hebben hier geen standpunt over"),
]


class Text(forms.CharField):
    """Text as it was typed; what no eye sees (NUL) is left out instead of refused."""

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, strip=False, **options)

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value)).replace("\0", "")


class PositionForm(forms.Form):
    """A position. Too long a text is not cut off but refused, and given back."""

    stance = forms.ChoiceField(
        choices=CHOICES,
        error_messages={
            "required": "Kies eerst een antwoord. Dan bewaren we ook je toelichting.",
            "invalid_choice": "Kies een van de zes antwoorden.",
        },
    )
    motivation = Text()
    source = Text()
    version = forms.IntegerField(min_value=0, max_value=2**31 - 1, required=False)
    meaning = forms.IntegerField(min_value=1, max_value=2**31 - 1, required=False)

    longest_motivation = LONGEST_MOTIVATION

    def clean_motivation(self) -> str:
        return clean_motivation(self.cleaned_data["motivation"])

    def clean_source(self) -> str:
        return clean_source(self.cleaned_data["source"])

    def clean_version(self) -> int:
        return self.cleaned_data["version"] or 0

    def is_about(self, statement: Statement) -> bool:
        """Whether its writer read the statement in the meaning that it has."""
        return self.cleaned_data["meaning"] in (None, statement.meaning)

    @property
    def answer(self) -> Answer:
        stance = self.cleaned_data["stance"]
        return Answer(
            None if stance == NO_POSITION else int(stance),
            self.cleaned_data["motivation"],
            self.cleaned_data["source"],
        )

    @classmethod
    def showing(cls, answer: Answer | None, version: int) -> Self:
        if answer is None:
            return cls(initial={"version": 0})
        stance = NO_POSITION if answer.stance is None else str(answer.stance)
        return cls(initial={**answer.content, "stance": stance, "version": version})


class ConfirmForm(forms.Form):
    """Which answer, and which meaning of the statement, someone looked at."""

    version = forms.IntegerField(min_value=1, max_value=2**31 - 1)
    meaning = forms.IntegerField(min_value=1, max_value=2**31 - 1)


class SignForm(forms.Form):
    """The name under what a party hands in, and the seal of what its writer looked at."""

    seen = forms.CharField(required=False)

    name = forms.CharField(
        max_length=120,
        error_messages={
            "required": "Vul je naam in: zo weten we wie voor de lijst heeft getekend.",
            "max_length": "Deze naam is te lang: hoogstens 120 tekens.",
        },
    )

    def clean_name(self) -> str:
        return " ".join(clean_motivation(self.cleaned_data["name"]).split())


class ColleagueForm(forms.Form):
    """Whom a member invites."""

    name = forms.CharField(max_length=120, required=False)
    email = forms.CharField(
        max_length=300, error_messages={"required": "Vul het e-mailadres van je collega in."}
    )

    def clean_name(self) -> str:
        return normal_name(self.cleaned_data["name"])

    def clean_email(self) -> str:
        return normal_address(self.cleaned_data["email"])
