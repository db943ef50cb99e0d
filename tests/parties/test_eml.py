"""Reading the Kiesraad's file, matching it with our lists, and the command that does both."""

import io
import json
import re
import shutil
import tracemalloc
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError

from parties.importers import eml, eml_contest
from parties.importers.ballot_matching import Kind, propose
from parties.importers.eml import EmlError, Listed, Reason
from parties.importers.list_names import key, likeness
from parties.models import Contest, Election, Event, Party
from statements.models import Position
from tests.parties.ballot_files import CANDIDATE, council, found, numbers, xml
from tests.parties.mistakes import contents

pytestmark = pytest.mark.django_db

SHARED = Path(settings.BASE_DIR).parent / "shared" / "data" / "eml"
beside_shared_data = pytest.mark.skipif(
    not SHARED.is_dir(), reason="no ../shared/data/eml here: the repository is alone"
)
LAUGHS = "".join(
    f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefghi", "bcdefghij", strict=True)
)
BOMB = f'<!DOCTYPE EML [<!ENTITY a "aaaaaaaaaa">{LAUGHS}]>'
OUTSIDE = '<!DOCTYPE EML [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
GOOD = xml()
DEEP = b"<a>" * 60 + b"</a>" * 60
END = b"</ElectionIdentifier>"
WRONG = [
    (b"", Reason.NOT_XML),
    (b"lijst;naam\n1;Dorpsbelang\n", Reason.NOT_XML),
    (GOOD[:-200], Reason.NOT_XML),
    (GOOD + GOOD, Reason.NOT_XML),
    (GOOD.replace(b"UTF-8", b"utf-99"), Reason.NOT_XML),
    (xml([(1, "Pr\xf3ef")], encoding="latin-1").replace(b"latin-1", b"UTF-8"), Reason.NOT_XML),
    (xml(doctype=BOMB, lists=[(1, "X")]).replace(b">X<", b">&j;<"), Reason.DTD),
    (xml(doctype=OUTSIDE, lists=[(1, "X")]).replace(b">X<", b">&x;<"), Reason.DTD),
    (xml(doctype='<!DOCTYPE EML SYSTEM "http://dtd.example/eml.dtd">'), Reason.DTD),
    (b"<html><body>404</body></html>", Reason.NOT_EML),
    (GOOD.replace(b"evs:schema:eml", b"evs:schema:els"), Reason.NOT_EML),
    (DEEP, Reason.NOT_EML),
    (
        GOOD.replace(b"<TransactionId>", DEEP + b"<TransactionId>"),
        Reason.NOT_EML,
    ),
    (xml(kind="510b"), Reason.OTHER_KIND),
    (xml(kind=""), Reason.OTHER_KIND),
    (xml(category="PS"), Reason.OTHER_CATEGORY),
    (xml(category=""), Reason.INCOMPLETE),
    (xml(day=""), Reason.INCOMPLETE),
    (xml(identifier=""), Reason.INCOMPLETE),
    (xml(domain=""), Reason.INCOMPLETE),
    (xml(day="16-03-2022"), Reason.BAD_DATE),
    (xml(identifier="GR2024_Proefdam"), Reason.OTHER_YEAR),
    (xml([]), Reason.NO_LISTS),
    (xml([("een", "Dorpsbelang")]), Reason.BAD_NUMBER),
    (xml([(0, "Dorpsbelang")]), Reason.BAD_NUMBER),
    (xml([(100, "Dorpsbelang")]), Reason.BAD_NUMBER),
    (xml([("\u0663", "Dorpsbelang")]), Reason.BAD_NUMBER),
    (xml([("", "Dorpsbelang")]), Reason.BAD_NUMBER),
    (xml([(1, "Dorpsbelang"), (1, "Jong Proefdam")]), Reason.NUMBER_TWICE),
    (xml([(1, "x" * 121)]), Reason.LONG_NAME),
    (xml(candidates=""), Reason.NO_CANDIDATES),
    (
        GOOD.replace(END, END + b"<ElectionIdentifier/>"),
        Reason.SEVERAL,
    ),
]


def refused(content: bytes) -> EmlError:
    with pytest.raises(EmlError) as refusal:
        eml.read(io.BytesIO(content))
    return refusal.value


