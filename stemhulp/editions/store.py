"""The way to what voters see: from memory, asking the database again only now and then."""

import threading
import time
from collections.abc import Callable, Hashable
from datetime import date
from typing import Generic, TypeVar

from django.conf import settings

from stemhulp.editions.compile import compile_edition, compile_elections, compile_guide
from stemhulp.editions.edition import Edition, Election
from stemhulp.editions.guide import Guide

Value = TypeVar("Value")


class Shelf(Generic[Value]):
    """Values that are made when first asked for and kept for a few seconds.

    Only one thread at a time makes a value; one that cannot be made (None) is not kept, so that
    addresses someone makes up take no memory.
    """

    def __init__(self, make: Callable[..., Value | None]) -> None:
        self._make = make
        self._kept: dict[Hashable, tuple[float, Value]] = {}
        self._lock = threading.Lock()

    def get(self, *key: str) -> Value | None:
        kept = self._fresh(key)
        if kept is not None:
            return kept
        with self._lock:
            kept = self._fresh(key)
            if kept is None and (kept := self._make(*key)) is not None:
                self._kept[key] = (time.monotonic(), kept)
            return kept

    def _fresh(self, key: Hashable) -> Value | None:
        made, value = self._kept.get(key, (None, None))
        if made is None or time.monotonic() - made >= settings.EDITIONS_REFRESH_SECONDS:
            return None
        return value

    def clear(self) -> None:
        self._kept.clear()


_editions: Shelf[Edition] = Shelf(compile_edition)
_guides: Shelf[Guide] = Shelf(compile_guide)
_elections: Shelf[tuple[Election, ...]] = Shelf(compile_elections)


def edition(election: str, municipality: str) -> Edition | None:
    """The current edition of a contest, by the slugs of its address; None if there is none."""
    return _editions.get(election, municipality)


def guide(election: str) -> Guide | None:
    """The guide to an election, by its slug; None if there is none."""
    return _guides.get(election)


def elections(on: date) -> tuple[Election, ...]:
    """All elections, the one to show on this day first; empty without any."""
    return _elections.get(on.isoformat()) or ()


def clear() -> None:
    """Forget everything, so that the next question goes to the database."""
    for shelf in (_editions, _guides, _elections):
        shelf.clear()
