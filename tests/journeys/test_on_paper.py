"""A result that is printed by the browser itself."""

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.steps import TOWN, begin_and_answer

# What stands on it, and the headings and openings (ending in a colon) after which nothing comes
EMPTY = """() => {
  const seen = (each) => each.getClientRects().length > 0;
  return [...document.querySelectorAll("main :is(h2, h3), main p")].filter((each) => {
    const announces = each.matches("h2, h3") || each.textContent.trim().endsWith(":");
    if (!seen(each) || !announces) return false;
    let next = each.nextElementSibling;
    while (next && !seen(next)) next = next.nextElementSibling;
    return !next || (next.matches("h2, h3") && next.tagName <= each.tagName);
  }).map((each) => each.textContent.trim());
}"""


@pytest.mark.parametrize("prefix", ["", "/ar"])
def test_a_result_on_paper_is_short_and_whole(browser: Browser, address: str, prefix: str) -> None:
    context = browser.new_context(base_url=address)
    page = context.new_page()
    begin_and_answer(page, prefix)
    page.goto(f"{prefix}{TOWN}uitslag/")
    paper = page.pdf(format="A4", prefer_css_page_size=True)
    assert 1 <= len(re.findall(rb"/Type /Page\b", paper)) <= 4
    page.emulate_media(media="print")
    assert page.evaluate(EMPTY) == []
    shown = page.locator("body").inner_text()
    assert f"{address.removeprefix('http://')}{prefix}{TOWN}".rstrip("/") in shown
    assert "2022" in page.locator(".on-paper").inner_text()
    for folded in ("Open een stelling", "Website", "Waarom?"):
        assert folded not in shown
    assert not page.locator("#wat-nu ~ .links").is_visible()
    context.close()


def test_the_field_on_paper_names_the_parties_however_narrow_the_screen(
    browser: Browser, address: str
) -> None:
    """Nor does it ask that of a container: in one, Firefox prints no text of a drawing."""
    context = browser.new_context(base_url=address, viewport={"width": 360, "height": 740})
    page = context.new_page()
    begin_and_answer(page)
    page.goto(f"{TOWN}uitslag/")
    expect(page.locator(".below b").first).to_be_visible()
    expect(page.locator(".names bdi").first).to_be_hidden()
    page.emulate_media(media="print")
    expect(page.locator(".names bdi").first).to_be_visible()
    expect(page.locator(".below b").first).to_be_hidden()
    assert page.evaluate("getComputedStyle(document.querySelector('main')).container") == "none"
    context.close()
