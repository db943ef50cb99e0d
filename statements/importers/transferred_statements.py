"""Statements that were published by another Stemhulp, or here for another election.

Taken over as when loaded from a file: where they come from, somebody read them. Themes and sources
belong to all elections: one that is known here stays as it is here.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Exists, Max, OuterRef

from parties.importers.tables import Row, unique
from parties.models import Election, Municipality
from statements import versions
from statements.importers.statements import KEY
from statements.importers.translations import STATEMENT, THEME, Kind, keep
from statements.models import Position, Research, Source, Statement, Theme, Translation
from statements.translations import Texts, digest, statement_texts, theme_texts

# The columns without which there is no statement.
NEEDED = (
    *("statement_key", "statement_text", "explanation", "argument_for", "argument_against"),
    *("recommendation", "reason", "theme_key", "theme_name", "theme_question", "theme_summary"),
    *("source_key", "source_title", "source_publisher"),
)

SOURCE = ("key", "title", "publisher", "year")


@dataclass
class Statements:
    """What came of a file: how many, and what was kept as it was here."""

    count: int = 0
    kept: list[str] = field(default_factory=list)  # "theme opvang", as they are called


def load(election: Election, rows: Iterable[Row], at: datetime) -> Statements:
    """Take these over, in this order. Raises FixtureError; whoever calls undoes what was done.

    What exists is updated by its key, unless a list answered it here as it is put now.
    """
    loading = _Loading(election, at)
    for order, row in enumerate(unique(iter(rows), "statement_key"), 1):
        loading.take(row, order)
    return loading.done


class _Loading:
    def __init__(self, election: Election, at: datetime) -> None:
        self.election, self.at = election, at
        self.done = Statements()
        self.themes = Theme.objects.in_bulk(field_name="key")
        self.sources = Source.objects.in_bulk(field_name="key")
        known = election.statements.annotate(
            is_answered=Exists(Position.objects.filter(statement=OuterRef("pk")))
            | Exists(Research.objects.filter(statement=OuterRef("pk")))
        )
        self.known = {each.key: each for each in known}
        local = Municipality.objects.filter(contests__election=election)
        self.municipalities = {each.code: each for each in local}
        self.translations = {
            (each.language, each.subject): each for each in Translation.objects.select_for_update()
        }

    def take(self, row: Row, order: int) -> None:
        key = row.matching("statement_key", KEY, 40)
        place = self._place(row)
        texts = self._texts(row)
        if (known := self.known.get(key)) is not None:
            _check(row, known, place, texts)
        backgrounds = [self._background(each) for each in _backgrounds(row)]
        statement, _ = Statement.objects.update_or_create(
            election=self.election,
            key=key,
            defaults={
                **texts,
                "municipality": place,
                "theme": self._theme(row),
                "order": order,
                "recommendation": row.integer("recommendation", -2, 2),
                "source": self._source(_part(row, _of_the_row(row))),
            },
        )
        versions.replace_backgrounds(statement, backgrounds)
        versions.keep_loaded(statement, self.at)
        self._translate(row, statement)
        self.done.count += 1

    def _place(self, row: Row) -> Municipality | None:
        """Where it is asked; None for everywhere."""
        if not row.values.get("is_local"):
            return None
        return row.one_of("municipality_code", self.municipalities)

    def _texts(self, row: Row) -> dict[str, str]:
        return {
            "text": row.text("statement_text", 140),
            "explanation": row.text("explanation"),
            "argument_for": row.text("argument_for"),
            "argument_against": row.text("argument_against"),
            "reason": row.text("reason"),
        }

    def _theme(self, row: Row) -> Theme:
        key = row.matching("theme_key", KEY, 40)
        texts = {
            "name": row.text("theme_name", 60),
            "question": row.text("theme_question", 140),
            "summary": row.text("theme_summary"),
        }
        if (known := self.themes.get(key)) is not None:
            self._keep("theme", key, is_same=theme_texts(known) == texts)
            return known
        last = Theme.objects.aggregate(last=Max("order"))["last"] or 0
        made = self.themes[key] = Theme.objects.create(key=key, order=last + 1, **texts)
        for language, found in _by_language(row, row.values.get("theme_translations")):
            self._write(row, THEME, f"theme:{key}", texts, language, found)
        return made

    def _source(self, row: Row) -> Source:
        """Of its own key, title, publisher and year."""
        key = row.matching("key", KEY, 60)
        told = {
            "title": row.text("title", 200),
            "publisher": row.text("publisher", 120),
            "year": row.optional_integer("year", 1900, 2100),
        }
        if (known := self.sources.get(key)) is not None:
            here = {name: getattr(known, name) for name in told}
            self._keep("source", key, is_same=here == told)
            return known
        made = self.sources[key] = Source.objects.create(key=key, **told)
        return made

    def _background(self, row: Row) -> dict[str, str]:
        source = row.values.get("source")
        if not isinstance(source, dict):
            raise row.error("backgrounds: each must have a source")
        return {"text": row.text("text"), "source": self._source(_part(row, source)).key}

    def _keep(self, what: str, key: str, *, is_same: bool) -> None:
        name = f"{what} {key}"
        if not is_same and name not in self.done.kept:
            self.done.kept.append(name)

    def _translate(self, row: Row, statement: Statement) -> None:
        """Each language in which there is all that there is in Dutch."""
        dutch = statement_texts(statement, list(statement.backgrounds.all()))
        beside = [
            dict(_by_language(each, each.values.get("translations"))) for each in _backgrounds(row)
        ]
        for language, found in _by_language(row, row.values.get("translations")):
            texts = dict(found)
            for order, each in enumerate(beside, 1):
                texts[f"background-{order}"] = each.get(language, {}).get("text", "")
            self._write(row, STATEMENT, f"statement:{statement.pk}", dutch, language, texts)

    def _write(
        self, row: Row, kind: Kind, subject: str, dutch: Texts, language: str, found: Texts
    ) -> None:
        if set(found) != set(dutch):
            raise row.error(f"translations: {language} must have {', '.join(dutch)}")
        part = Row(row.path, row.line, dict(found))
        texts = {name: part.text(name, kind.lengths.get(name)) for name in dutch if dutch[name]}
        saved = self.translations.get((language, subject)) or Translation(
            language=language, subject=subject, version=0
        )
        if not keep(saved, texts, digest(dutch), self.at):
            self.done.kept.append(f"{subject} in {language}")


def _check(
    row: Row, known: Statement, place: Municipality | None, texts: Mapping[str, str]
) -> None:
    """What was answered here must not come to mean something else by a file."""
    if known.municipality_id != (place.code if place else None):
        raise row.error(f"{known.key} is asked elsewhere here; give it another key")
    is_answered: bool = known.is_answered  # type: ignore[attr-defined]  # annotated
    if is_answered and known.text != texts["text"]:
        raise row.error(
            f"{known.key} was answered here as “{known.text}”; change it in the browser, where the "
            "lists are asked again"
        )


def _of_the_row(row: Row) -> dict[str, Any]:
    """The source of the statement itself."""
    return {name: row.values.get(f"source_{name}") for name in SOURCE}


def _part(row: Row, values: Mapping[str, Any]) -> Row:
    """Something within a row, on the same line; what is null is not there."""
    return Row(
        row.path, row.line, {name: each for name, each in values.items() if each is not None}
    )


def _backgrounds(row: Row) -> Sequence[Row]:
    found = row.values.get("backgrounds") or []
    if not all(isinstance(each, dict) for each in found):
        raise row.error("backgrounds: each must be an object with a text and a source")
    return [Row(row.path, row.line, each) for each in found]


def _by_language(row: Row, found: Any) -> Iterable[tuple[str, Mapping[str, str]]]:
    """Texts by their language, of those that this Stemhulp translates into."""
    if not isinstance(found or {}, dict):
        raise row.error("translations must be an object, by the code of a language")
    for language, texts in (found or {}).items():
        if language not in settings.TRANSLATED_INTO:
            known = ",".join(settings.TRANSLATED_INTO)
            raise row.error(f"{language!r} is not a language of TRANSLATED_INTO ({known})")
        if not isinstance(texts, dict):
            raise row.error(f"translations: {language} must be an object")
        yield language, texts
