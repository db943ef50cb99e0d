"""security.txt and robots.txt."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries, Settings

from stemhulp.secure.notices import NOT_FOR_ROBOTS
from stemhulp.settings import contacts
from tests.parties.people import shown

PATH = "/.well-known/security.txt"
pytestmark = pytest.mark.django_db


def fields(client: Client) -> dict[str, str]:
    response = client.get(PATH)
    assert response.status_code == 200
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    lines = shown(response).splitlines()
    return dict(line.split(": ", 1) for line in lines)


def test_security_txt_says_where_to_report(client: Client, settings: Settings) -> None:
    settings.SECURITY_CONTACT = ["mailto:veilig@stemhulp.example"]
    settings.SITE_URL = "https://stemhulp.example/"
    found = fields(client)
    assert found["Contact"] == "mailto:veilig@stemhulp.example"
    assert found["Canonical"] == f"https://stemhulp.example{PATH}"
    assert found["Preferred-Languages"] == "nl, en"


@pytest.mark.parametrize(
    "now", [datetime(2026, 11, 26, 23, 59, tzinfo=UTC), datetime(2027, 3, 28, tzinfo=UTC)]
)
def test_it_never_expires_and_is_never_good_for_a_year(
    client: Client, settings: Settings, now: datetime
) -> None:
    settings.SECURITY_CONTACT = ["https://stemhulp.example/melden"]
    with time_machine.travel(now, tick=False):
        expires = datetime.fromisoformat(fields(client)["Expires"])
    assert timedelta(days=100) < expires - now < timedelta(days=365)


def test_without_a_contact_there_is_none(client: Client, settings: Settings) -> None:
    settings.SECURITY_CONTACT = []
    assert client.get(PATH).status_code == 404


def test_contact_may_be_written_as_a_plain_address() -> None:
    assert contacts(["veilig@a.example", "https://a.example/x"]) == [
        "mailto:veilig@a.example",
        "https://a.example/x",
    ]
    for nonsense in ["bel ons", "http://a.example", "javascript:alert(1)", "a@b.example\nX: y"]:
        with pytest.raises(ImproperlyConfigured, match="SECURITY_CONTACT"):
            contacts([nonsense])


def test_robots_stay_out_of_rooms_and_answers(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        page = shown(client.get("/robots.txt"))
    assert page.startswith("User-agent: *\n")
    for each in NOT_FOR_ROBOTS:
        assert f"Disallow: {each}\n" in page


def test_robots_leave_a_demo_alone(client: Client, settings: Settings) -> None:
    settings.DEMO = True
    assert shown(client.get("/robots.txt")) == "User-agent: *\nDisallow: /\n"
