"""One list on a ballot: add, change, withdraw, put back, merge."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods, require_POST

from parties import ballots
from parties.accounts.access import PersonRequest
from parties.models import Contest, Party
from parties.problems import Problem, WayOn, typed_in
from statements.curation.access import for_contest, for_staff, require
from statements.curation.ballot import queries, words
from statements.curation.ballot.addresses import contest_address
from statements.curation.ballot.forms import ListForm, MergeForm, WithdrawForm
from statements.curation.permissions import KEEP_BALLOT


@require_http_methods(["GET", "POST"])
@for_contest
def add(request: PersonRequest, contest: Contest) -> HttpResponse:
    """Put a list on the ballot."""
    require(request, KEEP_BALLOT, contest)
    form = ListForm(request.POST if request.method == "POST" else None)
    more = "more" in request.POST
    if request.method == "POST" and form.is_valid():
        try:
            made = ballots.add(contest, form.details, by=request.user, at=timezone.now())
        except ballots.BallotError as error:
            _refuse(form, error)
        else:
            messages.success(request, _added(made))
            return redirect(contest_address(contest, "add_list" if more else "contest"))
    return _page(request, "add", form, contest=contest)


def _added(party: Party) -> str:
    """What was done, and where to go on: with who answers for the list."""
    address = contest_address(party.contest, "party", party.slug)
    text = '{} staat op het stembiljet. <a href="{}#invite">Nodig nu iemand van de lijst uit</a>.'
    return format_html(text, party, address)


@require_http_methods(["GET", "POST"])
@for_staff
def edit(request: PersonRequest, party: Party) -> HttpResponse:
    """Change what stands on the ballot about a list."""
    require(request, KEEP_BALLOT, party)
    if request.method != "POST":
        return _edit_page(request, party, ListForm.of(party))
    form = ListForm(request.POST)
    if not form.is_valid():
        return _edit_page(request, party, form)
    try:
        seen = request.POST.get("seen", "")
        saved = ballots.edit(party, form.details, seen=seen, by=request.user, at=timezone.now())
    except ballots.ChangedError:
        party.refresh_from_db(fields=[*ballots.WRITTEN, "withdrawn_at"])
        return _edit_page(request, party, form, is_conflict=True)
    except ballots.BallotError as error:
        _refuse(form, error)
        return _edit_page(request, party, form)
    messages.success(request, f"{saved} is bewaard.")
    return redirect(contest_address(party.contest))


def _edit_page(
    request: PersonRequest, party: Party, form: ListForm, *, is_conflict: bool = False
) -> HttpResponse:
    seen = ballots.digest([party])
    if form.is_bound and not is_conflict:
        seen = form.data.get("seen", "")
    shown = {"party": party, "contest": party.contest, "seen": seen, "is_conflict": is_conflict}
    return _page(request, "edit", form, status=409 if is_conflict else None, **shown)


@require_http_methods(["GET", "POST"])
@for_staff
def withdraw(request: PersonRequest, party: Party) -> HttpResponse:
    """Take a list off the ballot, with the reason."""
    require(request, KEEP_BALLOT, party)
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            ballots.withdraw(party, reason, by=request.user, at=timezone.now())
        except ballots.WithdrawnError as error:
            raise _conflict(request, party, error) from error
        messages.success(request, f"{party} is ingetrokken.")
        return redirect(contest_address(party.contest))
    shown: dict[str, Any] = {
        "party": party,
        "contest": party.contest,
        "has": queries.belongings(party),
    }
    return _page(request, "withdraw", form, **shown)


@require_POST
@for_staff
def restore(request: PersonRequest, party: Party) -> HttpResponse:
    """Put a withdrawn list back on the ballot."""
    require(request, KEEP_BALLOT, party)
    try:
        ballots.restore(party, by=request.user, at=timezone.now())
    except ballots.BallotError as error:
        raise _conflict(request, party, error) from error
    messages.success(request, f"{party} staat weer op het stembiljet. Het nummer is nog leeg.")
    return redirect(contest_address(party.contest))


@require_http_methods(["GET", "POST"])
@for_staff
def merge(request: PersonRequest, party: Party) -> HttpResponse:
    """Let a list go up in another, after saying what happens to its people and answers."""
    require(request, KEEP_BALLOT, party)
    others = queries.others(party)
    form = MergeForm(others, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            into = ballots.merge(party, form.target, by=request.user, at=timezone.now())
        except ballots.BallotError as error:
            raise _conflict(request, party, error) from error
        messages.success(request, f"{party} is samengevoegd met {into}.")
        return redirect(contest_address(party.contest))
    shown: dict[str, Any] = {
        "party": party,
        "contest": party.contest,
        "has": queries.belongings(party),
    }
    return _page(request, "merge", form, others=others, **shown)


def _page(
    request: PersonRequest, name: str, form: forms.Form, status: int | None = None, **shown: Any
) -> HttpResponse:
    status = status or (422 if form.errors else 200)
    context = {"form": form, **shown}
    return render(request, f"curation/ballot/{name}.html", context, status=status)


def _refuse(form: forms.Form, error: ballots.BallotError) -> None:
    field, sentence = words.refusal(error)
    form.add_error(field or None, sentence)


def _conflict(request: PersonRequest, party: Party, error: ballots.BallotError) -> Problem:
    _, sentence = words.refusal(error)
    way = WayOn("Naar het stembiljet", contest_address(party.contest))
    explanation = f"{sentence} {words.NOTHING}"
    return Problem(409, "Dat kan nu niet", explanation, [way], typed_in(request))
