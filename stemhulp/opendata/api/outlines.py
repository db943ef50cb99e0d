"""The figures of every contest, which stand in the list of contests: counted when it is published.

Counting them means reading a whole edition. What is not counted yet is counted when it is asked.
"""

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from stemhulp.editions.document import parse
from stemhulp.editions.edition import Edition, Imprint
from stemhulp.opendata.api.finding import document_of
from stemhulp.opendata.built import Built, ContestFolder, built
from stemhulp.opendata.contests import Published
from stemhulp.quiz.result import participation

VERSION = 1
OUTLINE = "outline.json"  # of one contest
OUTLINES = "outlines.json"  # of all of them, by the digest of the edition
MOST_KEPT = 4096


class Outline(NamedTuple):
    seats: int | None
    statements: int
    parties: int
    answered: int
    ranked: int


def outline(election: str, imprint: Imprint) -> Outline:
    """Of this edition. Raises ApiProblem."""
    found = built(election)
    known = _known(found).get(imprint.digest) if found else None
    return known or _counted(imprint)


def state(election: str) -> str:
    """Nothing but editions."""
    return ""


def make_contest(folder: Path, contest: Published) -> None:
    (folder / OUTLINE).write_text(json.dumps(_outline(contest.edition)))


def make_together(folder: Path, election: str, contests: Mapping[str, ContestFolder]) -> None:
    each_one = {
        each.imprint.digest: json.loads(each.files[OUTLINE].path.read_bytes())
        for each in contests.values()
    }
    (folder / OUTLINES).write_text(json.dumps(each_one))


def _known(found: Built) -> Mapping[str, Outline]:
    """Read once; empty where an earlier release built it."""
    known: Mapping[str, Outline] | None = found.beside.get(OUTLINES)
    if known is None:
        file = found.together.files.get(OUTLINES)
        content = json.loads(file.path.read_bytes()) if file else {}
        known = {digest: Outline(*each) for digest, each in content.items()}
        found.beside[OUTLINES] = known
    return known


@lru_cache(maxsize=MOST_KEPT)
def _counted(imprint: Imprint) -> Outline:
    return _outline(parse(document_of(imprint)))


def _outline(edition: Edition) -> Outline:
    return Outline(
        seats=edition.seats,
        statements=len(edition.statements),
        parties=len(edition.parties),
        answered=sum(party.answered > 0 for party in edition.parties),
        ranked=len(participation(edition).ranking),
    )
