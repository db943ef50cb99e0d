"""Inviting many people at once: a table, what will happen, and only then the mails."""

from collections.abc import Sequence

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from parties.accounts.access import PersonRequest
from parties.accounts.limits import limited
from parties.models import Election
from parties.problems import Problem, WayOn
from statements.curation.access import elections_by_interest, staff
from statements.curation.lists import bulk as invitations
from statements.curation.lists import payload
from statements.curation.lists.bulk import Preview
from statements.curation.lists.forms import TableForm
from statements.curation.lists.payload import Entry, ForgedError, Payload


@require_http_methods(["GET", "POST"])
@staff
@limited("upload", "Elk bestand nalezen kost onze computers tijd.")
def bulk(request: PersonRequest) -> HttpResponse:
    """Take a table and show what would happen to each row; nothing is sent."""
    elections = elections_by_interest()
    if request.method != "POST":
        return render(request, "curation/lists/bulk.html", {"form": TableForm(elections)})
    form = TableForm(elections, request.POST, request.FILES)
    if not form.is_valid():
        return render(request, "curation/lists/bulk.html", {"form": form}, status=422)
    election = form.cleaned_data["verkiezing"]
    found = invitations.preview(form.rows, election, request.user)
    return _preview_page(request, found, election, form=form, text=form.text)


def _preview_page(
    request: PersonRequest,
    found: Preview,
    election: Election,
    *,
    status: int = 200,
    **shown: object,
) -> HttpResponse:
    signed = payload.sign(_entries(found), election, by=request.user, at=timezone.now())
    context = {"preview": found, "election": election, "payload": signed, **shown}
    return render(request, "curation/lists/bulk_preview.html", context, status=status)


def _entries(found: Preview) -> Sequence[Entry]:
    return [
        Entry(each.row.line, each.wanted.party_id, each.email, each.row.name)
        for each in found.fitting
    ]


@require_POST
@staff
@limited("invite", "Zo krijgt niemand een stapel mails van ons.")
def send(request: PersonRequest) -> HttpResponse:
    """Send what was previewed; rows that no longer fit are named, the others go."""
    at = timezone.now()
    previewed = _previewed(request)
    election = Election.objects.get(pk=previewed.election_id)
    if previewed.is_old(at):
        found = invitations.preview_again(previewed.entries, election, request.user)
        return _preview_page(request, found, election, status=409, is_old=True)
    outcome = invitations.send(
        previewed.entries, election, since=previewed.at, by=request.user, at=at
    )
    context = {"outcome": outcome, "election": election}
    return render(request, "curation/lists/bulk_sent.html", context)


def _previewed(request: PersonRequest) -> Payload:
    try:
        return payload.unsign(request.POST.get("payload", ""), by=request.user)
    except ForgedError as error:
        raise Problem(
            400,
            "Dit is niet wat we je lieten zien",
            "Er is niets verstuurd. Lees de tabel opnieuw in en verstuur dan.",
            [WayOn("Lees de tabel opnieuw in", reverse("curation:bulk"))],
        ) from error
