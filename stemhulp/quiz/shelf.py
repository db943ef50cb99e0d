"""Handouts that are the same for everyone: made once, then kept as files for all processes.

A file is named by what it says and by how it is made, so another text or another design is another
file. Nothing of a voter comes here. The folder may be emptied at any time.
"""

import fcntl
import hashlib
import logging
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from stemhulp.editions.files import write
from stemhulp.handouts.typesetting import design
from stemhulp.handouts.values import Handout

logger = logging.getLogger(__name__)


def kept(content: Handout, suffix: str, make: Callable[[], bytes]) -> bytes:
    """The file of this content, made by the first who asks; others wait for that one.

    `suffix` tells apart what is made of the same content. A wait is as long as one making: some
    50 milliseconds (make bench).
    """
    name = hashlib.sha256(f"{design()} {content!r}".encode()).hexdigest()
    path = Path(settings.HANDOUTS_FOLDER) / f"{name}{suffix}"
    found = _read(path)
    if found is None:
        with _alone(path.parent / f".lock-{name[0]}"):
            found = _read(path)
            if found is None:
                found = make()
                write(path, found)
    return found


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """One process at a time. Sixteen locks are enough for all files, and leave no litter."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = os.open(path, os.O_CREAT | os.O_RDWR, 0o600)
    except OSError:  # nothing can be kept here: then everyone makes their own
        logger.exception("The folder %s cannot be written to.", path.parent.name)
        yield
        return
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)
