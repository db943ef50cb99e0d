"""The data dictionary for machines: `datapackage.json`, in the form of the Data Package standard.

https://datapackage.org/standard/data-package/ (version 2; what is used, version 1 knows too).
"""

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from stemhulp.opendata.columns import TABLES, Column, Kind, Table
from stemhulp.opendata.downloads.formats import FORMATS, Format
from stemhulp.opendata.downloads.licence import ATTRIBUTION, LICENCE_NAME, LICENCE_URL

NAME = "datapackage.json"
PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
ENCODING = "utf-8"
SOURCES = [
    {"title": "CBS, municipalities and provinces", "path": "https://www.cbs.nl/"},
    {"title": "Kiesraad, lists, numbers and seats", "path": "https://www.kiesraad.nl/"},
]
DESCRIPTION = (
    "Positions of parties on statements about refugees in Dutch municipal elections, as they were "
    f"published. {ATTRIBUTION} In CSV, a text that begins with = + - @ a tab, a line break or an "
    "apostrophe has one apostrophe in front, so that no spreadsheet runs it: take one away."
)


def write(folder: Path, name: str, title: str, prefix: str = "", **more: str) -> None:
    """Describe the tables that lie in this folder, whose names begin with the prefix."""
    content = {
        "$schema": PROFILE,
        "name": name,
        "title": title,
        "description": DESCRIPTION,
        "licenses": [{"name": LICENCE_NAME, "path": LICENCE_URL}],
        "sources": SOURCES,
        **more,
        "resources": list(_resources(folder, prefix)),
    }
    text = json.dumps(content, ensure_ascii=False, indent=1)
    (folder / f"{prefix}{NAME}").write_text(text + "\n", encoding="utf-8")


def _resources(folder: Path, prefix: str) -> Iterable[dict[str, Any]]:
    for each in FORMATS:
        for table in TABLES:
            path = folder / f"{prefix}{table.name}.{each.ending}"
            if path.exists():
                yield _resource(path, table, each)


def _resource(path: Path, table: Table, form: Format) -> dict[str, Any]:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    is_first = form is FORMATS[0]
    return {
        "name": table.name if is_first else f"{table.name}-{form.ending}",
        "path": f"{table.name}.{form.ending}",
        "title": f"{table.name} ({form.name})",
        "description": table.english
        + ("" if is_first else f" The columns are those of {table.name}."),
        "format": form.ending,
        "mediatype": form.media_type.partition(";")[0],
        **({"encoding": ENCODING} if form.is_text else {}),
        "bytes": path.stat().st_size,
        "hash": f"sha256:{digest}",
        **({"profile": "tabular-data-resource", "schema": schema(table)} if is_first else {}),
    }


def schema(table: Table) -> dict[str, Any]:
    """In the form of Table Schema."""
    return {
        "fields": [_field(each) for each in table.columns],
        "missingValues": [""],
        "primaryKey": list(table.key),
    }


def _field(column: Column) -> dict[str, Any]:
    limits = {"minimum": column.least, "maximum": column.most}
    constraints = {name: limit for name, limit in limits.items() if limit is not None}
    if column.is_required and column.kind not in {Kind.OBJECT, Kind.LIST}:
        constraints["required"] = True
    if column.one_of:
        constraints["enum"] = list(column.one_of)  # type: ignore[assignment]
    field: dict[str, Any] = {
        "name": column.name,
        "type": column.kind.value,
        "description": column.english,
    }
    return field | ({"constraints": constraints} if constraints else {})
