"""Dividing the country into regions of VluchtelingenWerk. Each act is one transaction."""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from parties.audit import record
from parties.models import Municipality, Region, User

LONGEST_SLUG = 40
NEW = "nieuw"  # the address of a region that is being made


class RegionError(Exception):
    """A change of a region that cannot be made; nothing was changed."""


class NoMunicipalitiesError(RegionError):
    """A region without municipalities is none."""


class NameTakenError(RegionError):
    """Another region has this name."""


class ChangedError(RegionError):
    """Someone else changed it in between."""


class HasStaffError(RegionError):
    """People still work in it."""


@dataclass
class TakenError(RegionError):
    """These are in another region, and nobody said that they may be taken away there."""

    municipalities: Sequence[Municipality]


@dataclass
class LastOfRegionError(RegionError):
    """These are all that another region has."""

    municipalities: Sequence[Municipality]


def seal(region: Region) -> str:
    """What someone saw of a region, so that nobody overwrites unseen."""
    codes = region.municipalities.order_by("code").values_list("code", flat=True)
    seen = "|".join([region.name, region.email, *codes])
    return hashlib.sha256(seen.encode()).hexdigest()[:32]


def contact_seal(region: Region) -> str:
    """The same of how voters reach the team of a region."""
    seen = f"{region.public_email}|{region.public_phone}"
    return hashlib.sha256(seen.encode()).hexdigest()[:32]


def take_away(municipality: Municipality) -> str:
    """What someone ticks who lets a municipality go from the region that it is in now."""
    return f"{municipality.code}:{municipality.region_id}"


@transaction.atomic
def make(
    name: str,
    email: str,
    codes: Collection[str],
    *,
    taking: Collection[str],
    by: User,
    at: datetime,
) -> Region:
    """Make a region of these municipalities. `taking` names those that may leave another.

    Raises NameTakenError, NoMunicipalitiesError, TakenError or LastOfRegionError.
    """
    wanted = _wanted(codes, None, taking)
    _check_name(name, None)
    region = Region.objects.create(slug=_slug(name), name=name, email=email)
    _assign(region, wanted)
    what = f"Regio {name} gemaakt, met {_count(len(wanted))}"
    _record("region-made", what, region, by, at, added=[each.code for each in wanted])
    return region


@transaction.atomic
def change(
    region: Region,
    name: str,
    email: str,
    codes: Collection[str],
    *,
    seen: str,
    taking: Collection[str],
    by: User,
    at: datetime,
) -> Region:
    """Let a region have this name, address and these municipalities. `seen` is its `seal`.

    Raises ChangedError, and what `make` raises.
    """
    region = Region.objects.select_for_update().get(pk=region.pk)
    if seal(region) != seen:
        raise ChangedError
    wanted = _wanted(codes, region, taking)
    _check_name(name, region)
    before = set(region.municipalities.values_list("code", flat=True))
    after = {each.code for each in wanted}
    if (region.name, region.email, before) == (name, email, after):
        return region
    region.name, region.email = name, email
    region.save(update_fields=["name", "email"])
    region.municipalities.exclude(code__in=after).update(region=None)
    _assign(region, wanted)
    added, removed = sorted(after - before), sorted(before - after)
    moved = f"{len(added)} erbij, {len(removed)} eraf, nu {_count(len(after))}"
    what = f"Regio {name} veranderd: {moved}"
    _record("region-changed", what, region, by, at, added=added, removed=removed)
    return region


@transaction.atomic
def change_contact(
    region: Region, email: str, phone: str, *, seen: str, by: User, at: datetime
) -> bool:
    """Let voters reach the team of a region here, from the next edition of its municipalities on.

    What was published stays to be read in its edition, so this is the address and the number of a
    team, and never of a person. `seen` is the `contact_seal`. False when it says so already.

    Raises ChangedError.
    """
    region = Region.objects.select_for_update().get(pk=region.pk)
    if contact_seal(region) != seen:
        raise ChangedError
    if (region.public_email, region.public_phone) == (email, phone):
        return False
    region.public_email, region.public_phone = email, phone
    region.save(update_fields=["public_email", "public_phone"])
    what = f"Contact voor kiezers van regio {region} veranderd"
    _record("region-contact-changed", what, region, by, at)
    return True


@transaction.atomic
def delete(region: Region, *, by: User, at: datetime) -> None:
    """Remove a region in which nobody works; its municipalities are in none then.

    Raises HasStaffError.
    """
    region = Region.objects.select_for_update().get(pk=region.pk)
    if region.staff.exists():
        raise HasStaffError
    codes = list(region.municipalities.values_list("code", flat=True))
    _record("region-deleted", f"Regio {region} verwijderd", region, by, at, removed=codes)
    region.delete()


def _wanted(
    codes: Collection[str], region: Region | None, taking: Collection[str]
) -> list[Municipality]:
    """The municipalities, locked until the end. Those of another region only if that was said."""
    rows = Municipality.objects.filter(code__in=codes).select_for_update(of=("self",))
    wanted = list(rows.select_related("region").order_by("code"))
    if not wanted:
        raise NoMunicipalitiesError
    elsewhere = [
        each for each in wanted if each.region_id and (not region or each.region_id != region.pk)
    ]
    if asked := [each for each in elsewhere if take_away(each) not in taking]:
        raise TakenError(asked)
    _check_others(elsewhere)
    return wanted


def _check_others(leaving: Sequence[Municipality]) -> None:
    """No region loses its last municipality unseen."""
    codes = [each.code for each in leaving]
    staying = set(
        Municipality.objects.filter(region__in={each.region_id for each in leaving})
        .exclude(code__in=codes)
        .order_by()
        .values_list("region", flat=True)
    )
    if last := [each for each in leaving if each.region_id not in staying]:
        raise LastOfRegionError(last)


def _check_name(name: str, region: Region | None) -> None:
    others = Region.objects.exclude(pk=region.pk) if region else Region.objects.all()
    if others.filter(name__iexact=name).exists():
        raise NameTakenError


def _assign(region: Region, wanted: Sequence[Municipality]) -> None:
    Municipality.objects.filter(code__in=[each.code for each in wanted]).update(region=region)


def _slug(name: str) -> str:
    """Its key, which stays when the name changes."""
    base = slugify(name)[: LONGEST_SLUG - 4] or "regio"
    taken = {NEW, *Region.objects.filter(slug__startswith=base).values_list("slug", flat=True)}
    numbered = (f"{base}-{number}" for number in range(2, len(taken) + 3))
    return next(each for each in (base, *numbered) if each not in taken)


def _count(number: int) -> str:
    return "1 gemeente" if number == 1 else f"{number} gemeenten"


def _record(act: str, what: str, region: Region, by: User, at: datetime, **codes: Any) -> None:
    record(act, what, by=by, at=at, region=region.pk, **codes)
