"""The way to what voters see: from memory, else from a file, else from the database.

Each process asks the database every few seconds what is new, in one small query and beside the
requests, never in them. When it cannot be reached, everything known is served on; a process that
starts without it reads what was kept as files. When it is back, the next question catches up.
"""

import gc
import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connections

from stemhulp.editions.compile import elections_content, guide_content
from stemhulp.editions.document import parse
from stemhulp.editions.edition import DUTCH, Edition, Election, Imprint
from stemhulp.editions.files import Files
from stemhulp.editions.guide import Guide, read_election, read_guide
from stemhulp.editions.models import PublishedEdition

logger = logging.getLogger(__name__)
MEMORY_PER_BYTE = 3  # of a document, once it is read and its pages are made (make bench)
LONGEST_WAIT = 1.0  # seconds, for what seems not to exist
FIELDS = (
    *("pk", "contest__election__slug", "contest__municipality__slug"),
    *("number", "digest", "published_at", "published_by", "reason", "repeats"),
)


@dataclass(frozen=True)
class Known:
    """Everything that leads to editions, at one moment. Never changed: the next one replaces it."""

    elections: tuple[tuple[bool, Election], ...] = ()  # whether anything is asked in it
    guides: Mapping[str, Guide] = field(default_factory=dict)
    contents: Mapping[str, Any] = field(default_factory=dict)  # of the guides, to keep as a file
    editions: Mapping[str, tuple[Imprint, ...]] = field(
        default_factory=dict
    )  # by contest, in order
    newest: int = 0  # key of the newest edition


class UnreachableError(Exception):
    """An edition that exists, and that is neither here nor, for now, to be had."""


