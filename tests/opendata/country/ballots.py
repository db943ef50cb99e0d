"""Invented lists on the ballot of a real municipality, with what they answered."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from django.utils import timezone

from parties.models import Contest, Party
from statements.models import Position, Statement, Submission
from statements.portal.answers import Answer
from stemhulp.editions import store
from stemhulp.editions.publishing import publish
from stemhulp.opendata.build import build
from stemhulp.opendata.built import Built

OPINIONS = Mapping[str, int | None]


@dataclass(frozen=True)
class Invented:
    name: str
    seats: int | None = None
    stances: OPINIONS = field(default_factory=dict)  # by the key of the statement


def statements() -> list[Statement]:
    return list(
        Statement.objects.filter(election__slug="gr2022", municipality=None).order_by("order")
    )


def everywhere(stance: int | None) -> OPINIONS:
    """The same answer to each statement."""
    return {each.key: stance for each in statements()}


def friendly(*, turned: bool = False) -> OPINIONS:
    """What VluchtelingenWerk recommends, or as far from it as can be."""
    far = {each.key: -2 if each.recommendation > 0 else 2 for each in statements()}
    return far if turned else {each.key: each.recommendation for each in statements()}


def ballot(place: str, *lists: Invented) -> None:
    """Put these lists on the ballot instead of those that were there, and publish it."""
    contest = Contest.objects.select_related("election", "municipality").get(
        election__slug="gr2022", municipality__slug=place
    )
    contest.parties.all().delete()
    for number, each in enumerate(lists, 1):
        party = Party.objects.create(
            contest=contest, slug=f"lijst-{number}", name=each.name, number=number, seats=each.seats
        )
        if each.stances:
            Position.objects.bulk_create(
                Position(party=party, statement=statement, stance=each.stances[statement.key])
                for statement in Statement.objects.filter(
                    election=contest.election, key__in=each.stances
                )
            )
            Submission.objects.create(
                party=party,
                name="Niemand",
                at=timezone.now() - timedelta(minutes=1),
                answers={key: Answer(stance).content for key, stance in each.stances.items()},
            )
    publish(contest, "Iemand", timezone.now(), "Verzonnen")


def built_anew() -> Built:
    store.catch_up()
    return build("gr2022", timezone.now())
