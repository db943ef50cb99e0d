"""Sources, themes, glossary and statements from their TOML files."""

from collections.abc import Callable, Iterable
from pathlib import Path

from django.utils import timezone

from parties.importers.tables import Row, all_or_nothing, read_entries, unique
from parties.models import Election
from statements import versions
from statements.models import Source, Statement, Term, Theme

Progress = Callable[[Iterable[Row]], Iterable[Row]]
KEY = r"[a-z0-9]+(-[a-z0-9]+)*"
STATEMENT_FIELDS = [
    *("key", "theme", "text", "explanation", "argument_for", "argument_against"),
    *("recommendation", "reason", "source", "background"),
]


def load_statements(election: Election, folder: Path, path: Path, progress: Progress = iter) -> int:
    """Load the shared texts of a folder and an election's national statements from `path`.

    The folder holds sources.toml, themes.toml and glossary.toml. What exists is updated by its
    key; a statement that is no longer in the file is kept. Returns how many statements the file
    holds. Raises FixtureError and then changes nothing.
    """
    with all_or_nothing(path):
        sources = _load_sources(folder / "sources.toml")
        themes = _load_themes(folder / "themes.toml")
        _load_glossary(folder / "glossary.toml")
        rows = list(unique(read_entries(path, "statement", STATEMENT_FIELDS), "key"))
        for order, row in enumerate(progress(rows), 1):
            _load_statement(row, election, order, themes, sources)
        return len(rows)


def _load_sources(path: Path) -> dict[str, Source]:
    fields = ["key", "title", "publisher", "year", "note"]
    return {
        row.matching("key", KEY, 60): Source.objects.update_or_create(
            key=row.text("key"),
            defaults={
                "title": row.text("title", 200),
                "publisher": row.text("publisher", 120),
                "year": row.optional_integer("year", 1900, 2100),
                "note": row.optional_text("note", 200),
            },
        )[0]
        for row in unique(read_entries(path, "source", fields), "key")
    }


def _load_themes(path: Path) -> dict[str, Theme]:
    rows = unique(read_entries(path, "theme", ["key", "name", "question", "summary"]), "key")
    return {
        row.matching("key", KEY, 40): Theme.objects.update_or_create(
            key=row.text("key"),
            defaults={
                "name": row.text("name", 60),
                "question": row.text("question", 140),
                "summary": row.text("summary"),
                "order": order,
            },
        )[0]
        for order, row in enumerate(rows, 1)
    }


def _load_glossary(path: Path) -> None:
    for row in unique(read_entries(path, "term", ["key", "term", "forms", "explanation"]), "key"):
        Term.objects.update_or_create(
            key=row.matching("key", KEY, 40),
            defaults={
                "term": row.text("term", 60),
                "forms": row.words("forms", 60),
                "explanation": row.text("explanation"),
            },
        )


def _load_statement(
    row: Row,
    election: Election,
    order: int,
    themes: dict[str, Theme],
    sources: dict[str, Source],
) -> None:
    statement, _ = Statement.objects.update_or_create(
        election=election,
        key=row.matching("key", KEY, 40),
        defaults={
            "theme": row.one_of("theme", themes),
            "order": order,
            "text": row.text("text", 140),
            "explanation": row.text("explanation"),
            "argument_for": row.text("argument_for"),
            "argument_against": row.text("argument_against"),
            "recommendation": row.integer("recommendation", -2, 2),
            "reason": row.text("reason"),
            "source": row.one_of("source", sources),
        },
    )
    entries = row.values.get("background", [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise row.error("background must be written as [[statement.background]]")
    backgrounds = [
        Row(row.path, row.line, entry).with_only(["text", "source"]) for entry in entries
    ]
    versions.replace_backgrounds(
        statement,
        [
            {"text": each.text("text"), "source": each.one_of("source", sources).key}
            for each in backgrounds
        ],
    )
    versions.keep_loaded(statement, timezone.now())
