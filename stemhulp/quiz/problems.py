"""What a person sees when something is not as it should be: plain Dutch, and a way on."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from stemhulp.editions.edition import Edition
from stemhulp.quiz import answers


@dataclass(frozen=True)
class WayOn:
    """A link that helps further."""

    label: str
    url: str


class Problem(Exception):
    """A request that cannot be served. Any view may raise it; ProblemMiddleware shows it."""

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
        super().__init__(title)
        self.status = status
        self.title = title
        self.explanation = explanation
        self.ways_on = ways_on
        self.edition = edition
        self.forget_answers = forget_answers


class ProblemMiddleware:
    """Turns a Problem into its page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return show(request, exception) if isinstance(exception, Problem) else None


def show(request: HttpRequest, problem: Problem) -> HttpResponse:
    """The page for a problem. It is never cached: the next try may go well."""
    home = WayOn("Zoek je gemeente", reverse("quiz:landing"))
    response = render(
        request,
        "quiz/problem.html",
        {
            "title": problem.title,
            "explanation": problem.explanation,
            "ways_on": [*problem.ways_on, home],
            "edition": problem.edition,
        },
        status=problem.status,
    )
    response["Cache-Control"] = "no-store"
    if problem.forget_answers and problem.edition:
        answers.erase(response, problem.edition.path)
    return response


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return show(
        request,
        Problem(
            400,
            "Dit verzoek begrijpen we niet",
            "Je browser stuurde iets wat niet klopt. Probeer het nog een keer.",
        ),
    )


def forbidden(
    request: HttpRequest, exception: Exception | None = None, reason: str = ""
) -> HttpResponse:
    return show(request, cross_site())


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return show(
        request,
        Problem(
            404,
            "Deze pagina bestaat niet",
            "Misschien staat er een typefout in het adres, of is de pagina verhuisd.",
        ),
    )


def cross_site() -> Problem:
    return Problem(
        403,
        "Dit kwam niet van onze eigen pagina",
        "Een formulier van een andere website mag hier geen antwoorden invullen. "
        "Er is niets veranderd. Ga terug naar de stemhulp en probeer het daar.",
    )
