"""What was published, kept as files: for the day that the database cannot be reached."""

import contextlib
import json
import logging
import os
import tempfile
import time
from functools import cache
from pathlib import Path
from typing import Any

from stemhulp.editions.document import digest

KNOWN = "known.json"
BESIDE = ".new-"
ABANDONED = 60 * 60  # seconds; no file takes so long to write
logger = logging.getLogger(__name__)


class Files:
    """A folder with the documents of editions, by their digest, and what leads to them.

    Files are written whole or not at all. One that is damaged is reported and counts as absent.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def document(self, wanted: str) -> bytes | None:
        """The document with this digest."""
        try:
            found = self._document_path(wanted).read_bytes()
        except OSError:
            return None
        if digest(found) != wanted:
            logger.error("Edition file %s is damaged and is ignored.", wanted)
            return None
        return found

    def has_document(self, wanted: str) -> bool:
        return self._document_path(wanted).exists()

    def keep_document(self, wanted: str, document: bytes) -> bool:
        """Whether it was kept."""
        return write(self._document_path(wanted), document)

    def known(self) -> Any:
        """What was last kept of elections, guides and editions; None without it."""
        path = self.folder / KNOWN
        try:
            return json.loads(path.read_bytes())
        except FileNotFoundError:
            return None
        except (OSError, ValueError, RecursionError):
            logger.exception("File %s is damaged and is ignored.", path.name)
            return None

    def keep_known(self, content: Any) -> bool:
        """Whether it was kept."""
        return write(self.folder / KNOWN, json.dumps(content).encode())

    def _document_path(self, wanted: str) -> Path:
        return self.folder / f"{wanted}.json"


def write(path: Path, content: bytes) -> bool:
    """Write beside and rename, so that nobody ever reads half a file; whether that went well.

    A full disk is logged in one line, since it is met again and again, and nothing is left there.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _tidy(path.parent)
        descriptor, beside = tempfile.mkstemp(dir=path.parent, prefix=BESIDE)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
            Path(beside).replace(path)
        except OSError:
            Path(beside).unlink(missing_ok=True)
            raise
    except OSError as error:
        logger.error("File %s could not be kept: %s", path.name, error.strerror or error)
        return False
    return True


@cache
def _tidy(folder: Path) -> None:
    """Remove, once for each process, what those that were killed had begun to write here."""
    for each in folder.glob(f"{BESIDE}*"):
        with contextlib.suppress(OSError):  # another process was first
            if time.time() - each.stat().st_mtime > ABANDONED:
                each.unlink()