def state() -> list[object]:
    """All that a file could change."""
    return [*contents(Party), Event.objects.count(), Position.objects.count()]


def run(*arguments: str | Path) -> str:
    """What the command says, on both its channels."""
    out = io.StringIO()
    call_command("import_eml", *map(str, arguments), stdout=out, stderr=out)
    return out.getvalue()


def refused_by_command(*arguments: str | Path) -> str:
    out, before = io.StringIO(), state()
    with pytest.raises(CommandError):
        call_command("import_eml", *map(str, arguments), stdout=out, stderr=out)
    assert state() == before
    return out.getvalue()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "lijsten.eml.xml"
    path.write_bytes(GOOD)
    return path


def test_lists_are_read_with_their_numbers_and_nobody_on_them() -> None:
    read = found([(2, " Groen  &\n Sociaal "), (1, "Dorpsbelang"), (9, "")])
    assert read.lists == (Listed(1, "Dorpsbelang"), Listed(2, "Groen & Sociaal"), Listed(9, ""))
    assert (read.code, read.place, read.date.isoformat()) == ("GM9990", "Proefdam", "2022-03-16")
    assert "Verzonnen" not in repr(read)


@pytest.mark.parametrize("encoding", ["UTF-8", "utf-8-sig", "latin-1", "UTF-16"])
def test_names_are_read_right_in_the_encoding_that_the_file_says(encoding: str) -> None:
    said = {"utf-8-sig": "UTF-8"}.get(encoding, encoding)
    content = xml([(1, "Súdkant")], encoding=said)
    if encoding == "utf-8-sig":
        content = b"\xef\xbb\xbf" + content
    assert eml.read(io.BytesIO(content)).lists == (Listed(1, "Súdkant"),)


@pytest.mark.parametrize(("content", "reason"), WRONG)
def test_wrong_file_is_refused_with_its_own_reason(content: bytes, reason: Reason) -> None:
    assert refused(content).reason is reason


def test_more_than_99_lists_cannot_be_in_a_file() -> None:
    lists = [(number, f"Lijst {number}") for number in range(1, 101)]
    assert refused(xml(lists)).reason is Reason.TOO_MANY_LISTS
    assert len(found(lists[:99]).lists) == 99


def test_file_that_is_too_large_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "large.xml"
    with path.open("wb") as file:
        file.write(GOOD[:-100])
        file.truncate(200 * 2**20)
    tracemalloc.start()
    with path.open("rb") as file, pytest.raises(EmlError) as refusal:
        eml.read(file)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert refusal.value.reason is Reason.TOO_LARGE
    assert peak < 2**20


def test_stream_without_an_end_is_refused_at_the_limit() -> None:
    class Pipe(io.RawIOBase):
        def __init__(self) -> None:
            super().__init__()
            self.given = 0

        def readable(self) -> bool:
            return True

        def read(self, size: int = -1) -> bytes:
            self.given += size
            return GOOD[:300] if self.given == size else b" " * size

    pipe = Pipe()
    with pytest.raises(EmlError) as refusal:
        eml.read(pipe, limit=2**20)  # type: ignore[arg-type]
    assert refusal.value.reason is Reason.TOO_LARGE
    assert pipe.given <= 2**20 + 2 * eml.CHUNK


def test_many_candidates_cost_no_memory() -> None:
    content = xml([(1, "Dorpsbelang")], candidates=CANDIDATE * 30_000)
    assert len(content) > 8 * 2**20
    tracemalloc.start()
    eml.read(io.BytesIO(content))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 2**20


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (xml(day="2022-01-31"), Reason.OTHER_DATE),
        (xml(domain="9876"), Reason.UNKNOWN_MUNICIPALITY),
        (xml(domain="0384"), Reason.OTHER_MUNICIPALITY),
        (xml(domain="0439"), Reason.NO_CONTEST),
    ],
)
def test_file_about_something_else_is_refused(content: bytes, reason: Reason) -> None:
    contest = council()
    with pytest.raises(EmlError) as refusal:
        eml_contest.check_is_about(eml.read(io.BytesIO(content)), contest)
    assert refusal.value.reason is reason


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("GroenLinks", "GROENLINKS"),
        ("Groen & Sociaal", "Groen en Sociaal"),
        ("PvdA/GroenLinks", "P.v.d.A. - GroenLinks"),
        ("De Partij Súdkant", "Partij Sudkant"),
        ("D66", "D'66"),
    ],
)
def test_small_differences_in_a_name_are_none(ours: str, theirs: str) -> None:
    assert key(ours) == key(theirs)


