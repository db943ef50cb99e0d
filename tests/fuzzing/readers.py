"""The readers of what comes from outside, with valid files of each, and how each may refuse."""

import atexit
import contextlib
import csv
import io
import json
import shutil
import signal
import tempfile
from base64 import b85encode, urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache, partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pydantic
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from parties.importers import eml
from parties.importers import tables as fixtures
from parties.importers.eml import EmlError, Listed
from parties.importers.tables import FixtureError
from parties.models import Contest, Election, User
from statements.curation.ballot import payload as ballot
from statements.curation.elections import table_files, tables
from statements.curation.elections.table_files import NoTableError
from statements.curation.lists import payload as invited
from statements.curation.lists import table
from statements.curation.lists.table import TableError
from statements.portal import spreadsheet_cells
from statements.portal.spreadsheet_in import understood
from statements.portal.spreadsheet_package import UnreadableError
from stemhulp.editions import files, store
from stemhulp.editions.document import InvalidDocumentError, canonical, check
from stemhulp.opendata import built
from stemhulp.opendata.api.match import Voter
from stemhulp.opendata.api.problems import ApiProblem
from stemhulp.opendata.api.requests import read_json
from stemhulp.opendata.columns import POSITIONS, STATEMENTS, Table
from stemhulp.opendata.country.boundary_file import read_boundaries
from stemhulp.opendata.country.drawing import draw
from stemhulp.opendata.country.problems import BoundariesError
from stemhulp.opendata.interchange import incoming
from stemhulp.quiz import answers
from stemhulp.quiz.answers import Answers, UnreadableAnswers
from tests.fuzzing.changes import Drawing, Sample
from tests.opendata.country.boundary_files import three, topology
from tests.parties.ballot_files import xml
from tests.portal.spreadsheets import (
    PARTY,
    SHEET_PART,
    TYPES,
    as_excel_saves_it,
    filled_in,
    part,
    repacked,
)
from tests.portal.spreadsheets import (
    STATEMENTS as ASKED,
)

LONGEST = 10  # seconds of this process, for one input
NAMES = (
    *("cookie", "cookie/inside", "payload/ballot", "payload/invitations", "eml", "xlsx"),
    *("csv/invitations", "csv/councils", "csv/ballots", "csv/absences", "csv/fixture"),
    *("csv/interchange/statements", "csv/interchange/positions"),
    *("json/match", "json/edition", "json/built", "json/known", "json/boundaries"),
)
PLACE = "gr2022/voorbeeldstad"
ANSWERS = Answers(PLACE, {"a-b": 2, "c": None}, frozenset(["werk"]), frozenset(["x-y"]), 3)


@dataclass(frozen=True)
class Reader:
    """`read` gives something or raises one of `refusals`."""

    read: Callable[[bytes], object]
    refusals: tuple[type[Exception], ...]
    drawing: Drawing

    def taken(self, data: bytes) -> bool:
        """Whether it was read. What is neither comes out, with the bytes that did it."""
        try:
            with bounded():
                self.read(data)
        except self.refusals:
            return False
        except BaseException as error:
            error.add_note(f"Found with base64.b85decode({b85encode(data)!r})")
            raise
        return True


class TakesLongError(BaseException):
    """No reader may take this long; nobody catches it."""


@contextlib.contextmanager
def bounded() -> Iterator[None]:
    """A guard against what never ends: a hundred times what the slowest input takes."""

    def stop(*_: object) -> None:
        raise TakesLongError

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, LONGEST)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def _reader(
    read: Callable[[bytes], object], refusal: type[Exception], *samples: bytes | Sample
) -> Reader:
    made = [each if isinstance(each, Sample) else Sample(each) for each in samples]
    return Reader(read, (refusal,), Drawing(made))


# The voter's cookie: as it comes, and what is in it where somebody had the key


def _cookie(data: bytes) -> object:
    return answers.decrypt(data.decode("latin-1"), PLACE)


def sealed(plain: bytes) -> bytes:
    sealed = AESGCM(answers._derived_key(settings.SECRET_KEY)).encrypt(
        bytes(answers.NONCE), plain, PLACE.encode()
    )
    return urlsafe_b64encode(bytes(answers.NONCE) + sealed)


def opened(token: str) -> bytes:
    return answers._opened(urlsafe_b64decode(token), PLACE)


# What went through the browser, signed


def _previewed(data: bytes) -> object:
    return ballot.unsign(data.decode("latin-1"), Contest(pk=1), by=User(pk=1))


def _invited(data: bytes) -> object:
    return invited.unsign(data.decode("latin-1"), by=User(pk=1))


def _signed() -> bytes:
    content = ballot.Payload((Listed(1, "Groen"),), "x")
    return ballot.sign(content, Contest(pk=1), by=User(pk=1)).encode()


