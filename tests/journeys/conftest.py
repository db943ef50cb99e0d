"""A real Chromium on the real product: granian, PostgreSQL, compressed files, no debugging."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.local.runs import demo, free_port

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# A browser that asks nobody outside for anything. As root it cannot have a sandbox of its own.
QUIET = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]
# What the browser and htmx write on the console when a test takes the network or a cookie away.
PROVOKED = (
    *("status of 4", "Status Error Code 4", "ERR_INTERNET_DISCONNECTED", "htmx:"),
    "Autofocus processing was blocked",  # said of a swap under a finger; the focus does move
    "Permissions-Policy header: Unrecognized feature",  # a release of Chromium gave it up
)
# The product, a newspaper that shows it, a page that a test holds up; none for data: and blob:.
OURS = {"127.0.0.1", "127.0.0.2", "localhost", "testserver", None}
STRANGERS: list[str] = []  # addresses elsewhere that any page asked for
expect.set_options(timeout=20_000)  # a busy machine fails nothing; what is there does not wait


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder drives a browser; without one it is skipped, and says so.

    On a busy machine a browser is at times later than a test waits for: it gets one more try, which
    pytest counts at the end. What is wrong with the product is wrong the second time as well.
    """
    here = Path(__file__).parent
    ours = [item for item in items if here in item.path.parents]
    for item in ours:
        item.add_marker(pytest.mark.browser)
        item.add_marker(pytest.mark.flaky(reruns=1))
        if chromium() is None and not os.environ.get("REQUIRE_BROWSER"):
            item.add_marker(pytest.mark.skip(reason="no Chromium found; set CHROMIUM to its path"))


def chromium() -> str | None:
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the product runs, on a database of its own; each worker runs one."""
    server = os.environ["DATABASE_URL"]
    database = f"journeys_{os.getpid()}"
    url = urlsplit(server)._replace(path=f"/{database}").geturl()
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{database}"')
        try:
            settings = {"DATABASE_URL": url, "EMBED_HOSTS": "http://127.0.0.1:*"}
            with demo(tmp_path_factory.mktemp("run"), free_port(), **settings) as run:
                run.wait_until_ready()
                yield run.address
        finally:
            connection.execute(f'DROP DATABASE "{database}" WITH (FORCE)')


@pytest.fixture(scope="session", autouse=True)
def every_page_is_watched() -> Iterator[None]:
    """Whatever a test opens, in whichever browser: what it asks for is looked at."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("new_context", "new_page"):
            patch.setattr(Browser, name, _watched(getattr(Browser, name)))
        yield


def _watched(opens: Callable[..., BrowserContext | Page]) -> Callable[..., BrowserContext | Page]:
    def opened(*arguments: Any, **options: Any) -> BrowserContext | Page:
        made = opens(*arguments, **options)
        made.on("request", lambda request: _look(request.url))
        return made

    return opened


def _look(url: str) -> None:
    if urlsplit(url).hostname not in OURS:
        STRANGERS.append(url)


@pytest.fixture(autouse=True)
def no_request_leaves_for_another_host() -> Iterator[None]:
    yield
    asked = STRANGERS.copy()
    STRANGERS.clear()
    assert asked == []


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for a module: its event loop would be in the way of other tests' queries."""
    path = chromium()
    assert path, "REQUIRE_BROWSER is set, but no Chromium was found; set CHROMIUM to its path"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def database_beside_a_browser() -> Iterator[None]:
    """Playwright's loop runs in this thread too; Django would take its queries for mistakes."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    yield
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """A phone, 360 pixels wide. At the end: no complaint, nothing asked of any other host."""
    context = browser.new_context(
        base_url=address, viewport={"width": 360, "height": 740}, locale="nl-NL", has_touch=True
    )
    page = context.new_page()
    complaints: list[str] = []
    strangers: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    context.on(
        "request",
        lambda request: (
            strangers.append(request.url) if not request.url.startswith(address) else None
        ),
    )
    yield page
    context.close()
    assert not [text for text in complaints if not any(known in text for known in PROVOKED)]
    assert not strangers


@pytest.fixture
def plain(browser: Browser, address: str) -> Page:
    """A browser without JavaScript."""
    context = browser.new_context(
        base_url=address, viewport={"width": 360, "height": 740}, java_script_enabled=False
    )
    return context.new_page()
