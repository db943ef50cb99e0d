"""Reading a party's programme: enter, check, take back. Each is one transaction and one act."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from parties.audit import record
from parties.models import Party, User
from statements.curation.research import queries
from statements.models import Research, Statement


class RefusedError(Exception):
    """It cannot be done now; nothing was changed."""


class HandedInError(RefusedError):
    """The party answered for itself."""


class NotOnBallotError(RefusedError):
    """The list was withdrawn."""


class OwnWorkError(RefusedError):
    """Who entered it cannot check it."""


class GoneError(RefusedError):
    """It was taken back, or entered anew."""


class ChangedError(RefusedError):
    """Somebody entered or took back something since, or the statement changed meaning."""


@dataclass(frozen=True)
class Reading:
    """A stance, the words of the programme that say so, and where they stand."""

    stance: int
    quotation: str
    source: str

    @classmethod
    def of(cls, research: Research) -> "Reading":
        return cls(research.stance, research.quotation, research.source)


@transaction.atomic
def enter(
    party: Party,
    statement: Statement,
    reading: Reading,
    *,
    seen: int,
    meaning: int,
    by: User,
    at: datetime,
) -> Research:
    """Keep what someone read, for a second person to check; it replaces what stood there.

    `seen` is the key of what its writer saw (0: nothing), `meaning` that of the statement they
    read. The same again changes nothing. Raises HandedInError, NotOnBallotError or ChangedError.
    """
    _open(party)
    asked = Statement.objects.select_for_update().get(pk=statement.pk)
    current = party.research.current().filter(statement=statement).first()
    if meaning != asked.meaning:
        raise ChangedError
    if current and Reading.of(current) == reading and current.meaning == meaning:
        return current
    if seen != (current.pk if current else 0):
        raise ChangedError
    if current:
        _take_back(current, by, at)
    made = Research.objects.create(
        party=party,
        statement=statement,
        meaning=meaning,
        stance=reading.stance,
        quotation=reading.quotation,
        source=reading.source,
        entered_by=by,
        entered_at=at,
    )
    _record("entered", f"In het programma van {party} gelezen", made, party, by, at)
    return made


@transaction.atomic
def check(party: Party, pk: int, *, by: User, at: datetime) -> Research:
    """A second person saw that the programme says so: voters may see it.

    Raises HandedInError, NotOnBallotError, OwnWorkError, GoneError, or ChangedError for a
    statement that changed meaning since.
    """
    _open(party)
    found = _current(party, pk)
    if found.checked_at:
        return found
    if found.entered_by_id == by.pk:
        raise OwnWorkError
    if found.meaning != found.statement.meaning:
        raise ChangedError
    found.checked_by, found.checked_at = by, at
    found.save(update_fields=["checked_by", "checked_at"])
    _record("checked", f"Nagekeken wat in het programma van {party} staat", found, party, by, at)
    return found


@transaction.atomic
def withdraw(party: Party, pk: int, *, remark: str, by: User, at: datetime) -> Research:
    """Take it back, or send it back to who entered it, with a remark. Raises GoneError."""
    Party.objects.select_for_update().get(pk=party.pk)
    found = _current(party, pk)
    _take_back(found, by, at)
    is_own = found.entered_by_id == by.pk
    what = f"{'Ingetrokken' if is_own else 'Teruggestuurd'} wat in het programma van {party} staat"
    _record("withdrawn", what, found, party, by, at, remark=remark)
    return found


def _open(party: Party) -> None:
    """One after the other for each list, while it speaks not for itself."""
    locked = Party.objects.select_for_update().get(pk=party.pk)
    if locked.withdrawn_at:
        raise NotOnBallotError
    if queries.has_handed_in(party):
        raise HandedInError


def _current(party: Party, pk: int) -> Research:
    found = party.research.current().select_related("statement").filter(pk=pk).first()
    if found is None:
        raise GoneError
    return found


def _take_back(research: Research, by: User, at: datetime) -> None:
    research.withdrawn_by, research.withdrawn_at = by, at
    research.save(update_fields=["withdrawn_by", "withdrawn_at"])


def _record(
    act: str, what: str, research: Research, party: Party, by: User, at: datetime, remark: str = ""
) -> None:
    """Without the stance: the log holds no positions."""
    statement = research.statement
    details = {"party": party.slug, "statement": statement.key, "research": research.pk}
    record(
        f"research-{act}",
        f"{what} bij “{statement.text}”" + (f": {remark}" if remark else ""),
        by=by,
        at=at,
        about=party,
        **details,
        **({"remark": remark} if remark else {}),
    )
