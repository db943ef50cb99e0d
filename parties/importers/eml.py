"""The Kiesraad's official candidate list of one council (EML_NL 230b), for its lists only.

Who stands on a list is personal data: whatever a candidate's element holds is passed over. That
there is a candidate at all is noticed, because a list without one is none.
"""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import IO, Any, Self
from xml.sax import SAXException, SAXParseException
from xml.sax.handler import ContentHandler

from defusedxml.common import DefusedXmlException
from defusedxml.expatreader import create_parser

from parties.importers.list_names import tidy
from parties.uploads.refusals import Refusal, Unread

KIND = "230b"
COUNCIL = "GR"
LARGEST_FILE = 32 * 2**20  # bytes; that of Amsterdam is some 2 MB
CHUNK = 2**16
DEEPEST = 50
MOST_LISTS = 99
LONGEST_NAME = 120

PREFIXES = {"urn:oasis:names:tc:evs:schema:eml": "", "http://www.kiesraad.nl/extensions": "kr:"}
ELECTION = "EML/CandidateList/Election"
IDENTIFIER = f"{ELECTION}/ElectionIdentifier"
CATEGORY = f"{IDENTIFIER}/ElectionCategory"
DOMAIN = f"{IDENTIFIER}/kr:ElectionDomain"
DAY = f"{IDENTIFIER}/kr:ElectionDate"
LIST = f"{ELECTION}/Contest/Affiliation"
NUMBER = f"{LIST}/AffiliationIdentifier"
NAME = f"{NUMBER}/RegisteredName"
CANDIDATE = f"{LIST}/Candidate"
TEXTS = (CATEGORY, DOMAIN, DAY, NAME)


class Reason(StrEnum):
    """Why a file is refused, in English; the screens have their own words for each."""

    TOO_LARGE = "it is larger than {limit} MB"
    NOT_XML = "it is no complete, well-formed XML (line {line})"
    DTD = "it holds a DTD or entities, which a candidate list never does"
    NOT_EML = "it is XML, but no EML"
    OTHER_KIND = "it is EML {kind}, not the candidate list 230b"
    SEVERAL = "it holds more than one election"
    INCOMPLETE = "it does not say {what}"
    OTHER_CATEGORY = "it is about an election {category}, not about a council (GR)"
    BAD_DATE = "its election date {date} is no date"
    OTHER_YEAR = "its election is called {name}, but its date is {date}"
    OTHER_DATE = "its election is on {date}, {election} is on {day}"
    UNKNOWN_MUNICIPALITY = "no municipality has the code {code} ({place})"
    OTHER_MUNICIPALITY = "it is about {place}, not about {expected}"
    NO_CONTEST = "{place} elects no council in {election}"
    NO_LISTS = "no list stands in it"
    TOO_MANY_LISTS = "more than {most} lists stand in it"
    BAD_NUMBER = "{number} is no list number"
    NUMBER_TWICE = "list number {number} stands in it twice"
    LONG_NAME = "the name of list {number} is longer than {longest} characters"
    NO_CANDIDATES = "list {number} has no candidates"
    TOO_HEAVY = "reading it takes too much time or memory"
    BROKEN = "it cannot be read"


class EmlError(Refusal):
    """A file that cannot be taken; nothing of it is used."""

    def __init__(self, reason: Reason, **details: Any) -> None:
        super().__init__(reason.format(**details))
        self.reason = reason
        self.details = details

    def told(self) -> dict[str, Any]:
        days = {key: each.isoformat() for key, each in self.details.items() if _is_day(each)}
        return {"reason": self.reason.name, "details": {**self.details, **days}, "days": [*days]}

    @classmethod
    def of(cls, told: dict[str, Any]) -> Self:
        days = {key: date.fromisoformat(told["details"][key]) for key in told["days"]}
        return cls(Reason[told["reason"]], **{**told["details"], **days})

    @classmethod
    def unread(cls, why: Unread) -> Self:
        return cls(Reason[why.name])


@dataclass(frozen=True)
class Listed:
    """A list as the file has it; a blanco lijst has no name."""

    number: int
    name: str


@dataclass(frozen=True)
class CandidateLists:
    """What we take from a file."""

    date: date
    code: str  # of the municipality, as CBS has it
    place: str
    lists: tuple[Listed, ...]


def read(file: IO[bytes], limit: int = LARGEST_FILE) -> CandidateLists:
    """Read as a stream, and never more than the limit. Raises EmlError."""
    reader = _Reader()
    parser = create_parser(namespaceHandling=1, forbid_dtd=True)
    parser.setContentHandler(reader)
    try:
        for chunk in _chunks(file, limit):
            parser.feed(chunk)
        parser.close()
    except DefusedXmlException:
        raise EmlError(Reason.DTD) from None
    except SAXParseException as error:
        raise EmlError(Reason.NOT_XML, line=error.getLineNumber() or 1) from error
    except (SAXException, LookupError, ValueError) as error:  # an encoding that nobody knows
        raise EmlError(Reason.NOT_XML, line=1) from error
    return reader.found()


def read_bytes(data: bytes) -> CandidateLists:
    """The same of what is in memory already."""
    return read(io.BytesIO(data))


def _is_day(value: object) -> bool:
    return isinstance(value, date)


