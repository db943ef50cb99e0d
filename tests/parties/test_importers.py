"""Municipalities, postcodes and elections: loaded again without harm, refused as a whole."""

import shutil
from pathlib import Path

import pytest

from parties.importers.elections import election_folder, load_election
from parties.importers.municipalities import load_municipalities, load_postcodes
from parties.importers.tables import FixtureError, read_table
from parties.models import Absence, Contest, Election, Municipality, Party, Place, Postcode
from statements.models import Position, Statement
from tests.parties.mistakes import Mistake, change, contents

pytestmark = pytest.mark.django_db
OF_AN_ELECTION = (Election, Contest, Absence, Party)
GRONINGEN = "GM0014,Groningen,groningen,Groningen,2018 2022 2026\n"


@pytest.fixture
def places(data: Path, tmp_path: Path) -> Path:
    """A copy of municipalities.csv and places.csv."""
    for name in ("municipalities.csv", "places.csv"):
        shutil.copy(data / name, tmp_path)
    return tmp_path


@pytest.fixture
def postcodes(data: Path, tmp_path: Path) -> Path:
    """A copy of the postcodes of 2022."""
    shutil.copy(data / "postcodes" / "2022.csv", tmp_path)
    return tmp_path


@pytest.fixture
def election(data: Path, tmp_path: Path) -> Path:
    """A copy of the election of 2022 with the first lists only, which is quicker."""
    folder = Path(shutil.copytree(data / "elections" / "gr2022", tmp_path / "gr2022"))
    lists = (folder / "parties.csv").read_text().splitlines(keepends=True)
    (folder / "parties.csv").write_text("".join(lists[:50]))
    return folder


def test_municipalities_can_be_loaded_again(data: Path) -> None:
    before = contents(Municipality, Place)
    assert load_municipalities(data) == 394
    assert contents(Municipality, Place) == before


def test_postcodes_can_be_loaded_again(data: Path) -> None:
    def rows() -> list[tuple[object, ...]]:
        return list(Postcode.objects.values_list("year", "number", "municipality", "share"))

    before = rows()
    assert load_postcodes(data / "postcodes" / "2022.csv", 2022) == 4071
    assert rows() == before


def test_election_can_be_loaded_again(data: Path) -> None:
    before = contents(*OF_AN_ELECTION)
    load_election(data / "elections" / "gr2022")
    assert contents(*OF_AN_ELECTION) == before


def test_loading_municipalities_again_updates_a_changed_name(places: Path) -> None:
    change(places / "municipalities.csv", GRONINGEN, GRONINGEN.replace(",Groningen,", ",Grunn,", 1))
    change(places / "places.csv", "Haren,GM0014,2019", "Haren,GM0014,2020")
    count = Municipality.objects.count()
    load_municipalities(places)
    assert Municipality.objects.get(code="GM0014").name == "Grunn"
    assert Place.objects.get(name="Haren").since == 2020
    assert Municipality.objects.count() == count


def test_municipality_that_left_the_file_stays(places: Path) -> None:
    change(places / "municipalities.csv", "GM0003,Appingedam,appingedam,Groningen,2018\n", "")
    load_municipalities(places)
    assert Municipality.objects.filter(code="GM0003").exists()


def test_loading_postcodes_again_replaces_that_year_only(postcodes: Path) -> None:
    change(postcodes / "2022.csv", "1011,1019,GM0363,1\n", "1012,1019,GM0344,1\n")
    load_postcodes(postcodes / "2022.csv", 2022)
    assert not Postcode.objects.filter(year=2022, number=1011).exists()
    assert Postcode.objects.get(year=2022, number=1012).municipality_id == "GM0344"
    assert Postcode.objects.get(year=2024, number=1011).municipality_id == "GM0363"


def test_loading_an_election_again_updates_a_changed_name(election: Path) -> None:
    party = Party.objects.get(contest__municipality="GM0014", slug="d66")
    change(election / "parties.csv", "GM0014,d66,D66,5", "GM0014,d66,Democraten 66,6")
    change(election / "contests.csv", "GM0014,45", "GM0014,47")
    change(election / "absences.csv", "De inwoners kozen al", "De mensen kozen al")
    change(election / "election.toml", "Gemeenteraadsverkiezingen", "Raadsverkiezingen")
    before = [len(rows) for rows in contents(*OF_AN_ELECTION)]
    load_election(election)
    assert [len(rows) for rows in contents(*OF_AN_ELECTION)] == before
    party.refresh_from_db()
    assert (party.name, party.seats) == ("Democraten 66", 6)
    assert Contest.objects.get(pk=party.contest_id).seats == 47
    assert Absence.objects.get(municipality="GM0439").reason.startswith("De mensen kozen al")
    assert Election.objects.get(slug="gr2022").name == "Raadsverkiezingen 2022"


