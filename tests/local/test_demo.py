"""`make demo` from nothing: it serves, it stops, and being killed costs it nothing."""

import os
import re
import signal
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from stemhulp.secure.headers import who_may_load
from tests.local.programs import need_postgres
from tests.local.runs import (
    Run,
    demo,
    free_port,
    manage,
    processes_with,
    remove_elsewhere,
    wait_until_gone,
)

pytestmark = pytest.mark.skipif(
    not Path("/proc/self/environ").exists(), reason="looks at processes the way Linux shows them"
)


@pytest.fixture(scope="module", autouse=True)
def binaries() -> None:
    need_postgres()


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """One folder for this module: the first start fills it, the later ones find it filled."""
    folder = tmp_path_factory.mktemp("demo")
    yield folder
    remove_elsewhere(folder)


@pytest.fixture
def running(home: Path) -> Iterator[Run]:
    with demo(home, free_port()) as run:
        run.wait_until_ready()
        yield run
    wait_until_gone(home)


def test_demo_serves_the_product_as_production_does(running: Run) -> None:
    assert running.get("/")[0] == 200
    assert "Voorbeeldstad" in running.get("/gr2022/voorbeeldstad/")[1]
    assert running.get("/gr2022/purmerend/")[0] == 200
    status, page = running.get("/bestaat-niet/")
    assert status == 404
    assert "DEBUG" not in page
    assert running.address in running.log.read_text()


def test_every_kind_of_response_of_the_real_server_is_guarded(running: Run) -> None:
    """Files as well, which the server hands out beside Django's views."""
    style = re.findall(r'href="(/static/css/[^"]*)"', running.get("/")[1])[0]
    paths = [
        style,
        "/embed.js",
        "/",
        "/nergens/heen/",
        "/partij/",
        "/voorbeeldstad/",
        "/robots.txt",
    ]
    assert [running.get(path)[0] for path in paths] == [200, 200, 200, 404, 302, 302, 200]
    for path in paths:
        headers = running.headers(path)
        assert "default-src 'none'" in headers["Content-Security-Policy"], path
        assert headers["X-Content-Type-Options"] == "nosniff", path
        assert headers["X-Frame-Options"] == "DENY", path
        assert "geolocation=()" in headers["Permissions-Policy"], path
        assert headers["Cross-Origin-Resource-Policy"] == who_may_load(path), path
        assert not re.search(r"\d", headers.get("Server", "")), "which version it is, is told"


def test_secret_is_generated_and_kept_to_oneself(running: Run, home: Path) -> None:
    secret = home / "secret"
    assert len(secret.read_text()) > 50
    assert secret.stat().st_mode & 0o077 == 0


def test_interrupt_stops_all_it_started(running: Run, home: Path) -> None:
    running.process.send_signal(signal.SIGINT)
    assert running.process.wait(30) == 0
    wait_until_gone(home)
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", running.port))


def test_killed_run_leaves_nothing_that_blocks_the_next(home: Path) -> None:
    port = free_port()
    with demo(home, port) as killed:
        killed.wait_until_ready()
        killed.process.kill()
        killed.process.wait()
        with demo(home, port) as again:
            again.wait_until_ready()
            assert again.get("/gr2022/voorbeeldstad/")[0] == 200
    wait_until_gone(home)


def test_killing_every_process_at_once_is_survived_too(home: Path) -> None:
    port = free_port()
    with demo(home, port) as killed:
        killed.wait_until_ready()
        for pid in processes_with(home):
            os.kill(pid, signal.SIGKILL)
        killed.process.wait()
        with demo(home, port) as again:
            again.wait_until_ready()
            assert again.get("/gr2022/voorbeeldstad/")[0] == 200
    wait_until_gone(home)


def test_server_left_by_a_killed_run_is_ended_by_the_next(home: Path) -> None:
    """Workers whose own parent was killed outlive it and hold the port."""
    port = free_port()
    with demo(home, port) as killed:
        killed.wait_until_ready()
        server = int((home / f"server-{port}.pid").read_text().split()[1])
        for pid in (server, killed.process.pid):
            os.kill(pid, signal.SIGKILL)
        killed.process.wait()
        with demo(home, port) as again:
            again.wait_until_ready()
            assert again.get("/")[0] == 200
    wait_until_gone(home)


def test_port_in_use_is_said_in_one_sentence(home: Path) -> None:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        with demo(home, holder.getsockname()[1]) as refused:
            assert refused.process.wait(30) == 1
        assert "is in use. Choose another" in refused.log.read_text()


def test_second_demo_beside_the_first_shares_its_database(running: Run, home: Path) -> None:
    with demo(home, free_port()) as second:
        second.wait_until_ready()
        assert second.get("/")[0] == 200
        second.process.send_signal(signal.SIGINT)
        second.process.wait(30)
    assert running.get("/gr2022/utrecht/")[0] == 200


def test_what_was_counted_is_written_when_it_stops(home: Path) -> None:
    """And not only when the hour is full."""
    port = free_port()
    with demo(home, port, COUNT_USE="on") as run:
        run.wait_until_ready()
        for _ in range(3):
            assert run.post("/gr2022/voorbeeldstad/begin/")[0] == 303
    asked = "from stemhulp.use.models import DailyUse; print(DailyUse.objects.get().started)"
    wait_until_gone(home)
    found = manage(home, "shell", "--no-imports", "--command", asked)
    assert found.stdout.splitlines()[-1] == "3", found.stderr
    wait_until_gone(home)
