"""Past one machine: two databases, two web processes, a balancer, and what is killed under load."""

import contextlib
import logging
import os
import re
import signal
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest
from django.conf import settings

from stemhulp.local.postgres import ROLE, Cluster
from stemhulp.local.processes import end_with_parent
from tests.local.clusters import Server, Standby, address, followed
from tests.local.copies import copy_with_people_to
from tests.local.crowd import VOTERS, Crowd
from tests.local.members import children, kept, member
from tests.local.programs import need_postgres, program
from tests.local.runs import free_port, remove_elsewhere
from tests.local.sites import Site, environment, manage
from tests.local.waiting import wait_until
from tests.local.web import Web

pytestmark = pytest.mark.django_db  # has the demo loaded, of which machines get a copy
STAFF_BACK = 30.0  # seconds


@dataclass
class Machines:
    """Two databases, and what runs in front of them."""

    primary: Server
    standby: Standby
    home: Path
    url: str


@pytest.fixture(scope="module")
def machines(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machines]:
    need_postgres()
    home = tmp_path_factory.mktemp("machines")
    primary = Server(home / "primary")
    with primary.running():
        alone = address(primary)
        copy_with_people_to(alone, home)
        with followed(primary, home / "standby") as standby:
            yield Machines(primary, standby, home, address(primary, standby))
    remove_elsewhere(home)


@pytest.fixture
def webs(machines: Machines) -> Iterator[list[Web]]:
    """Two of them, with folders of their own as on two machines."""
    found = []
    for number in (1, 2):
        home = machines.home / f"web{number}"
        home.mkdir(exist_ok=True)
        told = environment(machines.url, home) | {
            "BEHIND_PROXY": "on",
            "DRAIN_FILE": str(home / "drain"),
        }
        found.append(Web(free_port(), told, home / "log"))
    for web in found:
        web.start()
    try:
        wait_until(lambda: all(web.is_ready for web in found))
        yield found
    finally:
        for web in found:
            web.end(signal.SIGKILL)


@pytest.fixture
def street(machines: Machines, webs: list[Web]) -> Iterator[int]:
    """The port of HAProxy, with the file that stands in deploy/."""
    haproxy, port = program("haproxy"), free_port()
    text = (settings.BASE_DIR / "deploy" / "haproxy.cfg").read_text()
    for here, there in zip(
        ("127.0.0.1:8080", "127.0.0.1:8001", "127.0.0.1:8002"),
        (port, webs[0].port, webs[1].port),
        strict=True,
    ):
        assert here in text
        text = text.replace(here, f"127.0.0.1:{there}")
    # All voters of a test come from one address.
    text, count = re.subn(r"\n.*http-request deny .*", "", text)
    assert count == 2
    file = machines.home / "haproxy.cfg"
    file.write_text(text)
    with (machines.home / "haproxy.log").open("ab") as log:
        process = subprocess.Popen(
            [haproxy, "-db", "-f", str(file)],
            stdout=log,
            stderr=log,
            preexec_fn=end_with_parent(signal.SIGTERM),  # noqa: PLW1509  # only prctl
        )
    try:
        wait_until(lambda: Site(port).ask("GET", "/")[0] == 200)
        yield port
    finally:
        process.terminate()
        process.wait(20)


def kill(cluster: Cluster) -> None:
    """As if the machine lost its power: every process of it at once."""
    head = int((cluster.data / "postmaster.pid").read_text().split()[0])
    for pid in [head, *children(head)]:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def test_web_process_is_killed_or_replaced_and_no_voter_sees_an_error(
    webs: list[Web], street: int
) -> None:
    crowd = Crowd(street)
    with crowd.voting():
        time.sleep(1)
        webs[0].end(signal.SIGKILL)
        time.sleep(2)
        webs[0].start()
        wait_until(lambda: webs[0].is_ready)
        time.sleep(2)
        drain = Path(webs[1].environment["DRAIN_FILE"])
        drain.touch()  # the balancer sends nobody any more
        time.sleep(3)
        assert webs[1].end(signal.SIGTERM) == 0
        drain.unlink()
        webs[1].start()
        wait_until(lambda: webs[1].is_ready)
        time.sleep(1)
    assert crowd.errors == []
    assert crowd.quizzes > VOTERS


