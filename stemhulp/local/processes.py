"""Child processes that do not outlive the one who started them."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

STOP_TIMEOUT = 15.0
PR_SET_PDEATHSIG = 1  # linux/prctl.h


def end_with_parent(signal_number: signal.Signals) -> Callable[[], None] | None:
    """For `preexec_fn`: have Linux send this signal when the parent dies, even by `kill -9`.

    Elsewhere None: there the next start finds and ends what was left.
    """
    if sys.platform != "linux":
        return None
    libc = ctypes.CDLL(None)
    return lambda: libc.prctl(PR_SET_PDEATHSIG, signal_number)


def is_running(pid: int, name: str = "") -> bool:
    """Whether the process exists, is no zombie, and runs a program that is called so."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    status = Path(f"/proc/{pid}/stat")
    if not status.exists():
        return not Path("/proc/self").exists()
    text = status.read_text()
    program, state = text[text.index("(") + 1 : text.rindex(")")], text[text.rindex(")") + 2]
    return program.startswith(name) and state != "Z"


def working_in(folder: Path) -> bool:
    """Whether a process has this folder as its own; every part of PostgreSQL has its data's."""
    for link in Path("/proc").glob("[0-9]*/cwd"):
        with contextlib.suppress(OSError):
            if link.readlink() == folder:
                return True
    return False


class ServerRecord:
    """Who serves on a port: written by the run that serves, read by the next one after a kill."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def write(self, group: int) -> None:
        self.path.write_text(f"{os.getpid()} {group}")

    def clear(self) -> None:
        self.path.unlink(missing_ok=True)

    def end_orphans(self) -> None:
        """End what a run that was killed left behind; a run that still lives is left alone."""
        try:
            owner, group = map(int, self.path.read_text().split())
        except (OSError, ValueError):
            return
        if is_running(owner, "python"):
            return
        deadline = time.monotonic() + STOP_TIMEOUT
        while (left := _members(group)) and time.monotonic() < deadline:
            for pid in left:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            time.sleep(0.05)
        self.clear()


def stop_group(leader: subprocess.Popen[bytes]) -> None:
    """End a process and everything in its group: asked kindly first, then not."""
    with contextlib.suppress(ProcessLookupError):
        leader.terminate()
    try:
        leader.wait(STOP_TIMEOUT)
    except subprocess.TimeoutExpired:
        leader.kill()
    with contextlib.suppress(ProcessLookupError):
        os.killpg(leader.pid, signal.SIGKILL)
    leader.wait()


def _members(group: int) -> list[int]:
    """The processes of a group that run our own Python: a number may have been given anew."""
    members = []
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if os.getpgid(int(folder.name)) == group and _is_ours(folder):
                members.append(int(folder.name))
    return members


def _is_ours(folder: Path) -> bool:
    try:
        return (folder / "exe").readlink() == Path(sys.executable).resolve()
    except FileNotFoundError:  # it is ending: it runs nothing any more, and still holds its port
        return is_running(int(folder.name))
