"""What staff fill in about a motivation."""

from django import forms
from django.core.exceptions import ValidationError

from statements.curation.lengths import at_most, too_long
from statements.curation.moderation.queries import State
from statements.models import Withholding
from statements.portal.answers import LONGEST_MOTIVATION, clean_motivation
from statements.portal.forms import Text

LONGEST_EXPLANATION = 300


class FilterForm(forms.Form):
    """Which motivations to show."""

    gemeente = Text(validators=[at_most("De naam van de gemeente", 80)])
    zoek = Text(validators=[at_most("De zoektekst", 100)])
    stand = forms.ChoiceField(
        choices=[("", "alle"), *State.choices],
        required=False,
        error_messages={"invalid_choice": "Zo'n stand is er niet."},
    )
    pagina = Text(max_length=6)


class WithholdForm(forms.Form):
    """On which ground, and what is said to the party; `seen` is the digest of what was judged."""

    ground = forms.ChoiceField(
        choices=Withholding.Ground.choices,
        error_messages={
            "required": "Kies op welke grond je deze toelichting weglaat.",
            "invalid_choice": "Kies een van de drie gronden. Om iets anders laten we niets weg.",
        },
    )
    explanation = Text()
    seen = Text(max_length=64)

    longest_explanation = LONGEST_EXPLANATION

    def clean_explanation(self) -> str:
        text: str = self.cleaned_data["explanation"].replace("\r\n", "\n").strip()
        if len(text) <= LONGEST_MOTIVATION:
            text = clean_motivation(text)
        if len(text) > LONGEST_EXPLANATION:
            raise ValidationError(too_long("De uitleg", len(text), LONGEST_EXPLANATION))
        if not text:
            raise ValidationError("Leg de partij uit wat er niet kan.")
        return text
