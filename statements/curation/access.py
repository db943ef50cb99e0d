"""Who works for VluchtelingenWerk, and what of it is theirs."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone

from parties.accounts.access import PersonRequest, signed_in
from parties.accounts.sessions import require_proof
from parties.models import Contest, Election, Party, Region
from parties.problems import Problem, WayOn, typed_in
from statements.curation.permissions import (
    ENTER,
    NATIONAL,
    OF_THE_COUNTRY,
    is_colleague,
    may,
    place_of,
)

P = ParamSpec("P")

SECOND_STEP = (
    "Je kunt hier bij gegevens van veel mensen. Daarom log je bij de redactie in met twee stappen. "
    "Stel eerst de tweede stap in; dat doe je één keer. Ga daarna terug naar de redactie."
)


def staff(
    view: Callable[Concatenate[PersonRequest, P], HttpResponse],
) -> Callable[Concatenate[PersonRequest, P], HttpResponse]:
    """Let only people of VluchtelingenWerk through, and only with a second factor."""

    @signed_in
    @wraps(view)
    def checked(request: PersonRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not is_colleague(request.user):
            raise _not_staff(request)
        if not may(request.user, ENTER):
            return ask_second_factor(request)
        require_proof(request)
        return view(request, *args, **kwargs)

    return checked


def national(
    view: Callable[Concatenate[PersonRequest, P], HttpResponse],
) -> Callable[Concatenate[PersonRequest, P], HttpResponse]:
    """Let only people of the national office through."""

    @staff
    @wraps(view)
    def checked(request: PersonRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not request.user.is_national:
            raise _not_national(request)
        return view(request, *args, **kwargs)

    return checked


def for_election(
    view: Callable[Concatenate[PersonRequest, Election, P], HttpResponse],
) -> Callable[Concatenate[PersonRequest, P], HttpResponse]:
    """Hand the view the election of its address; all staff may see that one exists."""

    @staff
    @wraps(view)
    def checked(request: PersonRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        election = get_object_or_404(Election, slug=kwargs.pop("election"))
        return view(request, election, *args, **kwargs)

    return checked


def for_contest(
    view: Callable[Concatenate[PersonRequest, Contest, P], HttpResponse],
) -> Callable[Concatenate[PersonRequest, P], HttpResponse]:
    """Hand the view the contest of its address, if it is in one of this person's regions."""

    @staff
    @wraps(view)
    def checked(request: PersonRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        address = {
            "election__slug": kwargs.pop("election"),
            "municipality__slug": kwargs.pop("municipality"),
        }
        contests = Contest.objects.select_related("election", "municipality__region")
        contest = contests.for_staff(request.user).filter(**address).first()
        if contest is None:
            raise _elsewhere(request) if contests.filter(**address).exists() else Http404
        return view(request, contest, *args, **kwargs)

    return checked


def for_staff(
    view: Callable[Concatenate[PersonRequest, Party, P], HttpResponse],
) -> Callable[Concatenate[PersonRequest, P], HttpResponse]:
    """Hand the view the list of its address, if it is one of this person's."""

    @staff
    @wraps(view)
    def checked(request: PersonRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        address = {
            "contest__election__slug": kwargs.pop("election"),
            "contest__municipality__slug": kwargs.pop("municipality"),
            "slug": kwargs.pop("slug"),
        }
        party = (
            Party.objects.for_staff(request.user)
            .select_related("contest__election", "contest__municipality__region")
            .filter(**address)
            .first()
        )
        if party is None:
            raise _elsewhere(request) if Party.objects.filter(**address).exists() else Http404
        return view(request, party, *args, **kwargs)

    return checked


def require(request: PersonRequest, permission: str, subject: Any = NATIONAL) -> None:
    """Let the person go on if they may do this to it. Raises a Problem (403) that says why not."""
    if may(request.user, permission, subject):
        return
    if isinstance(subject, Region):
        raise _other_region(request)
    if permission in OF_THE_COUNTRY or place_of(subject) is NATIONAL:
        raise _not_national(request)
    raise _elsewhere(request)


def first_election() -> Election | None:
    """The one to work on when nothing was said."""
    return next(iter(elections_by_interest()), None)


def elections_by_interest() -> list[Election]:
    """The next to come first, else the latest that was; those without contests come last."""
    filled = set(Contest.objects.order_by().values_list("election", flat=True).distinct())
    rows = Election.objects.by_interest(timezone.localdate())
    return sorted(rows, key=lambda each: each.pk not in filled)


def to_first_election(page: str) -> Callable[[PersonRequest], HttpResponse]:
    """A view that leads from a room's front to its page for the first election."""

    @staff
    def front(request: PersonRequest) -> HttpResponse:
        election = first_election()
        if election is None:
            raise _no_election(request)
        return redirect(page, election.slug)

    return front


def ask_second_factor(request: PersonRequest) -> HttpResponse:
    if request.method == "POST":
        way = WayOn("Stel de tweede stap in", reverse("mfa_activate_totp"))
        title = "Stel eerst een tweede stap in"
        raise Problem(403, title, f"Er is niets veranderd. {SECOND_STEP}", [way], typed_in(request))
    messages.info(request, SECOND_STEP)
    return redirect("mfa_activate_totp")


def _not_staff(request: PersonRequest) -> Problem:
    return Problem(
        403,
        "Dit is voor medewerkers van VluchtelingenWerk",
        "Werk je bij VluchtelingenWerk? Vraag het landelijk bureau om je toegang te geven.",
        [WayOn("Naar je lijsten", reverse("portal:lists"))],
        typed_in(request),
    )


def _not_national(request: PersonRequest) -> Problem:
    return Problem(
        403,
        "Dit doet het landelijk bureau",
        "Dit geldt voor het hele land. Vraag een collega van het landelijk bureau om het te doen.",
        [WayOn("Naar de redactie", reverse("publication:desk"))],
        typed_in(request),
    )


def _elsewhere(request: PersonRequest) -> Problem:
    return Problem(
        403,
        "Deze gemeente valt buiten jouw regio",
        "Je werkt alleen aan de gemeenten van je eigen regio. Klopt de indeling niet? "
        "Vraag het landelijk bureau.",
        [WayOn("Naar de lijsten in jouw regio", reverse("curation:lists"))],
        typed_in(request),
    )


def _other_region(request: PersonRequest) -> Problem:
    return Problem(
        403,
        "Dit is een andere regio",
        "Hoe kiezers een team bereiken, bepalen de collega’s van die regio zelf.",
        [WayOn("Naar jouw regio’s", reverse("curation:regions"))],
        typed_in(request),
    )


def _no_election(request: PersonRequest) -> Problem:
    ways = [WayOn("Maak een verkiezing", reverse("curation:elections"))]
    return Problem(
        404,
        "Er is nog geen verkiezing",
        "Het landelijk bureau maakt eerst een verkiezing.",
        ways if request.user.is_national else [],
    )
