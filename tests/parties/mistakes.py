"""Fixture files with a mistake in them, and what the database must still hold after those."""

import csv
from dataclasses import dataclass
from pathlib import Path

from django.db import connection
from django.db.models import Model
from psycopg import sql


@dataclass(frozen=True)
class Mistake:
    """One change in a right file, and how the reader must refuse that file."""

    file: str
    right: str
    wrong: str  # "\udcXX" is written as the single byte XX
    reason: str
    below: int | None = 0  # lines from the change to the line that is named; None: none is
    entry: str = ""  # the named line is the one with this head, such as [[statement]]

    def __str__(self) -> str:
        return f"{self.file} {self.reason}"

    def make(self, folder: Path) -> str:
        """Write it into the copy in this folder; return how the refusal must begin."""
        path = folder / self.file
        before, right, after = path.read_text(encoding="utf-8").partition(self.right)
        assert right, f"{self.file} no longer holds {self.right!r}"
        path.write_text(before + self.wrong + after, encoding="utf-8", errors="surrogateescape")
        if self.below is None:
            return f"{path}: "
        upto = (before + self.wrong).rindex(self.entry) if self.entry else len(before)
        return f"{path}, line {1 + before.count(chr(10), 0, upto) + self.below}: "


def contents(*models: type[Model]) -> list[list[str]]:
    """Every row of these tables as PostgreSQL writes it, primary keys included."""
    found = []
    for model in models:
        query = sql.SQL("SELECT row::text FROM {} AS row ORDER BY 1")
        with connection.cursor() as cursor:
            cursor.execute(query.format(sql.Identifier(model._meta.db_table)))
            found.append([text for (text,) in cursor.fetchall()])
    return found


def change(path: Path, old: str, new: str) -> None:
    """Replace the first `old` in a file, which must be there."""
    before, found, after = path.read_text(encoding="utf-8").partition(old)
    assert found, f"{path.name} no longer holds {old!r}"
    path.write_text(before + new + after, encoding="utf-8")


def table(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file below its comment, read without the product."""
    with path.open(encoding="utf-8") as lines:
        return list(csv.DictReader(line for line in lines if not line.startswith("#")))
