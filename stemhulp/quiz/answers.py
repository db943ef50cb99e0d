"""A voter's answers: political opinions, kept in one encrypted cookie and nowhere else.

The cookie belongs to one contest (by its path, and by the encryption itself), lives until the
browser closes, cannot be read by scripts and is not sent with requests from other sites. It is
AES-256-GCM with a nonce drawn each time; the key is derived from SECRET_KEY, and with
SECRET_KEY_FALLBACKS answers stay readable while keys change.

The path begins with a language, and a browser sends no cookie of one path with another. So there
is one set of answers, in the language that the voter reads, and a signpost in every other: a cookie
of the same name whose value says which language that is. A page that meets a signpost has the
answers fetched (quiz.views.languages): nobody begins anew beside answers given before.
"""

import base64
import json
import os
import time
from collections.abc import Container, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from http.cookies import Morsel
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from statements.models import Stance
from stemhulp.editions.edition import Edition
from stemhulp.quiz.addresses import contest_address, in_language
from stemhulp.quiz.venues import Venue, here

# A browser takes a cookie of such a name only when it is secure. (Not __Host-: that has no path.)
COOKIE = "__Secure-antwoorden" if settings.HTTPS else "antwoorden"
LARGEST_COOKIE = 4096  # bytes; RFC 6265 section 6.1, what every browser must keep
NONCE = 12  # bytes; NIST SP 800-38D section 8.2
LONGEST_PAUSE = 10 * 60  # seconds without a request after which a kiosk forgets
CLOCK_SKEW = 2 * 60 * 60  # seconds by which clocks differ, or one is set back: no answer is lost
# What reading says of content that is not of this form: no JSON, or nested too deep; a member that
# is not there, or is another value; an infinite number.
_WRONG_CONTENT = (
    *(ValueError, RecursionError),
    *(KeyError, TypeError, AttributeError),
    OverflowError,
)
STANCES = {None, *(stance.value for stance in Stance)}
LANGUAGES = frozenset(code for code, _ in settings.LANGUAGES)


class UnreadableAnswers(Exception):
    """The cookie is tampered with, cut off, too old, or of another contest."""


class AnsweredElsewhereError(Exception):
    """What the browser sent is a signpost: the answers are in another language."""

    def __init__(self, language: str) -> None:
        super().__init__(language)
        self.language = language


