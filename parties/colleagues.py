"""The people of VluchtelingenWerk, and what each may do. Each act is one transaction.

The log holds the number of an account, not its name or address: nothing is erased from it.
"""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import Q, QuerySet

from parties.audit import record
from parties.invitations import end_sessions
from parties.models import Region, User
from parties.tasks import deliver_welcome


class ColleagueError(Exception):
    """A change of someone's account that cannot be made; nothing was changed."""


class NowhereError(ColleagueError):
    """Someone who works neither for the country nor for a region is no colleague."""


class AlreadyColleagueError(ColleagueError):
    """This person is one already."""


class WorksForPartyError(ColleagueError):
    """Someone who speaks for a party cannot also keep the voting aid."""


class SuspendedError(ColleagueError):
    """The account of this address was closed: open it again first."""


class RegionGoneError(ColleagueError):
    """One of the regions was removed in between."""


class OneselfError(ColleagueError):
    """Nobody takes away rights of their own."""


class LastNationalError(ColleagueError):
    """Somebody must be left who can let others in."""


class ChangedError(ColleagueError):
    """Someone else changed it in between."""


def all_colleagues() -> QuerySet[User]:
    """Those who work for VluchtelingenWerk, the suspended ones too."""
    theirs = Q(is_national=True) | Q(pk__in=User.regions.through.objects.values("user"))
    return User.objects.filter(theirs).order_by("name", "email")


def seal(user: User) -> str:
    """What someone saw of a colleague, so that nobody overwrites unseen."""
    regions = sorted(user.regions.values_list("slug", flat=True))
    seen = "|".join([user.name, str(user.is_national), str(user.is_active), *regions])
    return hashlib.sha256(seen.encode()).hexdigest()[:32]


@transaction.atomic
def add(
    email: str,
    name: str,
    *,
    national: bool,
    regions: Sequence[Region],
    by: User | None,
    at: datetime,
) -> User:
    """Let someone in, under a (normal) address; a mail tells them. `by` is empty for a command.

    An account that there is gets the rights. Raises NowhereError, RegionGoneError,
    AlreadyColleagueError, WorksForPartyError or SuspendedError.
    """
    _check_somewhere(national, regions)
    _hold(regions)
    user = _account(email, name)
    if user.works_for_us:
        raise AlreadyColleagueError
    if not user.is_active:
        raise SuspendedError
    _check_independent(user)
    _give(user, name or user.name, national, regions)
    end_sessions(user)
    what = f"Collega toegelaten: {_work(national, regions)}"
    record("colleague-added", what, by=by, at=at, user=user.pk, **_details(national, regions))
    deliver_welcome.enqueue(user.pk)
    return user


@transaction.atomic
def change(
    user: User,
    name: str,
    *,
    national: bool,
    regions: Sequence[Region],
    seen: str,
    by: User,
    at: datetime,
) -> User:
    """Let a colleague have this name and these rights. `seen` is the `seal` of what was shown.

    Raises ChangedError, NowhereError, RegionGoneError, OneselfError or LastNationalError.
    """
    user = _locked(user)
    if seal(user) != seen:
        raise ChangedError
    _check_somewhere(national, regions)
    _hold(regions)
    if user.is_national and not national:
        _check_may_go(user, by)
    before = (user.name, user.is_national, set(user.regions.all()))
    if before == (name, national, set(regions)):
        return user
    _give(user, name, national, regions)
    if before[1:] != (national, set(regions)):
        end_sessions(user)  # who may do something else, signs in as such
    what = f"Rechten van een collega veranderd: {_work(national, regions)}"
    record("colleague-changed", what, by=by, at=at, user=user.pk, **_details(national, regions))
    return user


@transaction.atomic
def suspend(user: User, *, by: User, at: datetime) -> None:
    """Close an account, and end at once whatever it has open. Raises OneselfError and others."""
    user = _locked(user)
    if not user.is_active:
        return
    _check_may_go(user, by)
    user.is_active = False
    user.save(update_fields=["is_active"])
    end_sessions(user)
    record("colleague-suspended", "Account van een collega gesloten", by=by, at=at, user=user.pk)


@transaction.atomic
def readmit(user: User, *, by: User, at: datetime) -> None:
    """Open a closed account again, with the rights that it had. Raises WorksForPartyError."""
    user = _locked(user)
    if user.is_active:
        return
    _check_independent(user)
    user.is_active = True
    user.save(update_fields=["is_active"])
    record("colleague-readmitted", "Account van een collega geopend", by=by, at=at, user=user.pk)


def _account(email: str, name: str) -> User:
    """The account of this address, locked; a new one when there is none."""
    user, _ = User.objects.select_for_update().get_or_create(
        email=email, defaults={"name": name, "password": make_password(None)}
    )
    return user


def _locked(user: User) -> User:
    """Whoever may still be let go of: two who let go of each other come one after the other."""
    others = Q(is_national=True, is_active=True)
    rows = User.objects.select_for_update().filter(others | Q(pk=user.pk)).order_by("pk")
    return next(each for each in rows if each.pk == user.pk)


def _check_may_go(user: User, by: User) -> None:
    if user.pk == by.pk:
        raise OneselfError
    left = User.objects.filter(is_national=True, is_active=True).exclude(pk=user.pk)
    if user.is_national and not left.exists():
        raise LastNationalError


def _check_somewhere(national: bool, regions: Sequence[Region]) -> None:  # noqa: FBT001
    if not national and not regions:
        raise NowhereError


def _hold(regions: Sequence[Region]) -> None:
    """Nobody removes these regions until this is done."""
    wanted = {each.pk for each in regions}
    if len(Region.objects.select_for_update().filter(pk__in=wanted)) < len(wanted):
        raise RegionGoneError


def _check_independent(user: User) -> None:
    if user.memberships.current().exists():
        raise WorksForPartyError


def _give(user: User, name: str, national: bool, regions: Sequence[Region]) -> None:  # noqa: FBT001
    user.name, user.is_national = name, national
    user.save(update_fields=["name", "is_national"])
    user.regions.set(regions)


def _work(national: bool, regions: Sequence[Region]) -> str:  # noqa: FBT001
    names = ", ".join(each.name for each in regions)
    return "landelijk bureau" if national else f"regio {names}"


def _details(national: bool, regions: Sequence[Region]) -> dict[str, Any]:  # noqa: FBT001
    return {"national": national, "regions": [each.slug for each in regions]}
