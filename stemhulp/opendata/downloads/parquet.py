"""Tables as Parquet. Imported only where one is made: pyarrow is an extra, and large."""

import itertools
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from stemhulp.opendata.cells import as_json
from stemhulp.opendata.columns import Column, Kind, Table
from stemhulp.opendata.downloads.rows import Row

AT_ONCE = 10_000  # rows in a group, more or less: what is held in memory
COMPRESSION = "zstd"


def write(path: Path, table: Table, rows: Iterable[Row]) -> None:
    with pq.ParquetWriter(path, schema(table), compression=COMPRESSION) as writer:
        left = iter(rows)
        while some := list(itertools.islice(left, AT_ONCE)):
            writer.write_table(_columns(table, some))


def _columns(table: Table, rows: list[Row]) -> Any:
    arrays = [
        pa.array(_values(column, [row[column.name] for row in rows]), _type(column))
        for column in table.columns
    ]
    return pa.Table.from_arrays(arrays, schema=schema(table))


def join(path: Path, table: Table, parts: Iterable[Path]) -> None:
    """Write one file with the rows of others, some of them at a time."""
    with pq.ParquetWriter(path, schema(table), compression=COMPRESSION) as writer:
        waiting: list[Any] = []
        for each in parts:
            waiting.append(pq.ParquetFile(each).read(use_threads=False))
            if sum(len(part) for part in waiting) >= AT_ONCE:
                writer.write_table(pa.concat_tables(waiting).combine_chunks())
                waiting = []
        if waiting:
            writer.write_table(pa.concat_tables(waiting).combine_chunks())


def schema(table: Table) -> Any:
    fields = [
        pa.field(
            each.name,
            _type(each),
            nullable=_is_nullable(each),
            metadata={"description": each.english},
        )
        for each in table.columns
    ]
    return pa.schema(fields, metadata={"description": table.english})


def _type(column: Column) -> Any:
    return {
        Kind.TEXT: pa.string,
        Kind.INTEGER: pa.int32,
        Kind.BOOLEAN: pa.bool_,
        Kind.DATE: pa.date32,
        Kind.MOMENT: lambda: pa.timestamp("ms", "UTC"),
        Kind.OBJECT: pa.string,
        Kind.LIST: pa.string,
    }[column.kind]()


def _is_nullable(column: Column) -> bool:
    return not column.is_required and column.kind is not Kind.TEXT


def _values(column: Column, values: list[Any]) -> list[Any]:
    return list(map(as_json, values)) if column.kind in {Kind.OBJECT, Kind.LIST} else values
