"""Without a database the rooms of people with an account are closed; voters notice nothing."""

from collections.abc import Callable

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse

from parties.problems import is_for_people_with_accounts, no_database
from stemhulp.editions import store


class NoDatabaseMiddleware:
    """Says so at once while the database is known to be out of reach.

    A worker serves one request at a time: one that waits for a database keeps voters waiting.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if is_for_people_with_accounts(request) and store.health()["stale_since"]:
            return no_database(request).respond(request)
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, (OperationalError, InterfaceError)) and (
            is_for_people_with_accounts(request)
        ):
            return no_database(request).respond(request)
        return None
