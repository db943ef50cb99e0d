"""Programs get no page made for people: every error under /api/ is a Problem."""

from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from stemhulp.opendata.api.problems import ApiProblem, is_told, problem

PREFIX = "/api/"
FIRST_ERROR = 400
IN_THE_CLEAR = "Ask over https. What you sent could be read on the way here."


class ApiMiddleware:
    """Outside of everything that may refuse a request: too large, not known, a mistake of ours."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if is_in_the_clear(request):
            return problem(HttpResponse(status=HTTPStatus.FORBIDDEN), IN_THE_CLEAR)
        response = self.get_response(request)
        if (
            response.status_code >= FIRST_ERROR
            and request.path.startswith(PREFIX)
            and not is_told(response)
        ):
            return problem(response)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return exception.respond() if isinstance(exception, ApiProblem) else None


def is_in_the_clear(request: HttpRequest) -> bool:
    """Whether it came over http where only https is served, and no page leads on to that.

    A program would follow, and send what it has in the clear every time (ASVS 4.1.2).
    """
    is_for_programs = request.path.startswith(f"{PREFIX}v1/") and request.path != f"{PREFIX}v1/"
    return settings.SECURE_SSL_REDIRECT and is_for_programs and not request.is_secure()
