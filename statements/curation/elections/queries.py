"""Elections, and what each consists of."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Count, Exists, F, Func, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from parties.elections import municipalities_of
from parties.models import Contest, Election, Municipality, Party, Postcode
from statements.models import Statement


def overview() -> QuerySet[Election]:
    """With how many councils, lists and statements each has."""
    return Election.objects.annotate(
        councils=_count(Contest, "election"),
        lists=_count(Party, "contest__election"),
        asked=_count(Statement, "election", approved__isnull=False, withdrawn_at=None),
        written=_count(Statement, "election", withdrawn_at=None),
    ).order_by("-date", "slug")


def _count(model: type, path: str, **conditions: object) -> Coalesce:
    """How many of these an election has, each counted by itself."""
    rows = model._default_manager.filter(**{path: OuterRef("pk")}, **conditions)  # type: ignore[attr-defined]
    counted = rows.order_by().values(path).annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def municipality_years() -> list[int]:
    """Of the lists of CBS that were loaded, the newest first."""
    unnested = Func(F("years"), function="unnest", output_field=IntegerField())
    rows = Municipality.objects.annotate(year=unnested).order_by().values_list("year", flat=True)
    return sorted(rows.distinct(), reverse=True)


def postcode_years() -> list[int]:
    rows = Postcode.objects.order_by().values_list("year", flat=True)
    return sorted(rows.distinct(), reverse=True)


@dataclass(frozen=True)
class Choice:
    municipality: Municipality
    is_there: bool  # it elects a council already
    is_chosen: bool


@dataclass(frozen=True)
class Province:
    name: str
    choices: Sequence[Choice]

    @property
    def there(self) -> int:
        return sum(each.is_there for each in self.choices)

    @property
    def is_chosen(self) -> bool:
        return any(each.is_chosen for each in self.choices)


def choices(election: Election, chosen: set[str]) -> list[Province]:
    """The municipalities of the election's year, by province."""
    there = set(election.contests.values_list("municipality", flat=True))
    rows = municipalities_of(election).order_by("province", "name")
    return [
        Province(
            name,
            [Choice(row, row.code in there, row.code in chosen) for row in group],
        )
        for name, group in groupby(rows, lambda row: row.province)
    ]


def removable(election: Election) -> QuerySet[Contest]:
    """Councils without lists, which may still be taken away."""
    lists = Party.objects.filter(contest=OuterRef("pk"))
    return (
        election.contests.filter(~Exists(lists))
        .select_related("municipality")
        .order_by("municipality__name")
    )


def with_contests(election: Election) -> QuerySet[Election]:
    """Other elections from which the councils may be taken."""
    contests = Contest.objects.filter(election=OuterRef("pk"))
    return Election.objects.exclude(pk=election.pk).filter(Exists(contests)).order_by("-date")


def with_statements(election: Election) -> QuerySet[Election]:
    """Other elections from which the statements may be taken, with how many there are."""
    rows: QuerySet[Election] = overview().exclude(pk=election.pk)
    return rows.alias(how_many=F("asked")).filter(how_many__gt=0)
