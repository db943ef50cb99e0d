"""What a party answers to one statement, in the one form in which it is kept."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any

from django.core.exceptions import ValidationError

from statements.models import Position, Stance

LONGEST_MOTIVATION = 500
LONGEST_SOURCE = 200
MARKS_IN_A_ROW = 4  # more than any written language stacks on one letter
SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
# A place in a programme may begin like a scheme ("programma: bladzijde 3"); these never may.
RUNS = re.compile(r"(?:java|vb|live)script\s*:|data\s*:\S", re.IGNORECASE)
# Besides control characters: what turns the reading direction of all that follows, halves of
# surrogate pairs (no database keeps them), and what XML (so a spreadsheet) cannot hold.
CONTROL = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)


@dataclass(frozen=True)
class Answer:
    """A stance (None: "we have no position on it"), a motivation and where it can be read."""

    stance: int | None
    motivation: str = ""
    source: str = ""

    @classmethod
    def of(cls, position: Position) -> "Answer":
        return cls(position.stance, position.motivation, position.source)

    @property
    def content(self) -> dict[str, Any]:
        return asdict(self)

    @property
    def stance_label(self) -> str:
        return stance_label(self.stance)


def seal(positions: Iterable[Position]) -> str:
    """Short for exactly these positions: any change of any of them makes another one."""
    versions = sorted((row.statement_id, row.version) for row in positions)
    return sha256(repr(versions).encode()).hexdigest()[:16]


def stance_label(stance: int | None) -> str:
    return "Geen standpunt" if stance is None else str(Stance(stance).label)


def clean_motivation(written: str) -> str:
    """The text as it is kept: one kind of line end, composed letters (NFC), no space around it.

    HTML stays what it is, text. Raises ValidationError, in Dutch.
    """
    text = _plain(written)
    if len(text) > LONGEST_MOTIVATION:
        over = len(text) - LONGEST_MOTIVATION
        raise ValidationError(
            f"De toelichting is {over} {'teken' if over == 1 else 'tekens'} te lang: "
            f"{len(text)} van de {LONGEST_MOTIVATION}."
        )
    return text


def clean_source(written: str) -> str:
    """A link (http or https) or a place in a programme, on one line. Raises ValidationError."""
    text = " ".join(_plain(written).split())
    if len(text) > LONGEST_SOURCE:
        raise ValidationError(f"De bron mag niet langer zijn dan {LONGEST_SOURCE} tekens.")
    scheme = SCHEME.match(text)
    is_link = scheme and scheme[0].lower() in {"http:", "https:"}
    if RUNS.match(text) or (scheme and not is_link and " " not in text):
        raise ValidationError(
            "Deze link kunnen we niet gebruiken. Een link begint met https://. "
            "Of schrijf waar het staat, zoals: verkiezingsprogramma, bladzijde 12."
        )
    return text


def _plain(written: str) -> str:
    """Marks are counted first: composing a long row of them takes time by its square."""
    text = CONTROL.sub("", written.replace("\r\n", "\n").replace("\r", "\n"))
    run = 0
    for letter in text:
        run = run + 1 if unicodedata.combining(letter) else 0
        if run > MARKS_IN_A_ROW:
            raise ValidationError(
                "In deze tekst staan te veel losse accenten boven elkaar. Typ hem opnieuw."
            )
    return unicodedata.normalize("NFC", text).strip()
