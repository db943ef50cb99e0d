"""One statement: where it stands, what it says, what it said before, what is said about it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from parties.accounts.access import PersonRequest
from statements.curation.permissions import REVIEW_STATEMENT, WRITE_STATEMENT, may
from statements.curation.writing import actions, difference, queries
from statements.curation.writing.access import for_statement, statement_address
from statements.curation.writing.advice import advise
from statements.curation.writing.forms import CompareForm, RemarkForm
from statements.models import Statement


@require_GET
@for_statement
def statement(request: PersonRequest, statement: Statement) -> HttpResponse:
    """What it says and what can be done with it."""
    return _page(request, statement, RemarkForm())


@require_POST
@for_statement
def remark(request: PersonRequest, statement: Statement) -> HttpResponse:
    """Say something about it; everyone who may read it may."""
    form = RemarkForm(request.POST)
    if not form.is_valid():
        return _page(request, statement, form, status=422)
    actions.remark(statement, form.cleaned_data["remark"], by=request.user, at=timezone.now())
    messages.success(request, "Je opmerking staat erbij.")
    return redirect(f"{statement_address(statement)}#opmerkingen")


def _page(
    request: PersonRequest, statement: Statement, form: RemarkForm, status: int = 200
) -> HttpResponse:
    dossier = queries.dossier(statement)
    asked, latest = dossier.asked, dossier.latest
    before = asked if asked and dossier.has_next else latest
    may_review = may(request.user, REVIEW_STATEMENT, statement)
    context = {
        "statement": statement,
        "election": statement.election,
        "dossier": dossier,
        "parts": difference.between(before.content, latest.content, dossier.names),
        "advice": advise(latest.content, queries.terms()),
        "answered": queries.answered(statement),
        "may_write": may(request.user, WRITE_STATEMENT, statement),
        "may_review": may_review and not dossier.is_written_by(request.user),
        "form": form,
    }
    return render(request, "curation/writing/statement.html", context, status=status)


@require_GET
@for_statement
def versions(request: PersonRequest, statement: Statement) -> HttpResponse:
    """All its versions, and the difference between any two."""
    dossier = queries.dossier(statement)
    form = CompareForm(request.GET, [row.number for row in dossier.versions])
    is_valid = form.is_valid()
    compared = form.compared
    rows = {row.number: row for row in dossier.versions}
    before, after = rows[compared.before], rows[compared.after]
    parts = difference.between(before.content, after.content, dossier.names)
    context = {
        "statement": statement,
        "election": statement.election,
        "dossier": dossier,
        "form": form,
        "before": before,
        "after": after,
        "changed": [part for part in parts if part.is_changed],
        "unchanged": [part for part in parts if not part.is_changed],
    }
    status = 200 if is_valid else 400
    return render(request, "curation/writing/versions.html", context, status=status)
