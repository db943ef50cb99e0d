"""A mistake in the middle of a request, at its worst: with the answers in hand."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from stemhulp.quiz import answers
from stemhulp.quiz.contests import edition_at

HEADER = "X-Fail-For-Test"


class FailingMiddleware:
    """Fails where the header asks for it; variables and the exception's text hold the answers."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: object, args: object, place: dict[str, Any]
    ) -> None:
        if HEADER not in request.headers:
            return
        posted = request.POST.dict() or request.body
        edition = edition_at(place["election"], place["municipality"]) if place else None
        given = answers.read(request, edition) if edition else None
        try:
            raise KeyError(given.stances if given else None)
        except KeyError as error:
            raise RuntimeError(f"{given} {posted!r} {request.META}") from error