class Store:
    """What one process knows and holds."""

    def __init__(self) -> None:
        self._known: Known | None = None
        self._asked = 0.0
        self._guided = 0.0
        self._lock = threading.Lock()  # who refreshes, which may wait long for a database
        self._answered = threading.Event()  # no question is under way
        self._answered.set()
        self._holding = threading.Lock()  # who changes what is held; never waits
        self._editions: OrderedDict[tuple[Imprint, str], tuple[Edition, int]] = OrderedDict()
        self._held = 0
        self.stale_since: datetime | None = None
        self.unkept_since: datetime | None = None  # no file could be written: a full disk

    # What pages ask for

    def edition(self, election: str, municipality: str, language: str = DUTCH) -> Edition | None:
        """The current edition of a contest, in a language; None when none was published.

        Raises UnreachableError.
        """
        imprints = self.imprints(election, municipality)
        return self._edition(imprints[-1], language) if imprints else None

    def imprints(self, election: str, municipality: str) -> tuple[Imprint, ...]:
        """All editions of a contest, the oldest first."""
        path = f"{election}/{municipality}"
        return self._current().editions.get(path) or self._asked_again().editions.get(path, ())

    def contests(self, election: str) -> dict[str, tuple[Imprint, ...]]:
        """All editions of each contest that has any, by the slug of its municipality."""
        begin = f"{election}/"
        known = self._current().editions
        return {
            path.removeprefix(begin): imprints
            for path, imprints in known.items()
            if path.startswith(begin)
        }

    def document(self, imprint: Imprint) -> bytes:
        """The exact bytes of an edition. Raises UnreachableError."""
        files = Files(Path(settings.EDITIONS_FOLDER))
        found = files.document(imprint.digest)
        if found is None:
            found = self._fetch(imprint)
            self._note_kept(is_kept=files.keep_document(imprint.digest, found))
        return found

    def guide(self, election: str) -> Guide | None:
        return self._current().guides.get(election) or self._asked_again().guides.get(election)

    def elections(self, on: date) -> tuple[Election, ...]:
        """All elections, the one to show on this day first.

        That is the next to come, else the latest that was; those in which nothing is asked come
        after those in which something is.
        """
        shown = sorted(
            self._current().elections,
            key=lambda pair: (not pair[0], pair[1].date < on, abs(pair[1].date - on)),
        )
        return tuple(election for _, election in shown)

    def health(self) -> dict[str, Any]:
        """Figures without a person in them: what is known, held, and how fresh it is."""
        known = self._current()
        return {
            "stale_since": self.stale_since.isoformat() if self.stale_since else None,
            "unkept_since": self.unkept_since.isoformat() if self.unkept_since else None,
            "contests": len(known.editions),
            "editions": sum(map(len, known.editions.values())),
            "held_in_memory": len(self._editions),
        }

    # Keeping up

    def _current(self) -> Known:
        if self._known is None:
            with self._lock:
                if self._known is None:
                    self.refresh()
        elif time.monotonic() - self._asked > settings.EDITIONS_REFRESH_SECONDS:
            self._asked = time.monotonic()
            self._answered.clear()
            threading.Thread(target=self._refresh_aside, daemon=True).start()
        return self._known or Known()

    def _asked_again(self) -> Known:
        """What is known when the question under way is answered.

        For what seems not to exist: a process that served nobody for a while would else deny what
        was published meanwhile. Nobody waits for a database that cannot be reached.
        """
        if self.stale_since is None:
            self._answered.wait(LONGEST_WAIT)
        return self._known or Known()

    def _refresh_aside(self) -> None:
        if self._lock.acquire(blocking=False):
            try:
                self.refresh()
                self._answered.set()
                self._keep_documents()
            finally:
                self._lock.release()
                connections.close_all()
                self._answered.set()

    def catch_up(self) -> None:
        """Ask what is new now, and not when the next question comes."""
        with self._lock:
            self.refresh()
            self._answered.set()

    def refresh(self) -> None:
        """Ask the database what is new; without it, go on with what is known or was kept."""
        self._asked = time.monotonic()
        try:
            known = self._ask(self._known or Known())
        except (DatabaseError, InterfaceError) as error:
            if self.stale_since is None:
                self.stale_since = datetime.now().astimezone()
                logger.warning("Database unreachable; serving what is known. %s", error)
            if self._known is None:
                kept = _from_file(Files(Path(settings.EDITIONS_FOLDER)).known())
                self._known = kept or Known()
            return
        if self.stale_since is not None:
            logger.warning("Database is back.")
            self.stale_since = None
        if known is not self._known or self.unkept_since is not None:
            self._known = known
            files = Files(Path(settings.EDITIONS_FOLDER))
            self._note_kept(is_kept=files.keep_known(_to_file(known)))

    def _ask(self, known: Known) -> Known:
        rows = list(
            PublishedEdition.objects.filter(pk__gt=known.newest).order_by("pk").values_list(*FIELDS)
        )
        is_old = time.monotonic() - self._guided > settings.GUIDES_REFRESH_SECONDS
        if not rows and known.elections and not is_old:
            return known
        editions = dict(known.editions)
        for _, election, municipality, *imprint in rows:
            path = f"{election}/{municipality}"
            editions[path] = (*editions.get(path, ()), Imprint(*imprint))
        elections = elections_content()
        contents = {each["slug"]: guide_content(each["slug"]) for each in elections}
        self._guided = time.monotonic()
        return Known(
            elections=_read_elections(elections),
            guides={slug: read_guide(content) for slug, content in contents.items()},
            contents=contents,
            editions=editions,
            newest=rows[-1][0] if rows else known.newest,
        )

    def _keep_documents(self) -> None:
        """Have every current edition as a file, before it is needed without the database.

        Where one cannot be kept, the others wait for the next time: a full disk gives one line
        in the log each time, and not one for each contest.
        """
        files = Files(Path(settings.EDITIONS_FOLDER))
        for imprints in list((self._known or Known()).editions.values()):
            if self.stale_since is not None or self.unkept_since is not None:
                return
            if not files.has_document(imprints[-1].digest):
                try:
                    self.document(imprints[-1])
                except UnreachableError:
                    return

    def _note_kept(self, *, is_kept: bool) -> None:
        if is_kept:
            self.unkept_since = None
        elif self.unkept_since is None:
            self.unkept_since = datetime.now().astimezone()

    # Holding editions

    def _edition(self, imprint: Imprint, language: str) -> Edition:
        wanted = (imprint, language)
        with self._holding:
            held = self._editions.get(wanted)
            if held is not None:
                self._editions.move_to_end(wanted)
                return held[0]
        document = self.document(imprint)
        edition = replace(parse(document, language), imprint=imprint)
        gc.collect()
        gc.freeze()  # what is left stays for long: the collector need not look through it again
        with self._holding:
            if wanted not in self._editions:
                self._editions[wanted] = (edition, len(document) * MEMORY_PER_BYTE)
                self._held += len(document) * MEMORY_PER_BYTE
            while self._held > settings.EDITIONS_MEMORY_MB * 2**20 and len(self._editions) > 1:
                self._held -= self._editions.popitem(last=False)[1][1]
        return edition

    def _fetch(self, imprint: Imprint) -> bytes:
        try:
            rows = PublishedEdition.objects.filter(digest=imprint.digest)
            document = rows.values_list("document", flat=True).first()
        except (DatabaseError, InterfaceError) as error:
            raise UnreachableError(imprint.digest) from error
        if document is None:  # another copy of the database, which is behind
            raise UnreachableError(imprint.digest)
        return bytes(document)


