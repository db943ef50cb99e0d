"""Our own CSV, written by the description of its columns: a contest as it is downloaded."""

import csv
import io
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from stemhulp.editions.edition import Imprint
from stemhulp.opendata.cells import written
from stemhulp.opendata.columns import POSITIONS, STATEMENTS, Column, Kind, Table

EMPTY: Mapping[Kind, Any] = {Kind.TEXT: "", Kind.OBJECT: {}, Kind.LIST: []}
BOM = "\ufeff"


def statements_csv(document: Any, imprint: Imprint) -> bytes:
    themes = {each["key"]: each for each in document["themes"]}
    return _csv(
        STATEMENTS,
        (
            _of_election(document)
            | _statement(number, each)
            | _theme(themes[each["theme"]])
            | _local(document, each)
            for number, each in enumerate(document["statements"], 1)
        ),
    )


def positions_csv(document: Any, imprint: Imprint) -> bytes:
    return _csv(
        POSITIONS,
        (
            _of_contest(document, imprint)
            | {"list_slug": party["slug"], "list_name": party["name"]}
            | {"statement_key": each["key"], "theme_key": each["theme"]}
            | {"statement_text": each["texts"]["nl"]["text"], "statement_digest": "0" * 16}
            | _position(party["positions"].get(each["key"]))
            for party in document["parties"]
            for each in document["statements"]
        ),
    )


def _csv(table: Table, rows: Iterable[Mapping[str, Any]]) -> bytes:
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(each.name for each in table.columns)
    for row in rows:
        writer.writerow(_cell(column, row) for column in table.columns)
    return (BOM + file.getvalue()).encode()


def _cell(column: Column, row: Mapping[str, Any]) -> str:
    return written(column, row.get(column.name, EMPTY.get(column.kind)))


def _of_election(document: Any) -> dict[str, Any]:
    return {
        "election": document["election"]["slug"],
        "election_date": date.fromisoformat(document["election"]["date"]),
        "is_example": document["municipality"]["is_example"],
    }


def _of_contest(document: Any, imprint: Imprint) -> dict[str, Any]:
    return _of_election(document) | {
        "municipality_code": document["municipality"]["code"],
        "municipality": document["municipality"]["name"],
        "municipality_slug": document["municipality"]["slug"],
        "edition": imprint.number,
        "edition_digest": imprint.digest,
        "published_at": imprint.published_at,
    }


def _local(document: Any, statement: Any) -> dict[str, Any]:
    code = document["municipality"]["code"] if statement["is_local"] else ""
    return {"is_local": statement["is_local"], "municipality_code": code}


def _statement(number: int, statement: Any) -> dict[str, Any]:
    dutch = dict(statement["texts"]["nl"])
    return {
        "statement_key": statement["key"],
        "statement_number": number,
        "statement_digest": "0" * 16,
        "statement_text": dutch.pop("text"),
        **dutch,
        "recommendation": statement["recommendation"],
        "recommendation_label": "…",
        "translations": {code: t for code, t in statement["texts"].items() if code != "nl"},
        **{f"source_{name}": each for name, each in statement["source"].items()},
        "backgrounds": statement["backgrounds"],
    }


def _theme(theme: Any) -> dict[str, Any]:
    told = {f"theme_{name}": theme[name] for name in ("key", "name", "question", "summary")}
    return told | {"theme_translations": theme.get("translations", {})}


def _position(position: Any) -> dict[str, Any]:
    if position is None:
        return {}
    correction = position.get("correction", {})
    translations = position.get("translations", {})
    return {
        "stance": position["stance"],
        "provenance": position.get("basis", "party"),
        "motivation": position["motivation"],
        "motivation_translations": {code: t["motivation"] for code, t in translations.items()},
        "position_source": position["source"],
        "correction_on": date.fromisoformat(correction["on"]) if correction else None,
        "correction_reason": correction.get("reason", ""),
        "withheld": position.get("withheld", ""),
    }
