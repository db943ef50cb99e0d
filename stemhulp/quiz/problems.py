"""What a person sees when something is not as it should be: plain words, and a way on."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from parties import problems
from parties.problems import (
    WayOn,
    expired_form,
    is_for_people_with_accounts,
    not_here,
    not_understood,
)
from stemhulp.editions.edition import Edition
from stemhulp.quiz import answers


class Problem(problems.Problem):
    """One on a voter's way: in the frame of the contest, with a way to another municipality."""

    template = "quiz/problem.html"

    def __init__(
        self,
        status: int,
        title: str,
        explanation: str,
        ways_on: Sequence[WayOn] = (),
        *,
        edition: Edition | None = None,
        forget_answers: bool = False,
    ) -> None:
        home = WayOn(_("Zoek je gemeente"), reverse("quiz:landing"))
        super().__init__(status, title, explanation, [*ways_on, home])
        self.edition = edition
        self.forget_answers = forget_answers

    def respond(self, request: HttpRequest) -> HttpResponse:
        response = super().respond(request)
        if request.headers.get("HX-Request"):
            # A whole page, which htmx would put into the part that it asked for.
            response["HX-Retarget"] = "body"
            response["HX-Reswap"] = "innerHTML show:window:top"
            response["HX-Reselect"] = "unset"
        if self.forget_answers and self.edition:
            answers.erase(response, self.edition)
        return response

    def context(self) -> dict[str, Any]:
        return super().context() | {"edition": self.edition}


class Detour(Problem):
    """A request that can be served once something is done at another address."""

    def __init__(self, url: str) -> None:
        super().__init__(307, "", "")
        self.url = url

    def respond(self, request: HttpRequest) -> HttpResponse:
        response = HttpResponseRedirect(self.url, preserve_request=True)
        response["Cache-Control"] = "no-store"
        return response


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if is_for_people_with_accounts(request):
        return not_understood(request).respond(request)
    if isinstance(exception, RequestDataTooBig):
        return Problem(
            413,
            _("Dat is te veel in één keer"),
            _("Je browser stuurde meer dan we lezen. Er is niets veranderd."),
        ).respond(request)
    return Problem(
        400,
        _("Dit verzoek begrijpen we niet"),
        _("Je browser stuurde iets wat niet klopt. Probeer het nog een keer."),
    ).respond(request)


def forbidden(
    request: HttpRequest, exception: Exception | None = None, reason: str = ""
) -> HttpResponse:
    if is_for_people_with_accounts(request):
        return expired_form(request).respond(request)
    return cross_site().respond(request)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    if is_for_people_with_accounts(request):
        return not_here(request).respond(request)
    return Problem(
        404,
        _("Deze pagina bestaat niet"),
        _("Misschien staat er een typefout in het adres, of is de pagina verhuisd."),
    ).respond(request)


def cross_site() -> Problem:
    return Problem(
        403,
        _("Dit kwam niet van onze eigen pagina"),
        _(
            "Een formulier van een andere website mag hier geen antwoorden invullen. "
            "Er is niets veranderd. Ga terug naar de stemhulp en probeer het daar."
        ),
    )
