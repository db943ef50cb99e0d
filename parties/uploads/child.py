"""`python -m parties.uploads.child MODULE FUNCTION`: reads a file from standard input.

It binds itself first, then lets this function of ours read, and writes what that gives to standard
output: one letter that says what it is, and JSON. Neither Django nor a setting is here. Whatever
goes wrong is told without a word of the file.
"""

import codecs
import contextlib
import dataclasses
import json
import resource
import sys
from datetime import date
from importlib import import_module
from pathlib import Path
from traceback import extract_tb
from typing import Any

from parties.uploads.refusals import Refusal

FOUND, REFUSED, HEAVY, FAILED = (b"+", b"-", b"%", b"!")
CPU_SECONDS = 4
MEMORY = 256 * 2**20  # bytes of addresses: what is read is a few MB, the interpreter some 30
MOST_OPEN = 32  # files, while modules are imported
STANDARD = 3  # input, output and error
# In which a file may be written: their modules are imported before nothing more can be opened.
ENCODINGS = ("utf-8-sig", "utf-16", "ascii", "latin-1", "iso8859-15", "cp1252", "cp437")
FIRST_KILLED = "1000"  # proc_pid_oom_score_adj(5)

# None of it can be widened again. A core dump would hold what people wrote.
LIMITS = (
    (resource.RLIMIT_CORE, 0),
    (resource.RLIMIT_CPU, CPU_SECONDS),
    (resource.RLIMIT_AS, MEMORY),
    (resource.RLIMIT_FSIZE, 0),
    (resource.RLIMIT_NOFILE, MOST_OPEN),
    (resource.RLIMIT_NPROC, 0),
)


def main() -> None:
    bind()
    module, name = sys.argv[1:]
    sys.stdout.buffer.write(answer(module, name))
    sys.stdout.buffer.flush()


def bind() -> None:
    """Hold this process to little, and have it be the first to go when memory is short."""
    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text(FIRST_KILLED)
    for which, most in LIMITS:
        allowed = resource.getrlimit(which)[1]
        bound = most if allowed == resource.RLIM_INFINITY else min(most, allowed)
        _limit(which, bound)


def shut() -> None:
    """From here on nothing is opened: no file, and no way to anyone else."""
    for each in ENCODINGS:
        codecs.lookup(each)
    _limit(resource.RLIMIT_NOFILE, STANDARD)


def _limit(which: int, bound: int) -> None:
    try:
        resource.setrlimit(which, (bound, bound))
    except (OSError, ValueError):  # a limit that this system does not have
        if sys.platform == "linux":
            raise


def answer(module: str, name: str) -> bytes:
    try:
        read = getattr(import_module(module), name)
        shut()
        return FOUND + _written(read(sys.stdin.buffer.read()))
    except Refusal as refusal:
        return REFUSED + _written(refusal.told())
    except MemoryError:
        return HEAVY
    except Exception as error:  # noqa: BLE001  # its text may quote the file; its place does not
        place = extract_tb(error.__traceback__)[-1]
        return FAILED + f"{type(error).__name__} in {place.name}, line {place.lineno}".encode()


def _written(content: Any) -> bytes:
    return json.dumps(content, default=_plain, ensure_ascii=False).encode()


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if dataclasses.is_dataclass(value):
        return {each.name: getattr(value, each.name) for each in dataclasses.fields(value)}
    raise TypeError(type(value).__name__)


if __name__ == "__main__":
    main()
