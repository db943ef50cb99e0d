"""Elections: making one, changing it, and filling it with councils, lists and statements."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from parties import elections as elections_of
from parties.accounts.access import PersonRequest
from parties.accounts.limits import limited
from parties.models import Election
from parties.problems import Problem, WayOn, typed_in
from statements.curation.access import for_election, national, require
from statements.curation.elections import actions, queries
from statements.curation.elections.forms import (
    CorrectionForm,
    DeadlineForm,
    ElectionForm,
    MunicipalityForm,
    SourceForm,
    TablesForm,
)
from statements.curation.permissions import KEEP_ELECTIONS

LATE = "De termijn moet sluiten voor de dag van de verkiezing begint."
PAST = (
    "Dit tijdstip is al voorbij. Kies een later tijdstip, of kruis hieronder aan dat de termijn "
    "meteen sluit."
)
TAKEN = "Er is al een verkiezing met dit adres."
REFUSALS = {
    elections_of.NameTakenError: (
        "name",
        "Er is al een verkiezing met deze naam. Kies een andere.",
    ),
    elections_of.LateDeadlineError: ("deadline_day", LATE),
    elections_of.PastDeadlineError: ("deadline_day", PAST),
    elections_of.SlugTakenError: ("slug", TAKEN),
}
CORRECTIONS = {
    elections_of.SlugTakenError: ("slug", TAKEN),
    elections_of.LateDeadlineError: (
        "date",
        "De termijn van deze verkiezing sluit dan pas na deze dag. Verander eerst de termijn.",
    ),
    actions.OwnDeadlineError: (
        "date",
        "Een gemeente heeft een eigen termijn die na deze dag sluit. Verander die eerst.",
    ),
    elections_of.UnknownMunicipalityError: (
        "municipality_year",
        "Niet alle gemeenten die nu meedoen, waren er in dat jaar. Haal die eerst weg.",
    ),
}


@require_GET
@national
def elections(request: PersonRequest) -> HttpResponse:
    """All elections, and how far each is."""
    context = {"elections": queries.overview()}
    return render(request, "curation/elections/overview.html", context)


@require_http_methods(["GET", "POST"])
@national
def new_election(request: PersonRequest) -> HttpResponse:
    """Make one for any day."""
    data = request.POST if request.method == "POST" else None
    form = ElectionForm(data, **_years())
    if form.is_valid():
        try:
            made = _make(request, form)
        except tuple(REFUSALS) as error:
            form.add_error(*REFUSALS[type(error)])
        else:
            return redirect("curation:election", made.slug)
    status = 422 if form.is_bound else 200
    return render(request, "curation/elections/new.html", {"form": form}, status=status)


def _make(request: PersonRequest, form: ElectionForm) -> Election:
    at, closes_now = timezone.now(), form.cleaned_data["closes_now"]
    made = elections_of.make(form.made, by=request.user, at=at, closes_now=closes_now)
    messages.success(request, f"{made} is gemaakt. Kies nu welke gemeenten meedoen.")
    if form.taken_slug:
        text = f"Het adres is {made.slug}, want {form.taken_slug} is al van een andere verkiezing."
        messages.info(request, text)
    return made


@require_http_methods(["GET", "POST"])
@for_election
def election(request: PersonRequest, election: Election) -> HttpResponse:
    """What there is of one, another name or deadline, and the ways on."""
    require(request, KEEP_ELECTIONS)
    if request.method != "POST":
        return _page(request, election, DeadlineForm.showing(election))
    form = DeadlineForm(request.POST)
    if form.is_valid():
        try:
            _change(request, election, form)
        except elections_of.ChangedError:
            return _page(request, election, form, status=409)
        except tuple(REFUSALS) as error:
            form.add_error(*REFUSALS[type(error)])
        else:
            return redirect("curation:election", election.slug)
    return _page(request, election, form, status=422)


def _change(request: PersonRequest, election: Election, form: DeadlineForm) -> None:
    said, at = form.cleaned_data, timezone.now()
    open_before = elections_of.open_lists(election, at)
    changed = elections_of.change(
        election,
        said["name"],
        said["deadline"],
        seen=said["seen"],
        by=request.user,
        at=at,
        closes_now=said["closes_now"],
    )
    messages.success(request, "Opgeslagen.")
    if closed := open_before - elections_of.open_lists(changed, at):
        one, more = "1 lijst is nu gesloten", f"{closed} lijsten zijn nu gesloten"
        messages.warning(request, f"Let op: {one if closed == 1 else more}.")


@require_POST
@for_election
def correct_election(request: PersonRequest, election: Election) -> HttpResponse:
    """Another day, address or year, for one that was made by mistake."""
    require(request, KEEP_ELECTIONS)
    form = CorrectionForm(request.POST, **_years())
    if form.is_valid():
        try:
            corrected = _correct(request, election, form)
        except elections_of.ChangedError:
            return _page(request, election, correction=form, status=409)
        except actions.TouchedError as error:
            raise _touched(request, election) from error
        except tuple(CORRECTIONS) as error:
            form.add_error(*CORRECTIONS[type(error)])
        else:
            messages.success(request, "Opgeslagen.")
            return redirect("curation:election", corrected.slug)
    return _page(request, election, correction=form, status=422)


def _correct(request: PersonRequest, election: Election, form: CorrectionForm) -> Election:
    said = form.cleaned_data
    names = ("date", "slug", "municipality_year", "postcode_year")
    facts = actions.Facts(**{name: said[name] for name in names})
    return actions.correct(election, facts, seen=said["seen"], by=request.user, at=timezone.now())


def _touched(request: PersonRequest, election: Election) -> Problem:
    way = WayOn("Terug naar de verkiezing", reverse("curation:election", args=[election.slug]))
    text = (
        "Er is intussen iets van deze verkiezing gepubliceerd, of een lijst heeft geantwoord. "
        "De dag, het adres en de jaren staan nu vast. Er is niets veranderd."
    )
    return Problem(409, "Dit kan niet meer veranderen", text, [way], typed_in(request))


def _years() -> dict[str, list[int]]:
    return {"years": queries.municipality_years(), "postcodes": queries.postcode_years()}


def _page(
    request: PersonRequest,
    election: Election,
    form: DeadlineForm | None = None,
    *,
    correction: CorrectionForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """With what was typed in one of its two forms."""
    counted = queries.overview().get(pk=election.pk)
    context = {
        "election": counted,
        "form": form or DeadlineForm.showing(counted),
        "correction": correction or CorrectionForm.showing(counted, **_years()),
        "is_corrected": correction is not None,
        "is_untouched": queries.is_untouched(counted),
        "is_conflict": status == 409,
        "current": elections_of.seal(counted),
    }
    return render(request, "curation/elections/election.html", context, status=status)


@require_http_methods(["GET", "POST"])
@for_election
def election_contests(request: PersonRequest, election: Election) -> HttpResponse:
    """Say which municipalities elect a council: tick them, or take them all."""
    require(request, KEEP_ELECTIONS)
    if request.method != "POST":
        return _contests_page(request, election)
    codes = set(request.POST.getlist("municipalities"))
    if "all" in request.POST:
        codes = set(queries.not_there(election).values_list("code", flat=True))
    if not codes:
        return _contests_page(request, election, status=422, wrong="Kies ten minste één gemeente.")
    try:
        added = elections_of.add_contests(election, codes, by=request.user, at=timezone.now())
    except elections_of.UnknownMunicipalityError:
        wrong = f"Zo’n gemeente was er in {election.municipality_year} niet. Kies uit de lijst."
        return _contests_page(request, election, status=422, wrong=wrong, chosen=codes)
    return _added(request, election, len(added))


def _added(
    request: PersonRequest, election: Election, number: int, left_out: int = 0
) -> HttpResponse:
    gone = f" {left_out} zijn er nu niet meer, en doen niet mee." if left_out else ""
    text = f"{number} erbij." if number else "Ze deden allemaal al mee."
    messages.success(request, f"{text}{gone}")
    return redirect("curation:election_contests", election.slug)


def _contests_page(
    request: PersonRequest,
    election: Election,
    *,
    status: int = 200,
    chosen: set[str] | None = None,
    **shown: Any,
) -> HttpResponse:
    provinces = queries.choices(election, chosen or set())
    context = {
        "election": election,
        "provinces": provinces,
        "real": queries.real(provinces),
        "all": queries.addable(election, provinces),
        "known_provinces": [each.name for each in provinces if each.name != queries.INVENTED],
        "sources": queries.with_contests(election),
        "removable": queries.removable(election),
        **shown,
    }
    return render(request, "curation/elections/contests.html", context, status=status)


@require_POST
@for_election
def new_municipality(request: PersonRequest, election: Election) -> HttpResponse:
    """Make one that no list of CBS has yet, and have it elect a council."""
    require(request, KEEP_ELECTIONS)
    form = MunicipalityForm(queries.provinces(), request.POST)
    if form.is_valid():
        try:
            made = elections_of.add_municipality(
                election, form.made, by=request.user, at=timezone.now()
            )
        except elections_of.KnownMunicipalityError as error:
            form.add_error(error.field, _known(error))
        except elections_of.UnknownMunicipalityError:
            form.add_error(None, "Een gemeente die opgaat in de nieuwe, kennen we niet.")
        else:
            text = (
                f"{made} doet mee. Deel {made} ook in bij een regio. "
                "Tot die tijd werkt alleen het landelijk bureau eraan."
            )
            messages.success(request, text)
            return redirect("curation:election_contests", election.slug)
    return _contests_page(request, election, status=422, new_form=form)


def _known(error: elections_of.KnownMunicipalityError) -> str:
    known = error.municipality
    if error.field == "code":
        return f"De code {known.code} is al van {known}."
    return f"Er is al een gemeente met deze naam: {known} ({known.code})."


@require_POST
@for_election
def copy_contests(request: PersonRequest, election: Election) -> HttpResponse:
    """The councils of an earlier election."""
    require(request, KEEP_ELECTIONS)
    form = SourceForm(queries.with_contests(election), request.POST)
    if not form.is_valid():
        return _contests_page(request, election, status=422, copy_form=form)
    source = form.cleaned_data["source"]
    added, left_out = elections_of.copy_contests(
        election, source, by=request.user, at=timezone.now()
    )
    return _added(request, election, len(added), len(left_out))


@require_POST
@for_election
@limited("upload", "Elk bestand nalezen kost onze computers tijd.")
def read_tables(request: PersonRequest, election: Election) -> HttpResponse:
    """Councils, lists and absences from files; all of it or nothing."""
    require(request, KEEP_ELECTIONS)
    known = set(elections_of.municipalities_of(election).values_list("code", flat=True))
    there = set(election.contests.values_list("municipality", flat=True))
    form = TablesForm(known, there, request.POST, request.FILES)
    if not form.is_valid():
        return _contests_page(request, election, status=422, tables_form=form)
    elections_of.load(
        election,
        form.councils,
        form.ballots,
        form.missing,
        by=request.user,
        at=timezone.now(),
    )
    text = f"Ingelezen: {len(form.councils)} gemeenten en {len(form.ballots)} lijsten."
    messages.success(request, text)
    return redirect("curation:election_contests", election.slug)


@require_POST
@for_election
def remove_contests(request: PersonRequest, election: Election) -> HttpResponse:
    """Take away councils that have no lists yet."""
    require(request, KEEP_ELECTIONS)
    codes = request.POST.getlist("municipalities")
    if "all" in request.POST:
        codes = [each.municipality_id for each in queries.removable(election)]
    try:
        gone = elections_of.remove_contests(election, codes, by=request.user, at=timezone.now())
    except elections_of.InUseError:
        wrong = "Een van deze gemeenten heeft lijsten, of is gepubliceerd. Er is niets weggehaald."
        return _contests_page(request, election, status=409, wrong_removal=wrong)
    if not gone:
        wrong = "Kies ten minste één gemeente."
        return _contests_page(request, election, status=422, wrong_removal=wrong)
    messages.success(request, f"{len(gone)} weggehaald.")
    return redirect("curation:election_contests", election.slug)


@require_http_methods(["GET", "POST"])
@for_election
def copy_statements(request: PersonRequest, election: Election) -> HttpResponse:
    """Begin with the statements of an earlier election, as drafts."""
    require(request, KEEP_ELECTIONS)
    sources = queries.with_statements(election)
    form = SourceForm(sources, request.POST if request.method == "POST" else None)
    if form.is_valid():
        source = form.cleaned_data["source"]
        copied = actions.copy_statements(election, source, by=request.user, at=timezone.now())
        messages.success(request, _said(copied))
        return redirect("curation:election", election.slug)
    context = {"election": election, "sources": sources, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "curation/elections/copy_statements.html", context, status=status)


def _said(copied: actions.Copied) -> str:
    texts = [f"{copied.statements} stellingen overgenomen als concept"]
    if copied.translations:
        texts.append(f"met {copied.translations} nagekeken vertalingen")
    if copied.present:
        texts.append(f"{copied.present} stonden er al")
    return f"{', '.join(texts)}."
