"""Everything that changes a party's answers: one function, one transaction, one trace of it.

Each takes who does it and when. The deadline is checked here for the person who meets it, and by
the database for whatever else may write (migration 0003).
"""

import contextlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

import psycopg
from django.db import IntegrityError, connection, transaction
from django.db.models import prefetch_related_objects

from parties.audit import record
from parties.models import Party, User
from statements.models import Position, Revision, Statement, Submission, Way
from statements.portal.answers import Answer, seal
from statements.portal.tasks import deliver_received


class RefusedError(Exception):
    """A change that cannot be made now; nothing was changed."""


class ClosedError(RefusedError):
    """The deadline has passed."""


class SubmittedError(RefusedError):
    """The answers were handed in, and not opened again."""


class NotSubmittedError(RefusedError):
    """There is nothing to open again."""


class ChangedError(RefusedError):
    """Something was changed since the person looked at what they sign."""


class NothingAnsweredError(RefusedError):
    """There is nothing to hand in."""


@dataclass
class ConflictError(RefusedError):
    """Someone else saved in between."""

    theirs: Position


@transaction.atomic
def save_answers(
    party: Party,
    answers: Mapping[Statement, tuple[Answer, int]],
    *,
    by: User,
    at: datetime,
    way: Way = Way.SCREEN,
) -> list[Position]:
    """Save answers, each with the version that its writer saw (0: none); all of them or nothing.

    What is the same already stays as it is, whoever saved it. Returns the positions as they now
    are. Raises ClosedError, SubmittedError, or ConflictError for the first that someone else
    changed in between.
    """
    _open(party, at)
    if Submission.objects.current().filter(party=party).exists():
        raise SubmittedError
    found = {
        position.statement_id: position
        for position in party.positions.filter(statement__in=answers)
    }
    return [
        _save(party, statement, found.get(statement.pk), answer, seen, by, at, way)
        for statement, (answer, seen) in answers.items()
    ]


def _save(
    party: Party,
    statement: Statement,
    position: Position | None,
    answer: Answer,
    seen: int,
    by: User,
    at: datetime,
    way: Way,
) -> Position:
    if position and Answer.of(position) == answer and position.meaning == statement.meaning:
        return position
    if position and position.version != seen:
        raise ConflictError(position)
    return _write(party, statement, position, answer, by, at, way)


def _write(
    party: Party,
    statement: Statement,
    position: Position | None,
    answer: Answer,
    by: User,
    at: datetime,
    way: Way,
    reason: str = "",
) -> Position:
    before = Answer.of(position).content if position else None
    position = position or Position(party=party, statement=statement, version=0)
    position.version += 1
    position.meaning = statement.meaning
    for name, value in answer.content.items():
        setattr(position, name, value)
    if way == Way.CORRECTION:
        position.corrected_at, position.correction = at, reason
    with _deadline_held():
        position.save()
    Revision.objects.create(
        party=party,
        statement=statement,
        by=by,
        at=at,
        way=way,
        before=before,
        after=answer.content,
        reason=reason,
    )
    return position


@transaction.atomic
def confirm(
    party: Party, statement: Statement, *, seen: int, meaning: int, by: User, at: datetime
) -> Position:
    """Say that an answer holds for the statement as it reads now; also of what is handed in.

    `seen` is the version of the answer and `meaning` that of the statement, as they were read. Done
    twice, the first stands. Raises ClosedError, NothingAnsweredError, ChangedError for a statement
    that changed once more, or ConflictError for an answer that someone changed in between.
    """
    _open(party, at)
    position = party.positions.filter(statement=statement).first()
    current = Statement.objects.select_for_update().get(pk=statement.pk)
    if position is None:
        raise NothingAnsweredError
    if meaning != current.meaning:
        raise ChangedError
    if position.meaning == current.meaning:
        return position
    if position.version != seen:
        raise ConflictError(position)
    return _write(party, current, position, Answer.of(position), by, at, Way.CONFIRMATION)


