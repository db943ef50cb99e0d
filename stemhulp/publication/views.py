from django.http import HttpResponse
from django.shortcuts import render

from parties.accounts.access import PersonRequest
from statements.curation.access import staff


@staff
def desk(request: PersonRequest) -> HttpResponse:
    return render(request, "publication/desk.html")
