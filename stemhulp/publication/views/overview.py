"""The contests of one election, and how far publishing them is."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from parties.accounts.access import PersonRequest
from parties.models import Election
from statements.curation.access import for_election
from stemhulp.publication import queries
from stemhulp.publication.forms import FilterForm


@require_GET
@for_election
def overview(request: PersonRequest, election: Election) -> HttpResponse:
    """Never published, waiting for a second person, or published and when."""
    form = FilterForm(request.GET)
    is_valid = form.is_valid()
    found = queries.overview(
        request.user,
        election,
        municipality=form.cleaned_data.get("gemeente", ""),
        state=form.cleaned_data.get("stand", ""),
    )
    context = {
        "form": form,
        "election": election,
        "overview": found,
    }
    return render(request, "publication/overview.html", context, status=200 if is_valid else 400)
