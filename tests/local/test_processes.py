"""What a killed run left is ended by the next one."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from stemhulp.local.processes import ServerRecord

LISTEN = """
import socket
listening = socket.create_server(("127.0.0.1", 0))
memory = bytearray(b"x") * 300_000_000
print(listening.getsockname()[1], flush=True)
input()
"""


@pytest.mark.skipif(not Path("/proc/self/exe").exists(), reason="looks at processes as on Linux")
def test_port_is_free_once_the_server_that_held_it_was_ended(tmp_path: Path) -> None:
    """A server with much memory takes a while to end, and lets go of its port last."""
    with subprocess.Popen(
        [sys.executable, "-c", LISTEN],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        start_new_session=True,
        text=True,
    ) as server:
        assert server.stdout
        port = int(server.stdout.readline())
        record = ServerRecord(tmp_path / "server.pid")
        record.path.write_text(f"{2**22} {server.pid}")  # no process has a number that large
        os.kill(server.pid, signal.SIGKILL)
        record.end_orphans()
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(("127.0.0.1", port))
        server.wait()
