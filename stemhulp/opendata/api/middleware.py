"""Programs get no page made for people: every error under /api/ is a Problem."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from stemhulp.opendata.api.problems import ApiProblem, is_told, problem

PREFIX = "/api/"
FIRST_ERROR = 400


class ApiMiddleware:
    """Outside of everything that may refuse a request: too large, not known, a mistake of ours."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
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
