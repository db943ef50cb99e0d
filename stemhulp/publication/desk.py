"""What waits for someone of the editors, in a fixed number of queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import (
    BigIntegerField,
    Case,
    Count,
    F,
    Func,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce

from parties.models import Contest, Election, User
from statements.curation.translating.languages import languages
from statements.models import Feature, Position, Research, Statement, Translation, Version
from stemhulp.editions.models import Proposal

FEW = 5
EVERYWHERE = 0  # of what belongs to no election
OF_A_ROW = r"^(statement|feature|motivation):[0-9]{1,18}$"
NUMBER = Func(F("subject"), Value(":"), Value(2), function="split_part", output_field=TextField())


@dataclass(frozen=True)
class Desk:
    statements: Sequence[Statement]  # the first few to review
    statement_count: int
    returned: Sequence[Statement]  # the first few of this person's that were given back
    returned_count: int
    drafts: Sequence[tuple[str, str, int]]  # slug and name of an election, how many to hand in
    translations: Sequence[tuple[Election | None, int]]  # drafts of someone else; None: of all
    proposals: Sequence[Proposal]  # the first few, of someone else
    proposal_count: int
    asked: Sequence[Proposal]  # of this person, waiting for someone else
    research: Sequence[tuple[Election, int]]  # how many to check, per election
    features: int  # to approve
    deadlines: Sequence[tuple[datetime, str, int]]  # when, of which election, how many councils
    elections: Sequence[Election]  # with `contests_here`, `published_here` and `last_published`

    @property
    def is_empty(self) -> bool:
        to_read = self.statements or self.proposals or self.translations
        to_write = self.returned or self.drafts
        return not (to_read or to_write or self.research or self.features)

    @property
    def has_choice(self) -> bool:
        """Whether a line must say of which election it is."""
        return len(self.elections) > 1


def desk(user: User, at: datetime) -> Desk:
    contests = Contest.objects.for_staff(user)
    statements, statement_count = _first(_to_review(user))
    returned, returned_count = _first(_returned(user))
    waiting = Proposal.objects.waiting().filter(contest__in=contests)
    waiting = waiting.select_related("contest__election", "contest__municipality", "asked_by")
    proposals = list(waiting.order_by("asked_at"))
    others = [each for each in proposals if each.asked_by_id != user.pk]
    elections = _elections(contests)
    return Desk(
        statements=statements,
        statement_count=statement_count,
        returned=returned,
        returned_count=returned_count,
        drafts=_drafts(user),
        translations=_translations(user, contests, elections),
        proposals=others[:FEW],
        proposal_count=len(others),
        asked=[each for each in proposals if each.asked_by_id == user.pk][:FEW],
        research=_research(user, contests, elections),
        features=_features(user).count(),
        deadlines=_deadlines(contests, at),
        elections=elections,
    )


def _first(rows: QuerySet[Statement]) -> tuple[list[Statement], int]:
    """The first few, and how many there are."""
    shown = list(rows.select_related("election", "municipality")[: FEW + 1])
    return shown[:FEW], len(shown) if len(shown) <= FEW else rows.count()


def _theirs(user: User) -> QuerySet[Statement]:
    """What this person may write: the national ones are for national staff."""
    rows = Statement.objects.for_staff(user)
    return rows if user.is_national else rows.exclude(municipality=None)


def _returned(user: User) -> QuerySet[Statement]:
    """Those that this person wrote last, and that a colleague gave back."""
    last = Q(versions__number=F("latest"), versions__verdict=Version.Verdict.RETURNED)
    rows = _theirs(user).filter(last, versions__by=user, state=Statement.State.DRAFT)
    return rows.order_by("election", "order", "pk")


def _drafts(user: User) -> list[tuple[str, str, int]]:
    """Begun or changed, and not given back: how many wait to be handed in, per election."""
    last = Q(versions__number=F("latest"), versions__verdict="")
    rows = _theirs(user).filter(last, state=Statement.State.DRAFT).order_by()
    counted = rows.values_list("election__slug", "election__name").annotate(count=Count("pk"))
    return list(counted.order_by("-election__date"))


def _translations(
    user: User, contests: QuerySet[Contest], elections: Sequence[Election]
) -> list[tuple[Election | None, int]]:
    """Drafts that someone else wrote, of what this person may translate."""
    codes = [language.code for language in languages()]
    rows = Translation.objects.filter(reviewed_at=None, language__in=codes).exclude(written_by=user)
    number = Case(When(subject__regex=OF_A_ROW, then=Cast(NUMBER, BigIntegerField())))
    placed = rows.annotate(number=number).annotate(election=_election(user, contests)).order_by()
    counts = dict(placed.values_list("election").annotate(count=Count("pk")))
    found: list[tuple[Election | None, int]] = [
        (each, counts[each.pk]) for each in elections if each.pk in counts
    ]
    return [*found, (None, counts[EVERYWHERE])] if EVERYWHERE in counts else found


def _election(user: User, contests: QuerySet[Contest]) -> Case:
    """To which election a translation belongs; none where this person may not translate it."""
    in_review = Q(state=Statement.State.IN_REVIEW)
    asked = Q(approved__isnull=False) | in_review
    statements = _theirs(user).filter(asked, withdrawn_at=None, pk=OuterRef("number"))
    features = Feature.objects.for_staff(user).filter(approved_at__isnull=False, withdrawn_at=None)
    if not user.is_national:
        features = features.exclude(municipality=None)
    feature = features.filter(pk=OuterRef("number")).annotate(of=Value(EVERYWHERE))
    said = Position.objects.filter(pk=OuterRef("number"), party__contest__in=contests)
    of_said = said.order_by().values("party__contest__election")[:1]
    cases = [
        When(subject__startswith="statement:", then=Subquery(statements.values("election")[:1])),
        When(subject__startswith="motivation:", then=Subquery(of_said)),
        When(subject__startswith="feature:", then=Subquery(feature.values("of")[:1])),
    ]
    if user.is_national:
        cases.append(When(subject__regex="^(theme|term):", then=Value(EVERYWHERE)))
    return Case(*cases, default=None, output_field=BigIntegerField())


def _to_review(user: User) -> QuerySet[Statement]:
    """In review, in what this person may approve, and not written by them."""
    rows = Statement.objects.awaiting_review()
    if not user.is_national:
        rows = rows.filter(municipality__region__in=user.regions.values("pk"))
    written = Statement.objects.filter(versions__number=F("latest"), versions__by=user)
    return rows.exclude(pk__in=written.values("pk")).order_by("election", "order")


def _features(user: User) -> QuerySet[Feature]:
    rows = Feature.objects.filter(approved_at=None, withdrawn_at=None)
    if not user.is_national:
        rows = rows.filter(municipality__region__in=user.regions.values("pk"))
    return rows.exclude(written_by=user)


def _research(
    user: User, contests: QuerySet[Contest], elections: Sequence[Election]
) -> list[tuple[Election, int]]:
    rows = Research.objects.current().filter(checked_at=None, party__contest__in=contests)
    rows = rows.exclude(entered_by=user).order_by()
    counts = dict(rows.values_list("party__contest__election").annotate(Count("pk")))
    return [(each, counts[each.pk]) for each in elections if each.pk in counts]


def _deadlines(contests: QuerySet[Contest], at: datetime) -> list[tuple[datetime, str, int]]:
    """The next few moments at which parties can change nothing any more."""
    own = Q(own_deadline__gt=at)
    shared = Q(own_deadline=None, election__deadline__gt=at)
    rows = contests.filter(own | shared).order_by()
    moments = rows.annotate(moment=Coalesce("own_deadline", "election__deadline"))
    counted = moments.values_list("moment", "election__name").annotate(count=Count("pk"))
    return list(counted.order_by("moment", "election__name")[:FEW])


def _elections(contests: QuerySet[Contest]) -> list[Election]:
    """Those with contests of this person, and how far their publishing is."""
    here = Q(contests__in=contests)
    return list(
        Election.objects.filter(here)
        .annotate(
            contests_here=Count("contests", distinct=True),
            published_here=Count(
                "contests", filter=Q(contests__editions__isnull=False), distinct=True
            ),
            last_published=Max("contests__editions__published_at"),
        )
        .order_by("-date")
    )
