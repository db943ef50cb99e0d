"""Which Dutch texts have a translation that may be published: reviewed, whole, not stale."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any, TypeAlias

from statements.models import Background, Feature, Statement, Term, Theme, Translation

Texts: TypeAlias = Mapping[str, str]  # Dutch, or one translation of it, by the name of the field
STATEMENT_TEXTS = ("text", "explanation", "argument_for", "argument_against", "reason")
THEME_TEXTS = ("name", "question", "summary")
TERM_TEXTS = ("term", "explanation")
FEATURE_TEXTS = ("title", "text")


def digest(texts: Texts) -> str:
    """SHA-256 of the Dutch: a translation made from other Dutch is stale."""
    plain = json.dumps(dict(texts), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(plain.encode()).hexdigest()


def statement_texts(statement: Statement, backgrounds: list[Background]) -> Texts:
    """The texts as they are asked, the backgrounds by their order: "background-1"."""
    texts = {name: str(getattr(statement, name)) for name in STATEMENT_TEXTS}
    return texts | {f"background-{each.order}": each.text for each in backgrounds}


def version_texts(content: Mapping[str, Any]) -> Texts:
    """The same of a version's content (`versions.content_of`)."""
    texts = {name: str(content[name]) for name in STATEMENT_TEXTS}
    backgrounds = enumerate(content["backgrounds"], 1)
    return texts | {f"background-{order}": each["text"] for order, each in backgrounds}


def theme_texts(theme: Theme) -> Texts:
    return {name: str(getattr(theme, name)) for name in THEME_TEXTS}


def term_texts(term: Term) -> Texts:
    return {name: str(getattr(term, name)) for name in TERM_TEXTS}


def feature_texts(feature: Feature) -> Texts:
    return {name: str(getattr(feature, name)) for name in FEATURE_TEXTS}


def motivation_texts(motivation: str) -> Texts:
    return {"motivation": motivation}


def is_complete(texts: Texts, dutch: Texts) -> bool:
    """Whether everything that is said in Dutch is said in the translation."""
    return all(name in texts and (texts[name] or not dutch[name]) for name in dutch)


class Published:
    """The translations that may be published of these subjects; asked for in one query."""

    def __init__(self, subjects: Mapping[str, Texts]) -> None:
        rows = Translation.objects.reviewed().filter(subject__in=list(subjects))
        self._found: dict[str, dict[str, Texts]] = {}
        for row in rows.order_by("language"):
            dutch = subjects[row.subject]
            if row.source_digest == digest(dutch) and is_complete(row.texts, dutch):
                self._found.setdefault(row.subject, {})[row.language] = row.texts

    def of(self, subject: str) -> Mapping[str, Texts]:
        """By language, in the order of their codes."""
        return self._found.get(subject, {})
