"""Colleagues: letting them in, changing what they may do, closing and opening accounts."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from parties import colleagues as actions
from parties.accounts.access import PersonRequest
from parties.models import User
from parties.problems import Problem, WayOn, typed_in
from statements.curation.access import national
from statements.curation.colleagues import queries
from statements.curation.colleagues.forms import NOWHERE, ColleagueForm, RightsForm

# The field that it is said beside, and what is said.
REASONS: dict[type[actions.ColleagueError], tuple[str, str]] = {
    actions.NowhereError: ("regions", NOWHERE),
    actions.RegionGoneError: ("regions", "Een regio is intussen verwijderd. Kies opnieuw."),
    actions.AlreadyColleagueError: ("email", "Deze persoon is al een collega."),
    actions.WorksForPartyError: (
        "email",
        "Deze persoon werkt voor een partij. Wie antwoorden van een partij invult, kan niet ook "
        "de redactie: dan zijn wij niet onafhankelijk. Haal de persoon eerst van de lijst.",
    ),
    actions.SuspendedError: ("email", "Het account van dit adres is gesloten."),
    actions.OneselfError: ("national", "Je eigen rechten kan alleen een collega afnemen."),
    actions.LastNationalError: (
        "national",
        "Dit is de laatste collega van het landelijk bureau. Iemand moet anderen toegang kunnen "
        "geven.",
    ),
}


@require_GET
@national
def colleagues(request: PersonRequest) -> HttpResponse:
    """Everyone of VluchtelingenWerk, and where they work."""
    return render(
        request, "curation/colleagues/overview.html", {"colleagues": queries.colleagues()}
    )


@require_http_methods(["GET", "POST"])
@national
def add_colleague(request: PersonRequest) -> HttpResponse:
    """Let someone in; they get a mail."""
    if request.method != "POST":
        return render(request, "curation/colleagues/add.html", {"form": ColleagueForm()})
    form = ColleagueForm(request.POST)
    if form.is_valid():
        try:
            added = _add(request, form)
        except actions.ColleagueError as error:
            form.add_error(*REASONS[type(error)])
        else:
            messages.success(request, f"{added} krijgt een mail, en kan nu inloggen.")
            return redirect("curation:colleagues")
    return render(request, "curation/colleagues/add.html", {"form": form}, status=422)


def _add(request: PersonRequest, form: ColleagueForm) -> User:
    said = form.cleaned_data
    return actions.add(
        said["email"],
        said["name"],
        national=said["national"],
        regions=said["regions"],
        by=request.user,
        at=timezone.now(),
    )


@require_http_methods(["GET", "POST"])
@national
def colleague(request: PersonRequest, pk: int) -> HttpResponse:
    """Another name, other rights."""
    user = get_object_or_404(actions.all_colleagues(), pk=pk)
    if request.method != "POST":
        return _page(request, user, RightsForm.showing(user))
    form = RightsForm(request.POST)
    if form.is_valid():
        try:
            _change(request, user, form)
        except actions.ChangedError:
            return _page(request, user, form, status=409)
        except actions.ColleagueError as error:
            form.add_error(*REASONS[type(error)])
        else:
            messages.success(request, f"Opgeslagen: {form.cleaned_data['name']}.")
            return redirect("curation:colleagues")
    return _page(request, user, form, status=422)


def _change(request: PersonRequest, user: User, form: RightsForm) -> None:
    said = form.cleaned_data
    actions.change(
        user,
        said["name"],
        national=said["national"],
        regions=said["regions"],
        seen=said["seen"],
        by=request.user,
        at=timezone.now(),
    )


def _page(request: PersonRequest, user: User, form: RightsForm, status: int = 200) -> HttpResponse:
    context = {
        "colleague": user,
        "form": form,
        "is_oneself": user == request.user,
        "is_conflict": status == 409,
        "regions_now": list(user.regions.all()),
        "current": actions.seal(user),
    }
    return render(request, "curation/colleagues/colleague.html", context, status=status)


@require_http_methods(["GET", "POST"])
@national
def suspend(request: PersonRequest, pk: int) -> HttpResponse:
    """Close someone's account, after a question; whatever they have open ends at once."""
    user = get_object_or_404(actions.all_colleagues(), pk=pk)
    if user == request.user:
        raise _refused(request, user, actions.OneselfError())
    if request.method != "POST":
        return render(request, "curation/colleagues/suspend.html", {"colleague": user})
    try:
        actions.suspend(user, by=request.user, at=timezone.now())
    except actions.ColleagueError as error:
        raise _refused(request, user, error) from error
    messages.success(request, f"Het account van {user} is gesloten. {user} is overal uitgelogd.")
    return redirect("curation:colleagues")


@require_POST
@national
def readmit(request: PersonRequest, pk: int) -> HttpResponse:
    """Open it again, with the rights that it had."""
    user = get_object_or_404(actions.all_colleagues(), pk=pk)
    try:
        actions.readmit(user, by=request.user, at=timezone.now())
    except actions.ColleagueError as error:
        raise _refused(request, user, error) from error
    messages.success(request, f"{user} kan weer inloggen.")
    return redirect("curation:colleagues")


def _refused(request: PersonRequest, user: User, error: actions.ColleagueError) -> Problem:
    _, reason = REASONS[type(error)]
    if isinstance(error, actions.OneselfError):
        reason = "Vraag een collega van het landelijk bureau om jouw account te sluiten."
    way = WayOn(f"Naar {user}", reverse("curation:colleague", args=[user.pk]))
    explanation = f"Er is niets veranderd. {reason}"
    return Problem(409, "Dit kan nu niet", explanation, [way], typed_in(request))
