"""A voter's answers: political opinions, kept in one encrypted cookie and nowhere else.

The cookie belongs to one contest (its path, and its contents), lives until the browser closes,
cannot be read by scripts and is not sent with requests from other sites. The key is derived from
SECRET_KEY; with SECRET_KEY_FALLBACKS answers stay readable while keys change.
"""

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from statements.models import Stance
from stemhulp.editions.edition import Edition

COOKIE = "antwoorden"
LARGEST_COOKIE = 4096  # bytes; RFC 6265 section 6.1, what every browser must keep


class UnreadableAnswers(Exception):
    """The cookie is tampered with, cut off, too old, or of another contest."""


@dataclass(frozen=True)
class Answers:
    """What one voter answered in one contest."""

    contest: str  # Edition.path
    stances: Mapping[str, int | None] = field(default_factory=dict)  # None: "geen mening"
    themes: frozenset[str] = frozenset()  # keys of the themes that count double
    statements: frozenset[str] = frozenset()  # keys of the statements that count double
    edition: int = 0  # number of the edition that the voter last saw

    def told_of(self, edition: int) -> "Answers":
        return replace(self, edition=edition)

    def answering(self, statement: str, stance: int | None) -> "Answers":
        return replace(self, stances={**self.stances, statement: stance})

    def weighing(self, themes: frozenset[str], statements: frozenset[str]) -> "Answers":
        return replace(self, themes=themes, statements=statements)

    def stances_on(self, edition: Edition) -> list[int | None]:
        """One stance per statement, None where the voter has no opinion or did not answer."""
        return [self.stances.get(statement.key) for statement in edition.statements]

    def weights_on(self, edition: Edition) -> list[int]:
        """1 or 2 per statement; doubled by theme and by statement is still 2."""
        return [
            2 if statement.key in self.statements or statement.theme.key in self.themes else 1
            for statement in edition.statements
        ]

    def first_open(self, edition: Edition) -> int | None:
        """The number of the first statement without an answer; None when all have one."""
        return next(
            (each.number for each in edition.statements if each.key not in self.stances), None
        )


def read(request: HttpRequest, edition: Edition) -> Answers | None:
    """The answers that came with this request; None when the voter did not start.

    Raises UnreadableAnswers.
    """
    token = request.COOKIES.get(COOKIE)
    return None if token is None else decrypt(token, edition.path)


def store(response: HttpResponse, answers: Answers) -> None:
    """Give the answers back to the browser, for this contest only."""
    response.set_cookie(
        COOKIE,
        encrypt(answers),
        path=_path(answers.contest),
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )


def erase(response: HttpResponse, contest: str) -> None:
    """Have the browser forget the answers."""
    response.delete_cookie(COOKIE, path=_path(contest), samesite="Lax")


def encrypt(answers: Answers) -> str:
    content = {
        "contest": answers.contest,
        "stances": answers.stances,
        "themes": sorted(answers.themes),
        "statements": sorted(answers.statements),
        "edition": answers.edition,
    }
    plain = json.dumps(content, separators=(",", ":"), sort_keys=True).encode()
    return _cipher(settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS).encrypt(plain).decode()


def decrypt(token: str, contest: str) -> Answers:
    """The answers in a cookie's value. Raises UnreadableAnswers."""
    cipher = _cipher(settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    try:
        if len(token) > LARGEST_COOKIE:
            raise UnreadableAnswers("too large")
        content = json.loads(cipher.decrypt(token, ttl=settings.ANSWERS_MAX_AGE_SECONDS))
        return _answers(content, contest)
    except (InvalidToken, ValueError, KeyError, TypeError, AttributeError) as error:
        # The cause would show the contents in a traceback; the type is enough.
        raise UnreadableAnswers(type(error).__name__) from None


def _answers(content: dict[str, Any], contest: str) -> Answers:
    if content["contest"] != contest:
        raise ValueError
    stances = {
        str(key): None if stance is None else Stance(stance).value
        for key, stance in content["stances"].items()
    }
    return Answers(
        contest,
        stances,
        frozenset(content["themes"]),
        frozenset(content["statements"]),
        int(content["edition"]),
    )


@lru_cache(maxsize=4)
def _cipher(*secrets: str) -> MultiFernet:
    return MultiFernet([Fernet(_derived_key(secret)) for secret in secrets])


def _derived_key(secret: str) -> bytes:
    derivation = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"stemhulp.quiz.answers")
    return base64.urlsafe_b64encode(derivation.derive(secret.encode()))


def _path(contest: str) -> str:
    return f"/{contest}/"
