"""Everything that happens to a statement: one function, one transaction, one line in the log."""

import contextlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import psycopg
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.db.models.functions import Coalesce

from parties import audit
from parties.models import Contest, Election, Municipality, User
from statements import versions
from statements.curation.writing.content import (
    Draft,
    keep_source,
    key_for,
    keys_taken,
    last_place,
    missing,
)
from statements.models import Comment, Statement, Version
from statements.portal import confirmations

State = Statement.State


class RefusedError(Exception):
    """What cannot be done now; nothing was changed."""


class WithdrawnError(RefusedError):
    """The statement was withdrawn: nothing happens to it any more."""


class NotInReviewError(RefusedError):
    """There is nothing to review."""


class NothingNewError(RefusedError):
    """What was written last has been reviewed already."""


class OwnWorkError(RefusedError):
    """The reviewer wrote some of it."""


class TooLateToChangeError(RefusedError):
    """Parties answered it, and cannot confirm any more."""


@dataclass
class IncompleteError(RefusedError):
    """Some of it was not written yet."""

    missing: list[str]


@dataclass
class DuplicateError(RefusedError):
    """The same statement is asked there already."""

    other: Statement


@dataclass
class ChangedError(RefusedError):
    """A later version was written since the person looked."""

    theirs: Version


@transaction.atomic
def start(
    election: Election, municipality: Municipality | None, draft: Draft, *, by: User, at: datetime
) -> Statement:
    """Begin a statement: national, or for a municipality of the election. Done twice, it is one.

    Raises DuplicateError when someone else wrote the same words for the same place.
    """
    Election.objects.select_for_update().get(pk=election.pk)  # one key after the other
    content = _complete(draft)
    same = _same_words(election, municipality, content["text"])
    if same:
        if same.versions.filter(by=by, content=content).exists():
            return same
        raise DuplicateError(same)
    taken = frozenset(election.statements.values_list("key", flat=True))
    statement = Statement(
        election=election,
        municipality=municipality,
        key=key_for(content["text"], keys_taken(taken)),
        latest=1,
    )
    versions.set_columns(statement, content)
    statement.order = draft.order or last_place(statement, statement.theme)
    statement.save()
    versions.replace_backgrounds(statement, content["backgrounds"])
    statement.versions.create(number=1, nature=Version.Nature.NEW, content=content, by=by, at=at)
    _record(statement, "begun", "Stelling begonnen", by, at)
    return statement


@transaction.atomic
def save(
    statement: Statement,
    draft: Draft,
    *,
    seen: int,
    nature: Version.Nature,
    note: str,
    by: User,
    at: datetime,
) -> Statement:
    """Write its next version; what says the same makes none. The place is changed at once.

    `seen` is the version that its writer saw. Raises WithdrawnError, TooLateToChangeError, or
    ChangedError when someone else wrote in between.
    """
    statement = _lock(statement)
    content, last = _complete(draft), _latest(statement)
    _move(statement, draft.order, by, at)
    if last.content == content:
        return statement
    if statement.latest != seen:
        raise ChangedError(last)
    if nature == Version.Nature.CHANGE:
        _refuse_late_change(statement, at)
    statement.latest += 1
    statement.state = State.DRAFT
    statement.versions.create(
        number=statement.latest, nature=nature, content=content, by=by, at=at, note=note
    )
    if statement.approved is None:
        versions.apply(statement, content)
    statement.save()
    _record(statement, "written", f"Versie {statement.latest} geschreven van", by, at)
    return statement


@transaction.atomic
def submit(statement: Statement, *, seen: int, by: User, at: datetime) -> None:
    """Ask someone else to review it. Done twice, the first stands.

    Raises WithdrawnError, ChangedError, NothingNewError or IncompleteError.
    """
    statement = _lock(statement)
    if statement.state == State.IN_REVIEW and statement.latest == seen:
        return
    last = _seen(statement, seen)
    if last.verdict:
        raise NothingNewError
    if lacking := missing(last.content):
        raise IncompleteError(lacking)
    statement.state = State.IN_REVIEW
    statement.save(update_fields=["state"])
    _record(statement, "submitted", f"Versie {seen} ingeleverd van", by, at)


