"""Handing in, reviewing, withdrawing."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from parties.accounts.access import PersonRequest
from parties.models import Election
from statements.curation.access import for_election, require
from statements.curation.permissions import REVIEW_STATEMENT, WRITE_STATEMENT
from statements.curation.writing import actions, difference, queries
from statements.curation.writing.access import for_statement, statement_address
from statements.curation.writing.advice import advise
from statements.curation.writing.forms import ReviewForm, SubmitForm, WithdrawForm
from statements.curation.writing.queries import Dossier
from statements.curation.writing.refusals import refusal
from statements.models import Statement, Version


@require_POST
@for_statement
def submit(request: PersonRequest, statement: Statement) -> HttpResponse:
    """Ask a colleague to review it."""
    require(request, WRITE_STATEMENT, statement)
    form = SubmitForm(request.POST)
    seen = form.cleaned_data["version"] if form.is_valid() else 0
    try:
        actions.submit(statement, seen=seen, by=request.user, at=timezone.now())
    except actions.RefusedError as error:
        raise refusal(request, statement, error) from error
    messages.success(request, "Ingeleverd. Een collega leest de stelling na.")
    return redirect(statement_address(statement))


@require_POST
@for_election
def submit_all(request: PersonRequest, election: Election) -> HttpResponse:
    """Ask a colleague to review every draft that is complete."""
    drafts = queries.drafts(request.user, election)
    count = actions.submit_all(drafts, by=request.user, at=timezone.now())
    left = len(drafts) - count
    said = "1 stelling ingeleverd." if count == 1 else f"{count} stellingen ingeleverd."
    if left:
        said += f" Bij {left} {'ontbreekt' if left == 1 else 'ontbreken'} nog teksten."
    messages.success(request, f"{said} Een collega die er niet aan meeschreef, leest ze na.")
    return redirect("curation:statement_list", election.slug)


@require_http_methods(["GET", "POST"])
@for_statement
def review(request: PersonRequest, statement: Statement) -> HttpResponse:
    """Approve it, or give it back with a remark."""
    require(request, REVIEW_STATEMENT, statement)
    dossier = queries.dossier(statement)
    _check_reviewable(request, dossier)
    if request.method != "POST":
        return _page(request, dossier, ReviewForm(initial={"version": statement.latest}))
    form = ReviewForm(request.POST)
    if not form.is_valid():
        return _page(request, dossier, form, status=422)
    try:
        messages.success(request, _judge(request, statement, form.cleaned_data))
    except actions.RefusedError as error:
        raise refusal(request, statement, error) from error
    return _go_on(request, statement)


def _go_on(request: PersonRequest, statement: Statement) -> HttpResponse:
    """To the next that waits for this person, else back to the one just reviewed."""
    following = queries.next_to_review(request.user, statement.election)
    if following is None:
        return redirect(statement_address(statement))
    messages.info(request, "Dit is de volgende stelling die op jou wacht.")
    return redirect("curation:statement_review", statement.election.slug, following.key)


def _check_reviewable(request: PersonRequest, dossier: Dossier) -> None:
    """Raises a Problem when this person can review nothing here."""
    statement = dossier.statement
    if statement.withdrawn_at:
        raise refusal(request, statement, actions.WithdrawnError())
    if statement.state != Statement.State.IN_REVIEW:
        raise refusal(request, statement, actions.NotInReviewError())
    if dossier.is_written_by(request.user):
        raise refusal(request, statement, actions.OwnWorkError())


def _judge(request: PersonRequest, statement: Statement, judged: dict[str, Any]) -> str:
    """Returns what to say of it."""
    seen, at, by = judged["version"], timezone.now(), request.user
    if judged["verdict"] == Version.Verdict.RETURNED:
        actions.give_back(statement, judged["remark"], seen=seen, by=by, at=at)
        return "Teruggegeven. Je opmerking staat bij de stelling."
    asked = actions.approve(statement, judged["remark"], seen=seen, by=by, at=at)
    said = "Goedgekeurd. Kiezers zien deze versie na de volgende publicatie."
    if asked:
        people = "1 mens krijgt" if asked == 1 else f"{asked} mensen krijgen"
        said = f"{said} {people} een mail: klopt het antwoord van hun partij nog?"
    return said


def _page(
    request: PersonRequest, dossier: Dossier, form: ReviewForm, status: int = 200
) -> HttpResponse:
    latest = dossier.latest
    before = dossier.asked or latest
    context = {
        "statement": dossier.statement,
        "election": dossier.statement.election,
        "dossier": dossier,
        "parts": difference.between(before.content, latest.content, dossier.names),
        "advice": advise(latest.content, queries.terms()),
        "answered": queries.answered(dossier.statement),
        "form": form,
    }
    return render(request, "curation/writing/review.html", context, status=status)


@require_http_methods(["GET", "POST"])
@for_statement
def withdraw(request: PersonRequest, statement: Statement) -> HttpResponse:
    """Ask it no longer, after a question and with a reason."""
    require(request, WRITE_STATEMENT, statement)
    if statement.withdrawn_at:
        raise refusal(request, statement, actions.WithdrawnError())
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        context = {
            "statement": statement,
            "election": statement.election,
            "is_asked": queries.is_asked(statement),
            "answered": queries.answered(statement),
            "form": form,
        }
        status = 422 if form.is_bound else 200
        return render(request, "curation/writing/withdraw.html", context, status=status)
    try:
        actions.withdraw(statement, form.cleaned_data["reason"], by=request.user, at=timezone.now())
    except actions.RefusedError as error:
        raise refusal(request, statement, error) from error
    messages.success(request, "De stelling is ingetrokken.")
    return redirect(statement_address(statement))
