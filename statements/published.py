"""What of a party's answers may be published, and in which form.

Only what was handed in; of what was opened again, what was handed in before. An answer to an
earlier meaning of a statement is left out until the party confirms it. Where a party itself says
nothing, what a second person checked in its programme; where staff withhold a motivation, its
ground stands instead of its text.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils import timezone

from parties.models import Party
from statements.models import Position, Statement

# What `positions` wants fetched before, of the parties it is asked about.
FETCHED = ("positions", "submissions", "research", "withholdings")
Content = dict[str, Any]


def positions(party: Party, asked: Iterable[Statement]) -> dict[str, Content]:
    """By statement key: stance, motivation and source, as a document has them.

    Beside these `correction`, `basis` or `withheld` where they apply. Wants FETCHED of the party.
    """
    known = {statement.pk: statement for statement in asked}
    found = _from_programme(party, known) | _own(party, known)
    grounds = {
        (row.statement_id, row.motivation): row.ground
        for row in party.withholdings.all()
        if row.lifted_at is None
    }
    return {
        statement.key: _moderated(found[pk], grounds.get((pk, found[pk]["motivation"])))
        for pk, statement in known.items()
        if pk in found
    }


def motivation_subjects(party: Party, asked: Mapping[str, int]) -> dict[str, str]:
    """What the party's motivations are called as subjects of a translation, by statement key."""
    by_pk = {pk: key for key, pk in asked.items()}
    rows = party.positions.all()
    return {
        by_pk[row.statement_id]: f"motivation:{row.pk}" for row in rows if row.statement_id in by_pk
    }


def _own(party: Party, known: Mapping[int, Statement]) -> dict[int, Content]:
    """By statement: as the rows stand while it is handed in, else as it was handed in last."""
    submissions = party.submissions.all()
    if not submissions:
        return {}
    rows = {
        row.statement_id: row
        for row in party.positions.all()
        if row.statement_id in known and row.meaning == known[row.statement_id].meaning
    }
    if any(each.reopened_at is None for each in submissions):
        return {pk: content(row) for pk, row in rows.items()}
    last = max(submissions, key=lambda each: each.at)
    answers = {
        statement.pk: dict(last.answers[statement.key])
        for statement in known.values()
        if statement.key in last.answers
        and (statement.meaning_since is None or statement.meaning_since <= last.at)
    }
    mended = {pk: content(row) for pk, row in rows.items() if row.corrected_at is not None}
    return answers | mended


def content(row: Position) -> Content:
    """With what staff mended after the deadline, if they did: voters see that too."""
    found: Content = {
        "stance": row.stance,
        "motivation": row.motivation,
        "source": row.source,
    }
    if row.corrected_at is not None:
        on = timezone.localdate(row.corrected_at).isoformat()
        found["correction"] = {"on": on, "reason": row.correction}
    return found


def _from_programme(party: Party, known: Mapping[int, Statement]) -> dict[int, Content]:
    return {
        row.statement_id: {
            "stance": row.stance,
            "motivation": row.quotation,
            "source": row.source,
            "basis": "programme",
        }
        for row in party.research.all()
        if row.checked_at is not None
        and row.withdrawn_at is None
        and row.statement_id in known
        and row.meaning == known[row.statement_id].meaning
    }


def _moderated(found: Content, ground: str | None) -> Content:
    return found if ground is None else {**found, "motivation": "", "withheld": ground}
