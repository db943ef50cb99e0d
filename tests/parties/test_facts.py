"""The facts themselves: complete, consistent, sourced, and equal to the official figures."""

import io
import re
from collections import Counter
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from django.db.models import Sum
from pytest_django import DjangoDbBlocker

from parties.models import Absence, Election, Municipality, Party, Postcode
from tests.parties.mistakes import table

FIXTURES = Path(settings.BASE_DIR) / "fixtures"
FILES = sorted(path for path in FIXTURES.rglob("*") if path.is_file())
SHARED = Path(settings.BASE_DIR).parent / "shared" / "data"
ELECTIONS = ("gr2018", "gr2022", "gr2026")

pytestmark = pytest.mark.django_db
beside_shared_data = pytest.mark.skipif(
    not SHARED.is_dir(), reason="no ../shared/data here to compare with: the repository is alone"
)


class Facts(NamedTuple):
    """What the database holds about one election, invented municipalities left out."""

    election: Election
    municipalities: list[str]  # codes of that year
    contests: list[tuple[str, int | None]]  # code, seats
    absences: list[tuple[str, str, str]]  # code, name, reason
    lists: list[tuple[str, str, int | None]]  # code, name, seats


def gather(slug: str) -> Facts:
    election = Election.objects.get(slug=slug)
    contests = election.contests.filter(municipality__is_example=False)
    return Facts(
        election,
        list(
            Municipality.objects.in_year(election.municipality_year).values_list("code", flat=True)
        ),
        list(contests.values_list("municipality_id", "seats")),
        list(election.absences.values_list("municipality_id", "municipality__name", "reason")),
        list(
            Party.objects.filter(contest__in=contests).values_list(
                "contest__municipality_id", "name", "seats"
            )
        ),
    )


