"""What is told beside the statements, from its TOML file."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from parties.importers.tables import Row, all_or_nothing, read_entries, unique
from parties.models import Municipality
from statements.importers import translations
from statements.importers.statements import KEY
from statements.importers.translations import Dutch, Translated, load_translations
from statements.models import Feature, Source, Statement
from statements.translations import FEATURE_TEXTS

Progress = Callable[[Iterable[Row]], Iterable[Row]]
FIELDS = ["key", "kind", "title", "text", "source", "link", "municipality", "statements"]
LONGEST_TITLE, LONGEST_TEXT, LONGEST_KEY, LONGEST_LINK = 120, 1500, 60, 200


@dataclass(frozen=True)
class Loaded:
    """How many entries the file holds, the keys of those that staff have taken over, and what
    there is of it in other languages.
    """

    count: int
    kept: Sequence[str]
    translated: Sequence[Translated]


@dataclass(frozen=True)
class _Known:
    """What an entry may name, by its key."""

    kinds: dict[str, str]
    sources: dict[str, Source]
    municipalities: dict[str, Municipality]
    statements: set[str]


def load_content(path: Path, at: datetime, progress: Progress = iter) -> Loaded:
    """Load the features of a file, approved: whoever may load files answers for them.

    What a file wrote before is updated by its key; what staff wrote, changed or withdrew since is
    left as it is. Translations lie beside the file (`importers.translations`). Raises FixtureError
    and then changes nothing.
    """
    with all_or_nothing(path):
        known = _known()
        rows = list(unique(read_entries(path, "feature", FIELDS), "key"))
        kept = [
            row.text("key")
            for order, row in enumerate(progress(rows), 1)
            if not _load(row.matching("key", KEY, LONGEST_KEY), _content(row, order, known), at)
        ]
        translated = load_translations(path, translations.FEATURE, _dutch(rows), at)
        return Loaded(len(rows), kept, translated)


def _dutch(rows: Iterable[Row]) -> dict[str, Dutch]:
    """As the file has them, also of what staff have taken over."""
    texts = {row.text("key"): {name: row.text(name) for name in FEATURE_TEXTS} for row in rows}
    found = Feature.objects.filter(key__in=list(texts)).values_list("key", "pk")
    return {key: Dutch(f"feature:{pk}", texts[key]) for key, pk in found}


def _known() -> _Known:
    return _Known(
        kinds={each.value: each.value for each in Feature.Kind},
        sources={row.key: row for row in Source.objects.all()},
        municipalities={row.code: row for row in Municipality.objects.all()},
        statements=set(Statement.objects.order_by().values_list("key", flat=True)),
    )


def _load(key: str, content: dict[str, Any], at: datetime) -> bool:
    """Whether the row says what the file says; False where staff have taken it over."""
    row = Feature.objects.select_for_update().filter(key=key).first()
    if row is None:
        Feature.objects.create(key=key, **content, written_at=at, approved_at=at)
        return True
    if row.written_by_id is not None or row.withdrawn_at is not None:
        return False
    if any(getattr(row, name) != value for name, value in content.items()):
        for name, value in content.items():
            setattr(row, name, value)
        row.version += 1
        row.written_at = row.approved_at = at
        row.approved_by = None
        row.save()
    return True


def _content(row: Row, order: int, known: _Known) -> dict[str, Any]:
    return {
        "kind": row.one_of("kind", known.kinds),
        "title": row.text("title", LONGEST_TITLE),
        "text": row.text("text", LONGEST_TEXT),
        "source": row.one_of("source", known.sources),
        "link": row.optional_web_address("link", LONGEST_LINK),
        "municipality": row.optional_one_of("municipality", known.municipalities),
        "statements": _statements(row, known.statements),
        "order": order,
    }


def _statements(row: Row, known: set[str]) -> list[str]:
    if not row.values.get("statements"):
        return []
    keys = row.words("statements", 40)
    if unknown := sorted(set(keys) - known):
        raise row.error(f"statements names {', '.join(unknown)}, which is not known")
    return keys
