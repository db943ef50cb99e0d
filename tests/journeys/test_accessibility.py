"""axe on every page: no violation, at any width, in light and dark."""

from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.journeys.steps import TOWN, answer, begin, fits, unfold

BEFORE = [
    "/",
    *("/hoe-werkt-het/", "/privacy/"),
    "/?plaats=bergen",
    "/?plaats=12",
    "/gr2022/purmerend/",
    "/gr2022/utrecht/",
    *("/kaart/", "/partijen/", "/partijen/gr2022/d66/", "/partijen/?naam=zzz", "/api/v1/"),
    *("/open-data/", "/open-data/gr2022/", "/open-data/gr2022/voorbeeldstad/"),
    *("/open-data/gr2022/provincie/utrecht/", "/open-data/woordenboek/"),
    TOWN,
    f"{TOWN}delen/",
]
AFTER = [
    *("stelling/7/", "stellingen/", "weging/", "uitslag/", "uitslag/1/", "hoe-werkt-het/"),
    "uitslag/afbeelding/",
    *("uitslag/partij/groen-voorbeeldstad/", "uitslag/profielen/", "uitslag/?onderwerp=werk"),
    "uitslag/vergelijk/",
    "uitslag/vergelijk/?partij=groen-voorbeeldstad&partij=veilig-voorbeeldstad",
    *("editie/", "gewist/"),
    "stelling/99/",
]


def violations(page: Page) -> list[str]:
    return [
        f"{each['id']}: {node['html'][:200]}"
        for each in Axe().run(page).response["violations"]
        for node in each["nodes"]
    ]


@pytest.mark.parametrize(
    ("scheme", "width"),
    [("light", 360), ("light", 768), ("light", 1280), ("dark", 360), ("dark", 1280)],
)
def test_no_page_has_a_violation(
    browser: Browser, address: str, scheme: Literal["light", "dark"], width: int
) -> None:
    context = browser.new_context(
        base_url=address, viewport={"width": width, "height": 800}, color_scheme=scheme
    )
    page = context.new_page()
    for path in BEFORE:
        page.goto(path)
        assert not violations(page), path
        assert fits(page), path
    begin(page)
    answer(page, 1)
    answer(page, 2, "Geen mening")
    for path in AFTER:
        page.goto(TOWN + path)
        unfold(page)
        assert not violations(page), path
        assert fits(page), path
    context.close()


def test_whole_product_fits_at_four_times_its_size(browser: Browser, address: str) -> None:
    """400 % on a screen of 1280 pixels is a page of 320 (WCAG 2.2, 1.4.10)."""
    context = browser.new_context(base_url=address, viewport={"width": 320, "height": 256})
    page = context.new_page()
    begin(page)
    answer(page, 1)
    for path in ["/", TOWN, *(TOWN + path for path in AFTER)]:
        page.goto(path)
        unfold(page)
        assert fits(page), path
    context.close()


def test_targets_are_large_enough_for_a_thumb(browser: Browser, address: str) -> None:
    context = browser.new_context(base_url=address, viewport={"width": 360, "height": 740})
    page = context.new_page()
    begin(page)
    small = page.evaluate(  # a word in a sentence is exempt: its line sets its size (2.5.5)
        """() => [...document.querySelectorAll(
                'button:not(.term), summary, .pager a, .top a, .bottom a, .jump, input')]
             .map(each => [each.textContent.trim(), each.getBoundingClientRect()])
             .filter(([_, box]) => box.width && (box.height < 44 || box.width < 44))
             .map(([text, box]) => `${text} ${box.width}x${box.height}`)"""
    )
    assert small == []
    context.close()