@transaction.atomic
def submit(party: Party, *, seen: str, name: str, by: User, at: datetime) -> Submission:
    """Hand in everything, signed with a name; everyone of the list gets a mail.

    `seen` is the seal (`answers.seal`) of what the person looked at. Done twice, the first stands.

    Raises ClosedError, NothingAnsweredError or ChangedError.
    """
    _open(party, at)
    current = Submission.objects.current().filter(party=party).first()
    if current:
        return current
    answers = current_answers(_with_statements(party))
    if not answers:
        raise NothingAnsweredError
    if seen != seal(_counted(party)):
        raise ChangedError
    with _deadline_held():
        made = Submission.objects.create(party=party, by=by, name=name, at=at, answers=answers)
    what = f"{party} heeft de antwoorden ingediend"
    record("answers-submitted", what, by=by, at=at, about=party, submission=made.pk)
    for user_id in party.memberships.current().values_list("user", flat=True):
        deliver_received.enqueue(made.pk, user_id)
    return made


@transaction.atomic
def reopen(party: Party, *, by: User, at: datetime) -> None:
    """Make what was handed in changeable again. Raises ClosedError or NotSubmittedError."""
    _open(party, at)
    current = Submission.objects.current().filter(party=party).first()
    if not current:
        raise NotSubmittedError
    current.reopened_by, current.reopened_at = by, at
    with _deadline_held():
        current.save(update_fields=["reopened_by", "reopened_at"])
    what = f"{party} heeft de antwoorden weer geopend"
    record("answers-reopened", what, by=by, at=at, about=party, submission=current.pk)


@transaction.atomic
def correct(
    party: Party,
    statement: Statement,
    answer: Answer,
    *,
    seen: int,
    by: User,
    at: datetime,
    reason: str,
) -> Position:
    """Staff's way to mend an answer after the deadline; voters see that it was done, and why.

    `seen` is the version that its writer saw (0: none). Raises ConflictError.
    """
    party = Party.objects.select_for_update().get(pk=party.pk)
    position = party.positions.filter(statement=statement).first()
    if position and Answer.of(position) == answer and position.meaning == statement.meaning:
        return position
    if position and position.version != seen:
        raise ConflictError(position)
    with unlocked():
        position = _write(party, statement, position, answer, by, at, Way.CORRECTION, reason)
    what = f"Antwoord van {party} gecorrigeerd bij “{statement.text}”"
    record("position-corrected", what, by=by, at=at, about=party, statement=statement.key)
    return position


def _with_statements(party: Party) -> Party:
    prefetch_related_objects([party], "positions__statement")
    return party


def current_answers(party: Party) -> dict[str, dict[str, object]]:
    """By statement key, as they stand in a document and under a signature.

    An answer to an earlier meaning of a statement is none, nor is one to a statement that is asked
    no more. Wants the party's positions with their statements fetched before.
    """
    rows = sorted(_counted(party), key=lambda row: row.statement.key)
    return {row.statement.key: Answer.of(row).content for row in rows}


def _counted(party: Party) -> list[Position]:
    return [
        row
        for row in party.positions.all()
        if row.meaning == row.statement.meaning
        and row.statement.approved is not None
        and row.statement.withdrawn_at is None
    ]


@contextlib.contextmanager
def unlocked() -> Iterator[None]:
    """Let this transaction write past a deadline: for staff's corrections and for fixtures."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('stemhulp.unlocked', 'on', true)")
        yield
        cursor.execute("SELECT set_config('stemhulp.unlocked', '', true)")


def _open(party: Party, at: datetime) -> Party:
    """One after the other for each party, and none after the deadline."""
    locked = (
        Party.objects.select_for_update(of=("self",))
        .select_related("contest__election")
        .get(pk=party.pk)
    )
    if locked.contest.is_closed(at):
        raise ClosedError
    return locked


@contextlib.contextmanager
def _deadline_held() -> Iterator[None]:
    """The database's refusal (its clock decides, to the second), as ours.

    Only for inside an action: its transaction is of no use after a refusal, and ends with it.
    """
    try:
        yield
    except IntegrityError as error:
        cause = error.__cause__
        refusal = cause.diag.constraint_name if isinstance(cause, psycopg.Error) else ""
        if refusal in {"positions_close_at_deadline", "submissions_close_at_deadline"}:
            raise ClosedError from error
        raise
