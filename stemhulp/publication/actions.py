"""Publishing by people: the first time it takes two. Each action writes the audit log."""

from datetime import datetime

from django.db import transaction

from parties import audit
from parties.models import Contest, User
from stemhulp.editions.models import Proposal, PublishedEdition
from stemhulp.editions.publishing import (
    ChangedError,
    check_ready,
    compiled,
    publish,
    roll_back,
)

HOUSE = "VluchtelingenWerk"
LONGEST_NAME = 120


class SecondPersonError(Exception):
    """A first publication, which one person asks for and another one does."""


class SamePersonError(Exception):
    """The second person is the first."""


class DecidedError(Exception):
    """Somebody decided on the proposal meanwhile."""


class ReasonError(Exception):
    """Turning down what someone else proposed takes a reason."""


class WaitingError(Exception):
    """A proposal for this contest waits already."""


class PublishedBeforeError(Exception):
    """A contest that was published needs no second person any more."""


class UnchangedError(Exception):
    """Voters see exactly this already."""


def public_name(*people: User) -> str:
    """Who published, as anyone may read it: names, and never an address."""
    names = dict.fromkeys(
        person.name if person.name and "@" not in person.name else HOUSE for person in people
    )
    longest = (LONGEST_NAME - len(" en ") * (len(names) - 1)) // len(names)
    return " en ".join(name[:longest] for name in names)


@transaction.atomic
def publish_again(
    contest: Contest, *, seen: str | None, by: User, at: datetime, reason: str
) -> PublishedEdition:
    """The next edition of a contest that was published before.

    `seen` is the digest of what the person looked at; None for one of many. Raises
    SecondPersonError, UnchangedError, ChangedError or CannotPublishError.
    """
    if not contest.editions.exists():
        raise SecondPersonError
    edition = publish(contest, public_name(by), at, reason, seen=seen)
    if edition is None:
        raise UnchangedError
    _record_edition(edition, by, at)
    return edition


@transaction.atomic
def propose(contest: Contest, *, seen: str | None, by: User, at: datetime, reason: str) -> Proposal:
    """Ask a second person to publish a contest for the first time.

    Raises PublishedBeforeError, WaitingError, ChangedError or CannotPublishError.
    """
    Contest.objects.select_for_update().get(pk=contest.pk)  # one proposal at a time
    if contest.editions.exists():
        raise PublishedBeforeError
    if contest.proposals.waiting().exists():
        raise WaitingError
    found = compiled(contest)
    if seen is not None and found.digest != seen:
        raise ChangedError(found)
    check_ready(contest, found)
    proposal = Proposal.objects.create(
        contest=contest, digest=found.digest, reason=reason, asked_by=by, asked_at=at
    )
    what = f"Stelde voor {contest.municipality.name} voor het eerst te publiceren: {reason}"
    audit.record("publication-proposed", what, by=by, at=at, about=contest)
    return proposal


@transaction.atomic
def approve(proposal: Proposal, *, seen: str, by: User, at: datetime) -> PublishedEdition | None:
    """Publish what someone else proposed, as this person saw it; None when it was published so.

    Raises DecidedError, SamePersonError, ChangedError or CannotPublishError.
    """
    proposal = _waiting(proposal)
    if proposal.asked_by == by:
        raise SamePersonError
    contest = proposal.contest
    name = public_name(proposal.asked_by, by)
    edition = publish(contest, name, at, proposal.reason, seen=seen)
    _decide(proposal, by, at, is_approved=True)
    what = f"Keurde de eerste publicatie van {contest.municipality.name} goed"
    audit.record("publication-approved", what, by=by, at=at, about=contest)
    if edition is not None:
        _record_edition(edition, by, at)
    return edition


@transaction.atomic
def decline(proposal: Proposal, *, by: User, at: datetime, reason: str = "") -> None:
    """Turn a proposal down and say why, or, by who made it, take it back.

    Raises DecidedError, or ReasonError without a reason from someone else.
    """
    proposal = _waiting(proposal)
    is_own = proposal.asked_by == by
    if not is_own and not reason.strip():
        raise ReasonError
    _decide(proposal, by, at, is_approved=False)
    place = proposal.contest.municipality.name
    if is_own:
        act, what = "publication-withdrawn", f"Trok het voorstel om {place} te publiceren in"
    else:
        act = "publication-declined"
        what = f"Wees het voorstel om {place} te publiceren af: {reason}"
    audit.record(act, what, by=by, at=at, about=proposal.contest, reason=reason)


@transaction.atomic
def repeat(
    contest: Contest, number: int, *, by: User, at: datetime, reason: str
) -> PublishedEdition:
    """Have voters see an earlier edition again, under a new number. Raises NothingToRepeatError."""
    edition = roll_back(contest, number, by=public_name(by), at=at, reason=reason)
    what = (
        f"Publiceerde editie {number} van {contest.municipality.name} opnieuw, "
        f"als editie {edition.number}: {reason}"
    )
    audit.record(
        "edition-repeated", what, by=by, at=at, about=contest, number=edition.number, repeats=number
    )
    return edition


def _waiting(proposal: Proposal) -> Proposal:
    """The proposal, held until this transaction ends. Raises DecidedError."""
    rows = Proposal.objects.select_for_update(of=("self",)).select_related(
        "asked_by", "contest__election", "contest__municipality"
    )
    held = rows.get(pk=proposal.pk)
    if held.decided_at is not None:
        raise DecidedError
    return held


def _decide(proposal: Proposal, by: User, at: datetime, *, is_approved: bool) -> None:
    proposal.decided_by, proposal.decided_at, proposal.is_approved = by, at, is_approved
    proposal.save(update_fields=["decided_by", "decided_at", "is_approved"])


def _record_edition(edition: PublishedEdition, by: User, at: datetime) -> None:
    contest = edition.contest
    what = f"Publiceerde editie {edition.number} van {contest.municipality.name}: {edition.reason}"
    audit.record(
        "edition-published",
        what,
        by=by,
        at=at,
        about=contest,
        number=edition.number,
        digest=edition.digest,
    )
