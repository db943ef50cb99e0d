"""Pages in Brotli: for who asks for it, and the same page for who does not."""

import brotli  # type: ignore[import-untyped]
import pytest
from django.test import Client

from tests.quiz.browser import HTMX, TOWN, begin

pytestmark = pytest.mark.django_db
BROTLI = {"Accept-Encoding": "gzip, deflate, br;q=0.9"}
PAGES = [
    "/",
    TOWN,
    "/hoe-werkt-het/",
    f"{TOWN}stelling/1/",
    f"{TOWN}stellingen/",
    f"{TOWN}uitslag/",
]


@pytest.mark.parametrize("path", PAGES)
def test_browser_that_takes_brotli_gets_the_same_page_in_fewer_bytes(
    client: Client, path: str
) -> None:
    begin(client)
    plain, small = client.get(path), client.get(path, headers=BROTLI)
    assert "Content-Encoding" not in plain
    assert small["Content-Encoding"] == "br"
    assert brotli.decompress(small.content) == plain.content
    assert len(small.content) < len(plain.content) / 2
    assert int(small["Content-Length"]) == len(small.content)
    for response in (plain, small):
        assert "Accept-Encoding" in response["Vary"]


def test_two_forms_of_a_kept_page_are_told_apart(client: Client) -> None:
    plain, small = client.get(TOWN), client.get(TOWN, headers=BROTLI)
    assert plain["ETag"] != small["ETag"]
    again = client.get(TOWN, headers={**BROTLI, "If-None-Match": small["ETag"]})
    assert again.status_code == 304


def test_next_statement_comes_in_brotli_too(client: Client) -> None:
    begin(client)
    response = client.post(f"{TOWN}stelling/1/", {"mening": "1"}, headers={**HTMX, **BROTLI})
    assert response["Content-Encoding"] == "br"
    assert "Stelling 2 van 24" in brotli.decompress(response.content).decode()


def test_who_does_not_take_brotli_gets_none(client: Client) -> None:
    begin(client)
    for accepted in ("gzip", "brotli", "", "identity", "br;q=0", "gzip, br; q=0.000"):
        response = client.get(f"{TOWN}stelling/1/", headers={"Accept-Encoding": accepted})
        assert "Content-Encoding" not in response


@pytest.mark.parametrize("accepted", ["br;q=0.001", "BR", "gzip;q=0, br ; q=1"])
def test_whoever_weighs_brotli_above_nothing_takes_it(client: Client, accepted: str) -> None:
    assert client.get(TOWN, headers={"Accept-Encoding": accepted})["Content-Encoding"] == "br"
