"""What a person sees when something is not as it should be: plain Dutch, and a way on."""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.urls import reverse

security = logging.getLogger("parties.security")
REFUSED = (401, 403, 429)  # not signed in any more, not theirs, too often
# Where people with an account work. All else is for voters, and needs no database.
ROOMS = ("/account/", "/partij/", "/redactie/", "/beheer/")
MINUTES_TO_WAIT = 5  # the longest of allauth's limits (ACCOUNT_RATE_LIMITS)
# What someone may have written, by the name of its field: it is given back, never lost.
TYPED = {
    "motivation": "Toelichting",
    "source": "Bron",
    "name": "Naam",
    "email": "E-mailadres",
    "reason": "Reden",
    "quotation": "Citaat",
    "remark": "Opmerking",
    "number": "Lijstnummer",
    "description": "Omschrijving",
    "website": "Website",
    "programme": "Programma",
    "text": "Tekst",
    "explanation": "Uitleg",
    "argument_for": "Argument voor",
    "argument_against": "Argument tegen",
    "note": "Wat er verandert",
    "question": "Vraag",
    "summary": "Samenvatting",
    "term": "Woord",
    "title": "Titel",
    **{f"background-{number}": f"Achtergrond {number}" for number in range(1, 10)},
}


@dataclass(frozen=True)
class WayOn:
    """A link that helps further; apart, in a tab of its own, when it leads out of a frame."""

    label: str
    url: str
    is_apart: bool = False


class Problem(Exception):
    """A request that cannot be served. Any view may raise it; ProblemMiddleware shows it."""

    template = "problem.html"

    def __init__(
        self,
        status: int,
        title: str,
        explanation: str,
        ways_on: Sequence[WayOn] = (),
        typed: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(title)
        self.status = status
        self.title = title
        self.explanation = explanation
        self.ways_on = ways_on
        self.typed = typed or {}

    def context(self) -> dict[str, Any]:
        return {
            "title": self.title,
            "explanation": self.explanation,
            "ways_on": self.ways_on,
            "typed": self.typed,
        }

    def respond(self, request: HttpRequest) -> HttpResponse:
        """The page for it. It is never cached: the next try may go well."""
        response = render(request, self.template, self.context(), status=self.status)
        response["Cache-Control"] = "no-store"
        return response


class ProblemMiddleware:
    """Turns a Problem into its page, and refuses what is too large before anyone reads it.

    A view that takes another method only says so without a word: that gets a page too.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        announced = request.META.get("CONTENT_LENGTH") or "0"
        if announced.isdigit() and int(announced) > settings.LARGEST_BODY:
            if not is_for_people_with_accounts(request):
                raise RequestDataTooBig  # a voter's page is not ours to draw: see handler400
            return too_large(request).respond(request)
        response = self.get_response(request)
        if isinstance(response, HttpResponseNotAllowed) and not response.content:
            return not_this_way(request, response["Allow"])
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Problem):
            return None
        if exception.status in REFUSED and is_for_people_with_accounts(request):
            security.warning("account %s was refused: %s", request.user.pk, exception.status)
        return exception.respond(request)


def is_for_people_with_accounts(request: HttpRequest) -> bool:
    return request.path.startswith(ROOMS)


def typed_in(request: HttpRequest) -> dict[str, str]:
    """What the person wrote in the form that could not be taken, to give back."""
    posted = request.POST if request.method == "POST" else {}
    return {label: posted[name] for name, label in TYPED.items() if posted.get(name)}


def too_large(request: HttpRequest) -> Problem:
    return Problem(
        413,
        "Dit bestand is te groot",
        f"Een bestand mag hoogstens {settings.LARGEST_BODY // 2**20} MB zijn. "
        "Er is niets ingelezen.",
        [WayOn("Kies een ander bestand", request.path)],
    )


def not_here(request: HttpRequest) -> Problem:
    """An address in a room for people with an account that leads to nothing."""
    return Problem(
        404,
        "Deze pagina bestaat niet",
        "Misschien staat er een typefout in het adres, of is wat hier stond verhuisd.",
        [_front(request)],
    )


def not_understood(request: HttpRequest) -> Problem:
    return Problem(
        400,
        "Dit verzoek begrijpen we niet",
        "Je browser stuurde iets wat niet klopt. Er is niets veranderd. Probeer het nog een keer.",
        [_front(request)],
        typed_in(request),
    )


def not_this_way(request: HttpRequest, allowed: str) -> HttpResponse:
    """A page for an address that a form is sent to, and that someone opened, or the other way."""
    problem = Problem(
        405,
        "Deze pagina kun je zo niet openen",
        "Dit adres hoort bij een knop op een andere pagina. Er is niets veranderd. "
        "Ga terug en gebruik de knop daar.",
        [_front(request)],
        typed_in(request),
    )
    response = problem.respond(request)
    response["Allow"] = allowed  # RFC 9110, 15.5.6
    return response


def too_often(request: HttpRequest) -> HttpResponse:
    """What allauth asks for when someone tries to sign in again and again."""
    problem = Problem(
        429,
        "Dat was te vaak achter elkaar",
        "Zo houden we tegen dat iemand jouw code raadt. "
        f"Wacht {MINUTES_TO_WAIT} minuten en probeer het dan nog een keer. "
        "Kwam er geen mail? Kijk dan ook bij de ongewenste post.",
        [WayOn("Naar het inloggen", reverse("account_login"))],
    )
    response = problem.respond(request)
    response["Retry-After"] = str(MINUTES_TO_WAIT * 60)  # RFC 6585, 4
    return response


def _front(request: HttpRequest) -> WayOn:
    """Of the room that they are in."""
    if request.path.startswith("/redactie/"):
        return WayOn("Naar de redactie", reverse("publication:desk"))
    if request.path.startswith("/beheer/"):
        return WayOn("Naar het beheer", reverse("admin:index"))
    return WayOn("Naar je lijsten", reverse("portal:lists"))


def expired_form(request: HttpRequest) -> Problem:
    return Problem(
        403,
        "Dit formulier is verlopen",
        "Je hebt intussen in- of uitgelogd, of het formulier kwam niet van onze eigen pagina. "
        "Er is niets veranderd. Open de pagina opnieuw en probeer het nog een keer.",
        [WayOn("Naar je lijsten", reverse("portal:lists"))],
        typed_in(request),
    )


def no_database(request: HttpRequest) -> Problem:
    return Problem(
        503,
        "Dit deel van de stemhulp is even niet bereikbaar",
        "Er is niets opgeslagen. Probeer het over een paar minuten nog een keer. "
        "Wat eerder is opgeslagen, is bewaard.",
        [WayOn("Probeer opnieuw", request.path)],
        typed_in(request),
    )


def signed_out(request: HttpRequest) -> Problem:
    return Problem(
        401,
        "Je bent uitgelogd",
        "Je wijziging is niet opgeslagen. Log opnieuw in en probeer het nog een keer.",
        [WayOn("Log in", f"{reverse('account_login')}?next={request.path}")],
        typed_in(request),
    )
