"""Who works for VluchtelingenWerk, and which lists are theirs."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from parties.accounts.access import PersonRequest, signed_in
from parties.models import Party
from parties.problems import Problem, WayOn, typed_in

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
        if not request.user.works_for_us:
            raise _not_staff(request)
        if not is_mfa_enabled(request.user):
            return _ask_second_factor(request)
        return view(request, *args, **kwargs)

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
            .select_related("contest__election", "contest__municipality")
            .filter(**address)
            .first()
        )
        if party is None:
            raise _elsewhere(request) if Party.objects.filter(**address).exists() else Http404
        return view(request, party, *args, **kwargs)

    return checked


def _ask_second_factor(request: PersonRequest) -> HttpResponse:
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


def _elsewhere(request: PersonRequest) -> Problem:
    return Problem(
        403,
        "Deze gemeente valt buiten jouw regio",
        "Je ziet alleen de lijsten in de gemeenten van je eigen regio. Klopt de indeling niet? "
        "Vraag het landelijk bureau.",
        [WayOn("Naar de lijsten in jouw regio", reverse("curation:lists"))],
        typed_in(request),
    )
