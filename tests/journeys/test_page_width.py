"""From page to page, what stays is in its place."""

import pytest
from playwright.sync_api import Browser

from tests.journeys.steps import TOWN, answer, begin

EDGES = """() => ['.brand .icon', 'main h1', '.languages summary', '.bottom'].map((each) => {
  const box = document.querySelector(each).getBoundingClientRect();
  return Math.round(each === '.languages summary' ? box.right : box.left);
})"""


@pytest.mark.parametrize("width", [1280, 1600])
def test_every_page_begins_on_one_line(browser: Browser, address: str, width: int) -> None:
    """However wide it is: one to read, one statement, the result, the country."""
    context = browser.new_context(base_url=address, viewport={"width": width, "height": 800})
    page = context.new_page()
    begin(page)
    edges = {TOWN: page.evaluate(EDGES)}
    answer(page, 1)
    for path in ("/", "/privacy/", "/kaart/", TOWN, f"{TOWN}uitslag/"):
        page.goto(path)
        edges[path] = page.evaluate(EDGES)
    assert len({str(each) for each in edges.values()}) == 1, edges
    context.close()
