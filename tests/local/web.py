"""A web process that can be killed, and started again."""

import contextlib
import os
import signal
import subprocess
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path

from django.conf import settings

from stemhulp.local import web_server
from stemhulp.local.processes import end_with_parent
from tests.local.sites import Site


@dataclass
class Web:
    """A web process that can be killed, and started again."""

    port: int
    environment: dict[str, str]
    log: Path
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                web_server.command("127.0.0.1", self.port, workers=1),
                cwd=settings.BASE_DIR,
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=end_with_parent(signal.SIGTERM),  # noqa: PLW1509  # only prctl
            )

    @property
    def is_ready(self) -> bool:
        with contextlib.suppress(OSError, HTTPException):
            return Site(self.port).ask("GET", "/health/ready")[0] == 200
        return False

    def end(self, number: signal.Signals) -> int:
        """Its exit code. A kill is of all its processes at once."""
        assert self.process is not None
        if number == signal.SIGKILL:
            os.killpg(self.process.pid, number)
        else:
            self.process.send_signal(number)
        return self.process.wait(40)
