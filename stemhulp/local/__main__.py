"""`python -m stemhulp.local demo` and `… dev`: everything it takes, from nothing to a page."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from importlib import import_module
from types import FrameType

from stemhulp.local import static_files, web_server
from stemhulp.local.environment import local_environment, local_home, local_secret
from stemhulp.local.postgres import PostgresError
from stemhulp.local.processes import ServerRecord, end_with_parent, stop_group

HOST = "127.0.0.1"
WORKERS = 2
READY_TIMEOUT = 60.0

TRY = """
  Stemhulp is running at {address}
  Press Ctrl-C to stop it and everything it started.

  What to try
    {address}                            find a municipality: utrecht, 1381, bergen, 7351
    {address}gr2022/voorbeeldstad/       an invented town whose parties have answered
    {address}gr2022/utrecht/             a real one, where nobody has answered yet
    {address}gr2022/purmerend/           no election here on this day, and why

  With an account: give an address at {address}account/ and find the code in the demo's post
    {address}demo/post/     every mail that would be sent; codes of second factors
    partij@demo.example       works for two invented parties: one answered nothing, one handed in
    collega@demo.example      works for the same empty list: two people at once
    nieuw@demo.example        is invited: the link is in the post
    regio@demo.example        VluchtelingenWerk, for the region of Voorbeeldstad (second factor)
    landelijk@demo.example    VluchtelingenWerk, for all municipalities (second factor)
    tweede@demo.example       the same, for what wants a second pair of eyes
"""


class Stopped(Exception):
    """Somebody asked this run to end."""


def main(arguments: list[str]) -> int:
    """Run the demo or the development server until it is stopped; return an exit code."""
    commands = {"demo": demo, "dev": dev}
    if len(arguments) != 1 or arguments[0] not in commands:
        print("usage: python -m stemhulp.local demo|dev", file=sys.stderr)
        return 2
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _stop)
    port = int(os.environ.get("PORT") or 8000)
    try:
        _check_port(port)
        # Their place is filled in here and nowhere else: a real server must be told.
        os.environ.setdefault("SECRET_KEY", local_secret())
        os.environ.setdefault("HTTPS", "off")
        if "EMAIL_URL" not in os.environ:
            os.environ.setdefault("DEMO", "on")
        local_home().mkdir(parents=True, exist_ok=True)
        with local_environment():
            return commands[arguments[0]](port)
    except PostgresError as error:
        print(error, file=sys.stderr)
        return 1
    except Stopped:
        print("\nStopped.", file=sys.stderr)
        return 0


def _stop(number: int, frame: FrameType | None) -> None:
    for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(each, signal.SIG_IGN)  # once is enough; stopping goes its way
    raise Stopped


def demo(port: int) -> int:
    """Serve as production does: granian, no debugging, compressed files named by content."""
    os.environ["DEBUG"] = "off"
    _prepare("migrate", "load_demo", "load_demo_accounts")
    static_files.collect()
    os.environ.update(web_server.KEEP_MEMORY)
    return _serve(web_server.command(HOST, port, workers=WORKERS), port)


def dev(port: int) -> int:
    """Serve with Django's own server, which reloads on every change."""
    os.environ["DEBUG"] = "on"
    _prepare("migrate", "load_demo", "load_demo_accounts")
    return _serve([sys.executable, "manage.py", "runserver", f"{HOST}:{port}"], port)


def _prepare(*commands: str) -> None:
    """Run management commands in this process, which starts Django only once."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "stemhulp.settings"
    import_module("django").setup()
    call_command = import_module("django.core.management").call_command
    for command in commands:
        options = {} if command.startswith("load_") else {"interactive": False}
        call_command(command, **options)
    import_module("django.db").connections.close_all()
    for connection in import_module("django.db").connections.all():
        connection.close_pool()


def _serve(command: list[str], port: int) -> int:
    with _child(command, _record(port)) as server:
        _wait_until_ready(server, port)
        print(TRY.format(address=f"http://{HOST}:{port}/"), flush=True)
        return server.wait()


@contextlib.contextmanager
def _child(command: list[str], record: ServerRecord) -> Iterator[subprocess.Popen[bytes]]:
    """A server in a process group of its own, which ends wholly when we do."""
    server = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        start_new_session=True,  # Ctrl-C is for us; we stop it in order
        preexec_fn=end_with_parent(signal.SIGTERM),
    )
    record.write(group=server.pid)
    try:
        yield server
    finally:
        stop_group(server)
        record.clear()


def _wait_until_ready(server: subprocess.Popen[bytes], port: int) -> None:
    deadline = time.monotonic() + READY_TIMEOUT
    while server.poll() is None and time.monotonic() < deadline:
        with contextlib.suppress(OSError):
            urllib.request.urlopen(f"http://{HOST}:{port}/", timeout=5).close()
            return
        time.sleep(0.05)
    raise SystemExit("The server did not start; see the lines above.")


def _record(port: int) -> ServerRecord:
    return ServerRecord(local_home() / f"server-{port}.pid")


def _check_port(port: int) -> None:
    """Free the port from a killed run of ours; SystemExit when someone else has it."""
    _record(port).end_orphans()
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            raise SystemExit(
                f"Port {port} is in use. Choose another: make demo PORT={port + 1}"
            ) from None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
