"""The councils of someone's regions, and what stands on the ballot of each."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from parties import ballots
from parties.accounts.access import PersonRequest
from parties.models import Contest, Election
from statements.curation.access import for_contest, for_election, require
from statements.curation.ballot import queries, words
from statements.curation.ballot.addresses import contest_address
from statements.curation.ballot.forms import DeadlineForm, SearchForm
from statements.curation.permissions import KEEP_BALLOT
from statements.portal.deadlines import moment

ONE_CLOSED = (
    "Let op: 1 lijst in deze gemeente is nu gesloten en kan niets meer veranderen. Was dat niet "
    "de bedoeling? Kies dan een ander tijdstip."
)
CLOSED = (
    "Let op: {} lijsten in deze gemeente zijn nu gesloten en kunnen niets meer veranderen. Was "
    "dat niet de bedoeling? Kies dan een ander tijdstip."
)


@require_GET
@for_election
def contest_list(request: PersonRequest, election: Election) -> HttpResponse:
    """The councils by name: how many lists, whether these have numbers, and when they close."""
    form = SearchForm(request.GET)
    is_valid = form.is_valid()
    written = form.cleaned_data.get("gemeente", "")
    context = {
        "election": election,
        "form": form,
        "contests": queries.contests(request.user, election, written) if is_valid else [],
    }
    status = 200 if is_valid else 400
    return render(request, "curation/ballot/contest_list.html", context, status=status)


@require_GET
@for_contest
def contest(request: PersonRequest, contest: Contest) -> HttpResponse:
    """One council."""
    return _contest_page(request, contest, DeadlineForm.of(contest))


def _contest_page(
    request: PersonRequest, contest: Contest, form: DeadlineForm, status: int = 200
) -> HttpResponse:
    lists = queries.ballot(contest)
    context = {
        "contest": contest,
        "election": contest.election,
        "municipality": contest.municipality,
        "lists": [each for each in lists if each.withdrawn_at is None],
        "withdrawn": [each for each in lists if each.withdrawn_at],
        "form": form,
        "closes": moment(contest.deadline) if contest.deadline else "",
        "is_closed": contest.is_closed(timezone.now()),
    }
    return render(request, "curation/ballot/contest.html", context, status=status)


@require_POST
@for_contest
def deadline(request: PersonRequest, contest: Contest) -> HttpResponse:
    """Give the council a deadline of its own, or take that away."""
    require(request, KEEP_BALLOT, contest)
    form, at = DeadlineForm(request.POST), timezone.now()
    was_closed = contest.is_closed(at)
    if not form.is_valid():
        return _contest_page(request, contest, form, status=422)
    try:
        saved = ballots.set_deadline(
            contest,
            form.deadline,
            by=request.user,
            at=at,
            closes_now=form.cleaned_data["closes_now"],
        )
    except (ballots.TooLateError, ballots.PastDeadlineError) as error:
        form.add_error(*words.refusal(error))
        return _contest_page(request, contest, form, status=422)
    closes = f"sluit op {moment(saved.deadline)}" if saved.deadline else "heeft nog geen sluiting"
    messages.success(request, f"{contest.municipality.name} {closes}.")
    if saved.is_closed(at) and not was_closed:
        closed = contest.parties.on_ballot().count()
        messages.warning(request, ONE_CLOSED if closed == 1 else CLOSED.format(closed))
    return redirect(contest_address(contest))
