"""What was previewed, on its way through the browser to the button that sends it.

Signed, so that nobody can slip in a row that was not checked, and for one person; compressed,
because a whole country is some 2,900 rows. Nothing of it is kept on the server.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core import signing

from parties.models import Election, User

SALT = "statements.curation.bulk"
GOOD_FOR = timedelta(hours=4)


class ForgedError(Exception):
    """It was not signed by us, or for someone else."""


@dataclass(frozen=True)
class Entry:
    """One row that fitted."""

    line: int
    party_id: int
    email: str
    name: str


@dataclass(frozen=True)
class Payload:
    election_id: int
    entries: Sequence[Entry]
    at: datetime  # of the preview

    def is_old(self, at: datetime) -> bool:
        return at - self.at > GOOD_FOR


def sign(entries: Sequence[Entry], election: Election, *, by: User, at: datetime) -> str:
    """The rows as a text for a form, good for this person only."""
    rows = [[each.line, each.party_id, each.email, each.name] for each in entries]
    content = {"user": by.pk, "election": election.pk, "at": at.isoformat(), "rows": rows}
    return signing.dumps(content, salt=SALT, compress=True)


def unsign(text: str, *, by: User) -> Payload:
    """What `sign` made. Raises ForgedError."""
    try:
        content = signing.loads(text, salt=SALT)
    except signing.BadSignature as error:
        raise ForgedError from error
    if content["user"] != by.pk:
        raise ForgedError
    entries = [Entry(*row) for row in content["rows"]]
    return Payload(content["election"], entries, datetime.fromisoformat(content["at"]))
