"""What of signing in stands in the log, by the number of an account; refusals: `parties.problems`.

Its number, not its name or address, so that the log holds nobody who was forgotten; which number is
whose stands in the database. Nothing that was typed is in it. In *Logboek* (`Event`) stands what
people did; here, what they tried.
"""

import logging
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from django.http import HttpRequest

from parties.models import User

logger = logging.getLogger("parties.security")


def signed_in(request: HttpRequest, user: User, **rest: Any) -> None:
    """With how: by a mailed code, an invitation, or a key, and a second factor if there was one."""
    ways = [
        each.get("type") or each["method"] for each in get_authentication_records(request, user)
    ]
    logger.info("account %s signed in: %s", user.pk, ", ".join(ways) or "unknown")


def signed_out(user: User | None, **rest: Any) -> None:
    if user is not None:
        logger.info("account %s signed out", user.pk)


def wrong_code(user: User, **rest: Any) -> None:
    logger.warning("account %s: wrong code of a mail", user.pk)


def wrong_factor(user: User, authenticator: Authenticator | None = None, **rest: Any) -> None:
    kind = authenticator.type if authenticator else "unknown"
    logger.warning("account %s: wrong second factor (%s)", user.pk, kind)


def factor_used(user: User, authenticator: Authenticator, **rest: Any) -> None:
    logger.info("account %s showed a second factor (%s)", user.pk, authenticator.type)


def factor_added(user: User, authenticator: Authenticator, **rest: Any) -> None:
    logger.info("account %s has a new second factor (%s)", user.pk, authenticator.type)


def factor_removed(user: User, authenticator: Authenticator, **rest: Any) -> None:
    logger.warning("account %s has a second factor less (%s)", user.pk, authenticator.type)


def codes_renewed(user: User, **rest: Any) -> None:
    logger.info("account %s has new spare codes", user.pk)
