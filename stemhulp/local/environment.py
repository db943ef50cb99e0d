"""What a machine with nothing configured lacks: a database, a secret, a few harmless settings."""

import contextlib
import os
import secrets
from collections.abc import Iterator
from pathlib import Path

from stemhulp.local.postgres import Cluster

BASE_DIR = Path(__file__).resolve().parent.parent.parent


def local_home() -> Path:
    """The git-ignored folder that holds everything a local run makes."""
    return Path(os.environ.get("STEMHULP_HOME") or BASE_DIR / ".local").absolute()


@contextlib.contextmanager
def local_environment() -> Iterator[None]:
    """Fill in what the environment does not say, starting the local database if it is needed.

    With DATABASE_URL set nothing is started and, as in production, nothing is guessed but the
    secret of a demo. Raises PostgresError.
    """
    os.environ.setdefault("STATIC_ROOT", str(local_home() / "static"))
    os.environ.setdefault("EDITIONS_FOLDER", str(local_home() / "editions"))
    os.environ.setdefault("HANDOUTS_FOLDER", str(local_home() / "handouts"))
    os.environ.setdefault("OPENDATA_FOLDER", str(local_home() / "opendata"))
    os.environ.setdefault("METRICS_FOLDER", str(local_home() / "metrics"))
    os.environ.setdefault("LOG_FORMAT", "plain")  # it is read by people
    os.environ.setdefault("MAIL_FOLDER", str(local_home() / "mail"))
    port = os.environ.get("PORT") or 8000
    os.environ.setdefault("SITE_URL", f"http://127.0.0.1:{port}")
    if "DATABASE_URL" in os.environ:
        yield
        return
    os.environ.setdefault("SECRET_KEY", local_secret())
    os.environ.setdefault("HTTPS", "off")
    if "EMAIL_URL" not in os.environ:
        os.environ.setdefault("DEMO", "on")
    with Cluster(local_home() / "postgres").running() as url:
        os.environ["DATABASE_URL"] = url
        try:
            yield
        finally:
            del os.environ["DATABASE_URL"]


def local_secret() -> str:
    """The generated SECRET_KEY of this folder: kept, so that answers outlive a restart."""
    path = local_home() / "secret"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        os.write(descriptor, secrets.token_urlsafe(60).encode())
        os.close(descriptor)
    return path.read_text()
