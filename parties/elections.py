"""Making elections, and saying which councils are elected. Each act is one transaction."""

import hashlib
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import transaction
from django.db.models import ProtectedError, Q, QuerySet
from django.utils import timezone
from django.utils.text import slugify

from parties.audit import record
from parties.models import Absence, Contest, Election, Municipality, Party, Place, User

SLUG = re.compile(r"[a-z]{1,8}[0-9]{4}[a-z]?")  # as the addresses of voters have it
KINDS = {"gr": "Gemeenteraadsverkiezingen", "hi": "Herindelingsverkiezingen"}


class ElectionError(Exception):
    """A change of an election that cannot be made; nothing was changed."""


class SlugTakenError(ElectionError):
    """Another election has this address."""


class LateDeadlineError(ElectionError):
    """The deadline is not before the day."""


class PastDeadlineError(ElectionError):
    """The deadline has passed, and nobody said that it should close at once."""


class NameTakenError(ElectionError):
    """Another election has this name."""


class ChangedError(ElectionError):
    """Someone else changed it in between."""


class UnknownMunicipalityError(ElectionError):
    """A municipality that was not there in the election's year."""


class InUseError(ElectionError):
    """A council that has lists, or something published."""


class KnownMunicipalityError(ElectionError):
    """A municipality with this code, or with a name that gives the same address, is there."""

    def __init__(self, field: str, municipality: Municipality) -> None:
        super().__init__(f"{municipality} has this {field}.")
        self.field, self.municipality = field, municipality


@dataclass(frozen=True)
class NewMunicipality:
    """One that no list of CBS has yet, and the codes of those that go up in it."""

    code: str
    name: str
    province: str
    merging: Collection[str] = ()


@dataclass(frozen=True)
class Council:
    """One row of contests.csv."""

    municipality: str
    seats: int | None = None


@dataclass(frozen=True)
class Ballot:
    """One row of parties.csv."""

    municipality: str
    slug: str
    name: str
    seats: int | None = None


@dataclass(frozen=True)
class NoCouncil:
    """One row of absences.csv."""

    municipality: str
    reason: str
    votes_in: str | None = None
    next_election: date | None = None


def plain_slug(kind: str, on: date) -> str:
    """What the address is when no other election has it: hi2026."""
    return f"{kind}{on.year}"


