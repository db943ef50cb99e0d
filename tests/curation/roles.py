"""Everybody that there is, for tests: who signs in how, in a world of one of each."""

from collections.abc import Callable

from django.test import Client
from django.utils import timezone

from parties.invitations import remove
from parties.models import Membership, User
from tests.curation.staff import enter, region
from tests.curation.world import World


def not_signed_in(client: Client, made: World) -> None:
    """Nobody."""


def of_the_list(client: Client, made: World) -> None:
    enter(client, made.membership.user, second_factor=False)


def of_another_list(client: Client, made: World) -> None:
    """And a former member of this one."""
    user = User.objects.create_user("mo@example.nl", "Mo van Elders")
    at = timezone.now()
    for party in (made.list_, made.list_.contest.parties.exclude(pk=made.list_.pk)[0]):
        last = Membership.objects.create(user=user, party=party, since=at)
        if party == made.list_:
            remove(last, by=made.person, at=at)
    user.refresh_from_db()  # ending a membership ended every session
    enter(client, user, second_factor=False)


def of_the_region(client: Client, made: World) -> None:
    _regional(client, "midden")


def of_another_region(client: Client, made: World) -> None:
    region("elders", "GM0344")
    _regional(client, "elders")


def _regional(client: Client, slug: str) -> None:
    user = User.objects.create_user("rik@example.nl", "Rik van de Regio")
    user.regions.add(region(slug))
    enter(client, user)


def nationally(client: Client, made: World) -> None:
    enter(client, User.objects.create_user("lea@example.nl", "Lea", is_national=True))


def without_second_factor(client: Client, made: World) -> None:
    user = User.objects.create_user("lea@example.nl", "Lea", is_national=True)
    enter(client, user, second_factor=False)


def suspended(client: Client, made: World) -> None:
    user = enter(client, User.objects.create_user("lea@example.nl", "Lea", is_national=True))
    User.objects.filter(pk=user.pk).update(is_active=False)


def administrator(client: Client, made: World) -> None:
    enter(client, User.objects.create_superuser("tess@example.nl", name="Tess Technisch"))


ROLES: dict[str, Callable[[Client, World], None]] = {
    "not signed in": not_signed_in,
    "member of the list": of_the_list,
    "member of another list, former member": of_another_list,
    "staff of the region": of_the_region,
    "staff of another region": of_another_region,
    "national staff": nationally,
    "staff without second factor": without_second_factor,
    "suspended account": suspended,
    "technical administrator": administrator,
}
