"""From one Stemhulp to another, or to a later election: our own CSV, taken over whole or not."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from django.db import transaction

from parties.importers.tables import FixtureError, Row, all_or_nothing
from parties.models import Election
from statements.importers import transferred_positions, transferred_statements
from statements.importers.transferred_positions import Positions, Terms
from statements.importers.transferred_statements import Statements
from stemhulp.opendata.columns import POSITIONS, STATEMENTS
from stemhulp.opendata.interchange.incoming import rows

Progress = Callable[[Iterable[Row]], Iterable[Row]]


@dataclass(frozen=True)
class Files:
    """A contest's tables, as they are downloaded; either may be left out."""

    statements: Path | None = None
    positions: Path | None = None
    terms: Terms | None = None  # on which positions are taken over: with these


@dataclass
class Transferred:
    statements: Statements = field(default_factory=Statements)
    positions: Positions = field(default_factory=Positions)


def transfer(
    election: Election,
    files: Files,
    at: datetime,
    *,
    only_check: bool = False,
    progress: Progress = iter,
) -> Transferred:
    """Take over what stands in these files; when only checking, undo it in the end.

    Raises FixtureError, with the line, and then changes nothing.
    """
    done = Transferred()
    path = files.positions or files.statements
    if path is None:
        return done
    with all_or_nothing(path), transaction.atomic():
        if files.statements:
            found = progress(rows(files.statements, STATEMENTS, transferred_statements.NEEDED))
            done.statements = transferred_statements.load(election, found, at)
        if files.positions and files.terms:
            found = progress(rows(files.positions, POSITIONS, transferred_positions.NEEDED))
            done.positions = transferred_positions.load(election, found, files.terms)
        _refuse_nothing(path, done)
        transaction.set_rollback(only_check)
    return done


def _refuse_nothing(path: Path, done: Transferred) -> None:
    """A file with a header and nothing else is a mistake."""
    found = done.positions
    left_out = found.unknown or found.withheld
    if not any((done.statements.count, found.answers, found.readings, found.same, left_out)):
        raise FixtureError(path, None, "holds nothing to take over")
