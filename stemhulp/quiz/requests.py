"""Which requests a voter's view takes: the right method, and from our own pages only."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django_htmx.middleware import HtmxDetails

from stemhulp.quiz.problems import Problem, cross_site

P = ParamSpec("P")


class VoterRequest(HttpRequest):
    """A request as HtmxMiddleware leaves it."""

    htmx: HtmxDetails


View = Callable[Concatenate[VoterRequest, P], HttpResponse]


def takes(*methods: str) -> Callable[[View[P]], View[P]]:
    """Let a view take these methods, with a page that says so for any other.

    A POST must come from our own pages. The browser itself tells where it comes from
    (Sec-Fetch-Site, else Origin), so a voter needs no token and no second cookie, and the
    introduction can be cached for everyone. A client that says neither is no browser and has
    nobody's cookies to misuse. This is the check that OWASP's cheat sheet on cross-site request
    forgery describes as fetch metadata with Origin as the fallback.
    """

    def decorate(view: View[P]) -> View[P]:
        @csrf_exempt
        @wraps(view)
        def checked(request: VoterRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if request.method not in methods:
                raise Problem(
                    405,
                    _("Dat kan hier niet"),
                    _("Deze pagina kun je alleen op een andere manier openen."),
                )
            if request.method == "POST" and not is_from_our_pages(request):
                raise cross_site()
            return view(request, *args, **kwargs)

        return checked

    return decorate


def wants_fragment(request: VoterRequest) -> bool:
    """Whether htmx asks, for a part of a page; after "back" it wants a whole one.

    What `request.htmx` would say, without the table of all headers that it needs: on the voter's
    way that is a tenth of what a page costs.
    """
    sent = request.META
    return (
        sent.get("HTTP_HX_REQUEST") == "true"
        and sent.get("HTTP_HX_HISTORY_RESTORE_REQUEST") != "true"
    )


def is_from_our_pages(request: HttpRequest) -> bool:
    site = request.META.get("HTTP_SEC_FETCH_SITE")
    if site is not None:
        return site in {"same-origin", "none"}
    origin = request.META.get("HTTP_ORIGIN")
    host = request.get_host()
    ours = {f"https://{host}"} if request.is_secure() else {f"https://{host}", f"http://{host}"}
    return origin is None or origin in ours