def test_primary_is_killed_and_no_voter_sees_an_error_and_nothing_confirmed_is_lost(
    machines: Machines, street: int
) -> None:
    crowd, staff = Crowd(street), member(machines.url, machines.home, street)
    with crowd.voting(), staff.working():
        wait_until(lambda: len(staff.confirmed) >= 10 or len(staff.answers) > 100)
        assert staff.confirmed, Counter(staff.answers)
        kill(machines.primary)
        killed = time.monotonic()
        time.sleep(2)  # whoever keeps watch sees it
        machines.standby.promote()
        wait_until(lambda: staff.moments[-1] > killed + 2, seconds=STAFF_BACK)
        back = next(moment for moment in staff.moments if moment > killed + 2) - killed
        before = crowd.quizzes
        wait_until(lambda: crowd.quizzes > before + VOTERS)
        wait_until(lambda: len(staff.confirmed) >= 20)
    logging.getLogger(__name__).info("staff were back after %.1f seconds", back)
    assert crowd.errors == []
    assert set(staff.confirmed) <= kept(machines.standby).keys()
    assert back < STAFF_BACK


POOLER = """
[databases]
stemhulp = host=127.0.0.1 port={database} dbname=stemhulp
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {port}
unix_socket_dir =
auth_type = plain
auth_file = {folder}/people
pool_mode = transaction
default_pool_size = 3
"""


@contextlib.contextmanager
def pooled(server: Server) -> Iterator[str]:
    """The address of PgBouncer before a server, with fewer connections than there are users."""
    pgbouncer, port = program("pgbouncer"), free_port()
    folder = server.home / "pooler"  # where the server's own user may come
    folder.mkdir(exist_ok=True)
    people = folder / "people"
    people.touch(mode=0o600)
    people.write_text(f'"{ROLE}" "{server.password}"\n')
    os.chown(people, server.account.uid, server.account.gid)
    file = folder / "pgbouncer.ini"
    file.write_text(POOLER.format(database=server.port, port=port, folder=folder))
    process = subprocess.Popen([pgbouncer, "-q", str(file)], **server._as_account())
    try:
        yield f"postgres://{ROLE}:{quote(server.password)}@127.0.0.1:{port}/stemhulp"
    finally:
        process.terminate()
        process.wait(20)


def test_through_a_pooler_staff_save_publish_and_mail(machines: Machines) -> None:
    """In transaction mode, with three connections for all: it may be another one each time."""
    server = next(each for each in (machines.standby, machines.primary) if takes_writes(each))
    with pooled(server) as url:
        told = environment(url, machines.home) | {"DATABASE_POOLER": "transaction"}
        web = Web(free_port(), told, machines.home / "log")
        web.start()
        try:
            wait_until(lambda: web.is_ready)
            staff = member(machines.url, machines.home, web.port)
            staff.says = "Langs de pooler"
            with ThreadPoolExecutor(6) as readers:
                pages = [readers.submit(staff.look) for _ in range(30)]
                assert {page.result() for page in pages} == {200}
            for _ in range(5):
                staff.look()
                staff.save()
            assert len(staff.confirmed) == 5, Counter(staff.answers)
            assert set(staff.confirmed) <= kept(server).keys()
        finally:
            web.end(signal.SIGTERM)
        pooler = {"DATABASE_POOLER": "transaction"}
        manage(url, machines.home, "migrate", **pooler)
        said = manage(url, machines.home, "publish", "--election", "gr2022", **pooler)
        assert "unchanged" in said
        manage(url, machines.home, "send_reminders", **pooler)
        manage(url, machines.home, "db_worker", "--batch", "--no-startup-delay", **pooler)
        waiting = "SELECT count(*) FROM django_tasks_database_dbtaskresult WHERE status = 'READY'"
        assert server.ask(waiting) == 0


def takes_writes(server: Server) -> bool:
    try:
        return server.ask("SELECT pg_is_in_recovery()") is False
    except psycopg.OperationalError:
        return False
