"""One contest: what there is to know before it is published, and publishing it."""

import json
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from parties.accounts.access import PersonRequest
from parties.accounts.sessions import require_recent_proof
from parties.models import Contest
from statements.curation.access import for_contest, require
from statements.curation.permissions import PUBLISH
from stemhulp.editions.changes import compare
from stemhulp.editions.models import Proposal, PublishedEdition
from stemhulp.editions.publishing import (
    CannotPublishError,
    ChangedError,
    NothingToRepeatError,
    compiled,
)
from stemhulp.publication import actions, queries
from stemhulp.publication.checklist import checklist
from stemhulp.publication.facts import facts
from stemhulp.publication.following import NOT_YET, follow, is_behind
from stemhulp.publication.forms import DeclineForm, PublishForm, ReasonForm, SeenForm

CHANGED = (
    "Niet gepubliceerd: er is net iets veranderd. Hieronder staat hoe het nu is. "
    "Klopt het? Publiceer het dan opnieuw."
)
NOT_READY = "Niet gepubliceerd: er is eerst nog iets te doen. Zie de lijst hieronder."
SAME_PERSON = (
    "Niet gepubliceerd: jij stelde dit zelf voor. De eerste keer kijkt een tweede persoon mee. "
    "Vraag een collega."
)
DECIDED = "Niets veranderd: iemand anders besloot hier intussen over, of trok het voorstel in."
WAITING = "Niets veranderd: er wacht al een voorstel van iemand anders."
PUBLISHED = "Niets veranderd: deze gemeente is intussen al gepubliceerd."
FIRST_TIME = (
    "Niet gepubliceerd: de eerste keer kijkt een tweede persoon mee. Doe eerst een voorstel."
)
SOON = (
    "Kiezers zien hem binnen enkele seconden. Wie de bladzijde net open had, kan een minuut "
    "lang de vorige zien."
)
UNCHANGED = "Er is niets veranderd sinds de laatste editie. Er is dus geen nieuwe gemaakt."
REFUSALS: dict[type[Exception], str] = {
    ChangedError: CHANGED,
    CannotPublishError: NOT_READY,
    actions.SamePersonError: SAME_PERSON,
    actions.DecidedError: DECIDED,
    actions.WaitingError: WAITING,
    actions.PublishedBeforeError: PUBLISHED,
    actions.SecondPersonError: FIRST_TIME,
}
Refused: tuple[type[Exception], ...] = tuple(REFUSALS)


@require_GET
@for_contest
def contest(request: PersonRequest, contest: Contest) -> HttpResponse:
    """The checklist, what differs from what voters see, and all editions."""
    require(request, PUBLISH, contest)
    return _page(request, contest, PublishForm())


@require_POST
@for_contest
def publish(request: PersonRequest, contest: Contest) -> HttpResponse:
    """Publish it again; or, the first time, propose that to a second person."""
    require(request, PUBLISH, contest)
    form = PublishForm(request.POST)
    if not form.is_valid():
        return _page(request, contest, form, status=422)
    require_recent_proof(request)
    given = {**form.cleaned_data, "by": request.user, "at": timezone.now()}
    try:
        if contest.editions.exists():
            edition = actions.publish_again(contest, **given)
            _published(request, edition)
        else:
            actions.propose(contest, **given)
            messages.success(request, "Je voorstel staat klaar. Een collega kijkt nu mee.")
    except actions.UnchangedError:
        messages.info(request, UNCHANGED)
    except Refused as error:
        return _page(request, contest, form, refusal=_said(error), status=409)
    return _back(contest)


@require_POST
@for_contest
def approve(request: PersonRequest, contest: Contest, pk: int) -> HttpResponse:
    """The second person publishes what they saw."""
    require(request, PUBLISH, contest)
    proposal = get_object_or_404(contest.proposals, pk=pk)
    require_recent_proof(request)
    form = SeenForm(request.POST)
    seen = form.cleaned_data["seen"] if form.is_valid() else "nothing"
    try:
        edition = actions.approve(proposal, seen=seen, by=request.user, at=timezone.now())
    except Refused as error:
        return _page(request, contest, PublishForm(), refusal=_said(error), status=409)
    if edition:
        _published(request, edition)
    else:
        messages.info(request, UNCHANGED)
    return _back(contest)


