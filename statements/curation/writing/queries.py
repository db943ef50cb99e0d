"""What the pages show of the statements, in a fixed number of queries."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from parties.models import Contest, Election, User
from statements.curation.writing.difference import Names, is_other_text, turns_advice
from statements.models import Comment, Source, Statement, Term, Theme, Version

State = Statement.State
COUNTRY = "landelijk"  # in the filter: those for the whole country


@dataclass(frozen=True)
class ThemeCount:
    """How many statements a theme has, and how they are worded."""

    theme: str
    friendly: int
    unfriendly: int
    neutral: int

    @property
    def total(self) -> int:
        return self.friendly + self.unfriendly + self.neutral


@dataclass(frozen=True)
class Balance:
    """The national statements that were not withdrawn, as a whole."""

    themes: Sequence[ThemeCount]

    @property
    def total(self) -> int:
        return sum(each.total for each in self.themes)

    @property
    def friendly(self) -> int:
        """Of how many "agree" is the refugee-friendly answer."""
        return sum(each.friendly for each in self.themes)

    @property
    def unfriendly(self) -> int:
        return sum(each.unfriendly for each in self.themes)

    @property
    def neutral(self) -> int:
        return sum(each.neutral for each in self.themes)

    @property
    def leans(self) -> str:
        """Where "agree" leads when that is so for more than three in five; else nothing."""
        sides = {"friendly": self.friendly, "unfriendly": self.unfriendly}
        return next((side for side, count in sides.items() if 5 * count > 3 * self.total), "")


@dataclass(frozen=True)
class Overview:
    """The statements that someone may read, by theme, and what can be said of them as a whole."""

    groups: Sequence[tuple[Theme, Sequence[Statement]]]
    states: Sequence[tuple[State, int]]
    places: Sequence[tuple[str, str, int]]  # of local ones: slug and name of the place, how many
    asked: int
    total: int
    balance: Balance
    never_approved: Sequence[Statement]  # of what is shown: drafts that this person may withdraw


def overview(user: User, election: Election, *, state: str = "", place: str = "") -> Overview:
    """In two queries: the statements, and the themes."""
    every = list(_with_writers(Statement.objects.for_staff(user).filter(election=election)))
    shown = [row for row in every if state in ("", row.state) and place in ("", place_of(row))]
    counts = Counter(row.state for row in every)
    return Overview(
        groups=[(theme, list(rows)) for theme, rows in groupby(shown, key=lambda row: row.theme)],
        states=[(each, counts[each.value]) for each in State],
        places=_places(every),
        asked=sum(is_asked(row) for row in every),
        total=len(every),
        balance=_balance(every, list(Theme.objects.all())),
        never_approved=[row for row in shown if _is_their_first_draft(user, row)],
    )


def _is_their_first_draft(user: User, row: Statement) -> bool:
    is_theirs = user.is_national or row.municipality is not None
    return is_theirs and row.approved is None and row.state == State.DRAFT


def drafts(user: User, election: Election) -> list[Statement]:
    """Those that this person may hand in: begun or changed, and not given back."""
    rows = _theirs(user, election).filter(state=State.DRAFT)
    return list(_with_writers(rows).filter(Q(verdict="")))


def never_approved(user: User, election: Election) -> list[Statement]:
    """The drafts that this person may withdraw, also those given back: none was ever asked."""
    return list(_theirs(user, election).filter(state=State.DRAFT, approved=None))


def next_to_review(user: User, election: Election) -> Statement | None:
    """The first that waits, and that this person wrote nothing of since it was approved last."""
    own = Version.objects.filter(
        statement=OuterRef("pk"), by=user, number__gt=Coalesce(OuterRef("approved"), 0)
    )
    rows = _theirs(user, election).filter(state=State.IN_REVIEW).exclude(Exists(own))
    return rows.order_by("theme__order", "order", "pk").first()


def _theirs(user: User, election: Election) -> QuerySet[Statement]:
    """Those that this person may write and review: the national ones are for national staff."""
    rows = Statement.objects.for_staff(user).filter(election=election)
    return rows if user.is_national else rows.exclude(municipality=None)


def is_asked(statement: Statement) -> bool:
    return statement.approved is not None and statement.withdrawn_at is None


def place_of(statement: Statement) -> str:
    return statement.municipality.slug if statement.municipality else COUNTRY


def _places(rows: Sequence[Statement]) -> list[tuple[str, str, int]]:
    found = Counter(
        (row.municipality.slug, row.municipality.name) for row in rows if row.municipality
    )
    return [(slug, name, count) for (slug, name), count in sorted(found.items())]


def _with_writers(rows: QuerySet[Statement]) -> QuerySet[Statement]:
    """In the order of asking, each with who wrote its latest version and when."""
    last = Version.objects.filter(statement=OuterRef("pk"), number=OuterRef("latest"))
    return (
        rows.select_related("theme", "municipality")
        .annotate(
            writer=Subquery(last.values("by__name")),
            written_at=Subquery(last.values("at")),
            verdict=Subquery(last.values("verdict")),
        )
        .order_by("theme__order", F("municipality__name").asc(nulls_first=True), "order", "pk")
    )


def _balance(rows: Sequence[Statement], themes: Sequence[Theme]) -> Balance:
    counted = Counter(
        (row.theme_id, (row.recommendation > 0) - (row.recommendation < 0))
        for row in rows
        if row.municipality is None and row.withdrawn_at is None
    )
    return Balance(
        [
            ThemeCount(each.name, counted[each.pk, 1], counted[each.pk, -1], counted[each.pk, 0])
            for each in themes
        ]
    )


@dataclass(frozen=True)
class Dossier:
    """All that there is to know of one statement."""

    statement: Statement
    versions: Sequence[Version]  # the newest first
    comments: Sequence[Comment]
    names: Names

    @property
    def latest(self) -> Version:
        return self.versions[0]

    @property
    def asked(self) -> Version | None:
        """The version that voters and parties meet."""
        return self.numbered(self.statement.approved or 0) if is_asked(self.statement) else None

    @property
    def has_next(self) -> bool:
        """Something newer than what is asked was written."""
        return self.asked is not None and self.asked != self.latest

    @property
    def is_change(self) -> bool:
        """Some of what was written since the last approval means something else."""
        return any(row.nature == Version.Nature.CHANGE for row in self.unapproved)

    @property
    def is_mend(self) -> bool:
        """Its writers say that it still means what was approved."""
        return self.has_next and not self.is_change

    @property
    def doubts(self) -> list[str]:
        """What makes it hard to believe that it means the same."""
        if self.asked is None or not self.is_mend:
            return []
        before, after = self.asked.content, self.latest.content
        turned = turns_advice(before, after)
        found = ["Het advies van VluchtelingenWerk gaat naar een andere kant."] if turned else []
        if is_other_text(before["text"], after["text"]):
            found.append("Minder dan de helft van de woorden van de stelling is hetzelfde.")
        return found

    @property
    def unapproved(self) -> Sequence[Version]:
        return [row for row in self.versions if row.number > (self.statement.approved or 0)]

    def numbered(self, number: int) -> Version | None:
        return next((row for row in self.versions if row.number == number), None)

    def is_written_by(self, user: User) -> bool:
        """Whether this person wrote some of what is not approved yet."""
        return any(row.by_id == user.pk for row in self.unapproved)


def dossier(statement: Statement) -> Dossier:
    """In four queries."""
    rows = statement.versions.select_related("by", "reviewed_by").order_by("-number")
    comments = statement.comments.select_related("by")
    return Dossier(statement, list(rows), list(comments), names())


def names() -> Names:
    sources = {row.key: source_label(row) for row in Source.objects.all()}
    return Names(dict(Theme.objects.values_list("key", "name")), sources)


def source_label(source: Source) -> str:
    made = ", ".join(str(each) for each in (source.publisher, source.year) if each)
    return f"{source.title} ({made})"


def terms() -> list[Term]:
    return list(Term.objects.only("forms"))


def places(user: User, election: Election) -> list[tuple[str, str]]:
    """Slug and name of the municipalities that someone can write statements for."""
    contests = Contest.objects.for_staff(user).filter(election=election)
    rows = contests.order_by("municipality__name")
    return list(rows.values_list("municipality__slug", "municipality__name"))


def may_begin(user: User, election: Election) -> bool:
    """Whether there is anywhere to write a statement for."""
    contests = Contest.objects.for_staff(user).filter(election=election)
    return user.is_national or contests.exists()


def answered(statement: Statement) -> int:
    """How many lists have an answer to it."""
    return statement.positions.filter(party__withdrawn_at=None).count()
