"""What was built of an election, as files: where each stands, how large it is, and its digest.

gr2022/
  current.json                   which of the folders below are to be read now
  utrecht-3-5f1c…/               made of one edition of one contest, and never changed
  together-09ab…/                made of all contests together
"""

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from django.conf import settings

from stemhulp.editions.edition import Imprint, Municipality

logger = logging.getLogger(__name__)
CURRENT = "current.json"
# What reading says of a file that is no JSON, or was written by a version with other members.
OTHER_FORM = (ValueError, KeyError, TypeError, AttributeError, RecursionError)
LISTING = "files.json"


@dataclass(frozen=True)
class File:
    name: str
    size: int  # bytes
    digest: str  # SHA-256, in hexadecimal
    path: Path


@dataclass(frozen=True)
class Folder:
    """What was made of one contest, or of all together; complete, and never changed."""

    path: Path

    @cached_property
    def files(self) -> Mapping[str, File]:
        """By name. Reading the list costs nothing that grows with the files."""
        listed = json.loads((self.path / LISTING).read_bytes())
        return {
            each["name"]: File(each["name"], each["size"], each["sha256"], self.path / each["name"])
            for each in listed
        }


@dataclass(frozen=True)
class ContestFolder(Folder):
    municipality: Municipality
    imprint: Imprint


@dataclass(frozen=True)
class Built:
    """Everything that was built of an election at one moment; made of the same editions."""

    election: str
    at: datetime
    contests: Mapping[str, ContestFolder]  # by slug, in the order of the names
    together: Folder
    # What others make of it and want to keep for as long as it is held.
    beside: dict[Any, Any] = field(default_factory=dict, compare=False, repr=False)


_held: dict[Path, tuple[tuple[int, int], Built]] = {}


def built(election: str) -> Built | None:
    """What was last built of this election; None before that was done for the first time.

    Held in memory until the file that names it is replaced: asking costs one look at the disk.
    """
    path = folder_of(election) / CURRENT
    try:
        found = path.stat()
    except OSError:
        return None
    state = (found.st_mtime_ns, found.st_ino)
    held = _held.get(path)
    if held is None or held[0] != state:
        try:
            held = _held[path] = (state, _read(path))
        except (OSError, *OTHER_FORM):
            logger.exception("What was built of %s is damaged: build it again.", election)
            return None
    return held[1]


def folder_of(election: str) -> Path:
    return Path(settings.OPENDATA_FOLDER) / election


def _read(path: Path) -> Built:
    content = json.loads(path.read_bytes())
    return Built(
        election=content["election"],
        at=datetime.fromisoformat(content["at"]),
        contests={
            each["municipality"]["slug"]: ContestFolder(
                path.parent / each["folder"],
                Municipality(**each["municipality"]),
                Imprint(
                    **{
                        **each["imprint"],
                        "published_at": datetime.fromisoformat(each["imprint"]["published_at"]),
                    }
                ),
            )
            for each in content["contests"]
        },
        together=Folder(path.parent / content["together"]),
    )
