"""The forms that a statement had: from its row to a version's content, and back."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from statements.models import Background, Source, Statement, Theme, Version

PLAIN = ("text", "explanation", "argument_for", "argument_against", "recommendation", "reason")
Content = Mapping[str, Any]


def content_of(statement: Statement) -> dict[str, Any]:
    """What a version keeps of it, as its row and its backgrounds stand now."""
    content: dict[str, Any] = {name: getattr(statement, name) for name in PLAIN}
    backgrounds = statement.backgrounds.select_related("source")
    return content | {
        "theme": statement.theme.key,
        "source": statement.source.key,
        "backgrounds": [{"text": row.text, "source": row.source.key} for row in backgrounds],
    }


def apply(statement: Statement, content: Content) -> None:
    """Let the statement's row and its backgrounds say this. Does not save the row."""
    set_columns(statement, content)
    replace_backgrounds(statement, content["backgrounds"])


def set_columns(statement: Statement, content: Content) -> None:
    """Let the row say this, which may be new. Does not save it."""
    for name in PLAIN:
        setattr(statement, name, content[name])
    statement.theme = Theme.objects.get(key=content["theme"])
    statement.source = Source.objects.get(key=content["source"])


def replace_backgrounds(statement: Statement, backgrounds: Sequence[Content]) -> None:
    """With these, each a text and the key of its source; the statement's row exists."""
    sources = Source.objects.in_bulk({each["source"] for each in backgrounds}, field_name="key")
    statement.backgrounds.all().delete()
    Background.objects.bulk_create(
        Background(
            statement=statement, order=order, text=each["text"], source=sources[each["source"]]
        )
        for order, each in enumerate(backgrounds, 1)
    )


def keep_loaded(statement: Statement, at: datetime) -> None:
    """Count what a file says of a statement as approved: its next version, when anything differs.

    A withdrawn statement stays withdrawn.
    """
    content = content_of(statement)
    last = statement.versions.order_by("-number").first()
    if last is not None and last.content == content and statement.approved == last.number:
        return
    statement.latest += 1
    Version.objects.create(
        statement=statement,
        number=statement.latest,
        nature=Version.Nature.NEW if last is None else Version.Nature.MEND,
        content=content,
        by=None,
        at=at,
        note="Ingelezen uit een bestand.",
        verdict=Version.Verdict.APPROVED,
        reviewed_at=at,
    )
    statement.approved, statement.approved_at = statement.latest, at
    if statement.withdrawn_at is None:
        statement.state = Statement.State.APPROVED
    statement.save(update_fields=["latest", "approved", "approved_at", "state"])
