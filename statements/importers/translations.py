"""Other languages of our own texts, from the TOML files that lie beside the Dutch ones."""

import glob
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db.models import Model

from parties.importers.tables import FixtureError, Row, read_entries, unique
from statements.models import Feature, Statement, Term, Theme, Translation
from statements.translations import (
    FEATURE_TEXTS,
    STATEMENT_TEXTS,
    TERM_TEXTS,
    THEME_TEXTS,
    Texts,
    digest,
)

DIGEST = r"[0-9a-f]{64}"


@dataclass(frozen=True)
class Kind:
    """What is translated: how the files name it, and how long each text may be, as in Dutch."""

    name: str
    lengths: Mapping[str, int | None]
    has_backgrounds: bool = False

    @classmethod
    def of(
        cls, model: type[Model], texts: Sequence[str], *, has_backgrounds: bool = False
    ) -> "Kind":
        fields = {name: model._meta.get_field(name) for name in texts}
        lengths = {name: getattr(field, "max_length", None) for name, field in fields.items()}
        return cls(model.__name__.lower(), lengths, has_backgrounds)

    @property
    def fields(self) -> list[str]:
        return ["key", "made_of", *self.lengths, *(["background"] if self.has_backgrounds else [])]


STATEMENT = Kind.of(Statement, STATEMENT_TEXTS, has_backgrounds=True)
THEME = Kind.of(Theme, THEME_TEXTS)
TERM = Kind.of(Term, TERM_TEXTS)
FEATURE = Kind.of(Feature, FEATURE_TEXTS)


@dataclass(frozen=True)
class Dutch:
    """One thing as the Dutch file has it: what a translation of it is called, and its texts."""

    subject: str
    texts: Texts


@dataclass(frozen=True)
class Translated:
    """What one file holds: how many entries, which of them staff took over, which are stale."""

    language: str
    count: int
    kept: Sequence[str]
    stale: Sequence[str]


def load_translations(
    path: Path, kind: Kind, dutch: dict[str, Dutch], at: datetime
) -> list[Translated]:
    """Load what lies beside the Dutch file `path` (of gr2022.toml: gr2022.en.toml), reviewed.

    Whoever may load files answers for the review. What a file wrote before is updated; what staff
    wrote or changed is left as it is. `dutch` is what the Dutch file holds, by key.

    Which Dutch an entry was made of, it says itself: `made_of`, the digest. To compute that here
    would call fresh what nobody read again: from the database, where staff may have changed the
    Dutch; but from the file beside it no less, where anyone can change the Dutch and forget the
    translation. An entry made of other Dutch is loaded all the same, since a change of the Dutch
    cannot wait for every language; it is stale from the start, and `statements.translations`
    publishes nothing that is. Raises FixtureError; the caller's transaction undoes what was loaded.
    """
    return [_load(file, language, kind, dutch, at) for language, file in _beside(path)]


def in_words(found: Sequence[Translated]) -> str:
    """What the commands say of it: a sentence for each language; "" when there is none."""
    return " ".join(
        _sentence(language, [each for each in found if each.language == language])
        for language in sorted({each.language for each in found})
    )


def _sentence(language: str, found: Sequence[Translated]) -> str:
    parts = [f"In {language}: {sum(each.count for each in found)} texts"]
    if kept := [name for each in found for name in each.kept]:
        parts.append(f"left as staff changed them: {', '.join(kept)}")
    if stale := [name for each in found for name in each.stale]:
        parts.append(f"made of other Dutch, so not published: {', '.join(stale)}")
    return "; ".join(parts) + "."


def _beside(path: Path) -> Iterator[tuple[str, Path]]:
    """The translations of a file: the language of each, and where it lies."""
    for file in sorted(path.parent.glob(f"{glob.escape(path.stem)}.*{path.suffix}")):
        language = file.name.removeprefix(f"{path.stem}.").removesuffix(path.suffix)
        if language not in settings.TRANSLATED_INTO:
            known = ",".join(settings.TRANSLATED_INTO)
            reason = f"{language!r} is not a language of TRANSLATED_INTO ({known})"
            raise FixtureError(file, None, f"{reason}; add it there or take the file away")
        yield language, file


def _load(
    file: Path, language: str, kind: Kind, dutch: dict[str, Dutch], at: datetime
) -> Translated:
    rows = list(unique(read_entries(file, kind.name, kind.fields), "key"))
    subjects = [each.subject for each in dutch.values()]
    saved = Translation.objects.select_for_update().filter(language=language, subject__in=subjects)
    known = {each.subject: each for each in saved}
    kept, stale = [], []
    for row in rows:
        name, original = f"{kind.name} {row.text('key')}", row.one_of("key", dutch)
        made_of, texts = _made_of(row, original), _texts(row, kind)
        is_stale = made_of != digest(original.texts)
        if not is_stale and len(texts) != len(original.texts):
            raise row.error("has not as many backgrounds as the Dutch that it was made of")
        found = known.get(original.subject) or Translation(
            language=language, subject=original.subject, version=0
        )
        if not keep(found, texts, made_of, at):
            kept.append(name)
        elif is_stale:
            stale.append(name)
    return Translated(language, len(rows), kept, stale)


def _made_of(row: Row, original: Dutch) -> str:
    made_of = row.optional_text("made_of")
    if not re.fullmatch(DIGEST, made_of):
        now = digest(original.texts)
        raise row.error(f"made_of is {made_of!r}, no digest; that of the Dutch is now {now}")
    return made_of


def _texts(row: Row, kind: Kind) -> dict[str, str]:
    """By the name of the field, the backgrounds by their order."""
    backgrounds = enumerate(row.entries(f"{kind.name}.background", ["text"]), 1)
    return {
        **{name: row.text(name, longest) for name, longest in kind.lengths.items()},
        **{f"background-{order}": each.text("text") for order, each in backgrounds},
    }


def keep(row: Translation, texts: Mapping[str, str], made_of: str, at: datetime) -> bool:
    """Whether the row says what the file says; False where staff have taken it over."""
    if row.written_by_id is not None:
        return False
    if (row.texts, row.source_digest) == (texts, made_of) and row.reviewed_at is not None:
        return True
    row.texts, row.source_digest, row.version = dict(texts), made_of, row.version + 1
    row.written_at = row.reviewed_at = at
    row.reviewed_by = None
    row.save()
    return True
