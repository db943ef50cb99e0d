"""Each process killed in turn, and each disk full in turn: what was confirmed is there, once."""

import contextlib
import os
import resource
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from django.conf import settings

from stemhulp.editions.publishing import PUBLISHING_LOCK
from stemhulp.local.processes import end_with_parent
from stemhulp.publication.following import NOT_MADE, NOT_YET
from tests.disks import fill, half_done, small_disk
from tests.local.clusters import Server
from tests.local.copies import copy_with_people_to
from tests.local.members import Account, Member, children, kept, sessions
from tests.local.programs import need_postgres
from tests.local.runs import free_port, remove_elsewhere
from tests.local.sites import TOWN, Site, environment, kill_database, manage
from tests.local.waiting import wait_until
from tests.local.web import Web

pytestmark = [
    pytest.mark.django_db,  # has the demo loaded, of which the office gets a copy
    pytest.mark.skipif(sys.platform != "linux", reason="looks at processes as on Linux"),
]
DESK = "/redactie/publiceren/gr2022/voorbeeldstad/"


@dataclass
class Office:
    """A database that keeps what it confirmed, and people with an account."""

    server: Server
    home: Path
    party: str  # the session of someone of a party
    staff: str

    @property
    def url(self) -> str:
        return self.server.url

    @property
    def editions(self) -> int:
        """How many Voorbeeldstad has."""
        found = self.server.ask(
            "SELECT count(*) FROM editions_publishededition"
            " JOIN parties_contest ON parties_contest.id = contest_id"
            " JOIN parties_municipality ON code = municipality_id WHERE slug = 'voorbeeldstad'"
        )
        assert isinstance(found, int)
        return found

    def rename(self, name: str) -> None:
        """Change something that voters see."""
        slug = "groen-voorbeeldstad"
        with psycopg.connect(self.url) as connection:
            connection.execute("UPDATE parties_party SET name = %s WHERE slug = %s", [name, slug])


