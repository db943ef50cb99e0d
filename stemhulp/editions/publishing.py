"""Publishing: compile a contest, and add it as a new edition when anything changed."""

import json
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db import connection, transaction

from parties.models import Contest
from statements.models import Statement
from statements.models.statements import StatementQuerySet
from stemhulp.editions.compile import compile_content
from stemhulp.editions.document import InvalidDocumentError, canonical, digest, read
from stemhulp.editions.edition import Edition
from stemhulp.editions.models import PublishedEdition

# One publisher at a time, for all contests: numbers follow each other, and rows become visible in
# the order of their keys, on which those who watch for new ones rely.
PUBLISHING_LOCK = 20220316


class CannotPublishError(Exception):
    """A contest that is not ready; the message says what is wrong."""


class NotReadyError(CannotPublishError):
    """Something is missing that only people can mend; `said` tells them so in Dutch."""

    def __init__(self, message: str, said: str) -> None:
        super().__init__(message)
        self.said = said


class ChangedError(Exception):
    """The rows are not what the publisher looked at."""

    def __init__(self, found: "Compiled") -> None:
        super().__init__(found.digest)
        self.found = found


class NothingToRepeatError(Exception):
    """An edition that does not exist, or that voters see already."""


@dataclass(frozen=True)
class Compiled:
    """A contest as its rows stand, in the form in which it would be published."""

    content: dict[str, Any]
    document: bytes

    @cached_property
    def digest(self) -> str:
        return digest(self.document)

    @cached_property
    def edition(self) -> Edition:
        """Raises CannotPublishError for what is no edition."""
        try:
            return read(self.content)
        except InvalidDocumentError as error:
            raise CannotPublishError(str(error)) from error


def compiled(contest: Contest) -> Compiled:
    """The contest as its rows stand now, published or not."""
    document = canonical(compile_content(contest))
    return Compiled(json.loads(document), document)


def unreviewed_in(contest: Contest) -> StatementQuerySet:
    """Statements of its own municipality that nobody approved yet: someone works on them."""
    return Statement.objects.filter(
        election=contest.election_id,
        municipality=contest.municipality_id,
        approved=None,
        withdrawn_at=None,
    )


@transaction.atomic
def publish(
    contest: Contest, by: str, at: datetime, reason: str, *, seen: str | None = None
) -> PublishedEdition | None:
    """Publish the contest as its rows stand now; None when nothing changed since the last edition.

    `by` and `reason` are shown to anyone; `seen` is the digest of what the publisher looked at, if
    they did. Raises CannotPublishError or ChangedError.
    """
    _check_said(by, reason)
    _take_turn()  # before anything is read, so that nothing older follows
    found = compiled(contest)
    if seen is not None and found.digest != seen:
        raise ChangedError(found)
    check_ready(contest, found)
    last = _last(contest)
    if last is not None and last.digest == found.digest:
        return None
    return _add(contest, found.document, last, by=by, at=at, reason=reason)


@transaction.atomic
def roll_back(
    contest: Contest, number: int, *, by: str, at: datetime, reason: str
) -> PublishedEdition:
    """Publish an earlier edition again, byte for byte, under the next number.

    Raises NothingToRepeatError when there is no such edition, or when voters see the same now.
    """
    _check_said(by, reason)
    _take_turn()
    last = _last(contest)
    earlier = contest.editions.filter(number=number).first()
    if last is None or earlier is None or earlier.digest == last.digest:
        raise NothingToRepeatError(number)
    document = bytes(earlier.document)
    return _add(contest, document, last, by=by, at=at, reason=reason, repeats=number)


def _check_said(by: str, reason: str) -> None:
    if not by.strip() or not reason.strip():
        raise CannotPublishError("Publishing takes a name and a reason.")


def _take_turn() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [PUBLISHING_LOCK])


def check_ready(contest: Contest, found: Compiled) -> None:
    """Whether this may be published at all. Raises CannotPublishError."""
    if not found.edition.statements:
        said = "Er is nog geen goedgekeurde stelling."
        raise NotReadyError("There are no statements for this contest.", said)
    if not found.edition.parties:
        said = "Er staat geen partij op het stembiljet."
        raise NotReadyError("There are no parties on this ballot.", said)
    if waiting := unreviewed_in(contest).first():
        raise NotReadyError(
            f"A local statement was not reviewed yet: {waiting.text}",
            f"Deze eigen stelling van de gemeente is nog niet nagelezen: {waiting.text}",
        )


def _last(contest: Contest) -> PublishedEdition | None:
    return contest.editions.defer("document").order_by("-number").first()


def _add(
    contest: Contest,
    document: bytes,
    last: PublishedEdition | None,
    *,
    by: str,
    at: datetime,
    reason: str,
    repeats: int | None = None,
) -> PublishedEdition:
    return PublishedEdition.objects.create(
        contest=contest,
        number=last.number + 1 if last else 1,
        document=document,
        digest=digest(document),
        published_by=by,
        published_at=at,
        reason=reason,
        repeats=repeats,
    )
