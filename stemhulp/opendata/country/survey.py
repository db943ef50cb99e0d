"""What is told of the whole country, counted once when something is published."""

from collections.abc import Mapping
from pathlib import Path

from stemhulp.opendata.built import ContestFolder
from stemhulp.opendata.contests import Published

VERSION = 1


def state(election: str) -> str:
    return ""


def make_contest(folder: Path, contest: Published) -> None:
    return


def make_together(folder: Path, election: str, contests: Mapping[str, ContestFolder]) -> None:
    return
