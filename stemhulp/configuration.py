"""What the settings need to read the environment: secrets in files, and how a database is named.

Everything here raises ImproperlyConfigured with a paragraph that helps whoever starts the server.
"""

import os
from pathlib import Path
from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured

# What may be handed over as a file, `SECRET_KEY_FILE=/run/secrets/secret_key`: everyone on the
# machine who may look at a process may read its environment, and a container's is shown to whoever
# inspects it.
SECRETS = (
    *("SECRET_KEY", "SECRET_KEY_FALLBACKS", "DATABASE_URL", "EMAIL_URL", "CACHE_URL"),
    "SENTRY_DSN",
)
# A worker serves one request at a time: whoever waits for a database keeps voters waiting. So an
# outage is known after two seconds, and from then on nobody waits (NoDatabaseMiddleware).
LONGEST_WAIT = 2.0  # s
POOLERS = ("none", "session", "transaction")
# A server that is gone without a word (a machine without power) is given up after 25 seconds.
KEEPALIVES = {"keepalives_idle": 10, "keepalives_interval": 5, "keepalives_count": 3}
LONGEST_SILENCE = 20_000  # ms in which what was sent is not acknowledged


def environment() -> environ.Env:
    """The environment, with secrets also taken from the files that NAME_FILE variables name."""
    env = environ.Env()
    env.ENVIRON = {**os.environ, **_from_files()}
    return env


def _from_files() -> dict[str, str]:
    found = {}
    for name in SECRETS:
        if path := os.environ.get(f"{name}_FILE"):
            if os.environ.get(name):
                raise ImproperlyConfigured(f"Set {name} or {name}_FILE, not both.")
            try:
                found[name] = Path(path).read_text().strip()
            except (OSError, UnicodeDecodeError) as error:
                raise ImproperlyConfigured(
                    f"{name}_FILE names {path}, which cannot be read: {error}."
                ) from error
    return found


def database(named: dict[str, Any], pooler: str) -> dict[str, Any]:
    """Django's settings of a database, from what its address says.

    The address may name several servers (`h1:5432,h2:5432`), of which the one that takes writes is
    found with `target_session_attrs=read-write`. `pooler` tells what stands in between: behind
    PgBouncer in transaction mode, the next query may be another server process, so nothing may be
    left in a session: no cursor, and no prepared statement (Django makes none by itself).
    """
    if pooler not in POOLERS:
        raise ImproperlyConfigured(
            f"DATABASE_POOLER is {pooler!r}; it can be {', '.join(POOLERS)}."
        )
    options = dict(named.get("OPTIONS", {}))
    in_the_address = {
        name.upper(): options.pop(name) for name in ("host", "port") if name in options
    }
    return {
        **named,
        **in_the_address,  # a Unix socket: postgres://user:password@/name?host=/run/postgresql
        "CONN_HEALTH_CHECKS": True,  # a connection to a server that is gone is not handed out
        "DISABLE_SERVER_SIDE_CURSORS": pooler == "transaction",
        "OPTIONS": {
            "connect_timeout": 3,
            "tcp_user_timeout": LONGEST_SILENCE,
            **KEEPALIVES,
            "pool": {"min_size": 0, "max_size": 8, "timeout": LONGEST_WAIT},
            **options,
        },
    }
