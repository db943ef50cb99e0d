"""What stands on a council's ballot. Each act is one transaction; the contest is locked in it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import sha256
from itertools import count
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import slugify

from parties.audit import record
from parties.models import Contest, Invitation, Membership, Party, User
from parties.search import fold

LONGEST_SLUG = 60
LONGEST_REASON = 300
# What is written about a list, and what the log calls it.
WRITTEN = {
    "name": "naam",
    "description": "omschrijving",
    "number": "nummer",
    "website": "website",
    "programme": "programma",
}


class BallotError(Exception):
    """An act that was not done; nothing has changed."""


class ChangedError(BallotError):
    """Someone else changed it since this person looked."""


class NamelessError(BallotError):
    """A list without a name that was not said to be a blanco lijst, or one with a name that was."""


class NameTakenError(BallotError):
    """Another list on this ballot has this name."""

    def __init__(self, party: Party) -> None:
        super().__init__(f"{party} has this name.")
        self.party = party


class NumberTakenError(BallotError):
    """Another list on this ballot has this number."""

    def __init__(self, party: Party) -> None:
        super().__init__(f"{party} has number {party.number}.")
        self.party = party


class WithdrawnError(BallotError):
    """The list was withdrawn; restore it first."""


class NotWithdrawnError(BallotError):
    """The list stands on the ballot."""


class SameListError(BallotError):
    """A list cannot go up in itself."""


class OtherContestError(BallotError):
    """The two lists stand on different ballots."""


class TooLateError(BallotError):
    """A deadline after the election day."""


class PastDeadlineError(BallotError):
    """The deadline has passed, and nobody said that it should close at once."""


@dataclass(frozen=True)
class Details:
    """What staff write about a list. A blanco lijst has no name, and that is said."""

    name: str = ""
    description: str = ""
    number: int | None = None
    website: str = ""
    programme: str = ""
    is_blank: bool = False


@dataclass(frozen=True)
class Change:
    """What the Kiesraad's file makes of a list; without a party, a new one with this name."""

    number: int
    name: str | None  # None: keep the name that it has
    party_id: int | None = None


@dataclass(frozen=True)
class Outcome:
    """How many lists were added, got another number, got another name."""

    added: int = 0
    numbered: int = 0
    renamed: int = 0

    @property
    def is_nothing(self) -> bool:
        return not (self.added or self.numbered or self.renamed)


def digest(parties: Iterable[Party]) -> str:
    """Another text after any change of a name, a number or the like in these lists."""
    rows = sorted((each.pk, *_written(each).values(), each.withdrawn_at) for each in parties)
    return sha256(repr(rows).encode()).hexdigest()


@transaction.atomic
def add(contest: Contest, details: Details, *, by: User, at: datetime) -> Party:
    """Put a list on the ballot. Raises NamelessError, NameTakenError or NumberTakenError."""
    parties = _locked(contest)
    party = Party(contest=contest, slug=_free_slug(details.name, parties))
    _write(party, details)
    _check([*parties, party], party)
    party.save()
    what = f"{party} toegevoegd aan het stembiljet van {contest.municipality.name}."
    record("party-added", what, by=by, at=at, about=contest, party=party.pk, **asdict(details))
    return party


@transaction.atomic
def edit(party: Party, details: Details, *, seen: str, by: User, at: datetime) -> Party:
    """Change what is said of a list; its slug stays. Does nothing when nothing changes.

    `seen` is the digest of the list as this person saw it. Raises ChangedError, WithdrawnError,
    NamelessError, NameTakenError or NumberTakenError.
    """
    parties = _locked(party.contest)
    row = _in(parties, party)
    if row.withdrawn_at is not None:
        raise WithdrawnError
    if digest([row]) != seen:
        raise ChangedError
    before = _written(row)
    _write(row, details)
    _check(parties, row)
    if changes := _differences(before, _written(row)):
        row.save(update_fields=list(changes))
        what = f"{row} gewijzigd in {party.contest.municipality.name}: {_in_words(changes)}."
        record("party-edited", what, by=by, at=at, about=party, party=row.pk, changes=changes)
    return row


@transaction.atomic
def withdraw(party: Party, reason: str, *, by: User, at: datetime) -> Party:
    """Take a list off the ballot; its people and answers are kept. Raises WithdrawnError."""
    row = _in(_locked(party.contest), party)
    _take_off(row, reason, by=by, at=at)
    what = f"{row} ingetrokken in {party.contest.municipality.name}."
    record("party-withdrawn", what, by=by, at=at, about=party, party=row.pk)
    return row


