"""Reading programmes: which lists, one list, and one statement of it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from parties.accounts.access import PersonRequest
from parties.models import Election, Party
from parties.problems import Problem, WayOn, typed_in
from statements.curation.access import for_election, for_staff, require, to_first_election
from statements.curation.permissions import RESEARCH
from statements.curation.research import actions, queries
from statements.curation.research.forms import FilterForm, ResearchForm, WithdrawForm
from statements.curation.research.queries import Line

REFUSED = {
    actions.HandedInError: (
        "Deze lijst heeft zelf antwoorden ingediend",
        "Vanaf dan spreekt de partij voor zichzelf. Er is niets veranderd.",
    ),
    actions.NotOnBallotError: (
        "Deze lijst doet niet mee",
        "De lijst is ingetrokken. Er is niets veranderd.",
    ),
    actions.GoneError: (
        "Dit staat er niet meer",
        "Iemand heeft het intussen teruggestuurd, ingetrokken of opnieuw ingevuld. "
        "Er is niets veranderd.",
    ),
    actions.ChangedError: (
        "De stelling is intussen veranderd",
        "Wat hier gelezen is, ging over de oude stelling. Lees het programma opnieuw na.",
    ),
}
front = to_first_election("curation:research_list")


@require_GET
@for_election
def research_list(request: PersonRequest, election: Election) -> HttpResponse:
    """The lists that said nothing themselves, and what waits for this person."""
    form = FilterForm(request.GET)
    is_valid = form.is_valid()
    written = form.cleaned_data.get("gemeente", "")
    waiting = queries.waiting_for(request.user, election)
    context = {
        "election": election,
        "form": form,
        "page": queries.page_of_lists(
            request.user, election, written, form.cleaned_data.get("pagina", "")
        ),
        "waiting": waiting[: queries.WAITING],
        "waiting_count": waiting.count(),
        "returned": queries.returned_to(request.user, election)[: queries.WAITING],
    }
    return render(request, "curation/research/list.html", context, status=200 if is_valid else 400)


@require_GET
@for_staff
def research_party(request: PersonRequest, party: Party) -> HttpResponse:
    """Every statement, with what was read about it in the programme."""
    require(request, RESEARCH, party)
    lines = queries.lines(party)
    context = {
        "party": party,
        "lines": lines,
        "checked": sum(line.is_checked for line in lines),
        "waiting": sum(line.is_waiting for line in lines),
        "has_handed_in": queries.has_handed_in(party),
    }
    return render(request, "curation/research/party.html", context)


@require_http_methods(["GET", "POST"])
@for_staff
def research_statement(request: PersonRequest, party: Party, key: str) -> HttpResponse:
    """What the programme says about one statement; entering it, also anew."""
    require(request, RESEARCH, party)
    line = _line(party, key)
    if request.method == "GET":
        return _page(request, party, line, ResearchForm.showing(line.research))
    form = ResearchForm(request.POST)
    if not form.is_valid():
        return _page(request, party, line, form, status=422)
    seen, meaning = form.cleaned_data["seen"] or 0, form.cleaned_data["meaning"] or 0
    try:
        actions.enter(
            party,
            line.statement,
            form.reading,
            seen=seen,
            meaning=meaning,
            by=request.user,
            at=timezone.now(),
        )
    except actions.ChangedError:
        return _page(request, party, _line(party, key), form, status=409)
    except actions.RefusedError as error:
        raise _refusal(request, party, key, error) from error
    messages.success(request, "Bewaard. Een collega kijkt het na; dan zien kiezers het.")
    following = queries.next_to_read(party, line)
    return redirect(_address(party, following.statement.key if following else None))


@require_POST
@for_staff
def research_check(request: PersonRequest, party: Party, key: str, pk: int) -> HttpResponse:
    """The second pair of eyes."""
    require(request, RESEARCH, party)
    try:
        actions.check(party, pk, by=request.user, at=timezone.now())
    except actions.OwnWorkError as error:
        raise _own_work(request, party, key) from error
    except actions.RefusedError as error:
        raise _refusal(request, party, key, error) from error
    messages.success(request, "Nagekeken. Kiezers zien het in de volgende editie.")
    return redirect(_address(party))


@require_POST
@for_staff
def research_withdraw(request: PersonRequest, party: Party, key: str, pk: int) -> HttpResponse:
    """Take back, or send back with a remark."""
    require(request, RESEARCH, party)
    line = _line(party, key)
    row = get_object_or_404(party.research, pk=pk, statement=line.statement)
    is_own = row.entered_by_id == request.user.pk
    form = WithdrawForm(request.POST, is_own=is_own)
    if not form.is_valid():
        entered = ResearchForm.showing(line.research)
        return _page(request, party, line, entered, withdrawing=form, status=422)
    remark = form.cleaned_data["remark"]
    try:
        actions.withdraw(party, pk, remark=remark, by=request.user, at=timezone.now())
    except actions.RefusedError as error:
        raise _refusal(request, party, key, error) from error
    said = f"Teruggestuurd naar {row.entered_by}, met je opmerking: {remark}"
    messages.success(request, "Ingetrokken." if is_own else said)
    return redirect(_address(party))


def _line(party: Party, key: str) -> Line:
    found = queries.line(party, key)
    if found is None:
        raise Http404
    return found


def _page(
    request: PersonRequest,
    party: Party,
    line: Line,
    form: ResearchForm,
    *,
    withdrawing: WithdrawForm | None = None,
    status: int = 200,
) -> HttpResponse:
    is_own = line.research is not None and line.research.entered_by_id == request.user.pk
    context = {
        "party": party,
        "line": line,
        "form": form,
        "withdrawing": withdrawing or WithdrawForm(is_own=is_own),
        "is_own": is_own,
        "is_conflict": status == 409,
        "has_handed_in": queries.has_handed_in(party),
        "acts": queries.acts(party, line.statement),
    }
    return render(request, "curation/research/statement.html", context, status=status)


def _address(party: Party, key: str | None = None) -> str:
    contest = party.contest
    names = [contest.election.slug, contest.municipality.slug, party.slug]
    if key is None:
        return reverse("curation:research_party", args=names)
    return reverse("curation:research_statement", args=[*names, key])


def _refusal(
    request: PersonRequest, party: Party, key: str, error: actions.RefusedError
) -> Problem:
    title, explanation = REFUSED[type(error)]
    way = WayOn("Naar de stelling", _address(party, key))
    return Problem(409, title, explanation, [way], typed_in(request))


def _own_work(request: PersonRequest, party: Party, key: str) -> Problem:
    return Problem(
        403,
        "Dit heb je zelf ingevuld",
        "Een ander dan jij moet het nakijken: vier ogen zien meer dan twee. Vraag een collega. "
        "Er is niets veranderd.",
        [WayOn("Naar de stelling", _address(party, key))],
        typed_in(request),
    )
