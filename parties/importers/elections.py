"""An election: its day, the councils it elects, the ones it does not, and the lists."""

from collections.abc import Callable, Iterable
from pathlib import Path

from parties.importers.tables import Row, all_or_nothing, read_table, read_toml, unique
from parties.models import Absence, Contest, Election, Municipality, Party

Progress = Callable[[Iterable[Row]], Iterable[Row]]


def load_election(folder: Path, progress: Progress = iter) -> Election:
    """Load the election of this folder: election.toml, contests.csv, absences.csv, parties.csv.

    What exists is updated and nothing is removed; a list's number, which comes from elsewhere,
    stays. Raises FixtureError and then changes nothing.
    """
    with all_or_nothing(folder):
        return _load_election(folder, progress)


def _load_election(folder: Path, progress: Progress) -> Election:
    election = _load_day(folder / "election.toml")
    known = {
        municipality.code: municipality
        for municipality in Municipality.objects.in_year(election.municipality_year)
    }
    contests = _load_contests(folder / "contests.csv", election, known)
    _load_absences(folder / "absences.csv", election, known, contests)
    _load_parties(folder / "parties.csv", contests, progress)
    return election


def _load_day(path: Path) -> Election:
    fields = ["slug", "name", "date", "municipalities", "postcodes"]
    row = Row(path, None, read_toml(path)).with_only(fields)
    day = row.optional_date("date")
    if day is None:
        raise row.error("date is missing")
    election, _ = Election.objects.update_or_create(
        slug=row.matching("slug", r"[a-z]{1,8}[0-9]{4}[a-z]?"),
        defaults={
            "name": row.text("name", 80),
            "date": day,
            "municipality_year": row.integer("municipalities", 1900, 2100),
            "postcode_year": row.optional_integer("postcodes", 1900, 2100),
        },
    )
    return election


def _load_contests(
    path: Path, election: Election, known: dict[str, Municipality]
) -> dict[str, Contest]:
    rows = unique(read_table(path, ["municipality", "seats"]), "municipality")
    contests = [
        Contest(
            election=election,
            municipality=row.one_of("municipality", known),
            seats=row.optional_integer("seats", 1, 99),
        )
        for row in rows
    ]
    Contest.objects.bulk_create(
        contests,
        update_conflicts=True,
        unique_fields=["election", "municipality"],
        update_fields=["seats"],
    )
    known_contests = {contest.municipality_id: contest for contest in election.contests.all()}
    election.absences.filter(municipality__in=known_contests).delete()  # it does vote after all
    return known_contests


def _load_absences(
    path: Path,
    election: Election,
    known: dict[str, Municipality],
    contests: dict[str, Contest],
) -> None:
    columns = ["municipality", "votes_in", "next_election", "reason"]
    absences = []
    for row in unique(read_table(path, columns), "municipality"):
        absence = Absence(
            election=election,
            municipality=row.one_of("municipality", known),
            votes_in=row.optional_one_of("votes_in", known),
            next_election=row.optional_date("next_election"),
            reason=row.text("reason"),
        )
        if absence.municipality_id in contests:
            raise row.error(f"{absence.municipality} does elect a council on this day")
        if absence.votes_in_id and absence.votes_in_id not in contests:
            raise row.error(f"{absence.votes_in} elects no council on this day")
        absences.append(absence)
    Absence.objects.bulk_create(
        absences,
        update_conflicts=True,
        unique_fields=["election", "municipality"],
        update_fields=["votes_in", "next_election", "reason"],
    )


def _load_parties(path: Path, contests: dict[str, Contest], progress: Progress) -> None:
    rows = unique(
        read_table(path, ["municipality", "slug", "name", "seats"]),
        "municipality",
        "slug",
    )
    Party.objects.bulk_create(
        [
            Party(
                contest=row.one_of("municipality", contests),
                slug=row.matching("slug", r"[a-z0-9]+(-[a-z0-9]+)*", 60),
                name=row.optional_text("name", 120),
                seats=row.optional_integer("seats", 0, 99),
            )
            for row in progress(rows)
        ],
        update_conflicts=True,
        unique_fields=["contest", "slug"],
        update_fields=["name", "seats"],
    )


def election_slug(name: str) -> str:
    """The election that a word on the command line means: `2022` is short for `gr2022`."""
    return f"gr{name}" if name.isdecimal() else name


def election_folder(fixtures: Path, name: str) -> Path:
    """The folder that a word on the command line means: `2022`, `gr2022`, or a path."""
    named = fixtures / "elections" / election_slug(name)
    return named if named.is_dir() else Path(name)
