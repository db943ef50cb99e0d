"""Publishing: compile a contest, and add it as a new edition when anything changed."""

from datetime import datetime

from django.db import connection, transaction

from parties.models import Contest
from stemhulp.editions.compile import compile_content
from stemhulp.editions.document import InvalidDocumentError, canonical, digest, read
from stemhulp.editions.models import PublishedEdition

# One publisher at a time, for all contests: numbers follow each other, and rows become visible in
# the order of their keys, on which those who watch for new ones rely.
PUBLISHING_LOCK = 20220316


class CannotPublishError(Exception):
    """A contest that is not ready; the message says what is wrong."""


@transaction.atomic
def publish(contest: Contest, by: str, at: datetime, reason: str) -> PublishedEdition | None:
    """Publish the contest as its rows stand now; None when nothing changed since the last edition.

    `by` and `reason` are shown to anyone. Raises CannotPublishError.
    """
    if not by.strip() or not reason.strip():
        raise CannotPublishError("Publishing takes a name and a reason.")
    with connection.cursor() as cursor:  # before anything is read, so that nothing older follows
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [PUBLISHING_LOCK])
    content = compile_content(contest)
    try:
        edition = read(content)
    except InvalidDocumentError as error:
        raise CannotPublishError(str(error)) from error
    if not edition.statements:
        raise CannotPublishError("There are no statements for this contest.")
    if not edition.parties:
        raise CannotPublishError("There are no parties on this ballot.")
    document = canonical(content)
    last = contest.editions.order_by("-number").first()
    if last is not None and last.digest == digest(document):
        return None
    return PublishedEdition.objects.create(
        contest=contest,
        number=last.number + 1 if last else 1,
        document=document,
        digest=digest(document),
        published_by=by,
        published_at=at,
        reason=reason,
    )
