"""Waiting for what other processes do."""

import contextlib
import time
from collections.abc import Callable


def wait_until(holds: Callable[[], object], seconds: float = 40) -> None:
    """A refused connection is no answer yet."""
    deadline = time.monotonic() + seconds
    while True:
        with contextlib.suppress(OSError):
            if holds():
                return
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.1)
