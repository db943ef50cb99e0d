"""People with an account who are at work while something goes wrong."""

import contextlib
import re
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.client import HTTPException
from pathlib import Path

import psycopg

from tests.local.clusters import Server
from tests.local.sites import Site, manage

STATEMENT = "/partij/gr2022/voorbeeldstad/gewoon-voorbeeldstad/stelling/gemengd-wonen/"
SESSIONS = """
from django.test import Client
from parties.models import User
from tests.curation.staff import prove
for name in {names}:
    client, user = Client(), User.objects.get(email=f"{{name}}@demo.example")
    client.force_login(user)
    prove(client, user)
    print(client.cookies["sessionid"].value)
"""


def sessions(url: str, home: Path, *names: str) -> list[str]:
    """Of people of the demo, who just showed their second factor."""
    told = manage(url, home, "shell", "--no-imports", "-c", SESSIONS.format(names=names))
    return told.split()[-len(names) :]


@dataclass
class Account:
    """Someone with an account, signed in."""

    port: int
    session: str
    token: str = ""
    cookies: dict[str, str] = field(default_factory=dict)

    def ask(self, method: str, path: str, **form: str) -> tuple[int, str]:
        """Status and text; a form gets what the last page that had it gave against forgery."""
        sent = {**self.cookies, "sessionid": self.session}
        site = Site(self.port, "; ".join(f"{name}={value}" for name, value in sent.items()))
        if method == "POST":
            form["csrfmiddlewaretoken"] = self.token
        status, page = site.ask(method, path, **form)
        for given in site.given:
            name, _, value = given.partition(";")[0].partition("=")
            self.cookies[name] = value
        if found := re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page):
            self.token = found[1]
        return status, page


@dataclass
class Member(Account):
    """Someone of a party who changes one answer again and again."""

    says: str = "Poging"
    version: str = "0"
    saves: int = 0
    confirmed: list[str] = field(default_factory=list)
    moments: list[float] = field(default_factory=list)  # when each was confirmed
    answers: list[int] = field(default_factory=list)  # every status
    stop: threading.Event = field(default_factory=threading.Event)

    def look(self) -> int:
        """Open the page, as one does after something went wrong."""
        status, page = self.ask("GET", STATEMENT)
        self.answers.append(status)
        if status == 200:
            self.version = re.findall(r'name="version"\s+value="(\d+)"', page)[0]
        return status

    def save(self) -> int:
        self.saves += 1
        text = f"{self.says} {self.saves}."
        form = {"version": self.version, "stance": "1", "motivation": text}
        status, _ = self.ask("POST", STATEMENT, **form)
        self.answers.append(status)
        if status in (302, 303):
            self.confirmed.append(text)
            self.moments.append(time.monotonic())
        return status

    def _work(self) -> None:
        while not self.stop.is_set():
            with contextlib.suppress(OSError, HTTPException):
                if self.look() == 200:
                    self.save()
            time.sleep(0.05)

    @contextlib.contextmanager
    def working(self) -> Iterator[None]:
        thread = threading.Thread(target=self._work)
        thread.start()
        try:
            yield
        finally:
            self.stop.set()
            thread.join(60)


def member(url: str, home: Path, port: int) -> Member:
    [session] = sessions(url, home, "partij")
    return Member(port, session)


def kept(server: Server) -> Counter[str]:
    """How often each motivation is in the history of all statements, on this server."""
    with psycopg.connect(server.url) as connection:
        rows = connection.execute("SELECT after->>'motivation' FROM statements_revision")
        return Counter(text for (text,) in rows)


def children(parent: int) -> list[int]:
    text = Path(f"/proc/{parent}/task/{parent}/children").read_text()
    return [int(pid) for pid in text.split()]
