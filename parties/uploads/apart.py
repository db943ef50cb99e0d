"""Has a file read in a process of its own, and takes back what it holds, checked once more."""

import contextlib
import logging
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Generic, TypeVar

from pydantic import TypeAdapter, ValidationError

from parties.uploads import child
from parties.uploads.refusals import Refusal, Unread

ROOT = Path(__file__).resolve().parents[2]
SECONDS = 10  # on the clock: a process that is not let run uses no time of its own
LARGEST_ANSWER = 8 * 2**20  # bytes
LONGEST_FAILURE = 120  # characters, in the log
SPENT = {signal.SIGXCPU, signal.SIGKILL}  # how the system ends what took more than it may

Found = TypeVar("Found")
logger = logging.getLogger(__name__)
_told = TypeAdapter(dict[str, Any])


class _UnreadError(Exception):
    """The process came to no end, or to an end that says nothing."""

    def __init__(self, why: Unread, how: str) -> None:
        super().__init__(how)
        self.why = why


@dataclass(frozen=True)
class Reader(Generic[Found]):
    """What reads one kind of file.

    `read` is a function of a module that needs no Django: it takes the bytes of a file, and raises
    `refusal` for one that is not to be taken. `kind` is what it gives, made of dataclasses, lists
    and plain values. Whatever the process says is taken as strictly as if a stranger said it: a
    file that takes hold of the process gains nothing but another answer of this kind.
    """

    read: Callable[[bytes], Found]
    kind: Any
    refusal: type[Refusal]

    def __call__(self, data: bytes) -> Found:
        """What stands in a file. Raises `refusal`, also when the process comes to no end."""
        start = time.monotonic()
        try:
            return self._taken(_answer(self.read, data))
        except _UnreadError as error:
            seconds = time.monotonic() - start
            logger.warning(
                "%s did not read a file of %d bytes: %s, after %.1f s.",
                *(self.read.__module__, len(data), error, seconds),
            )
            raise self.refusal.unread(error.why) from None

    def _taken(self, answer: bytes) -> Found:
        kind, content = answer[:1], answer[1:]
        if kind == child.FOUND:
            with _strictly():
                return self._form.validate_json(content, strict=True)
        if kind == child.REFUSED:
            with _strictly():
                refusal = self.refusal.of(_told.validate_json(content))
            raise refusal
        if kind == child.HEAVY:
            raise _UnreadError(Unread.TOO_HEAVY, "out of memory")
        said = content[:LONGEST_FAILURE].decode("ascii", errors="replace")
        raise _UnreadError(Unread.BROKEN, said if kind == child.FAILED else "no answer")

    @cached_property
    def _form(self) -> TypeAdapter[Found]:
        return TypeAdapter(self.kind)


@contextlib.contextmanager
def _strictly() -> Iterator[None]:
    try:
        yield
    except (ValidationError, KeyError, TypeError, ValueError):
        raise _UnreadError(Unread.BROKEN, "an answer of another form") from None


def _answer(read: Callable[[bytes], Any], data: bytes) -> bytes:
    """What the process says. Raises _UnreadError."""
    command = [sys.executable, "-E", "-s", "-B", "-m", child.__name__]
    with subprocess.Popen(  # noqa: S603  # no shell, and nothing of the file
        [*command, read.__module__, read.__qualname__],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=ROOT,
        env={},
    ) as process:
        answer, in_time = _exchanged(process, data)
    if not in_time:
        raise _UnreadError(Unread.TOO_HEAVY, "out of time")
    if len(answer) > LARGEST_ANSWER:
        raise _UnreadError(Unread.TOO_HEAVY, "too long an answer")
    if process.returncode:
        why = Unread.TOO_HEAVY if -process.returncode in SPENT else Unread.BROKEN
        raise _UnreadError(why, f"it ended with {process.returncode}")
    return answer


def _exchanged(process: subprocess.Popen[bytes], data: bytes) -> tuple[bytes, bool]:
    """Hand over the file and hear the process out, no longer than it may take."""
    assert process.stdin  # noqa: S101  # for the types only
    assert process.stdout  # noqa: S101
    late = threading.Event()

    def stop() -> None:
        late.set()
        process.kill()

    clock = threading.Timer(SECONDS, stop)
    clock.start()
    try:
        with contextlib.suppress(BrokenPipeError), process.stdin as pipe:
            pipe.write(data)
        answer = process.stdout.read(LARGEST_ANSWER + 1)
        if len(answer) > LARGEST_ANSWER:
            process.kill()
        process.wait()
    finally:
        clock.cancel()
        process.kill()
    return answer, not late.is_set()
