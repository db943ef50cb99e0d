"""The tables with councils, lists and absences, as someone hands them in; with what is wrong."""

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import date
from typing import TypeVar

from parties.elections import Ballot, Council, NoCouncil
from parties.uploads.apart import Reader
from statements.curation.elections import table_files
from statements.curation.elections.table_files import NoTableError, Table

MOST_PROBLEMS = 20
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")

Made = TypeVar("Made")

read_councils, read_ballots, read_absences = (
    Reader(each, Table, NoTableError)
    for each in (table_files.read_councils, table_files.read_ballots, table_files.read_absences)
)


class CellError(Exception):
    """What is wrong with one row, in Dutch."""


def councils(table: Table, known: Collection[str]) -> list[Council]:
    """`known`: codes of the municipalities of the year."""

    def made(row: dict[str, str]) -> Council:
        return Council(_code(row, known), _number(row["seats"], 1))

    return _all(table, made, "municipality")


def ballots(table: Table, contests: Collection[str]) -> list[Ballot]:
    """`contests`: codes of the municipalities that elect a council."""

    def made(row: dict[str, str]) -> Ballot:
        if row["municipality"] not in contests:
            raise CellError(f"{row['municipality'] or 'niets'} kiest geen gemeenteraad.")
        if not SLUG.fullmatch(row["slug"]) or len(row["slug"]) > 60:
            raise CellError(
                f"slug “{row['slug']}”: alleen kleine letters, cijfers en streepjes, hoogstens 60."
            )
        name = _text(row["name"], 120, "name")
        return Ballot(row["municipality"], row["slug"], name, _number(row["seats"], 0))

    return _all(table, made, "municipality", "slug")


def absences(table: Table, known: Collection[str], contests: Collection[str]) -> list[NoCouncil]:
    def made(row: dict[str, str]) -> NoCouncil:
        code = _code(row, known)
        if code in contests:
            raise CellError(f"{code} kiest wel een gemeenteraad.")
        if row["votes_in"] and row["votes_in"] not in contests:
            raise CellError(f"{row['votes_in']} kiest geen gemeenteraad.")
        if not row["reason"]:
            raise CellError("reason is leeg: waarom stemt deze gemeente niet?")
        reason = _text(row["reason"], 1000, "reason")
        return NoCouncil(code, reason, row["votes_in"] or None, _day(row["next_election"]))

    return _all(table, made, "municipality")


def _all(table: Table, made: Callable[[dict[str, str]], Made], *key: str) -> list[Made]:
    """All rows, or as many as are right; what is wrong comes with the table's problems."""
    seen: dict[tuple[str, ...], int] = {}
    found = []
    for line, row in table.rows:
        try:
            first = seen.setdefault(tuple(row[name] for name in key), line)
            if first != line:
                raise CellError(f"dit staat ook al op regel {first}.")
            found.append(made(row))
        except CellError as error:
            table.problems.append(f"Regel {line}: {error}")
    return found


def _code(row: dict[str, str], known: Collection[str]) -> str:
    code = row["municipality"]
    if code not in known:
        raise CellError(f"“{code}” is geen gemeente in het jaar van deze verkiezing.")
    return code


def _number(written: str, lowest: int) -> int | None:
    if not written:
        return None
    if not re.fullmatch(r"[0-9]{1,2}", written) or int(written) < lowest:
        raise CellError(f"seats “{written}” is geen getal van {lowest} tot en met 99.")
    return int(written)


def _text(written: str, longest: int, name: str) -> str:
    if len(written) > longest:
        raise CellError(f"{name} is te lang: {len(written)} van de {longest} tekens.")
    return written


def _day(written: str) -> date | None:
    if not written:
        return None
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise CellError(f"next_election “{written}” is geen dag zoals 2022-03-16.") from None


def first_problems(named: Sequence[tuple[str, Table]]) -> Iterator[str]:
    """The first few, each with the table that it is in."""
    problems = [
        f"{name}, {problem[0].lower()}{problem[1:]}"
        for name, each in named
        for problem in each.problems
    ]
    yield from problems[:MOST_PROBLEMS]
    if len(problems) > MOST_PROBLEMS:
        yield f"En nog {len(problems) - MOST_PROBLEMS} andere."
