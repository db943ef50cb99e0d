"""Writing a translation, and reading one that a colleague wrote."""

from collections.abc import Mapping
from datetime import datetime

from django.db import IntegrityError, transaction

from parties.audit import record
from parties.models import User
from statements.curation.translating.languages import Language
from statements.curation.translating.subjects import Subject
from statements.models import Translation
from statements.translations import is_complete


class TranslationError(Exception):
    """Something kept the act from being done; nothing was changed."""


class ConflictError(TranslationError):
    """Somebody else saved a translation that this person did not see."""


class DutchChangedError(TranslationError):
    """The Dutch is no longer what this person saw, or what the translation was made from."""


class NothingWrittenError(TranslationError):
    """There is no translation to read."""


class IncompleteError(TranslationError):
    """A field is still empty."""


class OwnWorkError(TranslationError):
    """Who wrote it last does not review it."""


@transaction.atomic
def save(
    subject: Subject,
    language: Language,
    texts: Mapping[str, str],
    *,
    seen: int,
    dutch_seen: str,
    by: User,
    at: datetime,
) -> Translation:
    """Keep these texts as a draft, made from the Dutch as it is now.

    `seen` is the version that the writer saw (0: none), `dutch_seen` the digest of the Dutch.
    What says the same as it did, of the same Dutch, stays as it is, reviewed or not.
    Raises DutchChangedError and ConflictError.
    """
    if dutch_seen != subject.digest:
        raise DutchChangedError
    row = _locked(subject, language)
    if row and (row.texts, row.source_digest) == (texts, dutch_seen):
        return row
    if seen != (row.version if row else 0):
        raise ConflictError
    row = row or Translation(language=language.code, subject=subject.name, version=0)
    row.texts, row.source_digest, row.version = dict(texts), dutch_seen, row.version + 1
    row.written_by, row.written_at = by, at
    row.reviewed_by = row.reviewed_at = None
    _keep(row)
    _record("translation-saved", "vertaald", subject, language, by=by, at=at)
    return row


@transaction.atomic
def review(
    subject: Subject, language: Language, *, seen: int, by: User, at: datetime
) -> Translation:
    """Let voters see it from the next edition on.

    Raises NothingWrittenError, ConflictError, DutchChangedError, IncompleteError, OwnWorkError.
    """
    row = _locked(subject, language)
    if row is None:
        raise NothingWrittenError
    if row.version != seen:
        raise ConflictError
    if row.source_digest != subject.digest:
        raise DutchChangedError
    if not is_complete(row.texts, subject.texts):
        raise IncompleteError
    if row.written_by_id == by.pk:
        raise OwnWorkError
    if row.reviewed_at is None:
        row.reviewed_by, row.reviewed_at = by, at
        row.save(update_fields=["reviewed_by", "reviewed_at"])
        _record("translation-reviewed", "nagelezen", subject, language, by=by, at=at)
    return row


def _locked(subject: Subject, language: Language) -> Translation | None:
    rows = Translation.objects.select_for_update()
    return rows.filter(language=language.code, subject=subject.name).first()


def _keep(row: Translation) -> None:
    """Raises ConflictError when someone else was first to write one."""
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise ConflictError from error


def _record(
    act: str, did: str, subject: Subject, language: Language, *, by: User, at: datetime
) -> None:
    what = f"In het {language.name} {did}: {subject.title}"
    details = {"language": language.code, "subject": subject.name}
    record(act, what, by=by, at=at, about=subject.about, **details)
