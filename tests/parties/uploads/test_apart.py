"""Whatever a file does to its reader, the web process gets an answer, in time, or a refusal."""

import contextlib
import logging
import os
import re
import subprocess
import time
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from parties.uploads import apart, child
from parties.uploads.apart import Reader
from parties.uploads.refusals import Unread
from tests.parties.uploads import hostile
from tests.parties.uploads.hostile import Word, WrongError

SECRET = "Zeg dit niet voort"


def reader(read: Callable[[bytes], Any], kind: Any = Word) -> Reader[Any]:
    return Reader(read, kind, WrongError)


def refused(read: Callable[[bytes], Any]) -> str:
    with pytest.raises(WrongError) as refusal:
        reader(read)(SECRET.encode())
    return str(refusal.value)


def test_what_stands_in_a_file_comes_back() -> None:
    text = "“Één” \u2028 \x00 \U0001f600"
    assert reader(hostile.decent)(text.encode()) == Word(text, date(2022, 3, 16))


def test_refusal_comes_back_in_its_own_words() -> None:
    with pytest.raises(WrongError, match="Dit is niet goed: “é”"):
        reader(hostile.decent)(b"wrong")


def test_large_file_is_handed_over_whole() -> None:
    data = b"x" * (3 * 2**20)
    assert len(reader(hostile.decent)(data).text) == len(data)


@pytest.mark.parametrize("read", [hostile.burns, hostile.swells, hostile.talks])
def test_reader_that_takes_too_much_is_stopped(read: Callable[[bytes], Any]) -> None:
    assert refused(read) == Unread.TOO_HEAVY


def test_reader_that_hangs_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "SECONDS", 0.5)
    start = time.monotonic()
    assert refused(hostile.hangs) == Unread.TOO_HEAVY
    assert time.monotonic() - start < 30  # it would be a minute


def test_file_that_nobody_takes_in_holds_nobody_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """More than fits in a pipe, to a process that is stopped before it reads."""
    monkeypatch.setattr(apart, "SECONDS", 0.001)
    with pytest.raises(WrongError, match=re.escape(Unread.TOO_HEAVY)):
        reader(hostile.decent)(b"x" * (3 * 2**20))


@pytest.mark.parametrize(
    "read",
    [
        hostile.crashes,
        hostile.fails,
        hostile.ends,
        hostile.gives_another_form,
        hostile.gives_more,
        hostile.refuses_without_words,
    ],
)
def test_answer_that_is_none_is_a_refusal(read: Callable[[bytes], Any]) -> None:
    assert refused(read) == Unread.BROKEN


def test_reader_knows_no_secret_and_can_do_nothing_but_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SECRET_KEY", SECRET)
    assert reader(hostile.reaches_around, list[str])(b"x") == []


def test_limits_are_held_by_the_system_and_cannot_be_widened() -> None:
    found = reader(hostile.limits, list[tuple[int, int]])(b"")
    wanted = (0, child.CPU_SECONDS, child.MEMORY, 0, 0, child.STANDARD)
    assert found == [(each, each) for each in wanted]


def test_log_says_what_went_wrong_and_nothing_of_the_file(
    caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    with caplog.at_level(logging.WARNING, "parties.uploads"):
        refused(hostile.fails)
        refused(hostile.crashes)
    assert "did not read a file of 18 bytes: ValueError in fails, line" in caplog.text
    assert "ended with -11" in caplog.text
    assert SECRET not in caplog.text + "".join(capfd.readouterr())


@pytest.mark.parametrize("read", [hostile.decent, hostile.talks])
def test_no_process_is_left_behind(
    read: Callable[[bytes], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    started = []

    class Noted(subprocess.Popen[bytes]):
        def __init__(self, *arguments: Any, **options: Any) -> None:
            super().__init__(*arguments, **options)
            started.append(self.pid)

    monkeypatch.setattr(subprocess, "Popen", Noted)
    with contextlib.suppress(WrongError):
        reader(read)(b"x")
    assert len(started) == 1
    with pytest.raises(ChildProcessError):  # it was waited for
        os.waitpid(started[0], os.WNOHANG)
