"""What staff fill in."""

from django import forms


class FilterForm(forms.Form):
    """Which contests to show."""

    gemeente = forms.CharField(max_length=80, required=False)
    pagina = forms.CharField(max_length=6, required=False)
