"""What staff fill in."""

from django import forms

from statements.curation.lengths import at_most


class FilterForm(forms.Form):
    """Which contests to show."""

    gemeente = forms.CharField(required=False, validators=[at_most("De naam van de gemeente", 80)])
    pagina = forms.CharField(max_length=6, required=False)
