"""The regions, and which municipality is in which."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Count, F, Func, IntegerField, Q, QuerySet

from parties.models import Municipality, Region, User
from parties.search import fold

INVENTED = "Verzonnen gemeenten"


@dataclass(frozen=True)
class Choice:
    """A municipality that a region may have."""

    municipality: Municipality
    is_chosen: bool
    is_shown: bool
    last_year: int | None  # in which it existed, if it is gone

    @property
    def elsewhere(self) -> Region | None:
        """The region that it is in now."""
        return self.municipality.region


@dataclass(frozen=True)
class Province:
    name: str
    choices: Sequence[Choice]

    @property
    def chosen(self) -> int:
        return sum(each.is_chosen for each in self.choices)

    @property
    def is_shown(self) -> bool:
        return any(each.is_shown for each in self.choices)


def overview(user: User) -> QuerySet[Region]:
    """Those that someone works in, with how many municipalities and people; nationally all."""
    theirs = Region.objects.all() if user.is_national else user.regions.all()
    return Region.objects.filter(pk__in=theirs.values("pk")).annotate(
        size=Count("municipalities", distinct=True),
        people=Count("staff", filter=Q(staff__is_active=True), distinct=True),
    )


def without_region() -> int:
    """How many municipalities of this year nobody but national staff works for."""
    return Municipality.objects.in_year(latest_year()).filter(region=None).count()


def latest_year() -> int:
    """Of the newest list of CBS that was loaded."""
    unnested = Func(F("years"), function="unnest", output_field=IntegerField())
    rows = Municipality.objects.annotate(year=unnested).order_by("-year")
    return int(rows.values_list("year", flat=True).first() or 0)


def choices(chosen: set[str], search: str, region: Region | None) -> list[Province]:
    """All that a region may have, by province: those of this year, those that once elected a
    council here, and the invented ones.

    With `search`, those whose name or whose region's name holds it are shown; the others are
    there, so that nothing that was ticked is lost.
    """
    year, wanted = latest_year(), fold(search)
    rows = (
        Municipality.objects.filter(
            Q(years__contains=[year])
            | Q(is_example=True)
            | Q(region__isnull=False)
            | Q(contests__isnull=False)
        )
        .select_related("region")
        .distinct()
        .order_by("is_example", "province", "name")
    )
    return [
        Province(name, [_choice(row, chosen, wanted, region, year) for row in group])
        for name, group in groupby(rows, lambda row: INVENTED if row.is_example else row.province)
    ]


def _choice(
    row: Municipality, chosen: set[str], wanted: str, region: Region | None, year: int
) -> Choice:
    if region and row.region_id == region.pk:
        row.region = None  # it is in no other
    name = row.region.name if row.region else ""
    is_gone = not row.is_example and year not in row.years
    return Choice(
        municipality=row,
        is_chosen=row.code in chosen,
        is_shown=not wanted or wanted in fold(row.name) or (bool(name) and wanted in fold(name)),
        last_year=max(row.years, default=None) if is_gone else None,
    )


def staff_of(region: Region) -> QuerySet[User]:
    return region.staff.order_by("name", "email")
