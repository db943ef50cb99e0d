"""For tests: a statement that gets another meaning, as it does once a change is approved."""

from datetime import datetime

from parties.models import User
from statements.models import Statement, Version
from statements.versions import content_of


def change(statement: Statement, text: str, at: datetime, *, mend: bool = False) -> Statement:
    """Approve this text as its next version: another meaning, or only better words."""
    author, _ = User.objects.get_or_create(email="schrijver@example.nl")
    reviewer, _ = User.objects.get_or_create(email="lezer@example.nl")
    statement.text = text
    statement.latest += 1
    Version.objects.create(
        statement=statement,
        number=statement.latest,
        nature=Version.Nature.MEND if mend else Version.Nature.CHANGE,
        content=content_of(statement),
        by=author,
        at=at,
        verdict=Version.Verdict.APPROVED,
        reviewed_by=reviewer,
        reviewed_at=at,
    )
    statement.approved, statement.approved_at = statement.latest, at
    if not mend:
        statement.meaning, statement.meaning_since = statement.meaning + 1, at
    statement.save()
    return statement
