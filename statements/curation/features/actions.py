"""What staff do with what is told beside the statements: write, approve, withdraw."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.text import slugify

from parties import audit
from parties.models import Municipality, User
from statements.models import Feature, Source

LONGEST_KEY = 60
CONTENT = ("kind", "title", "text", "source", "link", "municipality", "statements", "order")


class FeatureError(Exception):
    """Something that cannot be done to a feature as it stands now."""


class ConflictError(FeatureError):
    """Someone else changed it since it was read."""


class OwnWorkError(FeatureError):
    """Whoever wrote it cannot be the one to approve it."""


class WithdrawnError(FeatureError):
    """It was withdrawn."""


@dataclass(frozen=True)
class NewSource:
    """A source that no text rests on yet."""

    title: str
    publisher: str
    year: int | None = None


@dataclass(frozen=True)
class Content:
    """What staff write of a feature."""

    kind: str
    title: str
    text: str
    source: Source | NewSource
    link: str
    municipality: Municipality | None
    statements: list[str]
    order: int = 0


@transaction.atomic
def create(content: Content, *, by: User, at: datetime) -> Feature:
    """Write a new one; voters see it after a second person approved it."""
    row = Feature(key=free_key(content.title, _is_feature), written_by=by, written_at=at)
    _write(row, content)
    row.save(force_insert=True)
    _record("feature-written", "Geschreven", row, by=by, at=at)
    return row


@transaction.atomic
def change(feature: Feature, content: Content, *, seen: int, by: User, at: datetime) -> bool:
    """Let it say this, and want a second pair of eyes again. False when it says so already.

    Raises ConflictError and WithdrawnError.
    """
    row = _locked(feature, seen)
    if row.withdrawn_at is not None:
        raise WithdrawnError
    before = [getattr(row, name) for name in CONTENT]
    _write(row, content)
    if [getattr(row, name) for name in CONTENT] == before:
        return False
    _unapproved(row, by, at)
    _record("feature-changed", "Veranderd", row, by=by, at=at)
    return True


@transaction.atomic
def approve(feature: Feature, *, seen: int, by: User, at: datetime) -> None:
    """Let voters see it, from the next edition on; the database holds that it takes two people.

    Raises ConflictError, WithdrawnError and OwnWorkError.
    """
    row = _locked(feature, seen)
    if row.withdrawn_at is not None:
        raise WithdrawnError
    if row.approved_at is not None:
        return
    if row.written_by_id == by.pk:
        raise OwnWorkError
    row.approved_by, row.approved_at = by, at
    row.save(update_fields=["approved_by", "approved_at"])
    _record("feature-approved", "Goedgekeurd", row, by=by, at=at)


@transaction.atomic
def withdraw(feature: Feature, *, by: User, at: datetime) -> None:
    """Show it no more, from the next edition on. It is kept."""
    row = _locked(feature)
    if row.withdrawn_at is not None:
        return
    row.withdrawn_by, row.withdrawn_at = by, at
    row.save(update_fields=["withdrawn_by", "withdrawn_at"])
    _record("feature-withdrawn", "Ingetrokken", row, by=by, at=at)


@transaction.atomic
def restore(feature: Feature, *, by: User, at: datetime) -> None:
    """Take it up again; someone else then looks at it before voters see it."""
    row = _locked(feature)
    if row.withdrawn_at is None:
        return
    row.withdrawn_by = row.withdrawn_at = None
    _unapproved(row, by, at)
    _record("feature-restored", "Teruggehaald", row, by=by, at=at)


def free_key(title: str, is_taken: Callable[[str], bool]) -> str:
    """A key made of a title, with a number behind it where the plain one is taken."""
    plain = slugify(title)[:LONGEST_KEY].strip("-_") or "zonder-naam"
    key, number = plain, 1
    while is_taken(key):
        number += 1
        key = f"{plain[: LONGEST_KEY - 5].rstrip('-_')}-{number}"
    return key


def _is_feature(key: str) -> bool:
    return Feature.objects.filter(key=key).exists()


def _locked(feature: Feature, seen: int | None = None) -> Feature:
    """Its row as it stands, for this transaction alone. Raises ConflictError."""
    rows = Feature.objects.select_for_update(of=("self",))
    row = rows.select_related("municipality", "source").get(pk=feature.pk)
    if seen is not None and row.version != seen:
        raise ConflictError
    return row


def _write(row: Feature, content: Content) -> None:
    for name in CONTENT:
        if name != "source":
            setattr(row, name, getattr(content, name))
    row.source = _kept_source(content.source)


def _unapproved(row: Feature, by: User, at: datetime) -> None:
    row.version += 1
    row.written_by, row.written_at = by, at
    row.approved_by = row.approved_at = None
    row.save()


def _kept_source(source: Source | NewSource) -> Source:
    """A row for it: the one that says the same, if there is one."""
    if isinstance(source, Source):
        return source
    said = {"title": source.title, "publisher": source.publisher, "year": source.year}
    known = Source.objects.filter(**said).first()
    if known is not None:
        return known
    key = free_key(source.title, lambda key: Source.objects.filter(key=key).exists())
    return Source.objects.create(key=key, **said)


def _record(act: str, done: str, row: Feature, *, by: User, at: datetime) -> None:
    what = f"{done}: {row.get_kind_display()} ‘{row.title}’"
    audit.record(
        act, what, by=by, at=at, about=row.municipality, feature=row.key, version=row.version
    )
