"""How much of what costs us time one address may ask for: searching, documents, the API.

A voter's way asks the database nothing, and neither does this: each process counts in memory, and
only what one address asks for very often is added up with the other processes, beside the
requests, in the cache that all share. So a bound may be passed by a part of itself before all
processes know; without the cache each counts on by itself. An address is kept as `sealed` makes
it, for two minutes, and one that asks little is written down nowhere.

The bounds are for a program. A school, where three hundred pupils share one address and type the
name of their town in the same minute, stays below them.
"""

import logging
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, connections
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from parties.accounts.limits import BY_ADDRESS, address_of, sealed
from stemhulp.quiz.problems import Problem

logger = logging.getLogger(__name__)
MINUTE = 60
EXCHANGE_EVERY = 2.0  # seconds
WORTH_TELLING = 20  # the part of a bound (one in so many) from which others are told
LOCK, LOCK_SECONDS = "limits-exchange", 5
Key = tuple[str, str, int]  # action, sealed address, minute


@dataclass
class Counts:
    """What one process counted, and what it knows of all."""

    ours: Counter[Key] = field(default_factory=Counter)  # not told to the others yet
    all_: dict[Key, int] = field(default_factory=dict)  # as of the last exchange
    _exchanged: float = 0.0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, key: Key) -> int:
        """One more; how many there are now, as far as this process knows."""
        with self._lock:
            self.ours[key] += 1
            count = self.ours[key] + self.all_.get(key, 0)
        if time.monotonic() - self._exchanged > EXCHANGE_EVERY and self._is_worth_telling(key):
            self._exchanged = time.monotonic()
            threading.Thread(target=self._exchange_aside, daemon=True).start()
        return count

    def _is_worth_telling(self, key: Key) -> bool:
        return self.ours[key] * WORTH_TELLING >= settings.ADDRESS_LIMITS[key[0]]

    def exchange(self, minute: int) -> None:
        """Add what is ours to what all processes share, and learn what the sum is."""
        with self._lock:
            told = [key for key in self.ours if key[2] == minute and self._is_worth_telling(key)]
        if not cache.add(LOCK, "taken", LOCK_SECONDS):
            return  # another process is at it; ours are told the next time
        try:
            names = {key: f"limits{BY_ADDRESS}{key[0]}:{key[1]}:{key[2]}" for key in told}
            known = cache.get_many(names.values())
            with self._lock:
                sums = {key: known.get(names[key], 0) + self.ours.pop(key, 0) for key in told}
                self.all_ = {key: n for key, n in self.all_.items() if key[2] == minute} | sums
                self.ours = Counter({key: n for key, n in self.ours.items() if key[2] == minute})
            cache.set_many({names[key]: count for key, count in sums.items()}, 2 * MINUTE)
        finally:
            cache.delete(LOCK)

    def clear(self) -> None:
        self.ours, self.all_, self._exchanged = Counter(), {}, 0.0

    def _exchange_aside(self) -> None:
        try:
            self.exchange(int(time.time()) // MINUTE)
        except (DatabaseError, OSError) as error:
            logger.warning("Limits are counted per process: %s", type(error).__name__)
        finally:
            connections.close_all()


counts = Counts()


class LimitsMiddleware:
    """Within the venue and the language, so that who is refused reads why in their own."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *view: Any) -> HttpResponse | None:
        """Once it is known that there is a view, and where links lead to."""
        action = action_of(request)
        if action and (seconds := must_wait(request, action)):
            return _refused(request, seconds)
        return None


def action_of(request: HttpRequest) -> str:
    """What of the limited things it asks for; empty for all that is cheap."""
    path = request.path_info
    if path.startswith("/api/"):
        return "match" if request.method == "POST" else "api"
    if path.endswith(("/uitslag/pdf/", "/uitslag/afbeelding.png")):
        return "documents"
    return "search" if "plaats" in request.GET or "naam" in request.GET else ""


def must_wait(request: HttpRequest, action: str) -> int:
    """Count it. How many seconds to wait when it was once too often; else 0."""
    address = address_of(request)
    if not address or not (settings.BEHIND_PROXY or ip_address(address).is_global):
        return 0  # a proxy that nobody told us of: behind it are all voters
    now = time.time()
    seal = sealed(f"{BY_ADDRESS}{address}", "limits", 1)[:32]
    count = counts.add((action, seal, int(now) // MINUTE))
    return MINUTE - int(now) % MINUTE if count > settings.ADDRESS_LIMITS[action] else 0


def _refused(request: HttpRequest, seconds: int) -> HttpResponse:
    problem = Problem(
        429,
        _("Er komt te veel tegelijk van jouw netwerk"),
        _(
            "Vanaf jouw adres op internet vragen computers meer dan we kunnen geven. "
            "Wacht een minuut en probeer het dan nog een keer. Je antwoorden ben je niet kwijt."
        ),
    )
    response = problem.respond(request)
    response["Retry-After"] = str(seconds)  # RFC 6585, 4
    return response
