"""Sources, themes, glossary and statements from their TOML files."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from parties.importers.tables import Row, all_or_nothing, read_entries, unique
from parties.models import Election
from statements import versions
from statements.importers import translations
from statements.importers.translations import Dutch, Translated, load_translations
from statements.models import Source, Statement, Term, Theme
from statements.translations import statement_texts, term_texts, theme_texts

Progress = Callable[[Iterable[Row]], Iterable[Row]]
KEY = r"[a-z0-9]+(-[a-z0-9]+)*"
STATEMENT_FIELDS = [
    *("key", "theme", "text", "explanation", "argument_for", "argument_against"),
    *("recommendation", "reason", "source", "background"),
]


@dataclass(frozen=True)
class Loaded:
    """How many statements the file holds, and what there is of it in other languages."""

    count: int
    translated: Sequence[Translated]


def load_statements(
    election: Election, folder: Path, path: Path, at: datetime, progress: Progress = iter
) -> Loaded:
    """Load the shared texts of a folder and an election's national statements from `path`.

    The folder holds sources.toml, themes.toml and glossary.toml; translations lie beside the files
    (`importers.translations`). What exists is updated by its key; a statement that is no longer in
    the file is kept. Raises FixtureError and then changes nothing.
    """
    with all_or_nothing(path):
        sources = _load_sources(folder / "sources.toml")
        themes = _load_themes(folder / "themes.toml")
        terms = _load_glossary(folder / "glossary.toml")
        rows = list(unique(read_entries(path, "statement", STATEMENT_FIELDS), "key"))
        for order, row in enumerate(progress(rows), 1):
            _load_statement(row, election, order, themes, sources, at)
        keys = [row.text("key") for row in rows]
        translated = [
            *load_translations(path, translations.STATEMENT, _statements(election, keys), at),
            *load_translations(folder / "themes.toml", translations.THEME, _themes(themes), at),
            *load_translations(folder / "glossary.toml", translations.TERM, _terms(terms), at),
        ]
        return Loaded(len(rows), translated)


def _statements(election: Election, keys: Sequence[str]) -> dict[str, Dutch]:
    rows = election.statements.filter(key__in=keys).prefetch_related("backgrounds")
    return {
        row.key: Dutch(f"statement:{row.pk}", statement_texts(row, list(row.backgrounds.all())))
        for row in rows
    }


def _themes(rows: dict[str, Theme]) -> dict[str, Dutch]:
    return {key: Dutch(f"theme:{key}", theme_texts(row)) for key, row in rows.items()}


def _terms(rows: dict[str, Term]) -> dict[str, Dutch]:
    return {key: Dutch(f"term:{key}", term_texts(row)) for key, row in rows.items()}


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


def _load_glossary(path: Path) -> dict[str, Term]:
    fields = ["key", "term", "forms", "explanation"]
    return {
        row.matching("key", KEY, 40): Term.objects.update_or_create(
            key=row.text("key"),
            defaults={
                "term": row.text("term", 60),
                "forms": row.words("forms", 60),
                "explanation": row.text("explanation"),
            },
        )[0]
        for row in unique(read_entries(path, "term", fields), "key")
    }


def _load_statement(
    row: Row,
    election: Election,
    order: int,
    themes: dict[str, Theme],
    sources: dict[str, Source],
    at: datetime,
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
    backgrounds = row.entries("statement.background", ["text", "source"])
    versions.replace_backgrounds(
        statement,
        [
            {"text": each.text("text"), "source": each.one_of("source", sources).key}
            for each in backgrounds
        ],
    )
    versions.keep_loaded(statement, at)
