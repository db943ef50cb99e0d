"""Examples, stories, figures and the flyer: written by one, approved by another."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from parties.accounts.access import PersonRequest
from parties.problems import Problem, WayOn, typed_in
from statements.curation.access import require, staff
from statements.curation.features import actions, queries
from statements.curation.features.forms import FeatureForm, FilterForm
from statements.curation.permissions import WRITE_FEATURE, may
from statements.models import Feature

LATER = "Kiezers zien het in de volgende editie."


@require_GET
@staff
def features(request: PersonRequest) -> HttpResponse:
    """All of them, filtered by kind, municipality and state."""
    form = FilterForm(request.GET, queries.told_of(request.user))
    is_valid = form.is_valid()
    page = queries.listed(
        request.user,
        kind=form.cleaned_data.get("soort", ""),
        place=form.cleaned_data.get("gemeente", ""),
        state=form.cleaned_data.get("stand", ""),
        number=form.cleaned_data.get("pagina", ""),
    )
    rows = [(row, queries.state_of(row)) for row in page.object_list]
    context = {"form": form, "page": page, "rows": rows}
    status = 200 if is_valid else 400
    return render(request, "curation/features/list.html", context, status=status)


@require_GET
@staff
def feature(request: PersonRequest, key: str) -> HttpResponse:
    """One, as voters read it, with who wrote it and who looked at it."""
    row = _found(request, key)
    context = {
        "feature": row,
        "state": queries.state_of(row),
        "statements": queries.texts_of(row.statements),
        "may_write": may(request.user, WRITE_FEATURE, row),
        "is_own_work": row.written_by_id == request.user.pk,
    }
    return render(request, "curation/features/feature.html", context)


@require_http_methods(["GET", "POST"])
@staff
def new_feature(request: PersonRequest) -> HttpResponse:
    """Write a new one."""
    at = timezone.now()
    today = timezone.localdate(at)
    if request.method != "POST":
        return _form_page(request, FeatureForm(request.user, today))
    form = FeatureForm(request.user, today, request.POST)
    if not form.is_valid():
        return _form_page(request, form, status=422)
    row = actions.create(form.content, by=request.user, at=at)
    messages.success(request, "Bewaard. Iemand anders moet het nog goedkeuren.")
    return redirect("curation:feature", row.key)


@require_http_methods(["GET", "POST"])
@staff
def edit_feature(request: PersonRequest, key: str) -> HttpResponse:
    """Change one; it then wants a second pair of eyes again."""
    row = _found(request, key)
    require(request, WRITE_FEATURE, row)
    _refuse_withdrawn(request, row)
    today = timezone.localdate()
    if request.method != "POST":
        return _form_page(request, FeatureForm.showing(row, request.user, today), row)
    form = FeatureForm(
        request.user, today, request.POST, kept=row.statements, place=row.municipality_id
    )
    if not form.is_valid():
        return _form_page(request, form, row, status=422)
    return _change(request, row, form)


def _change(request: PersonRequest, row: Feature, form: FeatureForm) -> HttpResponse:
    seen = form.cleaned_data["version"] or 0
    try:
        is_changed = actions.change(
            row, form.content, seen=seen, by=request.user, at=timezone.now()
        )
    except actions.ConflictError:
        return _form_page(request, form, _found(request, row.key), status=409)
    except actions.WithdrawnError:
        raise _withdrawn(request, row) from None
    if is_changed:
        messages.success(request, "Bewaard. Iemand anders moet het nu goedkeuren.")
    else:
        messages.info(request, "Zo stond het er al. Er is niets veranderd.")
    return redirect("curation:feature", row.key)


@require_POST
@staff
def approve_feature(request: PersonRequest, key: str) -> HttpResponse:
    """Let voters see it."""
    row = _found(request, key)
    require(request, WRITE_FEATURE, row)
    written = request.POST.get("version", "")
    seen = int(written) if written.isdecimal() and len(written) < len(str(2**31)) else 0
    try:
        actions.approve(row, seen=seen, by=request.user, at=timezone.now())
    except actions.FeatureError as error:
        raise _not_approved(request, row, error) from None
    messages.success(request, f"Goedgekeurd. {LATER}")
    return redirect("curation:feature", key)


@require_http_methods(["GET", "POST"])
@staff
def withdraw_feature(request: PersonRequest, key: str) -> HttpResponse:
    """Show it no more, after a question."""
    row = _found(request, key)
    require(request, WRITE_FEATURE, row)
    if request.method != "POST":
        return render(request, "curation/features/withdraw.html", {"feature": row})
    actions.withdraw(row, by=request.user, at=timezone.now())
    messages.success(request, "Ingetrokken. In de volgende editie staat het er niet meer.")
    return redirect("curation:feature", key)


@require_POST
@staff
def restore_feature(request: PersonRequest, key: str) -> HttpResponse:
    """Take up again what was withdrawn."""
    row = _found(request, key)
    require(request, WRITE_FEATURE, row)
    actions.restore(row, by=request.user, at=timezone.now())
    messages.success(request, "Teruggehaald. Iemand anders moet het nog goedkeuren.")
    return redirect("curation:feature", key)


def _found(request: PersonRequest, key: str) -> Feature:
    """What this address names. Raises Problem (403) when it belongs to another region."""
    row = queries.readable(request.user).filter(key=key).first()
    if row is not None:
        return row
    other = Feature.objects.select_related("municipality").filter(key=key).first()
    if other is None:
        raise Http404
    require(request, WRITE_FEATURE, other)
    raise Http404


def _form_page(
    request: PersonRequest, form: FeatureForm, row: Feature | None = None, status: int = 200
) -> HttpResponse:
    is_conflict = status == 409
    context: dict[str, Any] = {"form": form, "feature": row, "is_conflict": is_conflict}
    if is_conflict and row is not None:
        context["said"] = queries.texts_of(row.statements)
    return render(request, "curation/features/form.html", context, status=status)


def _refuse_withdrawn(request: PersonRequest, row: Feature) -> None:
    if row.withdrawn_at is not None:
        raise _withdrawn(request, row)


def _withdrawn(request: PersonRequest, row: Feature) -> Problem:
    return Problem(
        409,
        "Dit is ingetrokken",
        "Er is niets veranderd. Haal het eerst terug; daarna kun je het weer bewerken.",
        [_way_to(row)],
        typed_in(request),
    )


def _not_approved(request: PersonRequest, row: Feature, error: actions.FeatureError) -> Problem:
    match error:
        case actions.OwnWorkError():
            return Problem(
                409,
                "Dit schreef je zelf",
                "Wat kiezers lezen, kijkt altijd een tweede persoon na. Vraag een collega om het "
                "goed te keuren.",
                [_way_to(row)],
            )
        case actions.ConflictError():
            return Problem(
                409,
                "Iemand anders veranderde dit intussen",
                "Het is niet goedgekeurd. Lees eerst wat er nu staat.",
                [_way_to(row)],
            )
    return _withdrawn(request, row)


def _way_to(row: Feature) -> WayOn:
    return WayOn(f"Naar ‘{row.title}’", reverse("curation:feature", args=[row.key]))
