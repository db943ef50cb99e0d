"""A request, as far as the log and the figures may know it.

Of its address there is only the name of its route: `quiz:statement`, and not which statement of
which municipality. Nothing in here needs Django, so that a log can be written before it is there.
"""

import re
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
# 32 hexadecimal digits, as nginx ($request_id), HAProxy (uuid()) and Caddy make them: in that there
# is no room for anything else.
WELL_FORMED = re.compile(r"[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}", re.IGNORECASE)


@dataclass(frozen=True)
class Seen:
    """The request that is being served."""

    request: Any  # an HttpRequest
    id: str

    @property
    def method(self) -> str:
        """One that HTTP knows: anybody may send any word."""
        method: str = self.request.method
        return method if method in METHODS else "other"

    @property
    def route(self) -> str:
        """Its name; "none" where no view was found: a file, a redirect, nothing, or not yet."""
        match = getattr(self.request, "resolver_match", None)
        return match.view_name if match else "none"


_now: ContextVar[Seen | None] = ContextVar("seen", default=None)


def now() -> Seen | None:
    """The request that is being served here; None beside the requests."""
    return _now.get()


@contextmanager
def serving(seen: Seen) -> Iterator[None]:
    token = _now.set(seen)
    try:
        yield
    finally:
        _now.reset(token)


def identity(proposed: str | None) -> str:
    """The proxy's own name for a request, where it is one; else a new one, drawn at random."""
    if proposed and WELL_FORMED.fullmatch(proposed):
        return proposed.replace("-", "").lower()
    return uuid.uuid4().hex
