"""Tables in each format: how one is written, and how one is made of many without holding them."""

import csv
import importlib
import importlib.util
import io
import json
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter
from pathlib import Path
from typing import Any

from stemhulp.opendata.cells import DATED, WRITERS, plain, read
from stemhulp.opendata.columns import Table
from stemhulp.opendata.downloads.rows import Row

_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
BOM = "\N{BYTE ORDER MARK}"  # by which a spreadsheet knows that it is UTF-8


@dataclass(frozen=True)
class Format:
    ending: str
    name: str
    media_type: str
    write: Callable[[Path, Table, Sequence[Row]], None]
    join: Callable[[Path, Table, Iterable[Path]], None]
    is_available: Callable[[], bool] = lambda: True
    is_text: bool = True


def header(table: Table) -> bytes:
    return f"{BOM}{','.join(each.name for each in table.columns)}\r\n".encode()


def _write_csv(path: Path, table: Table, rows: Sequence[Row]) -> None:
    """RFC 4180, in UTF-8."""
    with path.open("wb") as file:
        file.write(header(table))
        text = io.TextIOWrapper(file, encoding="utf-8", newline="")
        columns = [
            map(WRITERS[each.kind], map(itemgetter(each.name), rows)) for each in table.columns
        ]
        csv.writer(text, lineterminator="\r\n").writerows(zip(*columns, strict=True))
        text.flush()
        text.detach()


def _join_csv(path: Path, table: Table, parts: Iterable[Path]) -> None:
    first = header(table)
    with path.open("wb") as file:
        file.write(first)
        for each in parts:
            with each.open("rb") as part:
                part.seek(len(first))
                shutil.copyfileobj(part, file)


def _write_lines(path: Path, table: Table, rows: Sequence[Row]) -> None:
    """JSON Lines: an object per line, in UTF-8."""
    dated = [(each.name, each) for each in table.columns if each.kind in DATED]
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for row in rows:
            texts = {name: plain(column, row[name]) for name, column in dated}
            file.write(_JSON.encode({**row, **texts}) + "\n")


def read_lines(path: Path, table: Table) -> Iterator[Row]:
    """The rows that were written as JSON Lines."""
    moments = [each for each in table.columns if each.kind in DATED]
    with path.open(encoding="utf-8") as file:
        for line in file:
            row: Row = json.loads(line)
            for each in moments:
                row[each.name] = read(each, row[each.name] or "")
            yield row


def _join_lines(path: Path, table: Table, parts: Iterable[Path]) -> None:
    with path.open("wb") as file:
        for each in parts:
            with each.open("rb") as part:
                shutil.copyfileobj(part, file)


def has_pyarrow() -> bool:
    """Whether Parquet can be made: it is an extra, and nothing else needs it."""
    try:
        return importlib.util.find_spec("pyarrow") is not None
    except ValueError:  # it is there in name only
        return False


def _parquet() -> Any:
    return importlib.import_module("stemhulp.opendata.downloads.parquet")


FORMATS = (
    Format("csv", "CSV", "text/csv; charset=utf-8", _write_csv, _join_csv),
    Format("jsonl", "JSON Lines", "application/jsonl", _write_lines, _join_lines),
    Format(
        "parquet",
        "Parquet",
        "application/vnd.apache.parquet",
        lambda path, table, rows: _parquet().write(path, table, rows),
        lambda path, table, parts: _parquet().join(path, table, parts),
        has_pyarrow,
        is_text=False,
    ),
)


def available() -> Sequence[Format]:
    """Those that can be made here."""
    return [each for each in FORMATS if each.is_available()]
