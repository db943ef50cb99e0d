"""The Kiesraad's file: read it, show what would change, and only then change it."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from parties import ballots
from parties.accounts.access import PersonRequest
from parties.accounts.limits import limited
from parties.importers import eml, eml_contest
from parties.importers.ballot_matching import propose
from parties.models import Contest, Election, Party
from parties.problems import Problem, WayOn
from statements.curation.access import for_contest, for_election, require
from statements.curation.ballot import payload, words
from statements.curation.ballot.addresses import contest_address
from statements.curation.ballot.forms import ChoicesForm, FileForm
from statements.curation.ballot.payload import ForgedError, Payload
from statements.curation.permissions import KEEP_BALLOT

FILES = "Elk bestand nalezen kost onze computers tijd."
NOTHING = "Er verandert niets: alle lijsten en nummers stonden al zo."


@require_http_methods(["GET", "POST"])
@for_election
@limited("upload", FILES)
def read_file(request: PersonRequest, election: Election) -> HttpResponse:
    """Read a file of any council of this election; the file says which."""
    return _read(request, election, None)


@require_http_methods(["GET", "POST"])
@for_contest
@limited("upload", FILES)
def read_contest_file(request: PersonRequest, contest: Contest) -> HttpResponse:
    """Read the file of this council."""
    require(request, KEEP_BALLOT, contest)
    return _read(request, contest.election, contest)


def _read(request: PersonRequest, election: Election, expected: Contest | None) -> HttpResponse:
    is_sent = request.method == "POST"
    form = FileForm(request.POST, request.FILES) if is_sent else FileForm()
    if is_sent and form.is_valid():
        try:
            found = eml_contest.read_apart(form.cleaned_data["bestand"].read())
            if expected:
                eml_contest.check_is_about(found, expected)
            contest = eml_contest.contest_of(found, election)
        except eml.EmlError as error:
            form.add_error("bestand", words.why_not(error))
        else:
            require(request, KEEP_BALLOT, contest)
            return _preview(request, contest, found.lists)
    context = {"form": form, "election": election, "contest": expected}
    status = 422 if form.errors else 200
    return render(request, "curation/ballot/read_file.html", context, status=status)


def _preview(
    request: PersonRequest,
    contest: Contest,
    listed: Sequence[eml.Listed],
    form: ChoicesForm | None = None,
    status: int = 200,
    **shown: Any,
) -> HttpResponse:
    """What would change, with the choices that a person has to make; nothing is changed yet."""
    lists = _lists(contest)
    form = form or ChoicesForm(propose(listed, lists))
    signed = payload.sign(Payload(tuple(listed), ballots.digest(lists)), contest, by=request.user)
    context = {
        "contest": contest,
        "election": contest.election,
        "municipality": contest.municipality,
        "form": form,
        "proposal": form.proposal,
        "payload": signed,
        **shown,
    }
    return render(request, "curation/ballot/preview.html", context, status=status)


@require_POST
@for_contest
def apply_file(request: PersonRequest, contest: Contest) -> HttpResponse:
    """Change what was previewed, all of it; when the lists changed since, show that first."""
    require(request, KEEP_BALLOT, contest)
    previewed = _previewed(request, contest)
    lists = _lists(contest)
    proposal = propose(previewed.listed, lists)
    if proposal.changes_nothing:
        messages.info(request, NOTHING)
        return redirect(contest_address(contest))
    if ballots.digest(lists) != previewed.seen:
        return _preview(request, contest, previewed.listed, status=409, is_conflict=True)
    form = ChoicesForm(proposal, request.POST)
    if proposal.withdrawn or not form.is_valid():
        return _preview(request, contest, previewed.listed, form, status=422)
    return _apply(request, contest, previewed, form)


def _apply(
    request: PersonRequest, contest: Contest, previewed: Payload, form: ChoicesForm
) -> HttpResponse:
    at = timezone.now()
    try:
        outcome = ballots.read_in(
            contest, form.changes, seen=previewed.seen, by=request.user, at=at
        )
    except ballots.ChangedError:
        return _preview(request, contest, previewed.listed, status=409, is_conflict=True)
    except ballots.BallotError as error:
        problem = words.clash(error)
        return _preview(request, contest, previewed.listed, form, 422, problem=problem)
    messages.success(request, _said(outcome))
    return redirect(contest_address(contest))


def _said(outcome: ballots.Outcome) -> str:
    if outcome.is_nothing:
        return NOTHING
    return (
        f"De kandidatenlijst is ingelezen. Nieuwe lijsten: {outcome.added}. "
        f"Andere nummers: {outcome.numbered}. Andere namen: {outcome.renamed}."
    )


def _lists(contest: Contest) -> list[Party]:
    return list(contest.parties.all())


def _previewed(request: PersonRequest, contest: Contest) -> Payload:
    try:
        return payload.unsign(request.POST.get("payload", ""), contest, by=request.user)
    except ForgedError as error:
        way = WayOn("Lees het bestand opnieuw in", contest_address(contest, "read_contest_file"))
        raise Problem(
            400,
            "Dit is niet wat we je lieten zien",
            f"{words.NOTHING} Lees het bestand opnieuw in en bevestig dan.",
            [way],
        ) from error