@transaction.atomic
def submit_all(statements: Iterable[Statement], *, by: User, at: datetime) -> int:
    """Hand in those of which nothing is missing, as they were just read; returns how many.

    What someone else changed in between is left for them.
    """
    count = 0
    for statement in statements:
        with contextlib.suppress(RefusedError):
            submit(statement, seen=statement.latest, by=by, at=at)
            count += 1
    return count


@transaction.atomic
def approve(statement: Statement, words: str = "", *, seen: int, by: User, at: datetime) -> int:
    """Let this version be what is asked; `words`, if any, become a comment.

    Returns how many people are asked to confirm an answer.

    Raises WithdrawnError, NotInReviewError, ChangedError, OwnWorkError or TooLateToChangeError.
    """
    statement = _lock(statement)
    last = _in_review(statement, seen)
    unapproved = unapproved_versions(statement)
    if unapproved.filter(by=by).exists():
        raise OwnWorkError
    is_change = unapproved.filter(nature=Version.Nature.CHANGE).exists()
    if is_change:
        _refuse_late_change(statement, at)
        statement.meaning, statement.meaning_since = statement.meaning + 1, at
    _judge(last, Version.Verdict.APPROVED, by, at)
    statement.approved, statement.approved_at, statement.state = seen, at, State.APPROVED
    versions.apply(statement, last.content)
    statement.save()
    if words:
        statement.comments.create(version=seen, by=by, at=at, text=words)
    _record(statement, "approved", f"Versie {seen} goedgekeurd van", by, at, is_change=is_change)
    return confirmations.ask(statement, at=at) if is_change else 0


@transaction.atomic
def give_back(statement: Statement, words: str, *, seen: int, by: User, at: datetime) -> None:
    """Return it to its writers, with what should be different.

    Raises WithdrawnError, NotInReviewError, ChangedError or OwnWorkError.
    """
    statement = _lock(statement)
    last = _in_review(statement, seen)
    if last.by_id == by.pk:
        raise OwnWorkError
    _judge(last, Version.Verdict.RETURNED, by, at)
    statement.state = State.DRAFT
    statement.save(update_fields=["state"])
    statement.comments.create(version=seen, by=by, at=at, text=words)
    _record(statement, "returned", f"Versie {seen} teruggegeven van", by, at)


@transaction.atomic
def withdraw(statement: Statement, reason: str, *, by: User, at: datetime) -> None:
    """Ask it no longer, from the next publication on; answers are kept. Raises WithdrawnError."""
    _withdraw(_lock(statement), reason, by, at)


@transaction.atomic
def withdraw_all(statements: Iterable[Statement], reason: str, *, by: User, at: datetime) -> int:
    """Withdraw drafts that were never approved, as they were just read; returns how many.

    What someone else changed or handed in meanwhile is left for them.
    """
    count = 0
    for statement in statements:
        with contextlib.suppress(RefusedError):
            held = _lock(statement)
            _seen(held, statement.latest)
            if held.state == State.DRAFT and held.approved is None:
                _withdraw(held, reason, by, at)
                count += 1
    return count


def _withdraw(statement: Statement, reason: str, by: User, at: datetime) -> None:
    statement.state, statement.withdrawal = State.WITHDRAWN, reason
    statement.withdrawn_at, statement.withdrawn_by = at, by
    statement.save(update_fields=["state", "withdrawal", "withdrawn_at", "withdrawn_by"])
    _record(statement, "withdrawn", "Stelling ingetrokken", by, at)


