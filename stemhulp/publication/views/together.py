"""Many contests at once: a region, or the whole country."""

from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from parties.accounts.access import PersonRequest
from parties.accounts.sessions import require_recent_proof
from parties.models import Contest, Election, Event, Region
from statements.curation.access import for_election, require
from statements.curation.permissions import PUBLISH_ALL
from stemhulp.editions.models import Proposal
from stemhulp.publication import queries, tasks
from stemhulp.publication import together as work
from stemhulp.publication.following import follow
from stemhulp.publication.forms import TogetherForm

LATELY = timedelta(days=2)  # so long one is offered to go on with what was not done to its end
NOBODY = "Er is niets gedaan: in dit deel is geen gemeente met een verkiezing."
NO_PROPOSALS = "Er wacht geen voorstel van iemand anders."


@require_http_methods(["GET", "POST"])
@for_election
def together(request: PersonRequest, election: Election) -> HttpResponse:
    """Publish what changed, and propose what was never published."""
    form = TogetherForm(request.user, request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _page(request, election, form, status=422 if request.method == "POST" else 200)
    region = form.region
    if region is None:
        require(request, PUBLISH_ALL)
    contests = _contests(request, election, region)
    if not contests:
        form.add_error("part", NOBODY)
        return _page(request, election, form, status=422)
    require_recent_proof(request)
    return _start(request, election, contests, work.PUBLISH, form.cleaned_data["reason"])


@require_POST
@for_election
def approve(request: PersonRequest, election: Election) -> HttpResponse:
    """Approve all that others proposed and that did not change since."""
    contests = [each.contest_id for each in _proposals(request, election)]
    if not contests:
        messages.info(request, NO_PROPOSALS)
        return redirect("publication:together", election.slug)
    require_recent_proof(request)
    return _start(request, election, contests, work.APPROVE)


@require_GET
@for_election
def progress(request: PersonRequest, election: Election, pk: int) -> HttpResponse:
    """How far it is; htmx asks for the part that changes."""
    started = _started(request, election, pk)
    template = "publication/progress.html" + ("#progress" if request.htmx else "")
    context = {
        "election": election,
        "started": started,
        "progress": queries.progress(started),
        "has_worker": tasks.has_worker(),
    }
    return render(request, template, context)


@require_POST
@for_election
def go_on(request: PersonRequest, election: Election, pk: int) -> HttpResponse:
    """The next part, where there is nothing that works beside the requests."""
    started = _started(request, election, pk)
    if not tasks.has_worker() and not work.work_on(started, at=timezone.now()):
        follow(request, election.slug)
    return redirect("publication:progress", election.slug, pk)


def _started(request: PersonRequest, election: Election, pk: int) -> Event:
    """One that this person started; a national colleague may see to it too."""
    rows = Event.objects.for_staff(request.user).filter(act=queries.STARTED, election=election)
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _start(
    request: PersonRequest, election: Election, contests: list[int], kind: str, reason: str = ""
) -> HttpResponse:
    started = work.start(
        election, contests, kind=kind, by=request.user, at=timezone.now(), reason=reason
    )
    if tasks.has_worker():
        tasks.go_on.enqueue(started.pk)
    return redirect("publication:progress", election.slug, started.pk)


def _contests(request: PersonRequest, election: Election, region: Region | None) -> list[int]:
    rows = Contest.objects.for_staff(request.user).filter(election=election)
    if region is not None:
        rows = rows.filter(municipality__region=region)
    return list(rows.order_by("municipality__name").values_list("pk", flat=True))


def _proposals(request: PersonRequest, election: Election) -> list[Proposal]:
    """Those of others that this person may decide on."""
    scope = election.contests.for_staff(request.user)
    rows = Proposal.objects.waiting().filter(contest__in=scope).exclude(asked_by=request.user)
    return list(
        rows.select_related("contest__municipality", "asked_by").order_by(
            "contest__municipality__name"
        )
    )


def _page(
    request: PersonRequest, election: Election, form: TogetherForm, status: int
) -> HttpResponse:
    lately = timezone.now() - LATELY
    context = {
        "election": election,
        "form": form,
        "unfinished": queries.unfinished(request.user, election, lately),
        "overview": queries.overview(request.user, election),
        "proposals": _proposals(request, election),
        "has_worker": tasks.has_worker(),
    }
    return render(request, "publication/together.html", context, status=status)
