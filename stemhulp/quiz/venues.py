"""Where the quiz stands: on our own site, in somebody's page, or in a kiosk.

Each venue is a prefix of all addresses (Django's script prefix), so that every link on a page stays
in its venue, and so does the cookie with answers.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from enum import StrEnum

from django.urls import get_script_prefix, set_script_prefix


class Venue(StrEnum):
    SITE = ""
    EMBED = "embed"  # a frame in a page of somebody else, whose host the configuration allows
    KIOSK = "kiosk"  # a screen that passers-by share: in a library, on a market

    @property
    def prefix(self) -> str:
        return f"/{self}/" if self else "/"


_venue: ContextVar[Venue] = ContextVar("venue", default=Venue.SITE)


def here() -> Venue:
    """The venue of the request that is being served."""
    return _venue.get()


def venue_of(path: str) -> Venue:
    """The venue in which an address lies."""
    return next((each for each in Venue if each and path.startswith(each.prefix)), Venue.SITE)


@contextmanager
def within(venue: Venue) -> Iterator[None]:
    """Let all addresses that are made lie in this venue."""
    token, before = _venue.set(venue), get_script_prefix()
    set_script_prefix(venue.prefix)
    try:
        yield
    finally:
        set_script_prefix(before)
        _venue.reset(token)
