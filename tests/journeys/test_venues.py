"""The quiz in somebody's page, in a real browser."""

import contextlib
import functools
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, FrameLocator, Page, expect, sync_playwright

from tests.journeys.conftest import QUIET, chromium
from tests.journeys.steps import CALM, TOWN, fits

STRICT = "--test-third-party-cookie-phaseout"  # the browser takes no cookies of third parties


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # its own name
        pass


@contextlib.contextmanager
def newspaper_at(host: str, folder: Path, address: str) -> Iterator[str]:
    """A page of somebody else, on another host and port, with the quiz of Voorbeeldstad in it."""
    site = f"http://localhost:{urlsplit(address).port}"  # another site than 127.0.0.1
    (folder / "index.html").write_text(
        "<!DOCTYPE html><title>De Krant</title><h1>De Krant</h1><p>Nieuws</p>"
        f'<script src="{site}/embed.js" data-municipality="voorbeeldstad"></script>'
    )
    handler = functools.partial(Quiet, directory=str(folder))
    with ThreadingHTTPServer((host, 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://{host}:{server.server_port}/"
        server.shutdown()


@pytest.fixture
def newspaper(tmp_path: Path, address: str) -> Iterator[str]:
    """One that the configuration allows."""
    with newspaper_at("127.0.0.1", tmp_path, address) as page:
        yield page


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=[*QUIET, STRICT])
        yield browser
        browser.close()


def height(page: Page) -> float:
    box = page.locator("iframe").bounding_box()
    assert box
    return box["height"]


def answer(frame: FrameLocator, page: Page, number: int) -> None:
    page.wait_for_timeout(CALM)
    frame.get_by_role("button", name="Mee eens", exact=True).click()
    expect(frame.get_by_text(f"Stelling {number + 1} van 24")).to_be_visible()


def test_quiz_in_a_newspaper_keeps_answers_without_third_party_cookies(
    browser: Browser, newspaper: str
) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 740})
    page.goto(newspaper)
    frame = page.frame_locator("iframe")
    frame.get_by_role("button", name="Begin met de stellingen").click()
    expect(frame.get_by_text("Stelling 1 van 24")).to_be_visible()
    answer(frame, page, 1)
    answer(frame, page, 2)
    cookies = [each for each in page.context.cookies() if each["name"] == "antwoorden"]
    prefixes = ["", "/ar", "/en", "/tr", "/uk"]
    assert {each["path"] for each in cookies} == {f"/embed{each}{TOWN}" for each in prefixes}
    assert {each["sameSite"] for each in cookies} == {"None"}
    assert all(each.get("partitionKey") for each in cookies)
    page.frames[-1].goto(f"{page.frames[-1].url}".replace("/embed/", "/embed/en/"))
    expect(frame.get_by_text("Statement 3 of 24")).to_be_visible()
    expect(page.get_by_role("link", name="Open de stemhulp")).to_be_hidden()
    assert fits(page)
    page.context.close()


def test_frame_grows_and_shrinks_with_what_is_in_it(browser: Browser, newspaper: str) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 740})
    page.goto(newspaper)
    frame = page.frame_locator("iframe")
    frame.get_by_role("button", name="Begin met de stellingen").click()
    expect(frame.get_by_text("Stelling 1 van 24")).to_be_visible()
    page.wait_for_timeout(300)
    folded = height(page)
    assert folded > 400
    frame.get_by_text("Waar gaat dit over?").click()
    page.wait_for_timeout(300)
    unfolded = height(page)
    assert unfolded > folded + 40
    inside = page.frames[-1].evaluate("document.documentElement.scrollHeight")
    assert abs(inside - unfolded) <= 2
    frame.get_by_text("Waar gaat dit over?").click()
    page.wait_for_timeout(300)
    assert abs(height(page) - folded) <= 2
    page.context.close()


def test_host_that_is_not_allowed_gets_a_link_instead(
    browser: Browser, tmp_path: Path, address: str
) -> None:
    page = browser.new_page()
    with newspaper_at("127.0.0.2", tmp_path, address) as newspaper:
        page.goto(newspaper)
        page.wait_for_timeout(500)
        link = page.get_by_role("link", name="Open de stemhulp")
        expect(link).to_be_visible()
        assert height(page) == 0
        with page.expect_popup() as opened:
            link.click()
        expect(opened.value.get_by_role("heading", name="Voorbeeldstad")).to_be_visible()
    page.context.close()
