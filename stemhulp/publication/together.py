"""Many contests at once, in parts of a few: each part is one transaction, counted in the log."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from parties import audit
from parties.models import Contest, Election, Event, User
from stemhulp.editions.models import Proposal
from stemhulp.editions.publishing import CannotPublishError, ChangedError, NotReadyError
from stemhulp.publication import actions
from stemhulp.publication.queries import CHECKED, STARTED, progress

AT_ONCE = 10  # contests in one part: about a second
PUBLISH, APPROVE = "publish", "approve"
CHANGED = "Er is iets veranderd sinds het voorstel. Bekijk deze gemeente zelf."
NOT_ANY_MORE = "Deze gemeente valt niet meer onder jouw regio."
INVALID = "De gegevens kloppen niet. Vraag de technisch beheerder."


@dataclass
class Part:
    """What came of a few contests."""

    outcomes: Counter[str] = field(default_factory=Counter)
    left_out: list[tuple[str, str]] = field(default_factory=list)


def start(
    election: Election,
    contests: Sequence[int],
    *,
    kind: str,
    by: User,
    at: datetime,
    reason: str = "",
) -> Event:
    """Write down what is going to be done; `work_on` does it."""
    verb = "te publiceren" if kind == PUBLISH else "goed te keuren"
    what = f"Begon {len(contests)} gemeenten tegelijk {verb}"
    return audit.record(
        STARTED,
        f"{what}: {reason}" if reason else what,
        by=by,
        at=at,
        about=election,
        contests=list(contests),
        kind=kind,
        reason=reason,
    )


@transaction.atomic
def work_on(started: Event, *, at: datetime) -> bool:
    """Do the next part; whether there is more to do. Two at the same time follow each other."""
    held = Event.objects.select_for_update(of=("self",)).get(pk=started.pk)
    before = progress(held)
    keys = held.details["contests"][before.checked : before.checked + AT_ONCE]
    if not keys or held.by_id is None:
        return False
    user = User.objects.get(pk=held.by_id)
    part = Part()
    for key in keys:
        _do_one(key, held, part, user, at)
    audit.record(
        CHECKED,
        f"Liep {len(keys)} gemeenten na: {part.outcomes['published']} gepubliceerd",
        by=user,
        at=at,
        about=held.election,
        start=held.pk,
        checked=len(keys),
        outcomes=dict(part.outcomes),
        left_out=part.left_out,
    )
    return before.checked + len(keys) < before.total


def _do_one(key: int, started: Event, part: Part, user: User, at: datetime) -> None:
    contests = Contest.objects.select_related("election", "municipality__region")
    [contest] = contests.filter(pk=key)
    name = contest.municipality.name
    if not user.is_active or not Contest.objects.for_staff(user).filter(pk=key).exists():
        part.left_out.append((name, NOT_ANY_MORE))
        return
    try:
        if started.details["kind"] == APPROVE:
            outcome = _approve(contest, user, at)
        else:
            outcome = _publish(contest, user, at, started.details["reason"])
    except ChangedError:
        part.left_out.append((name, CHANGED))
    except NotReadyError as error:
        part.left_out.append((name, error.said))
    except CannotPublishError:
        part.left_out.append((name, INVALID))
    else:
        part.outcomes[outcome] += 1


def _publish(contest: Contest, by: User, at: datetime, reason: str) -> str:
    """Publish what was published before and changed; propose what never was."""
    try:
        actions.publish_again(contest, seen=None, by=by, at=at, reason=reason)
    except actions.UnchangedError:
        return "unchanged"
    except actions.SecondPersonError:
        return _propose(contest, by, at, reason)
    return "published"


def _propose(contest: Contest, by: User, at: datetime, reason: str) -> str:
    try:
        actions.propose(contest, seen=None, by=by, at=at, reason=reason)
    except actions.WaitingError:
        return "waiting"
    return "proposed"


def _approve(contest: Contest, by: User, at: datetime) -> str:
    """Approve what someone else proposed, when nothing changed since."""
    proposal = Proposal.objects.waiting().filter(contest=contest).first()
    if proposal is None:
        return "decided"
    try:
        edition = actions.approve(proposal, seen=proposal.digest, by=by, at=at)
    except (actions.SamePersonError, actions.DecidedError):
        return "decided"
    return "published" if edition else "unchanged"
