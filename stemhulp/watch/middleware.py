"""Around every request: who it is called, how long it took, and one line about it."""

import logging
from collections.abc import Callable
from time import perf_counter

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from stemhulp.watch import figures
from stemhulp.watch.seen import Seen, identity, serving

logger = logging.getLogger("stemhulp.requests")
HEADER = "X-Request-ID"


class WatchMiddleware:
    """Outermost: what any other middleware or view logs, belongs to the request that it sets."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        proposed = request.META.get("HTTP_X_REQUEST_ID") if settings.BEHIND_PROXY else None
        seen = Seen(request, identity(proposed))
        began = perf_counter()
        with serving(seen):
            response = self.get_response(request)
            _tell(seen, response.status_code, perf_counter() - began)
        response[HEADER] = seen.id
        return response


def _tell(seen: Seen, status: int, seconds: float) -> None:
    figures.observe(seen.route, seen.method, status, seconds)
    logger.info("request", extra={"status_code": status, "milliseconds": seconds * 1000})
