"""Writing the audit log. Each action that changes something calls this in its own transaction."""

from datetime import datetime
from typing import Any

from parties.models import Contest, Election, Event, Municipality, Party, User

LONGEST = 300


def record(
    act: str,
    what: str,
    *,
    by: User | None,
    at: datetime,
    about: Election | Contest | Party | Municipality | None = None,
    **details: Any,
) -> Event:
    """Append one act. `what` is a Dutch sentence of at most 300 characters (cut off after that).

    `about` says where it belongs, and so who may read it; without it, only national staff and the
    person themselves. `details` must be plain JSON, without positions of parties. What is written
    can never be erased: no name or address of anyone but who did it, in neither of the two.
    """
    made = event(act, what, by=by, at=at, about=about, **details)
    made.save()
    return made


def event(
    act: str,
    what: str,
    *,
    by: User | None,
    at: datetime,
    about: Election | Contest | Party | Municipality | None = None,
    **details: Any,
) -> Event:
    """The same, not yet written: for who writes many at once."""
    election, municipality = _place(about)
    return Event(
        at=at,
        by=by,
        act=act,
        what=what if len(what) <= LONGEST else what[: LONGEST - 1] + "…",
        election=election,
        municipality=municipality,
        details=details,
    )


def _place(
    about: Election | Contest | Party | Municipality | None,
) -> tuple[Election | None, Municipality | None]:
    match about:
        case Party():
            return about.contest.election, about.contest.municipality
        case Contest():
            return about.election, about.municipality
        case Election():
            return about, None
        case Municipality():
            return None, about
    return None, None