def _signed_rows() -> bytes:
    rows = [invited.Entry(1, 2, "a@b.example", "A")]
    at = datetime(2022, 3, 1, tzinfo=UTC)
    return invited.sign(rows, Election(pk=1), by=User(pk=1), at=at).encode()


# Spreadsheets


def _spreadsheet(data: bytes) -> object:
    return understood(spreadsheet_cells.read(data), PARTY, ASKED)


def _spreadsheets() -> Iterator[bytes | Sample]:
    valid = as_excel_saves_it(filled_in((1, "Keuze", 1), (2, "Toelichting", "x"), (3, "Bron", 9)))
    yield valid
    parts = (SHEET_PART, "xl/sharedStrings.xml", "xl/workbook.xml", "xl/styles.xml", TYPES)
    for name in (*parts, "xl/_rels/workbook.xml.rels"):
        yield Sample(part(valid, name), partial(_with, valid, name))


def _with(valid: bytes, name: str, content: bytes) -> bytes:
    return repacked(valid, {name: content}, method=0)


# Tables


def _councils(data: bytes) -> object:
    return tables.councils(table_files.read_councils(data), {"GM0344", "GM0363"})


def _ballots(data: bytes) -> object:
    return tables.ballots(table_files.read_ballots(data), {"GM0344", "GM0363"})


def _absences(data: bytes) -> object:
    return tables.absences(table_files.read_absences(data), {"GM0344", "GM0363"}, {"GM0363"})


COUNCILS = b"# bron\nmunicipality,seats\nGM0344,45\nGM0363,\n"
BALLOTS = b'municipality;slug;name;seats\r\nGM0344;plein;"Het ""Plein""";3\r\nGM0344;x;;\r\n'
ABSENCES = b'municipality,votes_in,next_election,reason\nGM0344,GM0363,2026-03-18,"Nu niet, wel"\n'
INVITED = [
    "gemeentecode;lijst;e-mail;naam\r\nGM0344;Plein;jan@plein.example;Jan\r\n".encode(encoding)
    for encoding in ("utf-8", "utf-16")
]


class OnDisk:
    """For what reads a path: the bytes in a file, in a folder that goes when Python does."""

    def __init__(self) -> None:
        in_memory = Path("/dev/shm")  # noqa: S108  # only for speed
        folder = tempfile.mkdtemp(dir=in_memory if in_memory.is_dir() else None)
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        self.path = Path(folder, "file")

    def read(self, read: Callable[[Path], object], data: bytes) -> object:
        self.path.write_bytes(data)
        return read(self.path)


def _incoming(columns: Table, path: Path) -> object:
    return list(incoming.rows(path, columns, [columns.columns[0].name]))


def _example(columns: Table) -> bytes:
    """Two rows of which each cell holds something that may stand there."""
    by_kind = {"text": '\'=een, "tekst"', "integer": "1", "boolean": "true", "date": "2022-03-16"}
    by_kind |= {"moment": "2022-03-16T21:00:00Z", "object": '{"a":["b"]}', "list": '[{"a":1}]'}
    cells = [
        next(iter(each.one_of), None) or by_kind[each.kind.name.lower()] for each in columns.columns
    ]
    written = io.StringIO(newline="")
    csv.writer(written).writerows([[each.name for each in columns.columns], cells, cells])
    return written.getvalue().encode()


def _fixture(path: Path) -> object:
    rows = fixtures.unique(fixtures.read_table(path, ["key", "day", "seats"]), "key")
    return [
        (row.text("key", 20), row.optional_date("day"), row.optional_integer("seats", 0, 99))
        for row in rows
    ]


# JSON


def _asked(data: bytes) -> object:
    return Voter.model_validate(read_json(data))


def _map(path: Path) -> object:
    return draw(read_boundaries(path))


VOTER = {
    "election": "gr2022",
    "municipality": "voorbeeldstad",
    "edition": 3,
    "stances": {"plan-voor-werk": -1, "gemengd-wonen": None},
    "weights": {"statements": ["plan-voor-werk"], "themes": ["werk"]},
    "language": "nl",
}
TEXTS = dict.fromkeys(("text", "explanation", "argument_for", "argument_against", "reason"), "Ja.")
SOURCE = {"key": "bron", "title": "Bron", "publisher": "Rijk", "year": 2021}
POSITION = {
    "stance": -1,
    "motivation": "Zo.",
    "source": "",
    "correction": {"on": "2030-03-10", "reason": "Verkeerd overgenomen"},
}
EDITION = {
    "format": 1,
    "election": {"slug": "gr2030", "name": "Raad", "date": "2030-03-20"},
    "municipality": {
        "code": "GM9999",
        "name": "Ergens",
        "slug": "ergens",
        "province": "Nergens",
        "is_example": False,
    },
    "seats": 9,
    "themes": [{"key": "werk", "name": "Werk", "question": "Wat?", "summary": "Werk."}],
    "glossary": [],
    "statements": [
        {
            "key": "plan",
            "theme": "werk",
            "is_local": False,
            "recommendation": 2,
            "texts": {"nl": TEXTS, "en": TEXTS},
            "source": SOURCE,
            "backgrounds": [{"text": "Meer.", "source": SOURCE}],
        }
    ],
    "parties": [
        {
            "slug": "plein",
            "name": "Plein",
            "description": "",
            "number": 1,
            "seats": None,
            "positions": {"plan": {**POSITION, "translations": {"en": {"motivation": "So."}}}},
        }
    ],
    "features": [],
    "contact": {"region": "Midden", "email": "team@voorbeeld.example", "phone": ""},
}


