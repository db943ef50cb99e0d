"""Elections, and what each consists of."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Count, Exists, F, Func, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from parties.elections import municipalities_of
from parties.models import Contest, Election, Municipality, Party, Postcode
from statements.models import Statement


def overview() -> QuerySet[Election]:
    """With how many councils, lists and statements each has."""
    return Election.objects.annotate(
        councils=_count(Contest, "election"),
        own_deadlines=_count(Contest, "election", own_deadline__isnull=False),
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


INVENTED = "Verzonnen gemeenten"


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
    """The municipalities of the election's year, by province; the invented ones last."""
    there = set(election.contests.values_list("municipality", flat=True))
    rows = municipalities_of(election).order_by("is_example", "province", "name")
    return [
        Province(
            name,
            [Choice(row, row.code in there, row.code in chosen) for row in group],
        )
        for name, group in groupby(rows, lambda row: INVENTED if row.is_example else row.province)
    ]


def provinces() -> list[str]:
    """Those that real municipalities lie in."""
    rows = Municipality.objects.filter(is_example=False).order_by("province")
    return list(rows.values_list("province", flat=True).distinct())


def real(groups: Sequence[Province]) -> list[Municipality]:
    """Those of the choices that exist."""
    rows = (each.municipality for group in groups for each in group.choices)
    return sorted((row for row in rows if not row.is_example), key=lambda row: row.name)


def addable(election: Election, groups: Sequence[Province]) -> int:
    """How many of the choices `not_there` finds."""
    year = election.municipality_year
    rows = (each for group in groups for each in group.choices)
    return sum(not each.is_there and year in each.municipality.years for each in rows)


def not_there(election: Election) -> QuerySet[Municipality]:
    """All of the election's year that elect no council yet."""
    there = election.contests.values("municipality")
    return Municipality.objects.in_year(election.municipality_year).exclude(pk__in=there)


def is_untouched(election: Election) -> bool:
    """Whether nothing of it was published, and no list ever answered."""
    seen = Q(editions__isnull=False) | Q(parties__positions__isnull=False)
    seen |= Q(parties__submissions__isnull=False) | Q(parties__revisions__isnull=False)
    return not election.contests.filter(seen).exists()


def removable(election: Election) -> QuerySet[Contest]:
    """Councils without lists, which may still be taken away."""
    lists = Party.objects.filter(contest=OuterRef("pk"))
    return (
        election.contests.filter(~Exists(lists))
        .select_related("municipality")
        .order_by("municipality__name")
    )


def with_contests(election: Election) -> QuerySet[Election]:
    """Other elections from which the councils may be taken, with how many that would add."""
    contests = Contest.objects.filter(election=OuterRef("pk"))
    new = _count(Contest, "election", municipality__in=not_there(election))
    rows = Election.objects.exclude(pk=election.pk).filter(Exists(contests))
    return rows.annotate(new=new).order_by("-date")


def with_statements(election: Election) -> QuerySet[Election]:
    """Other elections from which the statements may be taken, with how many there are."""
    rows: QuerySet[Election] = overview().exclude(pk=election.pk)
    return rows.alias(how_many=F("asked")).filter(how_many__gt=0)