@pytest.fixture(scope="module")
def facts(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> dict[str, Facts]:
    """All three elections: 2018 and 2026 are loaded once, read, and rolled back."""
    with django_db_blocker.unblock(), transaction.atomic():
        for year in ("2018", "2026"):
            call_command("load_election", year, stdout=io.StringIO())
        found = {slug: gather(slug) for slug in ELECTIONS}
        transaction.set_rollback(True)
    return found


@pytest.mark.parametrize(("year", "count"), [(2018, 380), (2022, 345), (2026, 342)])
def test_every_municipality_of_a_year_is_there(year: int, count: int) -> None:
    assert Municipality.objects.in_year(year).count() == count


def test_invented_municipality_is_in_no_year() -> None:
    assert Municipality.objects.get(is_example=True).years == []


@pytest.mark.parametrize(
    ("slug", "contests", "lists"),
    [("gr2018", 335, 2782), ("gr2022", 333, 2871), ("gr2026", 340, 2926)],
)
def test_every_council_and_every_list_is_there(
    facts: dict[str, Facts], slug: str, contests: int, lists: int
) -> None:
    assert (len(facts[slug].contests), len(facts[slug].lists)) == (contests, lists)


@pytest.mark.parametrize(
    ("slug", "day", "postcodes"),
    [
        ("gr2018", date(2018, 3, 21), None),
        ("gr2022", date(2022, 3, 16), 2022),
        ("gr2026", date(2026, 3, 18), 2024),
    ],
)
def test_election_has_its_day_and_its_tables(
    facts: dict[str, Facts], slug: str, day: date, postcodes: int
) -> None:
    election = facts[slug].election
    assert (election.date, election.municipality_year) == (day, day.year)
    assert election.postcode_year == postcodes


@pytest.mark.parametrize("slug", ELECTIONS)
def test_municipality_has_either_a_contest_or_an_absence(
    facts: dict[str, Facts], slug: str
) -> None:
    found = facts[slug]
    told = [code for code, _ in found.contests] + [code for code, _, _ in found.absences]
    assert sorted(told) == sorted(found.municipalities)


@pytest.mark.parametrize("slug", ELECTIONS)
def test_seats_of_a_council_are_those_of_its_lists(facts: dict[str, Facts], slug: str) -> None:
    won: Counter[str] = Counter()
    for code, _, seats in facts[slug].lists:
        won[code] += seats or 0
    assert won == dict(facts[slug].contests)


@pytest.mark.parametrize("slug", ELECTIONS)
def test_absent_voter_is_told_why_by_the_name_of_the_place(
    facts: dict[str, Facts], slug: str
) -> None:
    assert [reason for _, name, reason in facts[slug].absences if name not in reason] == []


@pytest.mark.parametrize(("year", "count", "split"), [(2022, 4071, 9), (2024, 4072, 11)])
def test_every_postcode_is_there_and_few_lie_in_two_municipalities(
    year: int, count: int, split: int
) -> None:
    numbers = Counter(Postcode.objects.filter(year=year).values_list("number", flat=True))
    assert len(numbers) == count
    assert Counter(numbers.values()) == {1: count - split, 2: split}


@pytest.mark.parametrize("year", [2022, 2024])
def test_shares_of_a_postcode_make_a_whole(year: int) -> None:
    sums = Postcode.objects.filter(year=year).order_by().values("number").annotate(sum=Sum("share"))
    assert list(sums.exclude(sum=1)) == []


@pytest.mark.parametrize("number", [1381, 1382, 1383, 1384])
def test_weesp_postcode_leads_to_amsterdam(number: int) -> None:
    postcode = Postcode.objects.select_related("municipality").get(number=number, year=2022)
    assert postcode.municipality.name == "Amsterdam"


def test_eleven_municipalities_do_not_vote_in_2022_and_weesp_votes_in_amsterdam() -> None:
    absences = Absence.objects.filter(election__slug="gr2022")
    assert dict(absences.values_list("municipality__name", "votes_in__name")) == {
        "Boxtel": None,
        "Brielle": None,
        "Dijk en Waard": None,
        "Eemsdelta": None,
        "Hellevoetsluis": None,
        "Land van Cuijk": None,
        "Maashorst": None,
        "Oisterwijk": None,
        "Purmerend": None,
        "Vught": None,
        "Weesp": "Amsterdam",
        "Westvoorne": None,
    }


def test_absent_voter_of_2022_is_told_when_or_where_to_vote() -> None:
    absences = Absence.objects.filter(election__slug="gr2022")
    assert not absences.filter(votes_in=None, next_election=None).exists()
    assert not absences.filter(next_election__lte="2022-03-16").exists()


def test_blanco_lijsten_have_no_name_and_three_can_stand_in_one_municipality() -> None:
    blank = Party.objects.filter(contest__election__slug="gr2022", name="")
    assert list(blank.filter(contest__municipality="GM0518").values_list("slug", flat=True)) == [
        "blanco-lijst",
        "blanco-lijst-2",
        "blanco-lijst-3",
    ]
    assert not Party.objects.filter(name__istartswith="blanco lijst").exists()


def _named(path: Path) -> str:
    return path.relative_to(FIXTURES).as_posix()


def _leading_comment(path: Path) -> str:
    lines = path.read_text(encoding="utf-8").splitlines()
    comment = [line for line in lines[:10] if line.startswith("#")]
    return " ".join(comment) if lines[0].startswith("#") else ""


@pytest.mark.parametrize(
    "path",
    FILES,
    ids=_named,
)
def test_fixture_begins_with_a_comment_that_names_its_source(path: Path) -> None:
    word = "invented" if path.parent.name == "voorbeeldstad" else "Source"
    assert word in _leading_comment(path)


@pytest.mark.parametrize("path", FILES, ids=_named)
def test_fixture_holds_no_address_of_a_person(path: Path) -> None:
    """A lone @ may stand there: two real lists are called T@B."""
    assert re.findall(r"\S+@\S+\.\S+", path.read_text(encoding="utf-8")) == []


@beside_shared_data
def test_municipalities_are_the_official_ones() -> None:
    latest: dict[str, str] = {}
    for year in (2018, 2022, 2026):
        official = {
            row["code"]: row["name"] for row in table(SHARED / f"municipalities_{year}.csv")
        }
        ours = Municipality.objects.in_year(year)
        assert set(ours.values_list("code", flat=True)) == set(official)
        latest |= official
    real = Municipality.objects.filter(is_example=False)
    assert dict(real.values_list("code", "name")) == latest


@beside_shared_data
@pytest.mark.parametrize("year", [2022, 2026])
def test_provinces_are_the_official_ones(year: int) -> None:
    official = table(SHARED / f"municipalities_{year}.csv")
    assert dict(Municipality.objects.in_year(year).values_list("code", "province")) == {
        row["code"]: row["province"] for row in official
    }


@beside_shared_data
@pytest.mark.parametrize("slug", ELECTIONS)
def test_lists_and_their_seats_are_the_official_ones(facts: dict[str, Facts], slug: str) -> None:
    official = Counter(
        (row["code"], " ".join(row["name"].split()), int(row["seats"]))
        for row in table(SHARED / f"lists_{slug[2:]}.csv")
    )
    assert Counter(facts[slug].lists) == official


@beside_shared_data
@pytest.mark.parametrize("slug", ELECTIONS)
def test_councils_and_their_seats_are_the_official_ones(facts: dict[str, Facts], slug: str) -> None:
    day = facts[slug].election.date
    ours = dict(facts[slug].contests)
    official = {
        row["code"]: int(row.get("seats") or ours[row["code"]] or 0)  # 2018 has no seats there
        for row in table(SHARED / f"municipalities_{day.year}.csv")
        if row[f"votes_{day:%Y_%m_%d}"] == "yes"
    }
    assert ours == official


@beside_shared_data
@pytest.mark.parametrize("year", [2022, 2024])
def test_postcodes_and_their_shares_are_the_official_ones(year: int) -> None:
    ours = Postcode.objects.filter(year=year).values_list("number", "municipality_id", "share")
    assert sorted((number, code, float(share)) for number, code, share in ours) == sorted(
        (int(row["pc4"]), row["code"], round(float(row["share"]), 4))
        for row in table(SHARED / f"postcodes_{year}.csv")
    )