# Files of our own, which a disk or an earlier version may have left in another form


def _built(path: Path) -> object:
    with (
        patch.object(built, "folder_of", lambda _: path.parent),
        patch.object(built, "CURRENT", path.name),
        patch.object(built.logger, "exception"),
    ):
        built._held.clear()
        return _unless_none(built.built("gr2022"))


def _known(path: Path) -> object:
    with (
        patch.object(store.logger, "exception"),
        patch.object(files.logger, "exception"),
        patch.object(files, "KNOWN", path.name),
    ):
        return _unless_none(store._from_file(files.Files(path.parent).known()))


class NothingError(Exception):
    """It was reported, and counts as absent."""


def _unless_none(found: object) -> object:
    if found is None:
        raise NothingError
    return found


TOWN = {"code": "GM9999", "name": "Ergens", "slug": "ergens", "province": "Nergens"}
OTHER_TOWN = {"code": "GM9998", "name": "Elders", "slug": "elders", "province": "Nergens"}
DAY = {"slug": "gr2022", "name": "Raad", "date": "2022-03-16"}
IMPRINT = {
    "number": 1,
    "digest": "0" * 64,
    "published_at": "2022-02-01T12:00:00+00:00",
    "published_by": "Niemand",
    "reason": "Eerste",
    "repeats": None,
}
BUILT = {
    "election": "gr2022",
    "at": "2022-02-01T12:00:00+00:00",
    "together": "1-abc",
    "contests": [{"folder": "2-abc", "municipality": TOWN, "imprint": IMPRINT}],
}
ABSENT = {"municipality": "GM9998", "reason": "Nu niet", "next_election": None}
KNOWN = {
    "elections": [{**DAY, "is_asked": True}],
    "guides": {
        "gr2022": {
            "election": DAY,
            "municipalities": [TOWN, OTHER_TOWN],
            "absences": [{**ABSENT, "votes_in": "GM9999"}],
            "places": [["Dorp", "GM9999"]],
            "postcodes": [[9999, "GM9999"]],
            "contests": 1,
        }
    },
    "editions": {"gr2022/ergens": [IMPRINT]},
    "newest": 1,
}


def _json(content: Any) -> bytes:
    return json.dumps(content).encode()


@cache
def readers() -> dict[str, Reader]:
    """All of them, by name; `NAMES` tells those before Django is set up."""
    disk, token = OnDisk(), answers.encrypt(ANSWERS)
    a_map, fixture = partial(disk.read, _map), partial(disk.read, _fixture)
    tables_of = {each.name: each for each in (STATEMENTS, POSITIONS)}
    return {
        "cookie": _reader(_cookie, UnreadableAnswers, token.encode()),
        "cookie/inside": _reader(_cookie, UnreadableAnswers, Sample(opened(token), sealed)),
        "payload/ballot": _reader(_previewed, ballot.ForgedError, _signed()),
        "payload/invitations": _reader(_invited, invited.ForgedError, _signed_rows()),
        "eml": _reader(eml.read_bytes, EmlError, xml(), xml(encoding="UTF-16"), xml([(1, "é")])),
        "xlsx": _reader(_spreadsheet, UnreadableError, *_spreadsheets()),
        "csv/invitations": _reader(table.read_file, TableError, *INVITED),
        "csv/councils": _reader(_councils, NoTableError, COUNCILS),
        "csv/ballots": _reader(_ballots, NoTableError, BALLOTS),
        "csv/absences": _reader(_absences, NoTableError, ABSENCES),
        "csv/fixture": _reader(fixture, FixtureError, b"# x\nkey,day,seats\na,2022-03-16,9\nb,,\n"),
        **{
            f"csv/interchange/{name}": _reader(
                partial(disk.read, partial(_incoming, each)), FixtureError, _example(each)
            )
            for name, each in tables_of.items()
        },
        "json/match": Reader(
            _asked, (ApiProblem, pydantic.ValidationError), Drawing([Sample(_json(VOTER))])
        ),
        "json/edition": _reader(check, InvalidDocumentError, canonical(EDITION)),
        "json/built": _reader(partial(disk.read, _built), NothingError, _json(BUILT)),
        "json/known": _reader(partial(disk.read, _known), NothingError, _json(KNOWN)),
        "json/boundaries": _reader(a_map, BoundariesError, _json(three()), _json(topology())),
    }