@dataclass(frozen=True)
class Answers:
    """What one voter answered in one contest."""

    contest: str  # Edition.path
    stances: Mapping[str, int | None] = field(default_factory=dict)  # None: "geen mening"
    themes: frozenset[str] = frozenset()  # keys of the themes that count double
    statements: frozenset[str] = frozenset()  # keys of the statements that count double
    edition: int = 0  # number of the edition that the voter last saw
    is_counted: bool = False  # as one finished quiz; only where use is counted

    def told_of(self, edition: int) -> "Answers":
        return self if edition == self.edition else replace(self, edition=edition)

    def answering(self, statement: str, stance: int | None) -> "Answers":
        stances = {**self.stances, statement: stance}
        return replace(self, stances=stances)

    def weighing(self, themes: frozenset[str], statements: frozenset[str]) -> "Answers":
        return replace(self, themes=themes, statements=statements)

    def stances_on(self, edition: Edition) -> list[int | None]:
        """One stance per statement, None where the voter has no opinion or did not answer."""
        return [self.stances.get(statement.key) for statement in edition.statements]

    def weights_on(self, edition: Edition) -> list[int]:
        """1 or 2 per statement; doubled by theme and by statement is still 2."""
        if not self.statements and not self.themes:
            return [1] * len(edition.statements)
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

    Raises UnreadableAnswers, AnsweredElsewhereError.
    """
    cookie = request.COOKIES.get(COOKIE)
    if cookie in LANGUAGES:
        raise AnsweredElsewhereError(cookie)
    return None if cookie is None else decrypt(cookie, edition.path)


def token_in(request: HttpRequest) -> str:
    """The cookie that came with this request, as it is; "" for a signpost, and for none."""
    cookie = request.COOKIES.get(COOKIE, "")
    return "" if cookie in LANGUAGES else cookie


def store(response: HttpResponse, answers: Answers, edition: Edition) -> None:
    """Give the answers back to the browser, for this contest only."""
    _set(response, encrypt(answers), _path(edition))


def settle(response: HttpResponse, token: str, edition: Edition) -> None:
    """Let a cookie be in the language of this edition, and signposts to it in the others.

    All at once: of two requests at a time the one that is answered last decides for every language.
    """
    _set(response, token, _path(edition))
    _set_beside(response, edition, edition.language)


def forget(response: HttpResponse, edition: Edition) -> None:
    """Have the browser forget what it has in the language of this edition."""
    _set(response, "", _path(edition), max_age=0)


def erase(response: HttpResponse, edition: Edition) -> None:
    """Have the browser forget the answers, with the signposts to them in other languages."""
    forget(response, edition)
    _set_beside(response, edition, "", max_age=0)


def _set_beside(
    response: HttpResponse, edition: Edition, value: str, max_age: int | None = None
) -> None:
    """Set the cookies in the other languages; in a kiosk there is one for all of them.

    A response holds one cookie of a name; what differs by its path has another key in it.
    """
    if here() is Venue.KIOSK:
        return
    for code in sorted(LANGUAGES - {edition.language}):
        other = HttpResponse()
        _set(other, value, in_language(_path(edition), code), max_age)
        response.cookies[f"{COOKIE}-{code}"] = other.cookies[COOKIE]


def erase_all(response: HttpResponse) -> None:
    """The same, of whichever contest, in a kiosk: there is one cookie for all of them."""
    response.delete_cookie(COOKIE, path=Venue.KIOSK.prefix, samesite="Lax")


def prolong(request: HttpRequest, response: HttpResponse, edition: Edition) -> None:
    """In a kiosk: let the browser keep what it has as long again as after an answer."""
    token = token_in(request)
    if token:
        _set(response, token, _path(edition))


def _path(edition: Edition) -> str:
    """Of the cookie: its contest. In a kiosk all of it, so that who leaves any page leaves none."""
    return Venue.KIOSK.prefix if here() is Venue.KIOSK else contest_address(edition)


def _set(response: HttpResponse, token: str, path: str, max_age: int | None = None) -> None:
    """In a frame of somebody else's page a cookie is third-party: kept apart for that page.

    In a kiosk it does not outlive the visitor for long, even where no script runs.
    """
    is_framed = here() is Venue.EMBED
    if max_age is None and here() is Venue.KIOSK:
        max_age = LONGEST_PAUSE
    response.set_cookie(
        COOKIE,
        token,
        max_age=max_age,
        path=path,
        secure=settings.HTTPS or is_framed,
        httponly=True,
        samesite="None" if is_framed else "Lax",
    )
    if is_framed:
        response.cookies[COOKIE] = _PartitionedMorsel.of(response.cookies[COOKIE])


class _PartitionedMorsel(Morsel[str]):
    """A cookie with the attribute Partitioned (CHIPS), which Python knows from 3.14 on."""

    @classmethod
    def of(cls, cookie: Morsel[str]) -> "_PartitionedMorsel":
        copy = cls()
        copy.set(cookie.key, cookie.value, cookie.coded_value)
        copy.update(cookie)
        return copy

    def OutputString(self, attrs: Container[str] | None = None) -> str:  # noqa: N802  # its own name
        return f"{super().OutputString(attrs)}; Partitioned"


def encrypt(answers: Answers) -> str:
    content = {
        "at": int(time.time()),
        "stances": answers.stances,
        "themes": sorted(answers.themes),
        "statements": sorted(answers.statements),
        "edition": answers.edition,
        **({"counted": True} if answers.is_counted else {}),
    }
    plain = json.dumps(content, separators=(",", ":")).encode()
    nonce = os.urandom(NONCE)
    sealed = _ciphers(settings.SECRET_KEY)[0].encrypt(nonce, plain, answers.contest.encode())
    return base64.urlsafe_b64encode(nonce + sealed).decode()


def decrypt(token: str, contest: str) -> Answers:
    """The answers in a cookie's value. Raises UnreadableAnswers."""
    try:
        if len(token) > LARGEST_COOKIE:
            raise UnreadableAnswers("too large")
        content = json.loads(_opened(base64.b64decode(token, b"-_", validate=True), contest))
        age = time.time() - content["at"]
        if not -CLOCK_SKEW <= age <= settings.ANSWERS_MAX_AGE_SECONDS:
            raise UnreadableAnswers("too old")
        return _answers(content, contest)
    except _WRONG_CONTENT as error:
        # The cause would show the contents in a traceback; the type is enough.
        raise UnreadableAnswers(type(error).__name__) from None


def _opened(sealed: bytes, contest: str) -> bytes:
    """What was encrypted under any of the keys. Raises UnreadableAnswers."""
    for cipher in _ciphers(settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        try:
            return cipher.decrypt(sealed[:NONCE], sealed[NONCE:], contest.encode())
        except InvalidTag:
            continue
    raise UnreadableAnswers("not ours, or of another contest")


def _answers(content: dict[str, Any], contest: str) -> Answers:
    stances = content["stances"]
    if not set(stances.values()) <= STANCES:
        raise ValueError
    return Answers(
        contest,
        stances,
        frozenset(content["themes"]),
        frozenset(content["statements"]),
        int(content["edition"]),
        bool(content.get("counted", False)),
    )


@lru_cache(maxsize=4)
def _ciphers(*secrets: str) -> list[AESGCM]:
    return [AESGCM(_derived_key(secret)) for secret in secrets]


def _derived_key(secret: str) -> bytes:
    derivation = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"stemhulp.quiz.answers")
    return derivation.derive(secret.encode())
