"""What the pages for staff show of the examples, stories, figures and the flyer."""

from collections.abc import Iterable
from datetime import date

from django.core.paginator import Page, Paginator
from django.db.models import F, Func, IntegerField, Q, QuerySet, TextChoices

from parties.models import Election, Municipality, User
from statements.models import Feature, Source, Statement

ON_A_PAGE = 50
NATIONAL = "landelijk"


class State(TextChoices):
    """Whether voters see it."""

    APPROVED = "goedgekeurd", "goedgekeurd"
    WAITING = "wacht", "wacht op een tweede persoon"
    WITHDRAWN = "ingetrokken", "ingetrokken"


STATES = {
    State.APPROVED: Q(withdrawn_at=None, approved_at__isnull=False),
    State.WAITING: Q(withdrawn_at=None, approved_at=None),
    State.WITHDRAWN: Q(withdrawn_at__isnull=False),
}


def state_of(feature: Feature) -> State:
    if feature.withdrawn_at is not None:
        return State.WITHDRAWN
    return State.WAITING if feature.approved_at is None else State.APPROVED


def readable(user: User) -> QuerySet[Feature]:
    """All that this person may read, with all that a page tells of each."""
    return Feature.objects.for_staff(user).select_related(
        "municipality__region", "source", "written_by", "approved_by", "withdrawn_by"
    )


def listed(
    user: User, *, kind: str = "", place: str = "", state: str = "", number: int | str = 1
) -> Page[Feature]:
    """One page of them: those of the country first, then by municipality."""
    rows = readable(user)
    if kind:
        rows = rows.filter(kind=kind)
    if place:
        rows = rows.filter(municipality=None if place == NATIONAL else place)
    if state:
        rows = rows.filter(STATES[State(state)])
    order = F("municipality__name").asc(nulls_first=True)
    return Paginator(rows.order_by(order, "kind", "order", "key"), ON_A_PAGE).get_page(number)


def told_of(user: User) -> list[tuple[str, str]]:
    """The municipalities that something is told of, by code and name."""
    rows = Feature.objects.for_staff(user).exclude(municipality=None).order_by("municipality__name")
    return list(rows.values_list("municipality", "municipality__name").distinct())


def municipalities(user: User, kept: str | None = None) -> QuerySet[Municipality]:
    """Those of now that this person may write about, and the one that was chosen before.

    Of now: in the newest list of CBS, too new for any list, or invented.
    """
    unnested = Func(F("years"), function="unnest", output_field=IntegerField())
    years = Municipality.objects.annotate(year=unnested).order_by("-year")
    newest = years.values_list("year", flat=True)[:1]
    of_now = Q(years__contains=list(newest)) | Q(years=[]) | Q(is_example=True)
    return Municipality.objects.for_staff(user).filter(of_now | Q(pk=kept)).order_by("name")


def sources() -> QuerySet[Source]:
    return Source.objects.order_by("publisher", "title")


def statements(user: User, today: date) -> list[tuple[str, str]]:
    """Those that something can be told behind, by key: of the election that comes first."""
    election = next(iter(Election.objects.by_interest(today)), None)
    rows = Statement.objects.for_staff(user).asked().filter(election=election)
    return list(rows.order_by("theme__order", "order").values_list("key", "text"))


def texts_of(keys: Iterable[str]) -> dict[str, str]:
    """What the statements with these keys say, in whichever election was the last to ask them."""
    rows = Statement.objects.filter(key__in=list(keys)).order_by("election__date")
    return dict(rows.values_list("key", "text"))
