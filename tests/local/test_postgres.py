"""The small starter of PostgreSQL."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from stemhulp.local.postgres import (
    Account,
    Cluster,
    PostgresError,
    can_enter,
    find_binaries,
    reachable_binaries,
    server_account,
)
from tests.local.programs import need_postgres
from tests.local.runs import remove_elsewhere, wait_until_gone


@pytest.fixture(autouse=True)
def binaries() -> None:
    need_postgres()


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "postgres"
    wait_until_gone(tmp_path)
    remove_elsewhere(tmp_path)


def tables(url: str) -> list[str]:
    with psycopg.connect(url) as connection:
        found = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        return [name for (name,) in found]


def test_what_was_written_is_there_at_the_next_start(home: Path) -> None:
    with Cluster(home).running() as url, psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE kept ()")
    with Cluster(home).running() as url:
        assert tables(url) == ["kept"]


def test_second_user_of_a_folder_shares_the_server(home: Path) -> None:
    with Cluster(home).running() as first:
        with Cluster(home).running() as second:
            assert first == second
        assert tables(first) == []


def test_half_made_data_directory_is_made_again(home: Path) -> None:
    (home / "data").mkdir(parents=True)
    (home / "data" / "PG_VERSION").write_text("18")
    with Cluster(home).running() as url:
        assert tables(url) == []


def test_nobody_gets_in_without_the_password(home: Path) -> None:
    cluster = Cluster(home)
    with cluster.running() as url:
        password = (cluster.home / "password").read_text()
        assert (cluster.home / "password").stat().st_mode & 0o077 == 0
        with pytest.raises(psycopg.OperationalError):
            psycopg.connect(url.replace(password, "geraden"))


def test_it_listens_on_no_network_port(home: Path) -> None:
    with Cluster(home).running() as url, psycopg.connect(url) as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)


def test_nothing_is_left_in_the_temporary_folder(home: Path) -> None:
    cluster = Cluster(home)
    with cluster.running():
        socket = cluster.socket
        assert socket.is_dir()
    assert not socket.exists()


def test_wrong_folder_of_binaries_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PG_BIN", str(tmp_path))
    with pytest.raises(PostgresError, match="holds no initdb"):
        find_binaries()


def test_folder_that_others_may_not_enter_is_seen(tmp_path: Path) -> None:
    stranger = Account("stranger", os.geteuid() + 4321, os.getegid() + 4321)
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    assert not can_enter(closed, stranger)
    assert can_enter(closed, Account("me", os.geteuid(), os.getegid()))


@pytest.mark.skipif(os.geteuid() != 0, reason="only root hands the server to someone else")
def test_root_below_a_closed_folder_gets_a_server_all_the_same(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    assert server_account().is_other
    cluster = Cluster(tmp_path / "postgres")
    with cluster.running() as url:
        assert tables(url) == []
        assert cluster.data.stat().st_uid == server_account().uid
    assert cluster.home == Path((tmp_path / "postgres" / "elsewhere").read_text().strip())
    remove_elsewhere(tmp_path)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can close the folder of the binaries")
def test_binaries_below_a_closed_folder_are_copied_to_where_they_can_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed, installation = tmp_path / "closed", find_binaries().parent
    shutil.copytree(installation, closed / "package" / installation.name, symlinks=True)
    libraries = installation.parent.with_name(f"{installation.parent.name}.libs")
    if libraries.is_dir():
        shutil.copytree(libraries, closed / libraries.name)
        (closed / "package").rename(closed / installation.parent.name)
    closed.chmod(0o700)
    monkeypatch.setenv("PG_BIN", str(next(closed.glob("*/*/bin"))))
    with Cluster(tmp_path / "postgres").running() as url:
        assert tables(url) == []
    remove_elsewhere(tmp_path)
    shutil.rmtree(reachable_binaries(server_account()).parents[2])
