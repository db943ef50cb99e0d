"""What a database holds, as far as it can be compared: rows and a digest of every table."""

from dataclasses import dataclass
from typing import Any, Self

import psycopg
from psycopg.sql import SQL, Identifier

# The text of a row is the same everywhere, whatever the server or the one who asks is set to.
SETTINGS = """
    SET LOCAL TimeZone = 'UTC'; SET LOCAL DateStyle = 'ISO'; SET LOCAL IntervalStyle = 'postgres';
    SET LOCAL extra_float_digits = 1; SET LOCAL bytea_output = 'hex';
"""
TABLES = """
    SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
    ORDER BY relname
"""
DIGEST = """
    SELECT count(*), encode(sha256(coalesce(string_agg(each, ''::bytea ORDER BY each), '')), 'hex')
    FROM (SELECT sha256(convert_to(row_of::text, 'UTF8')) AS each FROM {} AS row_of) AS rows
"""
GUARDS = """
    SELECT relname || ': ' || tgname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
    WHERE NOT tgisinternal AND tgenabled = 'O' AND relnamespace = 'public'::regnamespace
    ORDER BY 1
"""
SEQUENCES = """
    SELECT table_name, column_name, pg_get_serial_sequence(quote_ident(table_name), column_name)
    FROM information_schema.columns
    WHERE table_schema = 'public'
      AND pg_get_serial_sequence(quote_ident(table_name), column_name) IS NOT NULL
"""
LAGGING = """
    SELECT (SELECT coalesce(max({column}), 0) FROM {table})
         > (SELECT last_value - (NOT is_called)::int FROM {sequence})
"""
DAMAGED = """
    SELECT digest FROM editions_publishededition WHERE digest <> encode(sha256(document), 'hex')
"""


@dataclass(frozen=True)
class Contents:
    tables: dict[str, tuple[int, str]]  # rows, and a digest that does not depend on their order
    guards: list[str]  # the triggers that refuse what must not be

    @classmethod
    def of(cls, connection: psycopg.Connection) -> Self:
        """As the current transaction sees it."""
        connection.execute(SETTINGS)
        names = [name for (name,) in connection.execute(TABLES)]
        tables = {name: _digest(connection, name) for name in names}
        return cls(tables, [guard for (guard,) in connection.execute(GUARDS)])

    @classmethod
    def read(cls, record: dict[str, Any]) -> Self:
        """What `dataclasses.asdict` made of it, and JSON made of that."""
        tables = {name: (rows, digest) for name, (rows, digest) in record["tables"].items()}
        return cls(tables, record["guards"])

    def faults(self, connection: psycopg.Connection) -> list[str]:
        """In what the database differs from this, each as a sentence; none when all came back."""
        found = Contents.of(connection)
        faults = [
            f"{name} had {rows} rows; now {found.tables.get(name, (0,))[0]}, or others"
            for name, (rows, digest) in self.tables.items()
            if found.tables.get(name) != (rows, digest)
        ]
        faults += [f"{name} was not there" for name in found.tables.keys() - self.tables.keys()]
        faults += [
            f"the trigger {each} is gone" for each in self.guards if each not in found.guards
        ]
        return faults + damages(connection)


def damages(connection: psycopg.Connection) -> list[str]:
    """What is wrong by itself: an edition that is not its digest, numbers given out twice."""
    wrong = []
    if "editions_publishededition" in {name for (name,) in connection.execute(TABLES)}:
        wrong += [f"edition {each} is damaged" for (each,) in connection.execute(DAMAGED)]
    for table, column, sequence in connection.execute(SEQUENCES).fetchall():
        schema, _, name = sequence.replace('"', "").partition(".")
        query = SQL(LAGGING).format(
            table=Identifier(table),
            column=Identifier(column),
            sequence=Identifier(schema, name),
        )
        [is_lagging] = connection.execute(query).fetchone() or [False]
        wrong += [f"{table}.{column} would give out a number again"] if is_lagging else []
    return wrong


def is_empty(connection: psycopg.Connection) -> bool:
    return connection.execute(TABLES).fetchone() is None


def _digest(connection: psycopg.Connection, table: str) -> tuple[int, str]:
    rows, digest = connection.execute(SQL(DIGEST).format(Identifier(table))).fetchone() or (0, "")
    return rows, digest
