"""The lists of a file, on their way through the browser from the preview to the button.

Signed, so that only a file that was checked can come back, for one person and one council. It
holds names and numbers of lists; nothing of it is kept on the server.
"""

from dataclasses import dataclass

from django.core import signing

from parties.importers.eml import Listed
from parties.models import Contest, User

SALT = "statements.curation.ballot"


class ForgedError(Exception):
    """It was not signed by us, or for someone or something else."""


@dataclass(frozen=True)
class Payload:
    """What the file holds, and the digest of our lists that it was compared with."""

    listed: tuple[Listed, ...]
    seen: str


def sign(payload: Payload, contest: Contest, *, by: User) -> str:
    """A text for a form, good for this person and this council only."""
    rows = [[each.number, each.name] for each in payload.listed]
    content = {"user": by.pk, "contest": contest.pk, "seen": payload.seen, "rows": rows}
    return signing.dumps(content, salt=SALT, compress=True)


def unsign(text: str, contest: Contest, *, by: User) -> Payload:
    """What `sign` made. Raises ForgedError."""
    try:
        content = signing.loads(text, salt=SALT)
    except signing.BadSignature as error:
        raise ForgedError from error
    if (content["user"], content["contest"]) != (by.pk, contest.pk):
        raise ForgedError
    return Payload(tuple(Listed(*row) for row in content["rows"]), content["seen"])
