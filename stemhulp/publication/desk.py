"""What waits for someone of the editors, in a fixed number of queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, Max, Q, QuerySet
from django.db.models.functions import Coalesce

from parties.models import Contest, Election, User
from statements.models import Feature, Research, Statement
from stemhulp.editions.models import Proposal

FEW = 5


@dataclass(frozen=True)
class Desk:
    statements: Sequence[Statement]  # the first few to review
    statement_count: int
    proposals: Sequence[Proposal]  # the first few, of someone else
    proposal_count: int
    asked: Sequence[Proposal]  # of this person, waiting for someone else
    research: Sequence[tuple[Election, int]]  # how many to check, per election
    features: int  # to approve
    deadlines: Sequence[tuple[datetime, str, int]]  # when, of which election, how many councils
    elections: Sequence[Election]  # with `contests_here`, `published_here` and `last_published`

    @property
    def is_empty(self) -> bool:
        return not (self.statements or self.proposals or self.research or self.features)


def desk(user: User, at: datetime) -> Desk:
    contests = Contest.objects.for_staff(user)
    statements = _to_review(user)
    waiting = Proposal.objects.waiting().filter(contest__in=contests)
    waiting = waiting.select_related("contest__election", "contest__municipality", "asked_by")
    proposals = list(waiting.order_by("asked_at"))
    others = [each for each in proposals if each.asked_by_id != user.pk]
    shown = list(statements.select_related("election", "municipality")[: FEW + 1])
    elections = _elections(contests)
    return Desk(
        statements=shown[:FEW],
        statement_count=len(shown) if len(shown) <= FEW else statements.count(),
        proposals=others[:FEW],
        proposal_count=len(others),
        asked=[each for each in proposals if each.asked_by_id == user.pk][:FEW],
        research=_research(user, contests, elections),
        features=_features(user).count(),
        deadlines=_deadlines(contests, at),
        elections=elections,
    )


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