@transaction.atomic
def remark(statement: Statement, text: str, *, by: User, at: datetime) -> Comment:
    """Say something about its latest version to each other; also of a withdrawn one."""
    made = statement.comments.create(version=statement.latest, by=by, at=at, text=text)
    _record(statement, "remarked", "Opmerking geschreven bij", by, at)
    return made


def unapproved_versions(statement: Statement) -> QuerySet[Version]:
    """All that was written since the last approval."""
    return statement.versions.filter(number__gt=statement.approved or 0)


def closed_contests(statement: Statement, at: datetime) -> QuerySet[Contest]:
    """Where parties answered it, and can change or confirm nothing any more."""
    return (
        Contest.objects.filter(
            parties__positions__statement=statement, parties__withdrawn_at__isnull=True
        )
        .annotate(closes=Coalesce("own_deadline", "election__deadline"))
        .filter(closes__lte=at)
        .distinct()
    )


def _same_words(
    election: Election, municipality: Municipality | None, text: str
) -> Statement | None:
    rows = election.statements.filter(municipality=municipality, withdrawn_at=None)
    return rows.select_related("election").filter(text=text).first()


def _refuse_late_change(statement: Statement, at: datetime) -> None:
    if closed_contests(statement, at).exists():
        raise TooLateToChangeError


def _complete(draft: Draft) -> dict[str, Any]:
    """The content, with the key of the new source where that is meant."""
    content = dict(draft.content)
    if draft.new_source:
        content["source"] = keep_source(draft.new_source).key
    content["backgrounds"] = [
        {"text": each["text"], "source": each["source"] or content["source"]}
        for each in content["backgrounds"]
    ]
    return content


def _lock(statement: Statement) -> Statement:
    """One after the other for each statement, and none after it was withdrawn."""
    locked = (
        Statement.objects.select_for_update(of=("self",))
        .select_related("election", "municipality", "theme", "source")
        .get(pk=statement.pk)
    )
    if locked.withdrawn_at:
        raise WithdrawnError
    return locked


def _latest(statement: Statement) -> Version:
    return statement.versions.select_related("by").get(number=statement.latest)


def _seen(statement: Statement, seen: int) -> Version:
    last = _latest(statement)
    if last.number != seen:
        raise ChangedError(last)
    return last


def _in_review(statement: Statement, seen: int) -> Version:
    last = _seen(statement, seen)
    if statement.state != State.IN_REVIEW:
        raise NotInReviewError
    return last


def _move(statement: Statement, order: int | None, by: User, at: datetime) -> None:
    """To another place in its theme; that changes no text, so nobody reviews it."""
    if order is None or order == statement.order:
        return
    statement.order = order
    statement.save(update_fields=["order"])
    _record(statement, "moved", f"Op plaats {order} gezet", by, at)


def _judge(version: Version, verdict: Version.Verdict, by: User, at: datetime) -> None:
    version.verdict, version.reviewed_by, version.reviewed_at = verdict, by, at
    with _four_eyes_held():
        version.save(update_fields=["verdict", "reviewed_by", "reviewed_at"])


@contextlib.contextmanager
def _four_eyes_held() -> Iterator[None]:
    """The database's refusal of an author who reviews, as ours; the transaction ends with it."""
    try:
        yield
    except IntegrityError as error:
        cause = error.__cause__
        refusal = cause.diag.constraint_name if isinstance(cause, psycopg.Error) else ""
        if refusal in {"reviewer_is_no_author", "version_reviewer_is_not_its_author"}:
            raise OwnWorkError from error
        raise


def _record(
    statement: Statement, act: str, did: str, by: User, at: datetime, **details: bool
) -> None:
    about: Election | Contest = statement.election
    if statement.municipality_id:
        about = statement.election.contests.select_related("election", "municipality").get(
            municipality=statement.municipality_id
        )
    key = statement.key
    what = f"{did}: ‘{statement}’"
    audit.record(f"statement-{act}", what, by=by, at=at, about=about, key=key, **details)
