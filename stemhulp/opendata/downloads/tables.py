"""Files with every list, statement and position: per contest, region, province and election.

Those of a region and an election are made of those of the contests, without reading what is in
them: a country costs no more memory than a contest.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from stemhulp.editions import store
from stemhulp.editions.edition import Election
from stemhulp.opendata.built import ContestFolder
from stemhulp.opendata.columns import STATEMENTS, TABLES
from stemhulp.opendata.contests import Published
from stemhulp.opendata.downloads import package, scopes
from stemhulp.opendata.downloads.formats import available, has_pyarrow, read_lines
from stemhulp.opendata.downloads.rows import ContestRows, Row
from stemhulp.opendata.downloads.scopes import Level, Scope

# Goes up when the same edition gives other files; where pyarrow comes or goes, it does.
VERSION = 2 * 1 + has_pyarrow()


def state(election: str) -> str:
    """Which municipality is in which region."""
    return repr(list(scopes.regions()))


def make_contest(folder: Path, contest: Published) -> None:
    rows, place = ContestRows(contest), contest.municipality
    for table in TABLES:
        found = list(rows.of(table.name))
        for form in available():
            form.write(folder / f"{table.name}.{form.ending}", table, found)
    package.write(
        folder,
        f"{contest.election}-{place.slug}",
        f"{rows.edition.election.name}, {place.name}" + (" (invented)" if place.is_example else ""),
        version=str(contest.imprint.number),
    )


def make_together(folder: Path, election: str, contests: Mapping[str, ContestFolder]) -> None:
    guide = store.guide(election)
    assert guide is not None  # noqa: S101  # its contests were found by it
    found = list(scopes.scopes(guide.election, contests))
    for each in found:
        _make_files(folder, each, [contests[slug] for slug in each.municipalities])
        package.write(folder, *_named(guide.election, each), prefix=each.file(""))
    scopes.keep(folder, found)


def _named(election: Election, scope: Scope) -> tuple[str, str]:
    """A name for machines, and a title."""
    if scope.level is Level.ELECTION:
        return election.slug, election.name
    return f"{election.slug}-{scope.level}-{scope.slug}", f"{election.name}, {scope.name}"


def _make_files(folder: Path, scope: Scope, contests: Sequence[ContestFolder]) -> None:
    statements = list(_distinct(contests))
    for form in available():
        for table in TABLES:
            name = f"{table.name}.{form.ending}"
            path = folder / scope.file(name)
            if table is STATEMENTS:
                form.write(path, table, statements)
            else:
                form.join(path, table, [each.path / name for each in contests])


def _distinct(contests: Iterable[ContestFolder]) -> Iterator[Row]:
    """Each wording of a statement once, in the order in which they are met."""
    seen = set[str]()
    for contest in contests:
        for row in read_lines(contest.path / f"{STATEMENTS.name}.jsonl", STATEMENTS):
            if row["statement_digest"] not in seen:
                seen.add(row["statement_digest"])
                yield row | {"statement_number": None}