@pytest.mark.parametrize(
    ("ours", "theirs", "is_near"),
    [
        ("Dorpsbelang", "Dorpsbelangen", True),
        ("Jong Proefdam", "Lijst Jong Proefdam 2022", True),
        ("Dorpsbelang", "Groen Proefdam", False),
        ("Ouderen Samen", "Jong Proefdam", False),
    ],
)
def test_names_that_may_be_one_are_told_from_those_that_are_not(
    ours: str, theirs: str, *, is_near: bool
) -> None:
    assert bool(likeness(ours, theirs)) == is_near


def kinds(contest: Contest, *lists: tuple[int, str]) -> dict[int, tuple[str, str | None]]:
    """By number in the file: how sure, and which of ours."""
    proposal = propose(found(lists).lists, contest.parties.all())
    return {
        each.listed.number: (each.kind.value, each.party.name if each.party else None)
        for each in proposal.matches
    }


def test_lists_are_matched_by_name_the_likeliest_first() -> None:
    contest = council((None, "Dorpsbelang"), (None, "Jong Proefdam"), (7, "Oud en Wijs"))
    assert kinds(contest, (1, "DORPSBELANG"), (2, "Jong Proefdam 2022"), (3, "Iets Anders")) == {
        1: ("certain", "Dorpsbelang"),
        2: ("near", "Jong Proefdam"),
        3: ("new", None),
    }


def test_two_lists_that_could_be_one_are_never_certain() -> None:
    contest = council((None, "Partij Proefdam"), (None, "De Proefdam"))
    assert kinds(contest, (1, "Proefdam"))[1][0] == "near"


def test_exact_name_wins_over_one_that_only_looks_like_it() -> None:
    contest = council((None, "De Dijk"), (None, "Dijk"))
    assert kinds(contest, (1, "Dijk"), (2, "De Dijk")) == {
        1: ("certain", "Dijk"),
        2: ("certain", "De Dijk"),
    }


def test_blank_list_is_known_by_its_number() -> None:
    contest = council((4, ""), (None, ""))
    proposal = propose(found([(4, ""), (5, ""), (6, "")]).lists, contest.parties.all())
    assert [each.kind for each in proposal.matches] == [Kind.CERTAIN, Kind.NEAR, Kind.NEW]


def test_command_sets_numbers_adds_lists_and_says_so(file: Path) -> None:
    contest = council((3, "dorpsbelang"), (1, "Jong Proefdam"), (9, "Oud en Wijs"))
    before = Position.objects.count()
    said = run(file)
    assert "Proefdam: 3 lists, 1 added, 2 with another number" in said
    assert "left alone: Oud en Wijs" in said
    assert numbers(contest) == {
        "dorpsbelang": 1,
        "Groen & Sociaal": 2,
        "Jong Proefdam": 3,
        "Oud en Wijs": 9,
    }
    event = Event.objects.get(act="ballot-read")
    assert (event.by, event.municipality) == (None, contest.municipality)
    assert Position.objects.count() == before


def test_same_file_twice_changes_nothing(file: Path) -> None:
    council()
    run(file)
    before = state()
    assert "nothing changes" in run(file, "--election", "gr2022")
    assert state() == before


def test_command_asks_about_near_names_unless_told_yes(file: Path) -> None:
    contest = council((None, "Jong Proefdammers"))
    said = refused_by_command(file)
    assert "list 3: is Jong Proefdam our Jong Proefdammers?" in said
    run(file, "--yes")
    assert numbers(contest)["Jong Proefdammers"] == 3
    assert len(numbers(contest)) == 3


def test_number_of_a_list_that_is_not_in_the_file_is_not_taken(file: Path) -> None:
    council((2, "Oud en Wijs"))
    assert "Oud en Wijs is not in the file, and has number 2" in refused_by_command(file)


