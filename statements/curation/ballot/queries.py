"""What the pages about ballots show, in a fixed number of queries."""

from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet
from django.utils.text import slugify

from parties.models import Contest, Election, Invitation, Membership, Party, Place, User
from statements.models import Position

ON_BALLOT = Q(parties__withdrawn_at=None, parties__isnull=False)


def contests(user: User, election: Election, written: str = "") -> QuerySet[Contest]:
    """Those of this person by name, with how many lists they have, and how many with a number.

    Filtered by (a part of) the name of the municipality, or by another name or a place of it.
    """
    rows = Contest.objects.for_staff(user).filter(election=election)
    if slug := slugify(written):
        places = Place.objects.filter(name__iexact=written.strip()).values("municipality")
        rows = rows.filter(Q(municipality__slug__contains=slug) | Q(municipality__in=places))
    return (
        rows.select_related("election", "municipality")
        .annotate(
            lists=Count("parties", filter=ON_BALLOT),
            numbered=Count("parties", filter=ON_BALLOT & Q(parties__number__isnull=False)),
        )
        .order_by("municipality__name", "municipality__code")
    )


def ballot(contest: Contest) -> list[Party]:
    """All lists in the order of the ballot; withdrawn ones come last."""
    rows = contest.parties.select_related("merged_into", "withdrawn_by")
    order = (F("withdrawn_at").asc(nulls_first=True), F("number").asc(nulls_last=True), "slug")
    return list(rows.order_by(*order))


def others(party: Party) -> list[Party]:
    """The lists that it may be merged into."""
    rows = Party.objects.on_ballot().filter(contest=party.contest_id).exclude(pk=party.pk)
    return list(rows.order_by(F("number").asc(nulls_last=True), "slug"))


@dataclass(frozen=True)
class Belongings:
    """What a list has, before it is merged or withdrawn."""

    members: int
    invitations: int
    answers: int


def belongings(party: Party) -> Belongings:
    return Belongings(
        members=Membership.objects.current().filter(party=party).count(),
        invitations=Invitation.objects.waiting().filter(party=party).count(),
        answers=Position.objects.filter(party=party).count(),
    )