@transaction.atomic
def restore(party: Party, *, by: User, at: datetime) -> Party:
    """Put a withdrawn list back, without a number. Raises NotWithdrawnError or NameTakenError."""
    parties = _locked(party.contest)
    row = _in(parties, party)
    if row.withdrawn_at is None:
        raise NotWithdrawnError
    row.withdrawn_at, row.withdrawn_by, row.withdrawal, row.merged_into = None, None, "", None
    _check(parties, row)
    row.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawal", "merged_into"])
    what = f"{row} staat weer op het stembiljet van {party.contest.municipality.name}."
    record("party-restored", what, by=by, at=at, about=party, party=row.pk)
    return row


@transaction.atomic
def merge(source: Party, into: Party, *, by: User, at: datetime) -> Party:
    """Let a list go up in another: its people move, its open invitations end, answers stay.

    Raises SameListError, OtherContestError or WithdrawnError.
    """
    if source.pk == into.pk:
        raise SameListError
    if source.contest_id != into.contest_id:
        raise OtherContestError
    parties = _locked(source.contest)
    row, target = _in(parties, source), _in(parties, into)
    if target.withdrawn_at is not None:
        raise WithdrawnError
    row.merged_into = target
    _take_off(row, f"Samengevoegd met {target}.", by=by, at=at)
    moved = _move_members(row, target, by=by, at=at)
    waiting = Invitation.objects.waiting().filter(party=row)
    revoked = waiting.update(revoked_at=at, revoked_by=by)
    what = f"{row} samengevoegd met {target} in {source.contest.municipality.name}."
    details = {"into": target.pk, "members": moved, "invitations": revoked}
    record("party-merged", what, by=by, at=at, about=source, party=row.pk, **details)
    return target


@transaction.atomic
def set_deadline(
    contest: Contest,
    deadline: datetime | None,
    *,
    by: User,
    at: datetime,
    closes_now: bool = False,
) -> Contest:
    """Give a council a deadline of its own, or with None the one of the election again.

    Raises TooLateError for one that does not lie before the end of the election day, and
    PastDeadlineError for one that has passed, without `closes_now`.
    """
    row = _lock(contest)
    if deadline and timezone.localdate(deadline) > row.election.date:
        raise TooLateError
    if deadline == row.own_deadline:
        return row
    if deadline and deadline <= at and not closes_now:
        raise PastDeadlineError
    before, row.own_deadline = row.own_deadline, deadline
    row.save(update_fields=["own_deadline"])
    when = f"{date_format(timezone.localtime(deadline), 'j F Y H.i')} uur" if deadline else ""
    place = row.municipality.name
    what = f"Sluiting van {place}: {when}." if when else f"{place} sluit weer zoals het land."
    moments = {
        "before": before.isoformat() if before else None,
        "after": deadline.isoformat() if deadline else None,
    }
    record("contest-deadline", what, by=by, at=at, about=row, **moments)
    return row


@transaction.atomic
def read_in(
    contest: Contest, changes: Sequence[Change], *, seen: str, by: User | None, at: datetime
) -> Outcome:
    """Make the ballot as the Kiesraad's file has it, all of it or nothing.

    Numbers may go from one list to another. `seen` is the digest of the contest's lists as they
    were compared with. Raises ChangedError, NameTakenError or NumberTakenError.
    """
    parties = _locked(contest)
    if digest(parties) != seen:
        raise ChangedError
    before = {each.pk: _written(each) for each in parties}
    touched = [_apply(change, contest, parties) for change in changes]
    for each in touched:
        _check(parties, each)
    known = [each for each in parties if each.pk in before]
    new = [each for each in touched if each.pk not in before]
    changed = {each.slug: _differences(before[each.pk], _written(each)) for each in known}
    Party.objects.bulk_update(known, ["number", "name"])
    Party.objects.bulk_create(new)
    outcome = Outcome(
        added=len(new),
        numbered=sum("number" in each for each in changed.values()),
        renamed=sum("name" in each for each in changed.values()),
    )
    _record_reading(contest, new, changed, outcome, by=by, at=at)
    return outcome