@require_POST
@for_contest
def decline(request: PersonRequest, contest: Contest, pk: int) -> HttpResponse:
    """Turn a proposal down, or take back one's own."""
    require(request, PUBLISH, contest)
    proposal = get_object_or_404(contest.proposals, pk=pk)
    is_own = proposal.asked_by_id == request.user.pk
    form = DeclineForm(request.POST)
    if not is_own and not form.is_valid():
        return _page(request, contest, PublishForm(), decline_form=form, status=422)
    reason = "" if is_own else form.cleaned_data["reason"]
    try:
        actions.decline(proposal, by=request.user, at=timezone.now(), reason=reason)
    except actions.DecidedError:
        return _page(request, contest, PublishForm(), refusal=DECIDED, status=409)
    messages.success(request, f"Het voorstel is {'ingetrokken' if is_own else 'afgewezen'}.")
    return _back(contest)


@require_http_methods(["GET", "POST"])
@for_contest
def roll_back(request: PersonRequest, contest: Contest, number: int) -> HttpResponse:
    """Have voters see an earlier edition again."""
    require(request, PUBLISH, contest)
    earlier = get_object_or_404(contest.editions, number=number)
    form, status, refusal = ReasonForm(request.POST or None), 200, ""
    if request.method == "POST" and form.is_valid():
        require_recent_proof(request)
        given = {"by": request.user, "at": timezone.now(), **form.cleaned_data}
        try:
            made = actions.repeat(contest, number, **given)
        except NothingToRepeatError:
            refusal, status = "Kiezers zien nu al precies deze editie.", 409
        else:
            _published(request, made)
            return _back(contest)
    elif request.method == "POST":
        status = 422
    current = contest.editions.order_by("-number")[0]
    lines = compare(json.loads(bytes(current.document)), json.loads(bytes(earlier.document)))
    context = {"contest": contest, "earlier": earlier, "current": current, "form": form}
    context |= {"differences": lines, "refusal": refusal, "is_same": not lines}
    return render(request, "publication/roll_back.html", context, status=status)


def _published(request: PersonRequest, edition: PublishedEdition) -> None:
    """Say so, and have this process show it at once."""
    again = f" Dat is editie {edition.repeats} opnieuw." if edition.repeats else ""
    messages.success(request, f"Editie {edition.number} is gepubliceerd.{again} {SOON}")
    follow(request, edition.contest.election.slug)


def _said(error: Exception) -> str:
    return next(said for kind, said in REFUSALS.items() if isinstance(error, kind))


def _back(contest: Contest) -> HttpResponse:
    return redirect("publication:contest", contest.election.slug, contest.municipality.slug)


def _page(
    request: PersonRequest,
    contest: Contest,
    form: PublishForm,
    *,
    decline_form: DeclineForm | None = None,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    """With the digest of what is shown, so that nobody publishes what they did not see."""
    found = compiled(contest)
    known = facts(contest, found.content)
    items = checklist(contest, found.content, known, timezone.now())
    context: dict[str, Any] = {
        "contest": contest,
        "form": form,
        "decline_form": decline_form or DeclineForm(),
        "refusal": refusal,
        "items": items,
        "is_stopped": any(item.stops for item in items),
        "seen": found.digest,
    }
    if known.document is not None:
        context["editions"] = editions = queries.history(contest)
        context["not_yet"] = NOT_YET if is_behind(contest, editions[0].number) else ""
        context["differences"] = compare(json.loads(known.document), found.content)
    if known.has_proposal and (proposal := queries.waiting(contest)):
        context |= _proposal(request, proposal, found.digest)
    elif known.document is None:
        context["declined"] = queries.declined(contest)
    return render(request, "publication/contest.html", context, status=status)


def _proposal(request: PersonRequest, proposal: Proposal, digest: str) -> dict[str, Any]:
    is_changed = proposal.digest != digest
    return {
        "proposal": proposal,
        "is_own": proposal.asked_by_id == request.user.pk,
        "is_changed": is_changed,
        "since": list(queries.since(request.user, proposal)) if is_changed else [],
    }
