"""The product as a server runs it, with everything that it writes below one folder."""

import contextlib
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

import psycopg
from django.conf import settings
from psycopg import sql

from stemhulp.local import web_server
from stemhulp.local.postgres import Cluster
from tests.local.runs import clean_environment, free_port
from tests.local.waiting import wait_until
from tests.privacy.sink import ReportSink

CLIENT = "127.0.0.99"  # where the voter comes from: nothing else does
TOWN = "/gr2022/voorbeeldstad/"
LONGEST_SIGNPOST = 2  # characters in the cookies of languages that the answers are not in


@dataclass
class Product:
    """Servers, and the folder with all that they write."""

    home: Path
    database: str
    reports: ReportSink
    port: int = field(default_factory=free_port)
    metrics_port: int = field(default_factory=free_port)

    @property
    def environment(self) -> dict[str, str]:
        for name in ("tmp", "mail", "user"):
            (self.home / name).mkdir(exist_ok=True)
        return clean_environment() | {
            "DJANGO_SETTINGS_MODULE": "tests.privacy.settings",
            "DATABASE_URL": self.database,
            "SECRET_KEY": "only-for-tests-q8Zr2LxVn5TcWb7Ky4MdHs9PfJg3XwRa6UeCt",
            "DEBUG": "off",
            "HTTPS": "off",
            "BEHIND_PROXY": "on",
            "COUNT_USE": "on",
            "EMBED_HOSTS": "https://krant.example",
            "SITE_URL": f"http://127.0.0.1:{self.port}",
            "EMAIL_URL": f"filemail:///{self.home / 'mail'}",
            "STATIC_ROOT": str(settings.STATIC_ROOT),
            "EDITIONS_FOLDER": str(self.home / "editions"),
            "HANDOUTS_FOLDER": str(self.home / "handouts"),
            "OPENDATA_FOLDER": str(self.home / "opendata"),
            "METRICS_FOLDER": str(self.home / "metrics"),
            "METRICS_PORT": str(self.metrics_port),
            "SENTRY_DSN": self.reports.dsn,
            "TMPDIR": str(self.home / "tmp"),
            "HOME": str(self.home / "user"),
        }

    def manage(self, *arguments: str) -> None:
        with (self.home / "commands.log").open("ab") as log:
            command = [sys.executable, "manage.py", *arguments]
            subprocess.run(
                command,
                cwd=settings.BASE_DIR,
                env=self.environment,
                stdout=log,
                stderr=log,
                check=True,
            )

    @contextlib.contextmanager
    def serving(self) -> Iterator[None]:
        with (self.home / "server.log").open("ab") as log:
            server = subprocess.Popen(
                web_server.command("127.0.0.1", self.port, workers=2),
                cwd=settings.BASE_DIR,
                env=self.environment,
                stdout=log,
                stderr=log,
            )
        try:
            wait_until(lambda: Voter(self.port).get("/health/ready").status == 200)
            yield
        finally:
            server.terminate()
            server.wait(30)

    @property
    def log(self) -> str:
        return (self.home / "server.log").read_text()

    def metrics(self) -> str:
        connection = HTTPConnection("127.0.0.1", self.metrics_port, timeout=30)
        with contextlib.closing(connection):
            connection.request("GET", "/")
            return connection.getresponse().read().decode()

    def dump(self) -> bytes:
        """Every row of every table, as text and as it is stored."""
        with psycopg.connect(self.database) as connection:
            tables = connection.execute(
                "SELECT schemaname, tablename FROM pg_tables"
                " WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"
            ).fetchall()
            return b"\n".join(
                _copied(connection, sql.Identifier(*table), form)
                for table in tables
                for form in ("text", "binary")
            )

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Everything below the folder, by its kind: also the database's own files, and its log."""
        elsewhere = [Path(each.read_text().strip()) for each in self.home.rglob("elsewhere")]
        for folder in (self.home, *elsewhere):
            for path in sorted(folder.rglob("*")):
                if path.is_file() and not path.is_symlink():
                    yield _kind(self.home, path), path.read_bytes()


def _kind(home: Path, path: Path) -> str:
    if not path.is_relative_to(home):  # where the data of a database lie that root may not keep
        return "postgres"
    top = path.relative_to(home).parts[0]
    if top in {"mail", "postgres"}:
        return top
    return "log" if path.suffix == ".log" else "files"


def _copied(connection: psycopg.Connection, table: sql.Identifier, form: str) -> bytes:
    query = sql.SQL("COPY {} TO STDOUT (FORMAT {})").format(table, sql.SQL(form))
    with connection.cursor().copy(query) as copy:
        return b"".join(copy)


@contextlib.contextmanager
def product(home: Path) -> Iterator[Product]:
    """With Voorbeeldstad published, on a PostgreSQL of its own; not serving yet."""
    with Cluster(home / "postgres", durable=False).running() as url, ReportSink() as reports:
        made = Product(home, url, reports)
        made.manage("migrate", "--verbosity=0")
        made.manage("load_demo", "--publish", "voorbeeldstad")
        yield made


@dataclass(frozen=True)
class Reply:
    status: int
    headers: dict[str, str]
    content: bytes

    @property
    def text(self) -> str:
        return self.content.decode()


@dataclass
class Voter:
    """A browser with recognisable habits, that keeps what addresses and cookies it was given."""

    port: int
    headers: dict[str, str] = field(default_factory=dict)
    cookie: str = ""
    tokens: list[str] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)

    def get(self, path: str, **headers: str) -> Reply:
        return self._ask("GET", path, None, headers)

    def post(self, path: str, *fields: tuple[str, str], **headers: str) -> Reply:
        return self._ask("POST", path, urlencode(fields), headers)

    def send(self, path: str, body: str, **headers: str) -> Reply:
        """JSON, as a program does."""
        return self._ask("POST", path, body, {"Content-Type": "application/json"} | headers)

    def _ask(self, method: str, path: str, body: str | None, more: dict[str, str]) -> Reply:
        named = {name.replace("_", "-"): value for name, value in more.items()}
        headers = {"Content-Type": "application/x-www-form-urlencoded"} | self.headers | named
        if self.cookie:
            headers["Cookie"] = f"antwoorden={self.cookie}"
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60, source_address=(CLIENT, 0))
        with contextlib.closing(connection):
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            given = {name.lower(): value for name, value in response.getheaders()}
            self._keep(response.headers.get_all("Set-Cookie") or [], given)
            return Reply(response.status, given, response.read())

    def _keep(self, cookies: list[str], given: dict[str, str]) -> None:
        for name in ("location", "hx-push-url", "hx-redirect", "content-location", "link"):
            self.addresses.append(given.get(name, ""))
        for each in cookies:
            name, _, value = each.partition(";")[0].partition("=")
            if name == "antwoorden" and len(value) > LONGEST_SIGNPOST:
                self.cookie = value
                self.tokens.append(value)
