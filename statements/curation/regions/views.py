"""Regions: which there are, which municipalities each has, and how voters reach its team."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from parties import regions as actions
from parties.accounts.access import PersonRequest
from parties.models import Region
from parties.problems import Problem, WayOn
from statements.curation.access import national, require, staff
from statements.curation.permissions import KEEP_CONTACT
from statements.curation.regions import queries
from statements.curation.regions.forms import ContactForm, RegionForm


@require_GET
@staff
def regions(request: PersonRequest) -> HttpResponse:
    """The regions of this person, with how many municipalities and people each has."""
    is_national = request.user.is_national
    context = {
        "regions": queries.overview(request.user),
        "without": queries.without_region() if is_national else 0,
        "is_national": is_national,
    }
    return render(request, "curation/regions/overview.html", context)


@require_http_methods(["GET", "POST"])
@national
def new_region(request: PersonRequest) -> HttpResponse:
    """Make one."""
    if request.method != "POST":
        return _page(request, None, RegionForm())
    return _save(request, None, RegionForm(request.POST))


@require_http_methods(["GET", "POST"])
@national
def region(request: PersonRequest, region: str) -> HttpResponse:
    """Another name, another address, other municipalities."""
    found = get_object_or_404(Region, slug=region)
    if request.method != "POST":
        return _page(request, found, RegionForm.showing(found))
    return _save(request, found, RegionForm(request.POST))


def _save(request: PersonRequest, region: Region | None, form: RegionForm) -> HttpResponse:
    is_valid = form.is_valid()
    if "zoeken" in request.POST:  # only looking: what was ticked stays ticked, nothing is saved
        return _page(request, region, form)
    shown: dict[str, Any] = {}
    if is_valid:
        try:
            saved = _act(request, region, form)
        except actions.ChangedError:
            return _page(request, region, form, status=409)
        except actions.RegionError as error:
            shown = _explain(error, form)
        else:
            messages.success(request, f"Opgeslagen: regio {saved}.")
            return redirect("curation:regions")
    return _page(request, region, form, status=422, **shown)


def _act(request: PersonRequest, region: Region | None, form: RegionForm) -> Region:
    fields = form.cleaned_data
    said = (fields["name"], fields["email"], fields["municipalities"])
    by, at = request.user, timezone.now()
    if region is None:
        return actions.make(*said, taking=form.taking, by=by, at=at)
    return actions.change(region, *said, seen=fields["seen"], taking=form.taking, by=by, at=at)


def _explain(error: actions.RegionError, form: RegionForm) -> dict[str, Any]:
    """Beside the field what is wrong; what the page must ask in a second step."""
    match error:
        case actions.NameTakenError():
            form.add_error("name", "Er is al een regio die zo heet.")
        case actions.NoMunicipalitiesError():
            form.add_error("municipalities", "Kies ten minste één gemeente.")
        case actions.LastOfRegionError():
            names = ", ".join(f"{each} ({each.region})" for each in error.municipalities)
            text = (
                f"Dit is alles wat de andere regio heeft: {names}. Geef die regio eerst een andere "
                "gemeente, of verwijder die regio."
            )
            form.add_error("municipalities", text)
        case actions.TakenError():
            text = "Een gemeente hoort bij één regio. Zeg hieronder wat er moet gebeuren."
            form.add_error("municipalities", text)
            asked = [(each, actions.take_away(each)) for each in error.municipalities]
            return {"asked": asked}
    return {}


def _page(
    request: PersonRequest,
    region: Region | None,
    form: RegionForm,
    status: int = 200,
    **shown: Any,
) -> HttpResponse:
    provinces = queries.choices(form.chosen, form.search, region)
    context = {
        "region": region,
        "form": form,
        "provinces": provinces,
        "is_found": any(each.is_shown for each in provinces),
        "is_conflict": status == 409,
        "current": RegionForm.showing(region)["seen"].value() if region and status == 409 else "",
        "people": queries.staff_of(region) if region else [],
        **shown,
    }
    return render(request, "curation/regions/region.html", context, status=status)


@require_http_methods(["GET", "POST"])
@national
def delete_region(request: PersonRequest, region: str) -> HttpResponse:
    """Remove one in which nobody works, after a question."""
    found = get_object_or_404(Region, slug=region)
    if request.method != "POST":
        context = {"region": found, "size": found.municipalities.count()}
        return render(request, "curation/regions/delete.html", context)
    try:
        actions.delete(found, by=request.user, at=timezone.now())
    except actions.HasStaffError as error:
        raise _has_staff(found) from error
    messages.success(request, f"Regio {found} is verwijderd.")
    return redirect("curation:regions")


def _has_staff(region: Region) -> Problem:
    return Problem(
        409,
        "In deze regio werken nog mensen",
        f"Geef de collega’s van {region} eerst een andere regio. Verwijder de regio daarna.",
        [WayOn("Naar de collega’s", reverse("curation:colleagues"))],
    )


@require_http_methods(["GET", "POST"])
@staff
def region_contact(request: PersonRequest, region: str) -> HttpResponse:
    """How voters reach the team of a region, kept by whoever works there."""
    found = get_object_or_404(Region, slug=region)
    require(request, KEEP_CONTACT, found)
    if request.method != "POST":
        return _contact_page(request, found, ContactForm.showing(found))
    form = ContactForm(request.POST)
    if not form.is_valid():
        return _contact_page(request, found, form, status=422)
    said = form.cleaned_data
    try:
        is_changed = actions.change_contact(
            found,
            said["email"],
            said["phone"],
            seen=said["seen"],
            by=request.user,
            at=timezone.now(),
        )
    except actions.ChangedError:
        found.refresh_from_db()
        return _contact_page(request, found, form, status=409)
    if is_changed:
        messages.success(request, f"Bewaard. Kiezers in {found} zien het in de volgende editie.")
    else:
        messages.info(request, "Zo stond het er al. Er is niets veranderd.")
    return redirect("curation:regions")


def _contact_page(
    request: PersonRequest, region: Region, form: ContactForm, status: int = 200
) -> HttpResponse:
    is_conflict = status == 409
    context = {
        "region": region,
        "form": form,
        "is_conflict": is_conflict,
        "current": actions.contact_seal(region) if is_conflict else "",
    }
    return render(request, "curation/regions/contact.html", context, status=status)