def test_each_file_stands_alone_and_one_failure_fails_the_command(
    file: Path, tmp_path: Path
) -> None:
    contest = council()
    wrong = tmp_path / "wrong.xml"
    wrong.write_bytes(GOOD[:-10])
    missing = tmp_path / "missing.xml"
    out = io.StringIO()
    with pytest.raises(CommandError, match="2 of 3 files refused"):
        call_command("import_eml", str(wrong), str(missing), str(file), stdout=out, stderr=out)
    assert f"{wrong}: refused, nothing changed: it is no complete" in out.getvalue()
    assert len(numbers(contest)) == 3


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--election", "gr2018"], "its election is on 2022-03-16"),
        (["--election", "gr1850"], "there is no election gr1850"),
    ],
)
def test_command_refuses_another_election(file: Path, arguments: list[str], said: str) -> None:
    council()
    if arguments[1] == "gr2018":
        Election.objects.create(
            slug="gr2018", name="Gemeenteraad 2018", date="2018-03-21", municipality_year=2018
        )
    assert said in refused_by_command(file, *arguments)


def test_command_refuses_the_date_of_no_election(file: Path) -> None:
    council()
    file.write_bytes(xml(day="2021-03-16", identifier="GR2021_Proefdam"))
    assert "there is no election on 2021-03-16" in refused_by_command(file)


@pytest.mark.parametrize("content", [content for content, _ in WRONG])
def test_refused_file_leaves_the_database_as_it_was(file: Path, content: bytes) -> None:
    council((1, "Dorpsbelang"))
    file.write_bytes(content)
    assert "refused, nothing changed" in refused_by_command(file)


@beside_shared_data
def test_official_file_of_2022_sets_all_numbers(tmp_path: Path) -> None:
    [path] = SHARED.glob("230b_GR2022_*.xml")
    contest = Contest.objects.get(election__slug="gr2022", municipality__code="GM0668")
    names = set(numbers(contest))
    said = run(shutil.copy(path, tmp_path))
    assert "West Maas en Waal: 8 lists, 0 added, 8 with another number." in said
    assert set(numbers(contest)) == names
    assert numbers(contest)["Sociaal Maas en Waal"] == 7


@beside_shared_data
@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("rust-eml-nl_eml230b_invalid_empty_affiliates", Reason.NO_LISTS),
        ("rust-eml-nl_eml230b_invalid_empty_candidates", Reason.NO_CANDIDATES),
        ("rust-eml-nl_eml230b_invalid_incorrect_election", Reason.OTHER_YEAR),
    ],
)
def test_invalid_official_test_files_are_refused(name: str, reason: Reason) -> None:
    assert refused((SHARED / f"fictitious_{name}.eml.xml").read_bytes()).reason is reason


@beside_shared_data
@pytest.mark.parametrize(
    ("name", "lists", "reason"),
    [
        ("abacus_eml230b_test", 3, Reason.UNKNOWN_MUNICIPALITY),
        ("abacus_eml230b_test_more_than_45_candidates", 9, Reason.UNKNOWN_MUNICIPALITY),
        ("abacus_eml230b_test_with_gaps", 2, Reason.UNKNOWN_MUNICIPALITY),
        ("eml230b_kandidatenlijsten-juinen", 4, Reason.OTHER_DATE),
        ("rust-eml-nl_eml230b_invalid_incorrect_election_date", 3, Reason.OTHER_DATE),
        ("rust-eml-nl_eml230b_test_without_addresses", 3, Reason.UNKNOWN_MUNICIPALITY),
    ],
)
def test_other_official_test_files_are_read_and_belong_nowhere(
    name: str, lists: int, reason: Reason
) -> None:
    read = eml.read(io.BytesIO((SHARED / f"fictitious_{name}.eml.xml").read_bytes()))
    assert len(read.lists) == lists
    with pytest.raises(EmlError) as refusal:
        eml_contest.contest_of(read, Election.objects.get(slug="gr2022"))
    assert refusal.value.reason is reason


@pytest.mark.parametrize("reason", Reason)
def test_refusal_is_the_same_in_another_process(reason: Reason) -> None:
    details: dict[str, object] = dict.fromkeys(re.findall(r"{(\w+)}", reason), "2022-03-16")
    if reason is Reason.OTHER_YEAR:
        details["date"] = date(2022, 3, 16)
    error = EmlError(reason, **details)
    again = EmlError.of(json.loads(json.dumps(error.told())))
    assert (again.reason, again.details, str(again)) == (reason, details, str(error))
