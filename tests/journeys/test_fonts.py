"""What a first visit fetches, in each language, and that nothing moves while it does."""

import itertools
import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Route

from tests.journeys.steps import TOWN

LARGEST = 60 * 1024  # bytes, as sent
# Of a line that only just fits, a stand-in may make two: then all below it moves a little.
STILL = {360: 0.012, 1280: 0.03}
SLOW = 0.8  # seconds that a font takes
LATIN = {"atkinson-next-400", "atkinson-next-700"}
ARABIC = {"noto-arabic-400", "noto-arabic-700"}
CYRILLIC = {"noto-cyrillic-400", "noto-cyrillic-700"}
# Adds up by how much what is drawn moved by itself (https://web.dev/articles/cls).
WATCH = """
window.moved = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) window.moved += entry.value;
}).observe({ type: "layout-shift", buffered: true });
"""


@pytest.fixture
def context(browser: Browser, address: str) -> Iterator[BrowserContext]:
    """A phone with an empty cache."""
    context = browser.new_context(base_url=address, viewport={"width": 360, "height": 740})
    yield context
    context.close()


@pytest.mark.parametrize(
    ("language", "needed", "allowed"),
    [
        ("", LATIN, set()),
        ("/en", LATIN, set()),
        ("/tr", LATIN | {"atkinson-next-tr-400", "atkinson-next-tr-700"}, set()),
        ("/ar", ARABIC, set()),
        ("/uk", CYRILLIC, set()),
    ],
)
def test_first_visit_is_light_and_fetches_only_the_letters_it_needs(
    context: BrowserContext, language: str, needed: set[str], allowed: set[str]
) -> None:
    page = context.new_page()
    sizes: dict[str, int] = {}
    page.on(
        "requestfinished",
        lambda request: sizes.update({request.url: request.sizes()["responseBodySize"]}),
    )
    context.request.post(f"{language}{TOWN}begin/", headers={"Sec-Fetch-Site": "none"})
    page.goto(f"{language}{TOWN}stelling/1/")
    page.wait_for_load_state("networkidle")
    names = {url.rpartition("/")[2].partition(".")[0] for url in sizes if url.endswith(".woff2")}
    assert names >= needed
    assert names <= needed | allowed
    assert sum(sizes.values()) < LARGEST, sizes


@pytest.mark.parametrize(
    ("language", "path", "width"),
    [
        *itertools.product(
            ("", "/ar", "/uk"),
            ("/", TOWN, f"{TOWN}stelling/1/", f"{TOWN}weging/", f"{TOWN}uitslag/"),
            (360,),
        ),
        *itertools.product(("", "/ar"), (TOWN, f"{TOWN}uitslag/"), (1280,)),
    ],
)
def test_nothing_moves_when_the_letters_come_late(
    context: BrowserContext, language: str, path: str, width: int
) -> None:
    def late(route: Route) -> None:
        time.sleep(SLOW)
        route.continue_()

    context.request.post(f"{language}{TOWN}begin/", headers={"Sec-Fetch-Site": "none"})
    for number in range(1, 10):  # enough for a result with all that it can have
        context.request.post(
            f"{language}{TOWN}stelling/{number}/",
            form={"mening": "1"},
            headers={"Sec-Fetch-Site": "none"},
        )
    page = context.new_page()
    page.set_viewport_size({"width": width, "height": 740})
    page.add_init_script(WATCH)
    page.route("**/*.woff2", late)
    page.goto(language + path, wait_until="commit")
    page.evaluate("document.fonts.ready")
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(200)
    assert page.evaluate("[...document.fonts].filter((face) => face.status === 'loaded').length")
    assert page.evaluate("window.moved") < STILL[width]


def test_cells_of_tables_begin_at_the_edge_in_either_direction(context: BrowserContext) -> None:
    page = context.new_page()
    for language, side in (("", "Left"), ("/ar", "Right")):
        page.goto(f"{language}/hoe-werkt-het/")
        padding = f"getComputedStyle(document.querySelector('main th')).padding{side}"
        assert page.evaluate(padding) == "0px", language
