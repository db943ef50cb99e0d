"""The boundaries of an election: put in the database from a file, and drawn from there."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from parties.models import Election
from stemhulp.editions.guide import Guide
from stemhulp.opendata.country.boundary_file import Shape, read_boundaries
from stemhulp.opendata.country.drawing import draw
from stemhulp.opendata.country.problems import BoundariesError
from stemhulp.opendata.models import Boundaries

LONGEST_ATTRIBUTION = 200  # characters
MOST_NAMED = 10


@dataclass(frozen=True)
class Loaded:
    """What became of a file: how many municipalities are drawn, and what somebody should know."""

    drawn: int
    remarks: Sequence[str]


def load(
    guide: Guide,
    path: Path,
    attribution: str,
    at: datetime,
    *,
    property_: str = "",
    layer: str = "",
    allow_unknown: bool = False,
) -> Loaded:
    """Let the map of this election be drawn from this file, instead of any before it.

    Raises BoundariesError, and then nothing is changed.
    """
    attribution = " ".join(attribution.split())
    if not 0 < len(attribution) <= LONGEST_ATTRIBUTION:
        raise BoundariesError(
            f"The attribution must have 1 to {LONGEST_ATTRIBUTION} characters: who made the "
            "boundaries, as their licence wants it, such as 'CBS, Kadaster'."
        )
    shapes, remarks = _known(
        guide, read_boundaries(path, property_=property_, layer=layer), allow_unknown=allow_unknown
    )
    drawing = draw(shapes)
    Boundaries.objects.update_or_create(
        election=Election.objects.get(slug=guide.election.slug),
        defaults={
            "attribution": attribution,
            "width": drawing.width,
            "height": drawing.height,
            "paths": dict(drawing.paths),
            "file_digest": hashlib.sha256(path.read_bytes()).hexdigest(),
            "loaded_at": at,
        },
    )
    return Loaded(len(drawing.paths), [*remarks, *drawing.remarks])


def of_election(election: str) -> Boundaries | None:
    return Boundaries.objects.filter(election__slug=election).first()


def content_of(found: Boundaries) -> dict[str, Any]:
    """What a page needs to draw them."""
    return {
        "attribution": found.attribution,
        "width": found.width,
        "height": found.height,
        "paths": found.paths,
    }


def _known(
    guide: Guide, shapes: Sequence[Shape], *, allow_unknown: bool
) -> tuple[Sequence[Shape], list[str]]:
    """Those that the election knows, and remarks on what is not in both. Raises BoundariesError."""
    places = {each.code: each for each in guide.municipalities.values() if not each.is_example}
    unknown = [each.code for each in shapes if each.code not in places]
    if unknown and not allow_unknown:
        raise BoundariesError(
            f"{_named(unknown)}: no municipality of {guide.election.slug}. Take a file of the year "
            "of the election, or leave them out with --allow-unknown."
        )
    found = [each for each in shapes if each.code in places]
    if not found:
        raise BoundariesError(f"No municipality of {guide.election.slug} is in the file.")
    remarks = [f"Left out, as {guide.election.slug} does not know them: {_named(unknown)}."]
    codes = {each.code for each in found}
    lacking = [
        f"{each.name} ({code})"
        for code, each in places.items()
        if code not in codes and each.slug not in guide.absences
    ]
    lacks = f"Without boundaries, so in the table only: {_named(lacking)}."
    return found, remarks[: bool(unknown)] + [lacks][: bool(lacking)]


def _named(what: Sequence[str]) -> str:
    more = f" and {len(what) - MOST_NAMED} more" if len(what) > MOST_NAMED else ""
    return ", ".join(what[:MOST_NAMED]) + more
