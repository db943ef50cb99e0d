"""What staff fill in about a programme."""

from typing import Any, Self

from django import forms
from django.core.exceptions import ValidationError

from statements.curation.lengths import at_most, too_long
from statements.curation.research.actions import Reading
from statements.models import Research, Stance
from statements.portal.answers import (
    LONGEST_MOTIVATION,
    LONGEST_SOURCE,
    clean_motivation,
    clean_source,
)
from statements.portal.forms import Text

LONGEST_REMARK = 200
MOST = 2**31 - 1


class FilterForm(forms.Form):
    """Which lists to show."""

    gemeente = Text(validators=[at_most("De naam van de gemeente", 80)])
    pagina = Text(max_length=6)


class ResearchForm(forms.Form):
    """What someone read, and what they saw when they began."""

    stance = forms.TypedChoiceField(
        choices=[(str(stance.value), stance.label) for stance in Stance],
        coerce=int,
        error_messages={
            "required": "Kies welk antwoord uit het programma blijkt.",
            "invalid_choice": "Kies een van de vijf antwoorden.",
        },
    )
    quotation = Text()
    source = Text()
    seen = forms.IntegerField(min_value=0, max_value=MOST, required=False)
    meaning = forms.IntegerField(min_value=1, max_value=MOST, required=False)

    longest_quotation = LONGEST_MOTIVATION

    def clean_quotation(self) -> str:
        try:
            text = clean_motivation(self.cleaned_data["quotation"])
        except ValidationError as error:
            [said] = error.messages
            raise ValidationError(said.replace("De toelichting", "Het citaat")) from error
        if not text:
            raise ValidationError("Neem de woorden uit het programma over waaruit dit blijkt.")
        return text

    def clean_source(self) -> str:
        written = " ".join(self.cleaned_data["source"].split())
        if len(written) > LONGEST_SOURCE:
            raise ValidationError(too_long("De vindplaats", len(written), LONGEST_SOURCE))
        source = clean_source(written)
        if not source:
            raise ValidationError("Schrijf op waar dit staat: een link of een bladzijde.")
        return source

    @property
    def reading(self) -> Reading:
        given = self.cleaned_data
        return Reading(given["stance"], given["quotation"], given["source"])

    @classmethod
    def showing(cls, research: Research | None) -> Self:
        if research is None:
            return cls()
        return cls(
            initial={
                "stance": str(research.stance),
                "quotation": research.quotation,
                "source": research.source,
            }
        )


class WithdrawForm(forms.Form):
    """Why it is sent back; who takes back their own work need not say."""

    remark = Text()

    longest_remark = LONGEST_REMARK

    def __init__(self, *arguments: Any, is_own: bool, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.is_own = is_own

    def clean_remark(self) -> str:
        written = " ".join(self.cleaned_data["remark"].split())
        if len(written) > LONGEST_REMARK:
            raise ValidationError(too_long("De opmerking", len(written), LONGEST_REMARK))
        remark = clean_motivation(written)
        if not remark and not self.is_own:
            raise ValidationError("Schrijf op wat er niet klopt. Je collega leest het.")
        return remark