def test_list_keeps_its_number_and_positions_when_loaded_again(election: Path) -> None:
    path = election / "parties.csv"
    change(path, "GM0014,d66,", "GM0014,verzonnen-lijst,Verzonnen Lijst,0\nGM0014,d66,")
    load_election(election)
    party = Party.objects.get(slug="verzonnen-lijst")
    Party.objects.filter(pk=party.pk).update(number=77, description="Verzonnen.")
    Position.objects.create(party=party, statement=Statement.objects.all()[0], stance=-1)
    before = contents(Position)
    change(path, "Verzonnen Lijst,0", "Andere Lijst,1")
    load_election(election)
    party.refresh_from_db()
    assert (party.name, party.seats) == ("Andere Lijst", 1)
    assert (party.number, party.description) == (77, "Verzonnen.")
    assert contents(Position) == before


@pytest.mark.parametrize(
    "mistake",
    [
        Mistake("municipalities.csv", "code,name,slug", "code,naam,slug", "the header must be"),
        Mistake("municipalities.csv", "code,name,slug", "\ncode,name,slug", "the header must be"),
        Mistake("municipalities.csv", ",groningen,", ",", "has 4 columns instead of 5"),
        Mistake("municipalities.csv", "GM0014,", "VB0014,", "code is 'VB0014'"),
        Mistake("municipalities.csv", "GM0014,", "14,", "code is '14'"),
        Mistake("municipalities.csv", ",groningen,", ",Groningen,", "slug is 'Groningen'"),
        Mistake("municipalities.csv", ",Groningen,groningen", ",,groningen", "name is empty"),
        Mistake("municipalities.csv", "2018 2022 2026", "2018;2022;2026", "years is"),
        Mistake("municipalities.csv", "Appingedam", "Apping\x00edam", "name contains a NUL"),
        Mistake("municipalities.csv", "Appingedam", "x" * 81, "name has 81 characters"),
        Mistake("municipalities.csv", "Appingedam", '"Apping"edam', "',' expected after"),
        Mistake("municipalities.csv", "Súdwest", "S\udcfadwest", "is not UTF-8", below=None),
        Mistake(
            "municipalities.csv",
            GRONINGEN,
            GRONINGEN + GRONINGEN.replace("GM0014", "GM9014"),
            "the same as line",
            below=1,
        ),
        Mistake(
            "municipalities.csv",
            GRONINGEN,
            GRONINGEN + GRONINGEN.replace(",groningen,", ",grunn,"),
            "the same as line",
            below=1,
        ),
        Mistake("municipalities.csv", "appingedam", "x" * 81, "slug has 81 characters"),
        Mistake("municipalities.csv", "appingedam", "voorbeeldstad", "the database", below=None),
        Mistake("places.csv", "place,municipality,since", "place,municipality", "the header must"),
        Mistake("places.csv", "Axel,GM0715", "Axel,GM9999", "municipality is 'GM9999', which is"),
        Mistake("places.csv", "Haren,GM0014,2019", "Haren,GM0014,x", "since is 'x', not a whole"),
        Mistake("places.csv", "Axel,", ",", "place is empty"),
        Mistake("places.csv", "Axel,GM0715,\n", "Axel,GM0715,\n" * 2, "the same as line", below=1),
        Mistake("places.csv", "Axel,GM0715,\n", "Axel,GM0715,\nAxel ,GM0715,\n", "the same", 1),
    ],
    ids=str,
)
def test_wrong_municipalities_are_refused_whole(places: Path, mistake: Mistake) -> None:
    if mistake.file == "places.csv":
        change(places / "municipalities.csv", ",Almere,", ",Anders,")
    beginning = mistake.make(places)
    before = contents(Municipality, Place)
    with pytest.raises(FixtureError) as refusal:
        load_municipalities(places)
    assert str(refusal.value).startswith(f"{beginning}{mistake.reason}")
    assert contents(Municipality, Place) == before


