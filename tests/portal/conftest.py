"""A list of the invented town that has answered nothing, and people around it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from parties.models import Contest, Membership, Party, User
from statements.models import Submission
from statements.portal import actions
from statements.portal.answers import seal

AT = datetime(2022, 2, 1, 12, tzinfo=UTC)
LIST = "/partij/gr2022/voorbeeldstad/gewoon-voorbeeldstad/"


@pytest.fixture(autouse=True)
def tasks_at_once(settings: Settings) -> None:
    """Mail goes out when it is asked for, so that a test sees it."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}


@pytest.fixture
def party(db: None) -> Party:
    return the_list("gewoon-voorbeeldstad")


def the_list(slug: str) -> Party:
    rows = Party.objects.select_related("contest__election", "contest__municipality")
    return rows.get(contest__municipality__slug="voorbeeldstad", slug=slug)


@pytest.fixture
def fatima(party: Party) -> User:
    return member_of(party, "fatima@voorbeeld.example", "Fatima de Boer")


@pytest.fixture
def jan(party: Party) -> User:
    return member_of(party, "jan@voorbeeld.example", "Jan Bakker")


def member_of(party: Party, email: str, name: str) -> User:
    user = User.objects.create_user(email, name)
    Membership.objects.create(party=party, user=user, since=AT)
    return user


@pytest.fixture
def client(fatima: User) -> Client:
    """Fatima's browser."""
    return signed_in(fatima)


def signed_in(user: User) -> Client:
    browser = Client(headers={"Sec-Fetch-Site": "same-origin"})
    browser.force_login(user)
    return browser


def close(party: Party, ago: timedelta = timedelta(seconds=1)) -> None:
    """Have the deadline lie this far back."""
    Contest.objects.filter(pk=party.contest_id).update(own_deadline=timezone.now() - ago)


def open_for(party: Party, left: timedelta) -> datetime:
    """Have the deadline lie this far ahead."""
    deadline = timezone.now() + left
    Contest.objects.filter(pk=party.contest_id).update(own_deadline=deadline)
    return deadline


def hand_in(party: Party, *, name: str, by: User, at: datetime) -> Submission:
    """Sign what stands there now."""
    return actions.submit(party, seen=seal(party.positions.all()), name=name, by=by, at=at)
