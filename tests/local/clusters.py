"""A PostgreSQL that a second one follows, both on network ports, from the binaries of the demo."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import psycopg

from stemhulp.local.postgres import DATABASE, ROLE, Cluster
from tests.local.runs import free_port
from tests.local.waiting import wait_until

STANDBY = "standby"


class Server(Cluster):
    """One that keeps what it confirmed (fsync), and that others reach over the network."""

    def __init__(self, home: Path) -> None:
        super().__init__(home)
        self.port = free_port()

    def _url(self, database: str) -> str:
        return f"{super()._url(database)}&port={self.port}"

    def _options(self) -> list[str]:
        network = {"listen_addresses": "127.0.0.1", "port": str(self.port)}
        more = {"wal_receiver_status_interval": "1s", "cluster_name": self.home.name}
        return [
            *super()._options(),
            *(f"--{name}={value}" for name, value in (network | more).items()),
        ]

    @property
    def password(self) -> str:
        return (self.home / "password").read_text().strip()

    def ask(self, statement: str) -> object:
        """The first value of the first row; None for a statement that has no rows."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            cursor = connection.execute(statement.encode())
            row = cursor.fetchone() if cursor.description else None
            return row[0] if row else None


class Standby(Server):
    """A streaming replica: its data are a base backup of the primary, which it then follows."""

    def __init__(self, home: Path, primary: Server) -> None:
        super().__init__(home)
        self.primary = primary

    def _initialise(self, binaries: Path) -> None:
        self.data.mkdir(mode=0o700)
        os.chown(self.data, self.account.uid, self.account.gid)
        named = f"{self.primary.url}&application_name={STANDBY}"
        source = [f"--dbname={named}", "--write-recovery-conf", "--checkpoint=fast"]
        subprocess.run(
            [binaries / "pg_basebackup", f"--pgdata={self.data}", *source],
            cwd="/",
            check=True,
            **self._as_account(),
        )
        shutil.copy(self.primary.home / "password", self.home / "password")
        (self.home / "ready").touch()

    def promote(self) -> None:
        self.ask("SELECT pg_promote()")


@contextmanager
def followed(primary: Server, home: Path) -> Iterator[Standby]:
    """From now on the primary confirms nothing before the standby has it as well."""
    standby = Standby(home, primary)
    with standby.running():
        primary.ask(f"ALTER SYSTEM SET synchronous_standby_names = '{STANDBY}'")
        primary.ask("SELECT pg_reload_conf()")
        wait_until(lambda: primary.ask("SELECT sync_state FROM pg_stat_replication") == "sync")
        yield standby


def address(*servers: Server) -> str:
    """DATABASE_URL of several servers, of which the one that takes writes is meant."""
    hosts = ",".join(f"127.0.0.1:{each.port}" for each in servers)
    person = f"{ROLE}:{quote(servers[0].password)}"
    return f"postgres://{person}@{hosts}/{DATABASE}?target_session_attrs=read-write"
