"""Who is asking, and whether they are signed in."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django_htmx.middleware import HtmxDetails

from parties.models import User
from parties.problems import signed_out

P = ParamSpec("P")


class PersonRequest(HttpRequest):
    """A request of someone who is signed in."""

    user: User
    htmx: HtmxDetails


def person(request: HttpRequest) -> User | None:
    """Who is signed in."""
    return request.user if isinstance(request.user, User) else None


def signed_in(
    view: Callable[Concatenate[PersonRequest, P], HttpResponse],
) -> Callable[Concatenate[PersonRequest, P], HttpResponse]:
    """Let only people who are signed in through.

    Who is not is asked to, and comes back here; what they were about to save is given back.
    """

    @wraps(view)
    def checked(request: PersonRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if person(request) is None:
            if request.method == "POST":
                raise signed_out(request)
            return redirect_to_login(request.path)
        response = view(request, *args, **kwargs)
        response["Cache-Control"] = "no-store"
        return response

    return checked