@pytest.mark.parametrize(
    "mistake",
    [
        Mistake("2022.csv", "first,last", "van,tot", "the header must be"),
        Mistake("2022.csv", "1011,1019,", "1011,", "has 3 columns instead of 4"),
        Mistake("2022.csv", "1011,1019,", "999,1019,", "first is 999; it must lie between"),
        Mistake("2022.csv", "1011,1019,", "1011,10000,", "last is 10000; it must lie between"),
        Mistake("2022.csv", "1011,1019,", "1011 AB,1019,", "first is '1011 AB', not a whole"),
        Mistake("2022.csv", "1011,1019,", "1019,1011,", "last (1011) comes before first (1019)"),
        Mistake("2022.csv", "GM0363,1\n", "GM0363,1.5\n", "share is 1.5; it must be"),
        Mistake("2022.csv", "GM0363,1\n", "GM0363,0\n", "share is 0; it must be"),
        Mistake("2022.csv", "GM0363,1\n", "GM0363,x\n", "share is 'x', not a number"),
        Mistake("2022.csv", "GM0363,1\n", "GM0363,\n", "share is empty"),
        Mistake("2022.csv", "GM0363,1\n", "GM9999,1\n", "municipality is 'GM9999', which is"),
        Mistake("2022.csv", "GM0363,1\n", "GM\x000363,1\n", "municipality contains a NUL"),
        Mistake("2022.csv", "GM0363,1\n", "GM0363\udce9,1\n", "is not UTF-8", below=None),
        Mistake(
            "2022.csv",
            "1021,1028,",
            "1019,1028,",
            "postcode 1019 stands here for GM0363",
        ),
        Mistake("2022.csv", "GM0363,1\n", "GM0363,NaN\n", "share is"),
        Mistake("2022.csv", "GM0363,1\n", "GM0363,0.00001\n", "share is"),
    ],
    ids=str,
)
def test_wrong_postcodes_are_refused_whole(postcodes: Path, mistake: Mistake) -> None:
    beginning = mistake.make(postcodes)
    before = contents(Postcode)
    with pytest.raises(FixtureError) as refusal:
        load_postcodes(postcodes / "2022.csv", 2022)
    assert str(refusal.value).startswith(f"{beginning}{mistake.reason}")
    assert contents(Postcode) == before


@pytest.mark.parametrize(
    "mistake",
    [
        Mistake("election.toml", "date =", "date", "Expected '='", below=None),
        Mistake("election.toml", "date =", "dag =", "unknown field dag", below=None),
        Mistake("election.toml", "= 2022-03-16", '= "16 maart"', "date is '16 maart'", None),
        Mistake("election.toml", '"gr2022"', '"2022"', "slug is '2022'", below=None),
        Mistake("election.toml", "postcodes = 2022", "postcodes = 22", "postcodes is 22;", None),
        Mistake(
            "election.toml", "postcodes = 2022", "postcodes = true", "postcodes is True, not", None
        ),
        Mistake("election.toml", "# One", "# \udce9\xe9n", "'utf-8' codec", below=None),
        Mistake("election.toml", "date =", 'titel = "x"\ndate =', "unknown", below=None),
        Mistake("contests.csv", "municipality,seats", "gemeente,seats", "the header must be"),
        Mistake("contests.csv", "GM0014,45", "GM0014", "has 1 columns instead of 2"),
        Mistake("contests.csv", "GM0014,45", "GM0014,x", "seats is 'x', not a whole number"),
        Mistake("contests.csv", "GM0014,45", "GM0014,0", "seats is 0; it must lie between"),
        Mistake("contests.csv", "GM0014,45", "GM9999,45", "municipality is 'GM9999', which is"),
        Mistake("contests.csv", "GM0014,45", "GM0003,45", "municipality is 'GM0003', which is"),
        Mistake("contests.csv", "GM0014,45\n", "GM0014,45\n" * 2, "the same as line", below=1),
        Mistake("contests.csv", "GM0014,45\n", "GM0014,45\nGM0014 ,45\n", "the same", below=1),
        Mistake("absences.csv", "GM0439,", "GM0014,", "Groningen does elect a council"),
        Mistake("absences.csv", "GM0457,GM0363", "GM0457,GM0501", "Brielle elects no council"),
        Mistake("absences.csv", "GM0457,GM0363", "GM0457,GM9999", "votes_in is 'GM9999', which"),
        Mistake("absences.csv", "GM0439,,2026-03-18", "GM0439,,18-3-2026", "next_election is '18"),
        Mistake("absences.csv", ",Weesp hoort", ',"",Weesp hoort', "has 5 columns instead of 4"),
        Mistake("absences.csv", "GM0457,GM0363,,", "GM0457,GM0363,,\nGM0501,,,", "reason is empty"),
        Mistake("parties.csv", "slug,name", "name,slug", "the header must be"),
        Mistake("parties.csv", "GM0014,d66,", "GM0757,d66,", "municipality is 'GM0757', which is"),
        Mistake("parties.csv", "GM0014,d66,", "GM0014,D66,", "slug is 'D66', which does not"),
        Mistake("parties.csv", "GM0014,d66,", "GM0014,cda,", "the same as line"),
        Mistake("parties.csv", "D66,5", "D66,x", "seats is 'x', not a whole number"),
        Mistake("parties.csv", "D66,5", "D66,-1", "seats is -1; it must lie between"),
        Mistake("parties.csv", "D66,5", "D\x0066,5", "name contains a NUL character"),
        Mistake("parties.csv", "D66,5", "x" * 121 + ",5", "name has 121 characters; at most 120"),
        Mistake("parties.csv", "D66,5", "D\udce966,5", "is not UTF-8", below=None),
        Mistake("parties.csv", "GM0014,d66,", f"GM0014,{'d' * 61},", "slug has 61 characters"),
    ],
    ids=str,
)
def test_wrong_election_is_refused_whole(election: Path, mistake: Mistake) -> None:
    change(election / "election.toml", "Gemeenteraadsverkiezingen", "Raadsverkiezingen")
    beginning = mistake.make(election)
    before = contents(*OF_AN_ELECTION)
    with pytest.raises(FixtureError) as refusal:
        load_election(election)
    assert str(refusal.value).startswith(f"{beginning}{mistake.reason}")
    assert contents(*OF_AN_ELECTION) == before


