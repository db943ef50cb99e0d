"""The quiz in somebody's page, and in a kiosk."""

import re
from urllib.parse import urljoin

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from django.urls import get_script_prefix
from pytest_django.fixtures import Settings

from stemhulp.quiz.answers import LONGEST_PAUSE
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


def led_on(page: str) -> tuple[int, str]:
    """After how many seconds a page without scripts leads on, and where to."""
    (found,) = re.findall(
        r'<noscript>\s*<meta http-equiv="refresh" content="(\d+); url=([^"]+)">\s*</noscript>', page
    )
    return int(found[0]), str(found[1])


@pytest.mark.parametrize("language", ["", "/ar"])
@pytest.mark.parametrize("page", ["stelling/2/", "stellingen/", "weging/", "uitslag/"])
def test_kiosk_without_scripts_asks_before_it_begins_anew(
    client: Client, language: str, page: str
) -> None:
    """By when the cookie has ended: nothing is erased by looking, nor does the question do it."""
    town = f"/kiosk{language}{TOWN}"
    begin(client, town)
    given = client.post(f"{town}stelling/1/", {"mening": 2})
    shown = client.get(town + page)
    first, where = led_on(text(shown))
    asked = client.get(urljoin(town + page, where))
    assert asked.status_code == 200
    assert asked["Cache-Control"] == "no-store"
    assert not asked.cookies
    then, anew = led_on(text(asked))
    assert anew == f"/kiosk{TOWN}"
    assert then >= 20  # WCAG 2.2.1
    assert first + then == given.cookies["antwoorden"]["max-age"] == LONGEST_PAUSE
    stays = client.post(urljoin(town + page, where))
    assert stays.status_code == 303
    assert urljoin(urljoin(town + page, where), stays["Location"]) == town + page
    again, before = stays.cookies["antwoorden"], given.cookies["antwoorden"]
    for attribute in ("max-age", "path", "httponly", "samesite"):
        assert again[attribute] == before[attribute]
    assert again.value == before.value
    assert text(client.get(town + page)) == text(shown)


def test_nothing_else_leads_on_by_itself(client: Client) -> None:
    begin(client)
    answer(client, 1, 2)
    for page in (TOWN, f"{TOWN}uitslag/", f"/kiosk{TOWN}", "/kiosk/", f"/embed{TOWN}"):
        assert "refresh" not in re.sub(r"refreshOnHistoryMiss", "", text(client.get(page)))
    for venue in ("", "/embed", "/kiosk"):
        assert client.get(f"{venue}{TOWN}nog-daar/").status_code == 404
    assert client.get(f"/embed{TOWN}uitslag/nog-daar/").status_code == 404
    assert client.get("/kiosk/gr2022/nergens/uitslag/nog-daar/").status_code == 404


def test_question_gives_no_cookie_to_who_has_none(client: Client) -> None:
    stays = client.post(f"/kiosk{TOWN}uitslag/nog-daar/")
    assert stays.status_code == 303
    assert not stays.cookies


def test_browser_that_takes_no_cookie_in_a_frame_is_led_out_of_it(client: Client) -> None:
    client.post(f"/embed/en{TOWN}begin/")
    client.cookies.clear()
    page = text(client.get(f"/embed/en{TOWN}stelling/1/"))
    assert "Open the voting aid separately" in page
    assert re.search(rf'target="_blank" rel="noopener"\s+href="http://[^/"]+/en{TOWN}"', page)
    assert "_blank" not in text(client.get(f"/en{TOWN}stelling/1/"))


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