def _chunks(file: IO[bytes], limit: int) -> Iterator[bytes]:
    """The file in pieces; one that is too large is refused before its first, if that can be."""
    too_large = EmlError(Reason.TOO_LARGE, limit=limit // 2**20)
    if file.seekable():
        size = file.seek(0, 2)
        file.seek(0)
        if size > limit:
            raise too_large
    total = 0
    while chunk := file.read(CHUNK):
        total += len(chunk)
        if total > limit:
            raise too_large
        yield chunk


class _Reader(ContentHandler):
    """Keeps what stands at the few places that we read, and forgets all else at once."""

    def __init__(self) -> None:
        super().__init__()
        self._path: list[str] = []  # where each open element stands
        self._text: list[str] = []
        self._found: dict[str, str] = {}
        self._lists: list[Listed] = []
        self._list: dict[str, str] = {}

    def startElementNS(self, name: tuple[str | None, str], qname: Any, attrs: Any) -> None:  # noqa: N802  # the name that SAX calls
        own = PREFIXES.get(name[0] or "", "?:") + name[1]
        here = f"{self._here}/{own}" if self._path else own
        self._path.append(here)
        if len(self._path) > DEEPEST:
            raise EmlError(Reason.NOT_EML)
        self._text = []
        identifier = str(attrs.get((None, "Id"), "")).strip()
        if len(self._path) == 1:
            self._check_root(here, identifier)
        elif here == IDENTIFIER:
            self._once(IDENTIFIER, identifier)
        elif here == DOMAIN:
            self._once(f"{DOMAIN}/@Id", identifier)
        elif here == LIST:
            self._list = {}
        elif here == NUMBER:
            self._list[NUMBER] = identifier
        elif here == CANDIDATE:
            self._list[CANDIDATE] = "present"

    def characters(self, content: str) -> None:
        if self._here in TEXTS:
            self._text.append(content)

    def endElementNS(self, name: tuple[str | None, str], qname: Any) -> None:  # noqa: N802  # the name that SAX calls
        here, text = self._here, tidy("".join(self._text))
        self._path.pop()
        if here == NAME:
            self._list[NAME] = text
        elif here in TEXTS:
            self._once(here, text)
        elif here == LIST:
            self._add(self._list)
        self._text = []

    @property
    def _here(self) -> str:
        return self._path[-1]

    def _check_root(self, root: str, kind: str) -> None:
        if root != "EML":
            raise EmlError(Reason.NOT_EML)
        if kind != KIND:
            raise EmlError(Reason.OTHER_KIND, kind=kind or "?")
        self._found["EML"] = kind

    def _once(self, place: str, text: str) -> None:
        if place in self._found:
            raise EmlError(Reason.SEVERAL)
        self._found[place] = text

    def _add(self, row: dict[str, str]) -> None:
        if len(self._lists) == MOST_LISTS:
            raise EmlError(Reason.TOO_MANY_LISTS, most=MOST_LISTS)
        written, name = row.get(NUMBER, ""), row.get(NAME, "")
        number = int(written) if re.fullmatch(r"[0-9]{1,3}", written) else 0
        if not 1 <= number <= MOST_LISTS:
            raise EmlError(Reason.BAD_NUMBER, number=tidy(written)[:20] or "(leeg)")
        if any(each.number == number for each in self._lists):
            raise EmlError(Reason.NUMBER_TWICE, number=number)
        if len(name) > LONGEST_NAME:
            raise EmlError(Reason.LONG_NAME, number=number, longest=LONGEST_NAME)
        if CANDIDATE not in row:
            raise EmlError(Reason.NO_CANDIDATES, number=number)
        self._lists.append(Listed(number, name))

    def found(self) -> CandidateLists:
        """What was read, when all of it is there and fits together. Raises EmlError."""
        if "EML" not in self._found:
            raise EmlError(Reason.NOT_XML, line=1)
        self._check_election()
        if not self._lists:
            raise EmlError(Reason.NO_LISTS)
        lists = tuple(sorted(self._lists, key=lambda each: each.number))
        code = _code(self._needed(f"{DOMAIN}/@Id", "its municipality"))
        return CandidateLists(self._date(), code, self._found.get(DOMAIN) or code, lists)

    def _check_election(self) -> None:
        category = self._needed(CATEGORY, "which kind of election it is about")
        if category != COUNCIL:
            raise EmlError(Reason.OTHER_CATEGORY, category=category[:20])
        name, day = self._needed(IDENTIFIER, "its election"), self._date()
        called = re.match(rf"{COUNCIL}([0-9]{{4}})", name)
        if called is None or int(called[1]) != day.year:
            raise EmlError(Reason.OTHER_YEAR, name=name[:60], date=day)

    def _date(self) -> date:
        written = self._needed(DAY, "its election date")
        try:
            return date.fromisoformat(written)
        except ValueError:
            raise EmlError(Reason.BAD_DATE, date=written[:20]) from None

    def _needed(self, place: str, what: str) -> str:
        if not self._found.get(place):
            raise EmlError(Reason.INCOMPLETE, what=what)
        return self._found[place]


def _code(domain: str) -> str:
    """The Kiesraad's 0668 is GM0668 to CBS; an invented municipality has its own form."""
    is_number = domain.isdecimal() and domain.isascii()
    return f"GM{domain:0>4}" if is_number else domain[:20]
