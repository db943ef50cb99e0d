"""How often someone may do what costs others something: guess, be mailed, have files read.

Counted by allauth, in the cache that all processes share (`CACHE_URL`); the rates stand in the
settings (`ACCOUNT_RATE_LIMITS`). Whose address it was is in no key: see `sealed`.
"""

import hmac
import ipaddress
from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from allauth.account import app_settings
from allauth.core import ratelimit
from allauth.core.internal import ratelimit as ratelimits
from allauth.core.internal.ratelimit import Rate, parse_rates
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from parties.problems import Problem, WayOn, typed_in

P = ParamSpec("P")
_applied: Callable[..., tuple[bool, list[float]]] = ratelimits.apply_rate
SKEW = 60  # seconds
BY_ADDRESS = ":ip:"  # in allauth's keys
IPV6_NETWORK = 64  # bits: what one household has


def limited(
    action: str, said: str
) -> Callable[
    [Callable[Concatenate[Any, P], HttpResponse]], Callable[Concatenate[Any, P], HttpResponse]
]:
    """Let a view be sent a form no more often than the settings say; `said` is why, in Dutch."""

    def decorate(
        view: Callable[Concatenate[Any, P], HttpResponse],
    ) -> Callable[Concatenate[Any, P], HttpResponse]:
        @wraps(view)
        def checked(request: Any, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if request.method == "POST" and not ratelimit.consume(request, action=action):
                raise TooOften(request, action, said)
            return view(request, *args, **kwargs)

        return checked

    return decorate


class TooOften(Problem):
    """Says how long to wait: so long as the longest of the rates."""

    def __init__(self, request: HttpRequest, action: str, said: str) -> None:
        self.seconds = int(longest(action))
        minutes = -(-self.seconds // 60)
        wait = "een minuut" if minutes == 1 else f"{minutes} minuten"
        super().__init__(
            429,
            "Dat was te vaak achter elkaar",
            f"{said} Er is niets veranderd. Wacht {wait} en probeer het dan nog een keer.",
            [WayOn("Probeer opnieuw", request.path)],
            typed_in(request),
        )

    def respond(self, request: HttpRequest) -> HttpResponse:
        response = super().respond(request)
        response["Retry-After"] = str(self.seconds)  # RFC 6585, 4
        return response


def longest(action: str) -> float:
    """Seconds after which an action is free again, whatever was done."""
    return float(max(rate.duration for rate in parse_rates(app_settings.RATE_LIMITS[action])))


def address_of(request: HttpRequest) -> str:
    """Where a request comes from; of what proxies say, only what ours added is believed.

    An IPv6 network counts as one: whoever has one has more addresses than anybody can count.
    """
    written = str(request.META.get("REMOTE_ADDR", ""))
    hops = settings.BEHIND_PROXY
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "")
    told = forwarded.split(",") if forwarded else []
    if len(told) >= hops > 0:
        written = told[-hops].strip()
    try:
        found = ipaddress.ip_address(written.strip("[]"))
    except ValueError:
        return ""
    if isinstance(found, ipaddress.IPv6Address):
        found = found.ipv4_mapped or found
    if isinstance(found, ipaddress.IPv6Address):
        network = ipaddress.ip_network((found, IPV6_NETWORK), strict=False)
        return str(network.network_address)
    return str(found)


def sealed(key: str, prefix: str, version: int) -> str:
    """A key of the cache, as it is kept (`KEY_FUNCTION`): of no use to whoever reads the table.

    An address has few possibilities, so a plain digest of it could be tried out. With SECRET_KEY
    in it that takes the secret; with the day in it nobody is the same on the next.
    """
    day = f"{timezone.now():%Y-%m-%d}" if BY_ADDRESS in key else ""
    return hmac.new(
        settings.SECRET_KEY.encode(), f"{prefix}:{version}:{day}:{key}".encode(), "sha256"
    ).hexdigest()


def apply_rate(
    history: list[float], now: float, rate: Rate, *, dry_run: bool = False
) -> tuple[bool, list[float]]:
    """As allauth does, but forgets what lies ahead of a clock that was set back.

    Otherwise whoever was refused waits for as long as the clock was set back, on top of what they
    were told. Clocks of our own machines differ by less than `SKEW`: that is no reason to forget.
    """
    return _applied([each for each in history if each <= now + SKEW], now, rate, dry_run=dry_run)


ratelimits.apply_rate = apply_rate