def _read_elections(content: list[dict[str, Any]]) -> tuple[tuple[bool, Election], ...]:
    return tuple((each["is_asked"], read_election(each)) for each in content)


def _to_file(known: Known) -> dict[str, Any]:
    return {
        "elections": [
            asdict(election) | {"date": election.date.isoformat(), "is_asked": is_asked}
            for is_asked, election in known.elections
        ],
        "guides": dict(known.contents),
        "newest": known.newest,
        "editions": {
            path: [
                asdict(imprint) | {"published_at": imprint.published_at.isoformat()}
                for imprint in imprints
            ]
            for path, imprints in known.editions.items()
        },
    }


def _from_file(content: Any) -> Known | None:
    """What was known when the file was kept; None without a file that can be read."""
    if content is None:
        return None
    try:
        return Known(
            elections=_read_elections(content["elections"]),
            guides={slug: read_guide(each) for slug, each in content["guides"].items()},
            contents=content["guides"],
            editions={
                path: tuple(
                    Imprint(**each | {"published_at": datetime.fromisoformat(each["published_at"])})
                    for each in imprints
                )
                for path, imprints in content["editions"].items()
            },
            newest=content["newest"],
        )
    except (KeyError, TypeError, ValueError, AttributeError):
        logger.exception("The file of what is known is damaged and is ignored.")
        return None


_store = Store()


def edition(election: str, municipality: str, language: str = DUTCH) -> Edition | None:
    """The current edition of a contest, by the slugs of its address; None if there is none."""
    return _store.edition(election, municipality, language)


def imprints(election: str, municipality: str) -> tuple[Imprint, ...]:
    """All editions of a contest, the oldest first."""
    return _store.imprints(election, municipality)


def contests(election: str) -> dict[str, tuple[Imprint, ...]]:
    """All editions of each contest that has any, by the slug of its municipality; none waits."""
    return _store.contests(election)


def document(imprint: Imprint) -> bytes:
    """The exact bytes of an edition. Raises UnreachableError."""
    return _store.document(imprint)


def guide(election: str) -> Guide | None:
    """The guide to an election, by its slug; None if there is none."""
    return _store.guide(election)


def elections(on: date) -> tuple[Election, ...]:
    """All elections, the one to show on this day first; empty without any."""
    return _store.elections(on)


def health() -> dict[str, Any]:
    """Figures without a person in them: what is known, held, and how fresh it is."""
    return _store.health()


def stale_since() -> datetime | None:
    """Since when the database could not be reached; None while all is well."""
    return _store.stale_since


def catch_up() -> None:
    """Know at once what was just published here; other processes find it within seconds."""
    _store.catch_up()


def clear() -> None:
    """Forget everything, so that the next question goes to the database."""
    global _store  # noqa: PLW0603  # one store per process, replaced whole
    _store = Store()
