"""Each contest in the formats of other voting aids, built when it is published."""

import json
from collections.abc import Mapping
from pathlib import Path

from stemhulp.opendata.built import ContestFolder
from stemhulp.opendata.contests import Published
from stemhulp.opendata.interchange import matowahl, openvaa

VERSION = 1
OPENVAA = "openvaa.json"
MAT_O_WAHL = "mat-o-wahl.zip"


def state(election: str) -> str:
    """They are made of nothing but editions."""
    return ""


def make_contest(folder: Path, contest: Published) -> None:
    data = openvaa.full_data(contest.content, contest.imprint)
    (folder / OPENVAA).write_text(_json(data), encoding="utf-8")
    if (archive := matowahl.zipped(contest.edition, contest.imprint)) is not None:
        (folder / MAT_O_WAHL).write_bytes(archive)


def make_together(folder: Path, election: str, contests: Mapping[str, ContestFolder]) -> None:
    """Nothing: both are for one contest."""


def _json(content: object) -> str:
    """In the order in which it was made: the first language is what others fall back on."""
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n"
