"""Voters who take one quiz after another, and notice whatever goes wrong."""

import contextlib
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.client import HTTPException

from tests.local.sites import TOWN, Site

VOTERS = 8


@dataclass
class Crowd:
    """Voters who take one quiz after another until they are told to stop."""

    port: int
    quizzes: int = 0
    errors: list[str] = field(default_factory=list)
    stop: threading.Event = field(default_factory=threading.Event)

    def _vote(self) -> None:
        while not self.stop.is_set():
            try:
                self._take_quiz()
            except (OSError, HTTPException, AssertionError) as error:
                self.errors.append(f"{time.strftime('%X')} {error!r}")

    def _take_quiz(self) -> None:
        voter = Site(self.port)
        assert voter.ask("GET", "/?plaats=voorbeeldstad")[0] in (200, 302)
        assert voter.ask("POST", f"{TOWN}begin/")[0] == 303
        for number in range(1, 25):
            status, page = voter.ask("POST", f"{TOWN}stelling/{number}/", mening="1")
            assert status == 303, (status, page[:200])
            if self.stop.is_set():
                return
        status, page = voter.ask("GET", f"{TOWN}uitslag/")
        assert (status, "Jouw uitslag in Voorbeeldstad" in page) == (200, True), status
        self.quizzes += 1

    @contextlib.contextmanager
    def voting(self) -> Iterator[None]:
        threads = [threading.Thread(target=self._vote) for _ in range(VOTERS)]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            self.stop.set()
            for thread in threads:
                thread.join(60)
