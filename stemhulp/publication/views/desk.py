"""The editors' first page."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from parties.accounts.access import PersonRequest
from statements.curation.access import staff
from stemhulp.publication import desk as waiting


@require_GET
@staff
def desk(request: PersonRequest) -> HttpResponse:
    """What waits for this person."""
    at = timezone.now()
    context = {"desk": waiting.desk(request.user, at), "at": at}
    return render(request, "publication/desk.html", context)
