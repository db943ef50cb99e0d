"""Writing: a new statement, or the next version of one."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods

from parties.accounts.access import PersonRequest
from parties.models import Election, Municipality
from statements.curation.access import for_election, require
from statements.curation.permissions import WRITE_STATEMENT
from statements.curation.writing import actions, queries
from statements.curation.writing.access import for_statement, statement_address
from statements.curation.writing.advice import advise
from statements.curation.writing.forms import (
    COUNTRY,
    BeginForm,
    NextForm,
    StatementForm,
    places_for,
)
from statements.curation.writing.queries import Dossier
from statements.curation.writing.refusals import LATE, refusal
from statements.curation.writing.sheet import differing, lines
from statements.models import Statement, Version

ADVICE = "advies"  # what the button asks that saves nothing


@require_http_methods(["GET", "POST"])
@for_election
def begin(request: PersonRequest, election: Election) -> HttpResponse:
    """A new statement, for the whole country or for a municipality."""
    places = places_for(request.user, election)
    if not places:
        require(request, WRITE_STATEMENT)
    names = queries.names()
    context = {"election": election, "places": places}
    if request.method != "POST":
        return _page(request, BeginForm(names, places, initial={"place": _first(places)}), context)
    form = BeginForm(names, places, request.POST)
    if request.POST.get("doe") == ADVICE:
        return _page(request, form, context)
    return _begin(request, election, form, context)


def _first(places: list[tuple[str, str]]) -> str:
    return places[0][0] if len(places) == 1 or places[0][0] == COUNTRY else ""


def _begin(
    request: PersonRequest, election: Election, form: BeginForm, context: dict[str, Any]
) -> HttpResponse:
    if not form.is_valid():
        return _page(request, form, context, status=422)
    place = form.cleaned_data["place"]
    municipality = None if place == COUNTRY else Municipality.objects.get(slug=place)
    require(request, WRITE_STATEMENT, municipality)
    try:
        made = actions.start(election, municipality, form.draft, by=request.user, at=timezone.now())
    except actions.DuplicateError as error:
        form.add_error("text", _known_already(error.other))
        return _page(request, form, context, status=409)
    messages.success(request, "Bewaard als concept. Lever de stelling in als hij af is.")
    return redirect(statement_address(made))


def _known_already(other: Statement) -> str:
    return format_html(
        'Deze stelling is er al. <a href="{}">Bekijk hem</a>', statement_address(other)
    )


@require_http_methods(["GET", "POST"])
@for_statement
def write(request: PersonRequest, statement: Statement) -> HttpResponse:
    """The next version of a statement."""
    require(request, WRITE_STATEMENT, statement)
    if statement.withdrawn_at:
        raise refusal(request, statement, actions.WithdrawnError())
    dossier = queries.dossier(statement)
    kind = NextForm if statement.approved else StatementForm
    context = {"election": statement.election, "statement": statement, "dossier": dossier}
    if request.method != "POST":
        form = kind.showing(dossier.names, dossier.latest, statement.order)
        return _page(request, form, context)
    form = kind(dossier.names, request.POST)
    if request.POST.get("doe") == ADVICE:
        return _page(request, form, context)
    return _save(request, dossier, form, context)


def _save(
    request: PersonRequest, dossier: Dossier, form: StatementForm, context: dict[str, Any]
) -> HttpResponse:
    if not form.is_valid():
        return _page(request, form, context, status=422)
    statement, written = dossier.statement, form.cleaned_data
    try:
        saved = actions.save(
            statement,
            form.draft,
            seen=written["version"],
            nature=Version.Nature(written.get("nature", Version.Nature.NEW)),
            note=written.get("note", ""),
            by=request.user,
            at=timezone.now(),
        )
    except actions.ChangedError as error:
        return _conflict(request, error.theirs, form, context)
    except actions.TooLateToChangeError:
        form.add_error("nature", LATE)
        return _page(request, form, context, status=409)
    except actions.RefusedError as error:
        raise refusal(request, statement, error) from error
    _say_saved(request, statement, saved)
    return redirect(statement_address(statement))


def _say_saved(request: PersonRequest, before: Statement, after: Statement) -> None:
    if after.latest != before.latest:
        messages.success(request, f"Versie {after.latest} is bewaard. Lever hem in als hij af is.")
    elif after.order != before.order:
        messages.success(request, f"De stelling staat nu op plaats {after.order}.")
    else:
        messages.info(request, "Dit stond er al zo. Er is geen nieuwe versie gemaakt.")


def _conflict(
    request: PersonRequest, theirs: Version, form: StatementForm, context: dict[str, Any]
) -> HttpResponse:
    """Own text stays in the form, theirs stands beside it; saving again is a choice."""
    names = queries.names()
    other = differing(theirs.content, form.draft.content, names)
    context |= {"their_version": theirs, "seen": theirs.number}
    return _page(request, form, context, theirs=other, status=409)


def _page(
    request: PersonRequest,
    form: StatementForm,
    context: Mapping[str, Any],
    *,
    theirs: Mapping[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    """The form with advice; of one part only, where its writer is typing."""
    advice = advise(form.texts, queries.terms())
    known = lines(form, advice, theirs or {})
    shown = {**context, "form": form, "advice": advice, "lines": known, "theirs": theirs or {}}
    line = known.get(request.htmx.trigger_name or "")
    if request.htmx and line:
        shown |= {"line": line, "is_fragment": True}
        return render(request, "curation/writing/_prose.html#advice", shown)
    return render(request, "curation/writing/write.html", shown, status=status)
