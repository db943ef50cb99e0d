"""What there is to translate: the Dutch of one thing, where it belongs, and its name."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import F, Q, QuerySet, TextChoices

from parties.models import Election, Municipality, Party, User
from statements import translations
from statements.curation.translating.motivations import motivations
from statements.models import Feature, Position, Statement, Term, Theme
from statements.translations import Texts

LONGEST_NUMBER = 18  # digits that a key of the database can have


class Kind(TextChoices):
    """With the word that begins the name of such a subject."""

    STATEMENT = "statement", "Stellingen"
    THEME = "theme", "Thema's"
    TERM = "term", "Moeilijke woorden"
    FEATURE = "feature", "Voorbeelden en verhalen"
    MOTIVATION = "motivation", "Toelichtingen van partijen"


@dataclass(frozen=True)
class Subject:
    """One thing with Dutch texts. `place` is whose it is: None for what is national."""

    kind: Kind
    key: str
    title: str
    texts: Texts
    place: Municipality | None = None
    about: Election | Party | Municipality | None = None
    said_by: Position | None = None  # of a motivation: to which statement, by which list
    waits: bool = False  # not asked yet: a second person still reads the Dutch

    @property
    def name(self) -> str:
        """As a translation names it: "statement:12"."""
        return f"{self.kind.value}:{self.key}"

    @property
    def address(self) -> str:
        """As it stands in an address: "statement-12"."""
        return f"{self.kind.value}-{self.key}"

    @cached_property
    def digest(self) -> str:
        return translations.digest(self.texts)


def subjects(user: User, election: Election, places: Sequence[str] | None = None) -> list[Subject]:
    """All that this person may translate but the motivations: those are too many to hold.

    With `places` (codes of municipalities) only what belongs to one of these.
    """
    local = [
        *_statements(Statement.objects.for_staff(user), election),
        *_features(Feature.objects.for_staff(user)),
    ]
    if places is not None:
        return [each for each in local if each.place and each.place.code in places]
    if not user.is_national:
        return [each for each in local if each.place]
    national = [*map(of_theme, Theme.objects.all()), *map(of_term, Term.objects.all())]
    found = [*local, *national]
    return sorted(found, key=lambda each: Kind.values.index(each.kind.value))


def find(election: Election, address: str) -> Subject | None:
    """The subject of this address, whoever may translate it."""
    kind, _, key = address.partition("-")
    if kind == Kind.THEME:
        return _first(map(of_theme, Theme.objects.filter(key=key)))
    if kind == Kind.TERM:
        return _first(map(of_term, Term.objects.filter(key=key)))
    if not key.isdecimal() or len(key) > LONGEST_NUMBER:
        return None
    if kind == Kind.STATEMENT:
        return _first(_statements(Statement.objects.filter(pk=key), election))
    if kind == Kind.FEATURE:
        return _first(_features(Feature.objects.filter(pk=key)))
    if kind == Kind.MOTIVATION:
        return _first(map(of_motivation, motivations(Party.objects.all(), election).filter(pk=key)))
    return None


def _first(found: Iterable[Subject]) -> Subject | None:
    return next(iter(found), None)


def _statements(rows: QuerySet[Statement], election: Election) -> list[Subject]:
    """Those that are asked, and behind them those of which the first version is being read."""
    in_review = Q(approved=None, state=Statement.State.IN_REVIEW)
    found = (
        rows.filter(Q(approved__isnull=False) | in_review, election=election, withdrawn_at=None)
        .select_related("election", "municipality")
        .prefetch_related("backgrounds")
        .order_by(F("municipality__slug").asc(nulls_first=True), "theme__order", "order", "pk")
    )
    return sorted(map(of_statement, found), key=lambda each: each.waits)


def _features(rows: QuerySet[Feature]) -> list[Subject]:
    """Those that voters see."""
    found = (
        rows.filter(approved_at__isnull=False, withdrawn_at=None)
        .select_related("municipality")
        .order_by(F("municipality__slug").asc(nulls_first=True), "kind", "order", "pk")
    )
    return [of_feature(row) for row in found]


def of_statement(row: Statement) -> Subject:
    texts = translations.statement_texts(row, list(row.backgrounds.all()))
    return Subject(
        Kind.STATEMENT,
        str(row.pk),
        row.text,
        texts,
        place=row.municipality,
        about=row.municipality or row.election,
        waits=row.approved is None,
    )


def of_theme(row: Theme) -> Subject:
    return Subject(Kind.THEME, row.key, row.name, translations.theme_texts(row))


def of_term(row: Term) -> Subject:
    return Subject(Kind.TERM, row.key, row.term, translations.term_texts(row))


def of_feature(row: Feature) -> Subject:
    texts = translations.feature_texts(row)
    place = row.municipality
    return Subject(Kind.FEATURE, str(row.pk), row.title, texts, place=place, about=place)


def of_motivation(row: Any) -> Subject:
    """From one of `motivations`, which says what is shown of it."""
    return Subject(
        Kind.MOTIVATION,
        str(row.pk),
        f"{row.party}, {row.party.contest.municipality.name}",
        translations.motivation_texts(row.shown),
        place=row.party.contest.municipality,
        about=row.party,
        said_by=row,
    )
