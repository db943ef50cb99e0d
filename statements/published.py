"""What of a party's answers may be published, and in which form.

Only what was handed in; of what was opened again, what was handed in before. An answer to an
earlier meaning of a statement is left out until the party confirms it. Where a party itself says
nothing, what a second person checked in its programme; where staff withhold a motivation, its
ground stands instead of its text.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Prefetch
from django.utils import timezone

from parties.models import Party
from statements.models import Position, Revision, Statement, Submission, Way

# What `positions` wants fetched before, of the parties it is asked about.
FETCHED: tuple[str | Prefetch[Any], ...] = (
    *("positions", "research", "withholdings", "submissions"),
    Prefetch("revisions", Revision.objects.filter(way=Way.CONFIRMATION)),
)
FETCHED_FOR_DRAFTS = FETCHED[:3]
Content = dict[str, Any]


def positions(party: Party, asked: Iterable[Statement]) -> dict[str, Content]:
    """By statement key: stance, motivation and source, as a document has them.

    Beside these `correction`, `basis` or `withheld` where they apply. Wants FETCHED of the party.
    """
    known = {statement.pk: statement for statement in asked}
    return _moderated(party, known, _from_programme(party, known) | _own(party, known))


def drafts(party: Party, asked: Iterable[Statement]) -> dict[str, Content]:
    """The same as if the party handed in now: for its own eyes only. Wants FETCHED_FOR_DRAFTS."""
    known = {statement.pk: statement for statement in asked}
    rows = {pk: content(row) for pk, row in _current(party, known).items()}
    return _moderated(party, known, _from_programme(party, known) | rows)


def _moderated(
    party: Party, known: Mapping[int, Statement], found: Mapping[int, Content]
) -> dict[str, Content]:
    """By statement key: without what is withheld, its ground instead."""
    grounds = {
        (row.statement_id, row.motivation): row.ground
        for row in party.withholdings.all()
        if row.lifted_at is None
    }
    return {
        statement.key: _without(found[pk], grounds.get((pk, found[pk]["motivation"])))
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
    rows = _current(party, known)
    if any(each.reopened_at is None for each in submissions):
        return {pk: content(row) for pk, row in rows.items()}
    last = max(submissions, key=lambda each: each.pk)  # a clock may be set back
    answers = {
        statement.pk: dict(last.answers[statement.key])
        for statement in known.values()
        if statement.key in last.answers
        and (_is_of_now(statement, last) or _is_confirmed(party, statement, last))
    }
    mended = {pk: content(row) for pk, row in rows.items() if row.corrected_at is not None}
    return answers | mended


def _current(party: Party, known: Mapping[int, Statement]) -> dict[int, Position]:
    """By statement: those to the meaning that it has."""
    return {
        row.statement_id: row
        for row in party.positions.all()
        if row.statement_id in known and row.meaning == known[row.statement_id].meaning
    }


def _is_of_now(statement: Statement, last: Submission) -> bool:
    """Whether it means what it meant when this was handed in."""
    return statement.meaning_since is None or statement.meaning_since <= last.at


def _is_confirmed(party: Party, statement: Statement, last: Submission) -> bool:
    """Whether the party said, since the statement changed, that what it handed in still holds."""
    since, said = statement.meaning_since, last.answers[statement.key]
    return since is not None and any(
        row.statement_id == statement.pk and row.at >= since and row.after == said
        for row in party.revisions.all()
        if row.way == Way.CONFIRMATION
    )


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


def _without(found: Content, ground: str | None) -> Content:
    return found if ground is None else {**found, "motivation": "", "withheld": ground}