@pytest.fixture(scope="module")
def office(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    need_postgres()
    home = tmp_path_factory.mktemp("office")
    server = Server(home / "server")
    with server.running():
        copy_with_people_to(server.url, home)
        yield Office(server, home, *sessions(server.url, home, "partij", "landelijk"))
    remove_elsewhere(home)


@pytest.fixture(scope="module")
def shared_web(office: Office) -> Iterator[Web]:
    told = environment(office.url, office.home) | {
        "DEMO": "on",
        "MAIL_FOLDER": str(office.home / "mail"),
    }
    found = Web(free_port(), told, office.home / "log")
    found.start()
    try:
        yield found
    finally:
        found.end(signal.SIGKILL)


@pytest.fixture
def web(shared_web: Web) -> Web:
    """As the demo has it: nothing works beside the requests. It is well, whatever was before."""
    site = Site(shared_web.port)
    wait_until(lambda: '"stale_since": null' in site.ask("GET", "/health/editions")[1])
    return shared_web


def serving(web: Web) -> int:
    """The process that serves; the one that starts it is its parent."""
    assert web.process is not None
    found = [
        pid
        for pid in children(web.process.pid)
        if b"granian" in (cmd := Path(f"/proc/{pid}/cmdline").read_bytes()) or b"spawn_main" in cmd
    ]
    return found[-1]


def kill_parent(web: Web) -> None:
    """And then what it left, as systemd does (KillMode=control-group)."""
    assert web.process is not None
    os.kill(web.process.pid, signal.SIGKILL)
    web.end(signal.SIGKILL)
    web.start()


def kill_session(server: Server) -> None:
    """One process of PostgreSQL: it then ends all others, and recovers by itself."""
    pid = server.ask(
        "SELECT max(pid) FROM pg_stat_activity"
        " WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'"
    )
    assert isinstance(pid, int)
    os.kill(pid, signal.SIGKILL)


def kill_and_start(server: Server) -> None:
    """The first process of PostgreSQL alone, and a start at once, while the others still end."""
    kill_database(server)
    server.start()


def wait_for_saves(staff: Member, more: int) -> None:
    count = len(staff.confirmed) + more
    wait_until(lambda: len(staff.confirmed) >= count)


def test_each_process_is_killed_in_turn_and_all_that_was_confirmed_is_there_once(
    office: Office, web: Web
) -> None:
    staff = Member(web.port, office.party)
    kills: list[Callable[[], None]] = [
        lambda: os.kill(serving(web), signal.SIGKILL),
        lambda: kill_parent(web),
        lambda: kill_session(office.server),
        lambda: kill_and_start(office.server),
    ]
    with staff.working():
        for kill_one in kills:
            wait_for_saves(staff, 2)
            kill_one()
            wait_for_saves(staff, 4)  # of which one was under way at most
    found = kept(office.server)
    assert not set(staff.confirmed) - set(found), Counter(staff.answers)
    assert {found[text] for text in staff.confirmed} == {1}
    assert Site(web.port).ask("GET", TOWN)[0] == 200


START = """
from django.utils import timezone
from parties.models import Contest, Election, User
from stemhulp.publication import tasks, together
contest = Contest.objects.get(election__slug="gr2022", municipality__slug="voorbeeldstad")
user = User.objects.get(email="landelijk@demo.example")
election = Election.objects.get(slug="gr2022")
given = {"kind": together.PUBLISH, "by": user, "at": timezone.now(), "reason": "Verbeterd"}
tasks.go_on.enqueue(together.start(election, [contest.pk], **given).pk)
"""
STATES = (
    "SELECT string_agg(status, ' ' ORDER BY enqueued_at) FROM django_tasks_database_dbtaskresult"
)
AGE = "UPDATE django_tasks_database_dbtaskresult SET started_at = started_at - interval '16 min'"
BLOCKED = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"


END = """
from django.core.management import call_command
call_command("resume_tasks")
call_command("db_worker", batch=True, startup_delay=False)
"""


def worker(office: Office) -> subprocess.Popen[bytes]:
    with (office.home / "worker.log").open("ab") as log:
        return subprocess.Popen(
            [sys.executable, "manage.py", "db_worker", "--interval=0.1", "--no-startup-delay"],
            cwd=settings.BASE_DIR,
            env=environment(office.url, office.home),
            stdout=log,
            stderr=log,
            preexec_fn=end_with_parent(signal.SIGTERM),  # noqa: PLW1509  # only prctl
        )


def kill(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.wait()


def test_worker_is_killed_while_it_publishes_and_while_it_builds(office: Office) -> None:
    """Each task is done in the end, once, and no file is half there."""
    before = office.editions
    folder = office.home / "opendata"
    office.rename("Gedood")
    manage(office.url, office.home, "shell", "--no-imports", "-c", START)
    with psycopg.connect(office.url, autocommit=True) as other:
        other.execute("SELECT pg_advisory_lock(%s)", [PUBLISHING_LOCK])
        publishing = worker(office)
        wait_until(lambda: office.server.ask(BLOCKED) == 1)
        kill(publishing)
    assert (office.editions, office.server.ask(STATES)) == (before, "RUNNING")

    office.server.ask(AGE)
    assert "1 tasks" in manage(office.url, office.home, "resume_tasks")
    building = worker(office)
    wait_until(lambda: half_done(folder))
    kill(building)
    assert office.server.ask(STATES) == "SUCCESSFUL RUNNING"

    office.server.ask(AGE)
    assert "1 tasks" in manage(office.url, office.home, "shell", "--no-imports", "-c", END)
    assert office.server.ask(STATES) == "SUCCESSFUL SUCCESSFUL"
    assert office.editions == before + 1
    assert half_done(folder) == []
    assert f"voorbeeldstad-{before + 1}-" in (folder / "gr2022" / "current.json").read_text()


def publish(staff: Account) -> tuple[int, str]:
    """Press the button; the page that comes after it."""
    page = staff.ask("GET", DESK)[1]
    digest = page.split('name="seen" value="')[1][:64]
    status, page = staff.ask("POST", f"{DESK}publiceer/", seen=digest, reason="Verbeterd")
    return staff.ask("GET", DESK) if status == 302 else (status, page)


def test_staff_read_that_it_was_published_and_that_files_are_not_there_yet(
    office: Office, web: Web
) -> None:
    """The disk of the process that serves is full: none of its files grows any more."""
    staff, pid = Account(web.port, office.staff), serving(web)
    number = office.editions + 1
    office.rename("Vol")
    before = resource.prlimit(pid, resource.RLIMIT_FSIZE)
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (0, before[1]))
    status, page = publish(staff)
    assert status == 200
    assert f"Editie {number} is gepubliceerd" in page
    assert NOT_MADE in page
    assert NOT_YET in page
    assert "<strong>Vol</strong>" in Site(web.port).ask("GET", TOWN)[1]
    assert '"unkept_since": "' in Site(web.port).ask("GET", "/health/editions")[1]

    resource.prlimit(pid, resource.RLIMIT_FSIZE, before)
    office.rename("Weer ruimte")
    page = publish(staff)[1]
    assert f"Editie {number + 1} is gepubliceerd" in page
    assert NOT_MADE not in page
    assert NOT_YET not in page
    assert half_done(office.home / "opendata") == []
    assert half_done(office.home / "editions") == []


@contextlib.contextmanager
def editions_on_small_disk(server: Server) -> Iterator[Path]:
    with small_disk(server.data.parent / "small", "24m") as disk:
        os.chown(disk, server.account.uid, server.account.gid)
        server.ask(f"CREATE TABLESPACE small LOCATION '{disk}'")
        server.ask("ALTER TABLE editions_publishededition SET TABLESPACE small")
        try:
            yield disk
        finally:
            server.ask("ALTER TABLE editions_publishededition SET TABLESPACE pg_default")
            server.ask("DROP TABLESPACE small")


def test_database_without_room_publishes_nothing_and_says_so(office: Office, web: Web) -> None:
    """Its own disk is full: where editions are, there is no room for one more."""
    server, staff, before = office.server, Account(web.port, office.staff), office.editions
    office.rename("Geen ruimte")
    with editions_on_small_disk(server) as disk:
        filler = fill(disk)
        acts = server.ask("SELECT count(*) FROM parties_event")
        status, page = publish(staff)
        assert (status, "Er is niets opgeslagen" in page) == (503, True)
        assert "No space left on device" in server.log.read_text()
        assert (office.editions, server.ask("SELECT count(*) FROM parties_event")) == (before, acts)
        assert Site(web.port).ask("GET", TOWN)[0] == 200
        filler.unlink()
        status, page = publish(staff)
        assert (status, f"Editie {before + 1} is gepubliceerd" in page) == (200, True)
    assert office.editions == before + 1
