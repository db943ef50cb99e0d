"""A person's lists, one list, and each statement with the list's answer."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from parties.accounts.access import PersonRequest, signed_in
from parties.models import Party
from statements.glossary import terms_in
from statements.models import Term
from statements.portal import actions, queries
from statements.portal.access import for_member
from statements.portal.addresses import party_address, statement_address
from statements.portal.forms import ConfirmForm, PositionForm
from statements.portal.queries import Line, Sheet
from statements.portal.refusals import not_confirmed, refusal

REVISIONS_ON_A_PAGE = 50


@require_GET
@signed_in
def lists(request: PersonRequest) -> HttpResponse:
    """The lists that this person works for."""
    found = queries.lists_of(request.user, timezone.now())
    return render(request, "portal/lists.html", {"lists": found})


@require_GET
@for_member
def party(request: PersonRequest, party: Party) -> HttpResponse:
    """One list: how far it is, every statement, and what can be done."""
    sheet = queries.sheet(party, timezone.now())
    return render(request, "portal/party.html", {"sheet": sheet, "party": party})


@require_http_methods(["GET", "POST"])
@for_member
def statement(request: PersonRequest, party: Party, key: str) -> HttpResponse:
    """One statement with the party's answer; every change saves itself."""
    sheet = queries.sheet(party, timezone.now(), with_staff=not request.htmx)
    line = sheet.line(key)
    if line is None:
        raise Http404
    if request.method == "POST":
        return _save(request, sheet, line)
    version = line.position.version if line.position else 0
    return _statement_page(request, sheet, line, PositionForm.showing(line.answer, version))


def _save(request: PersonRequest, sheet: Sheet, line: Line) -> HttpResponse:
    form = PositionForm(request.POST)
    if not form.is_valid():
        return _outcome(request, sheet, line, form, status=422)
    if not form.is_about(line.statement):
        return _outcome(request, sheet, line, form, status=409, is_changed=True)
    answers = {line.statement: (form.answer, form.cleaned_data["version"])}
    try:
        [position] = actions.save_answers(sheet.party, answers, by=request.user, at=sheet.at)
    except actions.ConflictError as error:
        theirs = {"theirs": error.theirs, "revision": queries.last_revision(error.theirs)}
        return _outcome(request, sheet, line, form, status=409, **theirs)
    except actions.RefusedError as error:
        problem = refusal(request, sheet.party, error)
        if not request.htmx:
            raise problem from error
        return _outcome(request, sheet, line, form, status=409, refused=problem)
    if request.htmx:
        return _outcome(request, sheet.saying(position), line, form, saved=position)
    _, after = sheet.beside(line)
    return redirect(
        statement_address(sheet.party, after.statement) if after else party_address(sheet.party)
    )


def _outcome(
    request: PersonRequest,
    sheet: Sheet,
    line: Line,
    form: PositionForm,
    *,
    status: int = 200,
    **shown: object,
) -> HttpResponse:
    """What came of saving: beside the form for htmx, which keeps what is being typed."""
    if not request.htmx:
        return _statement_page(request, sheet, line, form, status=status, **shown)
    context = {"sheet": sheet, "line": line, "form": form, **shown}
    return render(request, "portal/statement.html#outcome", context, status=status)


def _statement_page(
    request: PersonRequest,
    sheet: Sheet,
    line: Line,
    form: PositionForm,
    *,
    status: int = 200,
    **shown: object,
) -> HttpResponse:
    before, after = sheet.beside(line)
    asked = line.statement
    text = f"{asked.text} {asked.explanation} {asked.argument_for} {asked.argument_against}"
    context = {
        "sheet": sheet,
        "party": sheet.party,
        "line": line,
        "form": form,
        "before": before,
        "after": after,
        "terms": terms_in(text, Term.objects.all()),
        **shown,
    }
    return render(request, "portal/statement.html", context, status=status)


@require_POST
@for_member
def confirm(request: PersonRequest, party: Party, key: str) -> HttpResponse:
    """One press: the answer holds for the statement as it reads now."""
    at = timezone.now()
    line = queries.sheet(party, at).line(key)
    if line is None or line.position is None:
        raise Http404
    form = ConfirmForm(request.POST)
    if not form.is_valid():
        raise not_confirmed(party, line.statement)
    seen, meaning = form.cleaned_data["version"], form.cleaned_data["meaning"]
    try:
        actions.confirm(party, line.statement, seen=seen, meaning=meaning, by=request.user, at=at)
    except (actions.ChangedError, actions.ConflictError) as error:
        raise not_confirmed(party, line.statement) from error
    except actions.RefusedError as error:
        raise refusal(request, party, error) from error
    messages.success(
        request,
        f"Bevestigd. Kiezers zien jullie antwoord op stelling {line.number} weer na de volgende "
        "publicatie.",
    )
    return redirect(party_address(party))


@require_GET
@for_member
def history(request: PersonRequest, party: Party) -> HttpResponse:
    """Who changed what, and when; the newest first, a page at a time."""
    pages = Paginator(queries.history(party), REVISIONS_ON_A_PAGE)
    shown = pages.get_page(request.GET.get("pagina"))
    submissions = party.submissions.select_related("by", "reopened_by").order_by("-at")
    context = {"party": party, "revisions": shown, "submissions": submissions}
    return render(request, "portal/history.html", context)
