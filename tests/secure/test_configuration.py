"""A start with a configuration that is not safe is refused, in words that help."""

import os
import secrets
import subprocess
import sys
from typing import Any

import pytest
from django.conf import settings as configuration
from django.core.exceptions import ImproperlyConfigured
from hypothesis import given
from hypothesis import strategies as st

from stemhulp.local.environment import local_secret
from stemhulp.secure.secret import fault_of
from stemhulp.settings import hops

DRAWN = "Zr2LxVn5TcWb7Ky4MdHs9PfJg3XwRa6UeCtq8-Yk1_Ev0NhDsQpBm"
PRODUCTION = {
    "SECRET_KEY": DRAWN,
    "DATABASE_URL": "postgres://stemhulp:x@db.example/stemhulp",
    "SITE_URL": "https://stemhulp.example",
    "EMAIL_URL": "smtp+tls://stemhulp:x@mail.example:587",
    "ALLOWED_HOSTS": "stemhulp.example",
    "CONTACT_EMAIL": "hallo@stemhulp.example",
    "RESPONSIBLE": "VluchtelingenWerk, Amsterdam",
    "BEHIND_PROXY": "1",
}


def manage(*arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    """A command in a process of its own, with this configuration and no other."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=configuration.BASE_DIR,
        env=kept | environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_production_is_clean_by_djangos_own_checks() -> None:
    done = manage("check", "--deploy", "--fail-level", "WARNING", **PRODUCTION)
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


NAMES = """
from django.conf import settings
from parties.accounts.messages import GuardedCookie
from stemhulp.quiz.answers import COOKIE
print(settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, GuardedCookie.cookie_name, COOKIE)
"""


def test_browsers_guard_the_name_of_every_cookie() -> None:
    """Which they do over https only. A voter's has a path, and so a name that allows one."""
    done = manage("shell", "--no-imports", "-c", NAMES, **PRODUCTION)
    names = ["__Host-sessionid", "__Host-csrftoken", "__Host-messages", "__Secure-antwoorden"]
    assert done.stdout.split() == names, done.stderr
    done = manage("shell", "--no-imports", "-c", NAMES, **PRODUCTION, HTTPS="off")
    assert done.stdout.split() == ["sessionid", "csrftoken", "messages", "antwoorden"]


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("", "Set SECRET_KEY"),
        ("kort", "has 4 characters"),
        ("django-insecure-" + DRAWN, "begins as an example"),
        ("x" * 60, "1 different characters"),
    ],
)
def test_weak_secret_stops_the_start_with_help(key: str, said: str) -> None:
    done = manage("check", **PRODUCTION | {"SECRET_KEY": key})
    assert done.returncode != 0
    assert said in done.stderr
    assert not key or "secrets.token_urlsafe(60)" in done.stderr
    assert DRAWN not in done.stderr


def test_weak_former_secret_is_refused_too() -> None:
    done = manage("check", **PRODUCTION, SECRET_KEY_FALLBACKS="a" * 60)
    assert done.returncode != 0
    assert "A key among SECRET_KEY_FALLBACKS is made of 1 different characters" in done.stderr


@pytest.mark.parametrize(
    "weak",
    [
        "",
        "a" * 49,
        DRAWN[:49],
        "ab" * 40,
        "0123456789abcdef" * 4,
        "changeme" + DRAWN,
        "Geheim" + DRAWN,
        "stemhulp" * 2 + "a" * 60,
        "welkom2026" * 8,
    ],
)
def test_what_can_be_guessed_is_no_secret(weak: str) -> None:
    assert fault_of(weak)


def test_what_is_drawn_at_random_is_one(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    for _ in range(2000):
        assert not fault_of(secrets.token_urlsafe(60))
        assert not fault_of(secrets.token_hex(32))
    monkeypatch.setenv("STEMHULP_HOME", str(tmp_path))
    assert not fault_of(local_secret())


@given(st.text(max_size=200))
def test_any_text_is_judged(text: str) -> None:
    assert isinstance(fault_of(text), str)


@pytest.mark.parametrize(
    ("written", "meant"),
    [("", 0), ("off", 0), ("False", 0), ("0", 0), ("on", 1), ("true", 1), ("1", 1), ("2", 2)],
)
def test_proxies_are_counted(written: str, meant: int) -> None:
    assert hops(written) == meant


@pytest.mark.parametrize("written", ["-1", "many", "1.5", "10", "1,2", "²"])
def test_number_of_proxies_that_is_none_is_refused(written: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="number of proxies"):
        hops(written)
