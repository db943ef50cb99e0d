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
    person themselves. `details` must be plain JSON, without positions of parties.
    """
    election, municipality = _place(about)
    return Event.objects.create(
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