def _record_reading(
    contest: Contest,
    new: Sequence[Party],
    changed: Mapping[str, Any],
    outcome: Outcome,
    *,
    by: User | None,
    at: datetime,
) -> None:
    if outcome.is_nothing:
        return
    what = (
        f"Kandidatenlijst van {contest.municipality.name} ingelezen: {outcome.added} nieuw, "
        f"{outcome.numbered} met een ander nummer, {outcome.renamed} met een andere naam."
    )
    details = {
        "added": {each.slug: _written(each) for each in new},
        "changed": {slug: each for slug, each in changed.items() if each},
    }
    record("ballot-read", what, by=by, at=at, about=contest, **details)


def _apply(change: Change, contest: Contest, parties: list[Party]) -> Party:
    """On the rows in memory; a new one is put among them."""
    party = next((each for each in parties if change.party_id and each.pk == change.party_id), None)
    if party is None and change.party_id is not None:
        raise ChangedError
    if party is None:
        party = Party(contest=contest, slug=_free_slug(change.name or "", parties))
        parties.append(party)
    if party.withdrawn_at is not None:
        raise ChangedError
    party.number = change.number
    party.name = party.name if change.name is None else change.name
    return party


def _lock(contest: Contest) -> Contest:
    """One person at a time changes a ballot; whoever answers for a list is not in the way."""
    rows = Contest.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("election", "municipality").get(pk=contest.pk)


def _locked(contest: Contest) -> list[Party]:
    """All lists of a contest, withdrawn ones too."""
    locked = _lock(contest)
    parties = list(Party.objects.filter(contest=locked))
    for each in parties:
        each.contest = locked
    return parties


def _in(parties: Iterable[Party], party: Party) -> Party:
    return next(each for each in parties if each.pk == party.pk)


def _write(party: Party, details: Details) -> None:
    if bool(details.name) == details.is_blank:
        raise NamelessError
    party.name, party.description = details.name, details.description
    party.number, party.website = details.number, details.website
    party.programme = details.programme


def _written(party: Party) -> dict[str, Any]:
    return {field: getattr(party, field) for field in WRITTEN}


def _differences(before: dict[str, Any], after: dict[str, Any]) -> dict[str, list[Any]]:
    """By field: what it was and what it is."""
    return {
        field: [before[field], value] for field, value in after.items() if before[field] != value
    }


def _in_words(changes: Mapping[str, list[Any]]) -> str:
    return ", ".join(
        f"{WRITTEN[field]} was “{before or 'leeg'}”" for field, (before, _) in changes.items()
    )


def _check(parties: Iterable[Party], party: Party) -> None:
    """No other list on the ballot may have its name or its number."""
    for other in parties:
        if other is party or other.withdrawn_at is not None or party.withdrawn_at is not None:
            continue
        if party.name and _same(party.name) == _same(other.name):
            raise NameTakenError(other)
        if party.number is not None and party.number == other.number:
            raise NumberTakenError(other)


def _same(name: str) -> str:
    return fold(name).replace(" ", "") or name.casefold()


def _free_slug(name: str, parties: Iterable[Party]) -> str:
    """From the name, unlike any other of the contest's: it never changes after."""
    taken = {each.slug for each in parties}
    stem = slugify(name)[: LONGEST_SLUG - 4].strip("-_") or ("lijst" if name else "blanco-lijst")
    if stem not in taken:
        return stem
    return next(f"{stem}-{n}" for n in count(2) if f"{stem}-{n}" not in taken)


def _take_off(party: Party, reason: str, *, by: User, at: datetime) -> None:
    if party.withdrawn_at is not None:
        raise WithdrawnError
    party.withdrawn_at, party.withdrawn_by, party.number = at, by, None
    party.withdrawal = reason[:LONGEST_REASON]
    party.save(
        update_fields=["withdrawn_at", "withdrawn_by", "withdrawal", "number", "merged_into"]
    )


def _move_members(source: Party, target: Party, *, by: User, at: datetime) -> int:
    """Returns how many people worked for the source."""
    current = Membership.objects.current()
    theirs = list(current.filter(party=source).values_list("user", flat=True))
    there = set(current.filter(party=target).values_list("user", flat=True))
    current.filter(party=source).update(removed_at=at, removed_by=by)
    Membership.objects.bulk_create(
        Membership(party=target, user_id=pk, since=at) for pk in theirs if pk not in there
    )
    return len(theirs)
