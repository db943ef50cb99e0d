"""Every response of every address: what its headers tell a browser, by the published rules."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as configuration
from django.contrib.staticfiles.finders import find
from django.contrib.staticfiles.storage import staticfiles_storage
from django.test import Client
from pytest_django.fixtures import Settings

from stemhulp.secure.headers import NEVER, OWN, who_may_load
from tests.curation.addresses import addresses, answer
from tests.curation.roles import ROLES
from tests.curation.world import world
from tests.quiz.browser import TOWN, Browser, begin
from tests.secure.observatory import faults, policy_of, score
from tests.test_errors import PEOPLE, VOTERS

pytestmark = pytest.mark.django_db
ENOUGH = 100


@pytest.fixture(autouse=True)
def https(settings: Settings) -> None:
    """As in production."""
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = settings.HTTPS = True
    settings.SECURITY_CONTACT = ["mailto:veilig@stemhulp.example"]


class SecureClient(Browser):
    """A browser that asks over https, whatever is asked."""

    def generic(self, *arguments: Any, **options: Any) -> Any:
        return super().generic(*arguments, **options | {"secure": True})


@pytest.fixture
def client() -> Client:
    return SecureClient(headers={"Sec-Fetch-Site": "same-origin"})


def wrong(response: Any) -> list[str]:
    reached = score(response)
    said = [] if reached >= ENOUGH else [f"scores {reached}"]
    return [*said, *faults(response)]


def crawl(client: Client, role: str) -> Iterator[str]:
    made = world()
    ROLES[role](client, made)
    client.raise_request_exception = False
    begin(client)
    for each in addresses(made):
        response = answer(client, "GET", each.path)
        yield from (f"{each.path} ({response.status_code}): {said}" for said in wrong(response))


@pytest.mark.parametrize("role", ["not signed in", "national staff", "technical administrator"])
def test_every_address_scores_a_hundred_or_more(client: Client, role: str) -> None:
    found = list(crawl(client, role))
    assert not found, "\n".join(found)


@pytest.mark.parametrize("prefix", ["/embed", "/embed/ar", "/kiosk", "/en"])
@pytest.mark.parametrize("page", ["", "stelling/1/", "uitslag/", "nergens/"])
def test_every_venue_and_language_does(client: Client, prefix: str, page: str) -> None:
    assert not wrong(client.get(f"{prefix}{TOWN}{page}"))


def expired_form(client: Client) -> Any:
    return SecureClient(enforce_csrf_checks=True).post("/account/", {"email": "a@example.nl"})


ERRORS = VOTERS | PEOPLE | {"an expired form": (403, expired_form)}


@pytest.mark.parametrize("what", ERRORS)
def test_every_kind_of_error_does(client: Client, what: str) -> None:
    status, provoke = ERRORS[what]
    response = provoke(client)
    assert response.status_code == status
    assert not wrong(response)


def test_files_do(client: Client) -> None:
    for path in [staticfiles_storage.url("css/stemhulp.css"), "/embed.js"]:
        response = client.get(path)
        assert response.status_code == 200
        assert not wrong(response), path
        response.close()
        unchanged = client.get(path, headers={"If-Modified-Since": response["Last-Modified"]})
        assert unchanged.status_code == 304
        assert not wrong(unchanged), path
        unchanged.close()


def test_unchanged_page_does(client: Client) -> None:
    tag = client.get(TOWN)["ETag"]
    response = client.get(TOWN, headers={"If-None-Match": tag})
    assert response.status_code == 304
    assert not wrong(response)


def test_plain_http_leads_to_the_same_address_over_https() -> None:
    response = Client().get("/gr2022/?plaats=utrecht")
    assert response.status_code == 301
    assert response["Location"] == "https://testserver/gr2022/?plaats=utrecht"
    assert policy_of(response)["default-src"] == "'none'"


@pytest.mark.parametrize("path", ["/api/v1/elections", "/api/v1/nergens"])
def test_program_that_asks_in_the_clear_is_refused_and_not_led_on(path: str) -> None:
    """It would follow, and send what it has in the clear again (ASVS 4.1.2)."""
    response = Client().get(path)
    assert response.status_code == 403
    assert "https" in response.json()["detail"]
    posted = Client().post("/api/v1/match", {"stances": {}}, content_type="application/json")
    assert posted.status_code == 403
    assert SecureClient().get("/api/v1/elections").status_code == 200


@pytest.mark.parametrize("path", ["/api/v1/", "/api/"])
def test_person_who_opens_the_page_about_the_api_is_led_on(path: str) -> None:
    assert Client().get(path).status_code == 301


@pytest.mark.parametrize(
    "path", ["/", TOWN, "/account/", "/redactie/", "/api/v1/elections", "/open-data/", "/embed.js"]
)
def test_nothing_is_sent_back_as_it_came(client: Client, path: str) -> None:
    """TRACE would show scripts the cookies that they may not read."""
    response = client.trace(path, headers={"X-Needle": "naald7f3a"})
    assert response.status_code in {302, 404, 405}
    assert b"naald7f3a" not in b"".join(response)
    response.close()


def test_rules_notice_what_is_missing(client: Client) -> None:
    """A response that says nothing scores as the table of the Observatory has it."""
    response = client.get(TOWN)
    for name in [*response.headers]:
        if name != "Content-Type":
            del response.headers[name]
    assert score(response) == 100 - 25 - 20 - 20 - 5
    assert len(list(faults(response))) >= 8


@pytest.mark.parametrize(
    ("path", "whose"),
    [
        ("/", "same-origin"),
        (f"{TOWN}uitslag/afbeelding.png", "same-origin"),
        (f"{TOWN}delen/flyer-a4.pdf", "same-origin"),
        ("/static/css/stemhulp.css", "same-origin"),
        ("/embedded/", "same-origin"),
        ("/redactie/voorbeeld.png/", "same-origin"),
        (f"/embed{TOWN}", "cross-origin"),
        ("/embed.js", "cross-origin"),
        (f"{TOWN}delen/voorbeeld.png", "cross-origin"),
        (f"/en{TOWN}delen/voorbeeld.png", "cross-origin"),
        ("/gr2022/voorbeeld.png", "cross-origin"),
        ("/api/v1/elections", "cross-origin"),
        ("/open-data/gr2022/lists.csv", "cross-origin"),
    ],
)
def test_other_sites_load_only_what_is_there_for_them(path: str, whose: str) -> None:
    assert who_may_load(path) == whose


def test_pages_ask_of_a_device_only_what_they_may() -> None:
    """What our scripts use, by the name that the policy has for it."""
    ours = (configuration.BASE_DIR / "static" / "js").glob("*.js")
    passkeys = Path(str(find("mfa/js/webauthn-json.js")))  # allauth's, for passkeys
    text = "".join(path.read_text() for path in [*ours, passkeys])
    uses = {
        "clipboard-write": "clipboard.writeText",
        "publickey-credentials-create": "credentials.create",
        "publickey-credentials-get": "credentials.get",
    }
    assert set(uses) == set(OWN)
    for name, call in uses.items():
        assert call in text, name
    assert not set(OWN) & set(NEVER)
    assert not re.search(r"geolocation|getUserMedia|requestFullscreen|wakeLock", text)