@pytest.mark.parametrize("name", ["election.toml", "contests.csv", "absences.csv", "parties.csv"])
def test_election_with_a_missing_file_is_refused_whole(election: Path, name: str) -> None:
    change(election / "election.toml", "Gemeenteraadsverkiezingen", "Raadsverkiezingen")
    (election / name).unlink()
    before = contents(*OF_AN_ELECTION)
    with pytest.raises(FixtureError) as refusal:
        load_election(election)
    assert str(refusal.value) == f"{election / name}: cannot be read: No such file or directory"
    assert contents(*OF_AN_ELECTION) == before


@pytest.mark.parametrize("name", ["municipalities.csv", "places.csv"])
def test_missing_file_of_municipalities_is_refused_whole(places: Path, name: str) -> None:
    change(places / "municipalities.csv", ",Almere,", ",Anders,")
    (places / name).unlink()
    before = contents(Municipality, Place)
    with pytest.raises(FixtureError, match=f"{name}: cannot be read"):
        load_municipalities(places)
    assert contents(Municipality, Place) == before


def test_line_below_a_cell_of_several_lines_is_counted_as_an_editor_does(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text('# comment\na,b\n1,"two\nlines"\n3,4\n5\n')
    rows = read_table(path, ["a", "b"])
    assert [next(rows).line, next(rows).line] == [3, 5]
    with pytest.raises(FixtureError, match="line 6: has 1 columns instead of 2"):
        next(rows)


@pytest.mark.parametrize(
    ("word", "folder"),
    [
        ("2022", "elections/gr2022"),
        ("gr2026", "elections/gr2026"),
        ("elders/gr2022", None),
        ("1999", None),
    ],
)
def test_word_names_a_folder_of_ours_or_a_path(data: Path, word: str, folder: str | None) -> None:
    assert election_folder(data, word) == (data / folder if folder else Path(word))


def test_municipalities_may_exchange_their_slugs(places: Path) -> None:
    path = places / "municipalities.csv"
    change(path, ",appingedam,", ",bedum,")
    change(path, "GM0005,Bedum,bedum,", "GM0005,Bedum,appingedam,")
    load_municipalities(places)
    assert Municipality.objects.get(slug="appingedam").name == "Bedum"


def test_municipality_that_turns_out_to_vote_loses_its_absence(election: Path) -> None:
    path = election / "absences.csv"
    lines = path.read_text().splitlines(keepends=True)
    path.write_text("".join(line for line in lines if not line.startswith("GM0501")))
    change(election / "contests.csv", "GM0014,45\n", "GM0014,45\nGM0501,17\n")
    load_election(election)
    assert Contest.objects.filter(municipality="GM0501").exists()
    assert not Absence.objects.filter(municipality="GM0501").exists()