def free_slug(kind: str, on: date) -> str:
    """The address of an election of this kind on this day: hi2026, or hi2026b for the second."""
    base = plain_slug(kind, on)
    taken = set(Election.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    lettered = (f"{base}{letter}" for letter in "bcdefghijklmnopqrstuvwxyz")
    return next((each for each in (base, *lettered) if each not in taken), base)


def municipalities_of(election: Election) -> QuerySet[Municipality]:
    """Those that could elect a council: of its year, made for it, or invented."""
    made_for_it = election.contests.values("municipality")
    return Municipality.objects.filter(
        Q(years__contains=[election.municipality_year]) | Q(is_example=True) | Q(pk__in=made_for_it)
    )


def open_lists(election: Election, at: datetime) -> int:
    """How many lists can change their answers now, and go by the election's own deadline."""
    if election.deadline and election.deadline <= at:
        return 0
    lists = Party.objects.on_ballot().filter(contest__election=election)
    return lists.filter(contest__own_deadline=None).count()


def seal(election: Election) -> str:
    """What someone saw of an election, so that nobody overwrites unseen."""
    closing = election.deadline.isoformat() if election.deadline else ""
    years = f"{election.municipality_year}|{election.postcode_year}"
    seen = f"{election.name}|{closing}|{election.slug}|{election.date}|{years}"
    return hashlib.sha256(seen.encode()).hexdigest()[:32]


@transaction.atomic
def make(election: Election, *, by: User, at: datetime, closes_now: bool = False) -> Election:
    """Save a new election.

    Raises SlugTakenError, NameTakenError, LateDeadlineError or, without `closes_now`,
    PastDeadlineError.
    """
    check_deadline(election.date, election.deadline)
    _check_past(election.deadline, at, closes_now=closes_now)
    check_name(election)
    if Election.objects.filter(slug=election.slug).exists():
        raise SlugTakenError
    election.save(force_insert=True)
    what = f"Verkiezing gemaakt: {election.name}, op {election.date:%d-%m-%Y}"
    record("election-made", what, by=by, at=at, about=election)
    return election


@transaction.atomic
def change(
    election: Election,
    name: str,
    deadline: datetime | None,
    *,
    seen: str,
    by: User,
    at: datetime,
    closes_now: bool = False,
) -> Election:
    """Another name or deadline.

    Raises ChangedError, NameTakenError, LateDeadlineError or, for another deadline that has
    passed and without `closes_now`, PastDeadlineError.
    """
    election = Election.objects.select_for_update().get(pk=election.pk)
    if seal(election) != seen:
        raise ChangedError
    check_deadline(election.date, deadline)
    if (election.name, election.deadline) == (name, deadline):
        return election
    act = "election-changed"
    if deadline != election.deadline:
        _check_past(deadline, at, closes_now=closes_now)
        act = "election-deadline-changed"
    election.name, election.deadline = name, deadline
    check_name(election)
    election.save(update_fields=["name", "deadline"])
    closing = f"{timezone.localtime(deadline):%d-%m-%Y %H.%M}" if deadline else "nog niet bekend"
    what = f"Verkiezing veranderd: {name}, termijn sluit: {closing}"
    record(act, what, by=by, at=at, about=election)
    return election


def check_deadline(day: date, deadline: datetime | None) -> None:
    """Before the day itself begins, by the Dutch clock. Raises LateDeadlineError."""
    if deadline and deadline >= timezone.make_aware(datetime.combine(day, time())):
        raise LateDeadlineError


def check_name(election: Election) -> None:
    """No other election may be called this. Raises NameTakenError."""
    others = Election.objects.exclude(pk=election.pk)
    if others.filter(name__iexact=election.name).exists():
        raise NameTakenError


def _check_past(deadline: datetime | None, at: datetime, *, closes_now: bool) -> None:
    if deadline and deadline <= at and not closes_now:
        raise PastDeadlineError


@transaction.atomic
def add_municipality(
    election: Election, new: NewMunicipality, *, by: User, at: datetime
) -> Municipality:
    """Make a municipality that no list of CBS has yet, and have it elect a council.

    It is found under the names of those that go up in it, too. Raises KnownMunicipalityError or
    UnknownMunicipalityError.
    """
    merging = Municipality.objects.filter(code__in=new.merging, is_example=False)
    if len(merging) != len(set(new.merging)):
        raise UnknownMunicipalityError
    made = Municipality(
        code=new.code, name=new.name, slug=slugify(new.name), province=new.province, years=[]
    )
    _check_new(made)
    made.save(force_insert=True)
    Place.objects.bulk_create(
        Place(name=each.name, municipality=made, since=election.municipality_year)
        for each in merging
        if each.name != made.name
    )
    what = f"Gemeente {made} ({made.code}) gemaakt, die nog niet in de lijst van het CBS staat"
    codes = [each.code for each in merging]
    record("municipality-made", what, by=by, at=at, about=made, code=made.code, merging=codes)
    _add(election, {made.code}, by, at)
    return made


def _check_new(made: Municipality) -> None:
    for field in ("code", "slug"):
        known = Municipality.objects.filter(**{field: getattr(made, field)}).first()
        if known is not None:
            raise KnownMunicipalityError("name" if field == "slug" else field, known)


@transaction.atomic
def add_contests(
    election: Election, codes: Collection[str], *, by: User, at: datetime
) -> Sequence[str]:
    """Have these municipalities elect a council; returns those that did not do so yet.

    Raises UnknownMunicipalityError.
    """
    wanted = set(codes)
    known = set(municipalities_of(election).values_list("code", flat=True))
    if wanted - known:
        raise UnknownMunicipalityError
    return _add(election, wanted, by, at)


@transaction.atomic
def copy_contests(
    election: Election, source: Election, *, by: User, at: datetime
) -> tuple[Sequence[str], Sequence[str]]:
    """Have those elect a council that did at an earlier election.

    Returns the codes that were added, and those that were left out: gone since.
    """
    earlier = source.contests.filter(municipality__is_example=False)
    codes = set(earlier.values_list("municipality", flat=True))
    known = set(municipalities_of(election).values_list("code", flat=True))
    return _add(election, codes & known, by, at), sorted(codes - known)


def _add(election: Election, wanted: set[str], by: User, at: datetime) -> Sequence[str]:
    Election.objects.select_for_update().get(pk=election.pk)
    there = set(election.contests.values_list("municipality", flat=True))
    missing = sorted(wanted - there)
    Contest.objects.bulk_create(
        Contest(election=election, municipality_id=code) for code in missing
    )
    election.absences.filter(municipality__in=missing).delete()  # it does vote after all
    if missing:
        what = f"{len(missing)} gemeenten toegevoegd aan {election}"
        record("contests-added", what, by=by, at=at, about=election, added=missing)
    return missing


@transaction.atomic
def remove_contests(
    election: Election, codes: Collection[str], *, by: User, at: datetime
) -> Sequence[str]:
    """Have these elect no council after all. Raises InUseError for one with lists or editions."""
    contests = election.contests.filter(municipality__in=codes).select_for_update()
    gone = sorted(each.municipality_id for each in contests)
    try:
        contests.delete()
    except ProtectedError as error:
        raise InUseError from error
    if gone:
        what = f"{len(gone)} gemeenten weggehaald bij {election}"
        record("contests-removed", what, by=by, at=at, about=election, removed=gone)
    return gone


@transaction.atomic
def load(
    election: Election,
    councils: Sequence[Council],
    ballots: Sequence[Ballot],
    absences: Sequence[NoCouncil],
    *,
    by: User,
    at: datetime,
) -> None:
    """Take what stands in checked tables. What is there is updated by its key, nothing removed."""
    Election.objects.select_for_update().get(pk=election.pk)
    _load_councils(election, councils)
    _load_absences(election, absences)
    _load_ballots(election, ballots)
    what = (
        f"Tabellen ingelezen voor {election}: {len(councils)} gemeenten, {len(ballots)} lijsten, "
        f"{len(absences)} gemeenten zonder verkiezing"
    )
    record("ballots-read", what, by=by, at=at, about=election)


def _load_councils(election: Election, councils: Sequence[Council]) -> None:
    Contest.objects.bulk_create(
        (
            Contest(election=election, municipality_id=each.municipality, seats=each.seats)
            for each in councils
        ),
        update_conflicts=True,
        unique_fields=["election", "municipality"],
        update_fields=["seats"],
    )
    codes = [each.municipality for each in councils]
    election.absences.filter(municipality__in=codes).delete()  # it does vote after all


def _load_absences(election: Election, absences: Sequence[NoCouncil]) -> None:
    Absence.objects.bulk_create(
        (
            Absence(
                election=election,
                municipality_id=each.municipality,
                votes_in_id=each.votes_in,
                next_election=each.next_election,
                reason=each.reason,
            )
            for each in absences
        ),
        update_conflicts=True,
        unique_fields=["election", "municipality"],
        update_fields=["votes_in", "next_election", "reason"],
    )


def _load_ballots(election: Election, ballots: Sequence[Ballot]) -> None:
    contests = dict(election.contests.values_list("municipality", "pk"))
    Party.objects.bulk_create(
        (
            Party(
                contest_id=contests[each.municipality],
                slug=each.slug,
                name=each.name,
                seats=each.seats,
            )
            for each in ballots
        ),
        update_conflicts=True,
        unique_fields=["contest", "slug"],
        update_fields=["name", "seats"],
    )
