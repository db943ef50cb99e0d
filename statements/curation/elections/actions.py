"""Beginning a new election with what was asked in an earlier one, and mending a wrong one."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from parties import elections
from parties.audit import record
from parties.models import Election, User
from statements.curation.elections import queries
from statements.models import Background, Statement, Translation, Version
from statements.translations import digest, statement_texts
from statements.versions import PLAIN


class TouchedError(elections.ElectionError):
    """Something of the election was published, or a list answered."""


class OwnDeadlineError(elections.ElectionError):
    """A municipality has a deadline of its own that lies after the new day."""


@dataclass(frozen=True)
class Facts:
    """What only an untouched election can change."""

    date: date
    slug: str
    municipality_year: int
    postcode_year: int | None


@transaction.atomic
def correct(election: Election, facts: Facts, *, seen: str, by: User, at: datetime) -> Election:
    """Another day, address or year for an election that was made by mistake.

    Raises TouchedError, OwnDeadlineError, or from parties.elections ChangedError, SlugTakenError,
    LateDeadlineError or UnknownMunicipalityError.
    """
    election = Election.objects.select_for_update().get(pk=election.pk)
    if elections.seal(election) != seen:
        raise elections.ChangedError
    if not queries.is_untouched(election):
        raise TouchedError
    before = {name: getattr(election, name) for name in asdict(facts)}
    changes = {name: value for name, value in asdict(facts).items() if before[name] != value}
    _check(election, facts)
    if not changes:
        return election
    Election.objects.filter(pk=election.pk).update(**changes)
    election.refresh_from_db()
    details = {name: [str(before[name]), str(value)] for name, value in changes.items()}
    what = f"Verkiezing verbeterd: {election}, op {election.date:%d-%m-%Y}, adres {election.slug}"
    record("election-corrected", what, by=by, at=at, about=election, changes=details)
    return election


def _check(election: Election, facts: Facts) -> None:
    if Election.objects.exclude(pk=election.pk).filter(slug=facts.slug).exists():
        raise elections.SlugTakenError
    elections.check_deadline(facts.date, election.deadline)
    own = election.contests.exclude(own_deadline=None).values_list("own_deadline", flat=True)
    if any(timezone.localdate(each) > facts.date for each in own if each):
        raise OwnDeadlineError
    real = election.contests.filter(municipality__is_example=False)
    old = real.exclude(municipality__years__contains=[facts.municipality_year])
    if old.exclude(municipality__years=[]).exists():
        raise elections.UnknownMunicipalityError


@dataclass(frozen=True)
class Copied:
    """How many statements, how many translations of them, and how many were there already."""

    statements: int
    translations: int
    present: int


@transaction.atomic
def copy_statements(election: Election, source: Election, *, by: User, at: datetime) -> Copied:
    """Take what was asked in `source` as drafts of this person; what is there already stays.

    A statement for one municipality comes along where that elects a council. Reviewed
    translations come along too: the Dutch that they were made from is the same.
    """
    Election.objects.select_for_update().get(pk=election.pk)
    asked = list(_asked(election, source))
    there = set(election.statements.values_list("key", flat=True))
    wanted = [each for each in asked if each.key not in there]
    made = Statement.objects.bulk_create([_draft(each, election) for each in wanted])
    pairs = list(zip(wanted, made, strict=True))
    _copy_backgrounds(pairs)
    Version.objects.bulk_create(_version(old, new, source, by, at) for old, new in pairs)
    copied = Copied(len(made), _copy_translations(pairs), len(asked) - len(made))
    if made:
        what = f"{len(made)} stellingen van {source} overgenomen als concept voor {election}"
        details = {"source": source.slug, "keys": [each.key for each in made]}
        record("statements-copied", what, by=by, at=at, about=election, **details)
    return copied


def _asked(election: Election, source: Election) -> Sequence[Statement]:
    """What may come along, with all that it is made of."""
    councils = election.contests.values("municipality")
    return list(
        Statement.objects.asked()
        .filter(Q(municipality=None) | Q(municipality__in=councils), election=source)
        .select_related("theme", "source")
        .prefetch_related("backgrounds__source")
        .order_by("theme__order", "order", "pk")
    )


def _draft(statement: Statement, election: Election) -> Statement:
    texts = {name: getattr(statement, name) for name in PLAIN}
    return Statement(
        election=election,
        municipality_id=statement.municipality_id,
        key=statement.key,
        theme_id=statement.theme_id,
        order=statement.order,
        source_id=statement.source_id,
        latest=1,
        **texts,
    )


def _copy_backgrounds(pairs: Sequence[tuple[Statement, Statement]]) -> None:
    Background.objects.bulk_create(
        Background(statement=new, order=each.order, text=each.text, source_id=each.source_id)
        for old, new in pairs
        for each in old.backgrounds.all()
    )


def _version(old: Statement, new: Statement, source: Election, by: User, at: datetime) -> Version:
    backgrounds = [{"text": row.text, "source": row.source.key} for row in old.backgrounds.all()]
    content = {name: getattr(old, name) for name in PLAIN}
    return Version(
        statement=new,
        number=1,
        nature=Version.Nature.NEW,
        content=content
        | {"theme": old.theme.key, "source": old.source.key, "backgrounds": backgrounds},
        by=by,
        at=at,
        note=f"Overgenomen van {source}.",
    )


def _copy_translations(pairs: Sequence[tuple[Statement, Statement]]) -> int:
    """The reviewed ones that are not stale; what was there for the copy stays."""
    new_of = {f"statement:{old.pk}": (old, new) for old, new in pairs}
    copies = []
    for row in Translation.objects.reviewed().filter(subject__in=list(new_of)):
        old, new = new_of[row.subject]
        if row.source_digest == digest(statement_texts(old, list(old.backgrounds.all()))):
            row.pk, row.subject, row.version = None, f"statement:{new.pk}", 1
            row._state.adding = True
            copies.append(row)
    return len(Translation.objects.bulk_create(copies))
