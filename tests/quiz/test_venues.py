"""The quiz in somebody's page, and in a kiosk."""

import re

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from django.urls import get_script_prefix
from pytest_django.fixtures import Settings

from tests.quiz.browser import TOWN, answer, begin, text

pytestmark = pytest.mark.django_db
HOST = "https://krant.example"
WAY = ["", "stelling/1/", "stellingen/", "weging/", "uitslag/", "hoe-werkt-het/", "editie/"]


@pytest.mark.parametrize("venue", ["/embed", "/kiosk", "/embed/en"])
def test_whole_way_stays_in_its_venue(client: Client, venue: str) -> None:
    begin(client, f"{venue}{TOWN}")
    answer(client, 1, 2, f"{venue}{TOWN}")
    for page in WAY:
        response = client.get(f"{venue}{TOWN}{page}")
        assert response.status_code == 200, page
        links = re.findall(r'(?:href|action|hx-get|hx-post)="(/[^"]*)"', text(response))
        strays = [link for link in links if not link.startswith((venue, "/static/", "/embed/"))]
        assert not strays, page


@pytest.mark.parametrize("venue", ["/embed", "/kiosk"])
@pytest.mark.parametrize("path", ["/account/", "/redactie/", "/partij/", "/beheer/", "/health/"])
def test_nothing_but_the_voters_pages_is_in_a_venue(client: Client, venue: str, path: str) -> None:
    assert client.get(venue + path).status_code == 404


def test_pages_of_venues_are_kept_apart(client: Client) -> None:
    pages = [client.get(f"{venue}{TOWN}").content for venue in ["", "/embed", "/kiosk", ""]]
    assert pages[0] == pages[3]
    assert len(set(pages)) == 3
    assert get_script_prefix() == "/"


def test_only_hosts_of_the_configuration_may_frame_it(client: Client, settings: Settings) -> None:
    settings.EMBED_HOSTS = [HOST]
    response = client.get(f"/embed{TOWN}")
    assert f"frame-ancestors 'self' {HOST}" in response["Content-Security-Policy"]
    assert "X-Frame-Options" not in response
    for elsewhere in [TOWN, f"/kiosk{TOWN}", "/account/"]:
        response = client.get(elsewhere)
        assert "frame-ancestors 'none'" in response["Content-Security-Policy"]
        assert response["X-Frame-Options"] == "DENY"


def test_without_configuration_nobody_frames_anything(client: Client) -> None:
    response = client.get(f"/embed{TOWN}")
    assert "frame-ancestors 'none'" in response["Content-Security-Policy"]
    assert response["X-Frame-Options"] == "DENY"


def test_cookie_in_a_frame_is_kept_apart_for_that_page(client: Client) -> None:
    response = client.post(f"/embed{TOWN}begin/")
    cookie = response.cookies["antwoorden"].OutputString()
    assert f"Path=/embed{TOWN}" in cookie
    for attribute in ["Partitioned", "Secure", "SameSite=None", "HttpOnly"]:
        assert attribute in cookie
    gone = client.post(f"/embed{TOWN}wissen/").cookies["antwoorden"].OutputString()
    assert "Partitioned" in gone
    assert "Max-Age=0" in gone


def test_cookie_on_our_own_site_is_not(client: Client) -> None:
    cookie = client.post(f"{TOWN}begin/").cookies["antwoorden"].OutputString()
    assert "Partitioned" not in cookie
    assert "SameSite=Lax" in cookie


@pytest.mark.parametrize("host", ["krant.example", "https://krant.example/pagina", "*", "'self'"])
def test_host_that_is_none_stops_the_start(host: str) -> None:
    from stemhulp.settings import embed_hosts  # noqa: PLC0415  # settings are wiring

    with pytest.raises(ImproperlyConfigured, match="EMBED_HOSTS"):
        embed_hosts([host])


@pytest.mark.parametrize(
    ("short", "whole"),
    [("/voorbeeldstad/", TOWN), ("/kiosk/utrecht/", "/kiosk/gr2022/utrecht/")],
)
def test_short_address_leads_to_the_election_of_now(client: Client, short: str, whole: str) -> None:
    response = client.get(short)
    assert (response.status_code, response["Location"]) == (302, whole)


def test_short_address_of_an_everyday_name_leads_there_too(client: Client) -> None:
    response = client.get("/den-haag/", follow=True)
    assert response.redirect_chain[-1][0] == "/gr2022/s-gravenhage/"


def test_short_address_of_nowhere_is_no_page(client: Client) -> None:
    response = client.get("/nergenshuizen/")
    assert response.status_code == 404
    assert "Deze pagina bestaat niet" in text(response)
