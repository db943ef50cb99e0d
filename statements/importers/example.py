"""Voorbeeldstad: an invented municipality with invented parties, to try everything on."""

from collections.abc import Callable, Iterable
from pathlib import Path

from django.utils import timezone

from parties.importers.tables import Row, all_or_nothing, read_table, unique
from parties.models import Contest, Election, Municipality, Party
from statements.models import Position, Statement, Submission
from statements.portal.actions import current_answers, unlocked

Progress = Callable[[Iterable[Row]], Iterable[Row]]
SIGNED = "niemand (een verzonnen partij)"
CODE, NAME, SLUG, PROVINCE = "VB0001", "Voorbeeldstad", "voorbeeldstad", "Voorbeeldland"


def load_example(election: Election, folder: Path, progress: Progress = iter) -> int:
    """Load parties.csv and positions.csv into Voorbeeldstad; return how many positions.

    What exists is updated. Raises FixtureError and then changes nothing.
    """
    with all_or_nothing(folder):
        return _load_example(election, folder, progress)


def _load_example(election: Election, folder: Path, progress: Progress) -> int:
    municipality, _ = Municipality.objects.update_or_create(
        code=CODE,
        defaults={"name": NAME, "slug": SLUG, "province": PROVINCE, "is_example": True},
    )
    contest, _ = Contest.objects.get_or_create(election=election, municipality=municipality)
    parties = _load_parties(folder / "parties.csv", contest)
    known = {statement.key: statement for statement in election.statements.all()}
    columns = ["party", "statement", "stance", "motivation", "source"]
    rows = unique(
        read_table(folder / "positions.csv", columns),
        "party",
        "statement",
    )
    positions = [_position(row, parties, known) for row in progress(rows)]
    with unlocked():
        Position.objects.bulk_create(
            positions,
            update_conflicts=True,
            unique_fields=["party", "statement"],
            update_fields=["stance", "motivation", "source"],
        )
        _hand_in(parties.values())
    return len(positions)


def _hand_in(parties: Iterable[Party]) -> None:
    """Sign for the invented parties that answered and are not handed in."""
    rows = Party.objects.filter(pk__in=[party.pk for party in parties]).prefetch_related(
        "positions__statement", "submissions"
    )
    Submission.objects.bulk_create(
        Submission(party=row, name=SIGNED, at=timezone.now(), answers=current_answers(row))
        for row in rows
        if row.positions.all() and not row.submissions.all()
    )


def _load_parties(path: Path, contest: Contest) -> dict[str, Party]:
    columns = ["slug", "number", "name", "seats", "description", "website", "programme"]
    rows = unique(unique(read_table(path, columns), "slug"), "number")
    parties = [
        Party(
            contest=contest,
            slug=row.matching("slug", r"[a-z0-9]+(-[a-z0-9]+)*", 60),
            number=row.integer("number", 1, 99),
            name=row.text("name", 120),
            seats=row.optional_integer("seats", 0, 99),
            description=row.text("description", 140),
            website=row.optional_web_address("website", 200),
            programme=row.optional_web_address("programme", 200),
        )
        for row in rows
    ]
    Party.objects.bulk_create(
        parties,
        update_conflicts=True,
        unique_fields=["contest", "slug"],
        update_fields=columns[1:],
    )
    contest.seats = sum(party.seats or 0 for party in parties) or None
    contest.save(update_fields=["seats"])
    return {party.slug: party for party in contest.parties.all()}


def _position(row: Row, parties: dict[str, Party], known: dict[str, Statement]) -> Position:
    return Position(
        party=row.one_of("party", parties),
        statement=row.one_of("statement", known),
        stance=row.optional_integer("stance", -2, 2),
        motivation=row.optional_text("motivation", 500),
        source=row.optional_text("source", 200),
    )
