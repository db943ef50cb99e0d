"""Building what is served as files: only what is behind, whole or not at all, in little memory."""

import contextlib
import fcntl
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Protocol

from stemhulp.opendata.api import outlines
from stemhulp.opendata.built import (
    CURRENT,
    LISTING,
    Built,
    ContestFolder,
    Folder,
    built,
    folder_of,
)
from stemhulp.opendata.contests import Published, published
from stemhulp.opendata.country import survey
from stemhulp.opendata.downloads import tables
from stemhulp.opendata.interchange import exports

KEPT = 2  # how many buildings back a folder stays: somebody may still be reading it
TEMPORARY = ".new-"


class Part(Protocol):
    """One kind of files. A module is one, with these names."""

    VERSION: int  # goes up when the same edition gives other files

    def state(self, election: str) -> str:
        """What else than editions the files of all contests depend on, in any form."""

    def make_contest(self, folder: Path, contest: Published) -> None:
        """Write what is made of one contest into this empty folder."""

    def make_together(
        self, folder: Path, election: str, contests: Mapping[str, ContestFolder]
    ) -> None:
        """Write what is made of all contests into this empty folder, from what was made of each."""


PARTS: tuple[Part, ...] = (tables, survey, exports, outlines)


def build(election: str, at: datetime, *, told: Callable[[str], None] = lambda slug: None) -> Built:
    """Bring what is built of an election up to its current editions. Raises OSError.

    `told` hears of every contest that is made. Files that are right already are kept. One process
    at a time builds; a second one waits, and then finds nothing to do. What was there is served
    until the new is whole.
    """
    root = folder_of(election)
    root.mkdir(parents=True, exist_ok=True)
    with _alone(root):
        _remove_half_done(root)  # first: it may be what fills the disk
        contests = {
            each.municipality.slug: _contest(root, each, told) for each in published(election)
        }
        together = _together(root, election, contests)
        before = built(election)
        if before is None or before.together != together:
            _point_to(root, election, contests, together, at)
        _tidy(root, {*(each.path.name for each in contests.values()), together.path.name})
    made = built(election)
    assert made is not None  # noqa: S101  # it was just written
    return made


def _contest(root: Path, contest: Published, told: Callable[[str], None]) -> ContestFolder:
    imprint, place = contest.imprint, contest.municipality
    name = f"{place.slug}-{imprint.number}-{_key(imprint.digest, repr(place))}"
    found = ContestFolder(root / name, place, imprint)
    if not found.path.exists():
        told(place.slug)
        with _whole(found.path) as folder:
            for part in PARTS:
                part.make_contest(folder, contest)
    return found


def _together(root: Path, election: str, contests: Mapping[str, ContestFolder]) -> Folder:
    of_what = [each.path.name for each in contests.values()]
    states = [part.state(election) for part in PARTS]
    found = Folder(root / f"together-{_key(*of_what, *states)}")
    if not found.path.exists():
        with _whole(found.path) as folder:
            for part in PARTS:
                part.make_together(folder, election, contests)
    return found


def _key(*of_what: str) -> str:
    versions = [str(part.VERSION) for part in PARTS]
    return hashlib.sha256("\n".join([*of_what, *versions]).encode()).hexdigest()[:16]


@contextlib.contextmanager
def _whole(path: Path) -> Iterator[Path]:
    """A folder to fill, which takes its place when it is full and listed; else it is removed."""
    folder = Path(tempfile.mkdtemp(dir=path.parent, prefix=TEMPORARY))
    folder.chmod(0o755)
    try:
        yield folder
        (folder / LISTING).write_text(json.dumps([_listed(each) for each in _files(folder)]))
        folder.rename(path)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _files(folder: Path) -> list[Path]:
    return sorted(folder.iterdir())


def _listed(path: Path) -> dict[str, str | int]:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return {"name": path.name, "size": path.stat().st_size, "sha256": digest}


def _point_to(
    root: Path,
    election: str,
    contests: Mapping[str, ContestFolder],
    together: Folder,
    at: datetime,
) -> None:
    content = {
        "election": election,
        "at": at.isoformat(),
        "together": together.path.name,
        "contests": [
            {
                "folder": each.path.name,
                "municipality": asdict(each.municipality),
                "imprint": asdict(each.imprint)
                | {"published_at": each.imprint.published_at.isoformat()},
            }
            for each in contests.values()
        ],
    }
    descriptor, beside = tempfile.mkstemp(dir=root, prefix=TEMPORARY)
    try:
        with os.fdopen(descriptor, "w") as file:
            json.dump(content, file)
        Path(beside).chmod(0o644)
        Path(beside).replace(root / CURRENT)
    finally:
        Path(beside).unlink(missing_ok=True)


def _remove_half_done(root: Path) -> None:
    """What builders left that were killed, or met a full disk."""
    for each in root.glob(f"{TEMPORARY}*"):
        if each.is_dir():
            shutil.rmtree(each, ignore_errors=True)
        else:
            each.unlink()


def _tidy(root: Path, current: set[str]) -> None:
    """Remove folders that nobody reads any more, the oldest first."""
    others = [each for each in root.iterdir() if each.is_dir() and each.name not in current]
    others.sort(key=lambda each: each.stat().st_mtime, reverse=True)
    seen: dict[str, int] = {}
    for each in others:
        kind = each.name.rsplit("-", 2 if not each.name.startswith("together-") else 1)[0]
        seen[kind] = seen.get(kind, 0) + 1
        if seen[kind] >= KEPT:
            shutil.rmtree(each, ignore_errors=True)


@contextlib.contextmanager
def _alone(root: Path) -> Iterator[None]:
    with (root / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
