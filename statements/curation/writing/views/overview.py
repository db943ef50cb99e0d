"""The statements of an election, and what can be said of them as a whole."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from parties.accounts.access import PersonRequest
from parties.models import Election
from statements.curation.access import for_election
from statements.curation.permissions import WRITE_STATEMENT, may
from statements.curation.writing import queries
from statements.curation.writing.forms import FilterForm


@require_GET
@for_election
def statement_list(request: PersonRequest, election: Election) -> HttpResponse:
    """By theme, with how far each is."""
    form = FilterForm(request.GET)
    is_valid = form.is_valid()
    shown = queries.overview(
        request.user,
        election,
        state=form.cleaned_data.get("stand", ""),
        place=form.cleaned_data.get("voor", ""),
    )
    context = {
        "election": election,
        "form": form,
        "overview": shown,
        "country": queries.COUNTRY,
        "drafts": queries.drafts(request.user, election),
        "may_write_national": may(request.user, WRITE_STATEMENT),
    }
    status = 200 if is_valid else 400
    return render(request, "curation/writing/list.html", context, status=status)
