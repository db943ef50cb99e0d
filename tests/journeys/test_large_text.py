"""Letters of twice the size, on a phone: what a reader asks of a browser (WCAG 2.2, 1.4.4)."""

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys.pages import AFTER, BEFORE, COUNTRY
from tests.journeys.steps import begin_and_answer, fits, unfold

LONG = "/gr2022/nuenen-gerwen-en-nederwetten/"
# The texts of the header and of the counter, as the boxes of their lines; a word that is cut in two
# has two. Then the marks beside dots and the levels of the field.
TEXTS = """() => {
  const shown = [...document.querySelectorAll(
    ".brand, .place, .languages summary [aria-hidden], .jump .label, .asked .where,"
    + ".plot b, .plot text")];
  return shown.filter((each) => each.getClientRects().length).flatMap((each) => {
    const walker = document.createTreeWalker(each, NodeFilter.SHOW_TEXT);
    const found = [];
    while (walker.nextNode()) {
      const node = walker.currentNode;
      if (node.parentElement.closest(".visually-hidden")) continue;
      for (const word of node.data.matchAll(/[^\\s-]+/g)) {
        const range = document.createRange();
        range.setStart(node, word.index);
        range.setEnd(node, word.index + word[0].length);
        const boxes = [...range.getClientRects()].filter((box) => box.width);
        found.push([word[0], boxes.map((box) => [box.left, box.right, box.top, box.bottom])]);
      }
    }
    return found;
  });
}"""
Box = tuple[float, float, float, float]


def doubled(page: Page) -> None:
    """What a reader does who sets the browser's letters to twice their size."""
    page.evaluate(
        """async () => {
          const root = document.documentElement;
          root.style.fontSize = `${2 * parseFloat(getComputedStyle(root).fontSize)}px`;
          await document.fonts.ready;
        }"""
    )


def overlapping(words: list[tuple[str, list[Box]]]) -> list[tuple[str, str]]:
    """Words of which the boxes share more than the leading of their lines."""
    boxes = [(word, box) for word, parts in words for box in parts]
    return [
        (word, other)
        for at, (word, one) in enumerate(boxes)
        for other, two in boxes[at + 1 :]
        if min(one[1], two[1]) - max(one[0], two[0]) > 1
        and min(one[3], two[3]) - max(one[2], two[2]) > (one[3] - one[2]) / 3
    ]


@pytest.mark.parametrize("prefix", ["", "/en", "/ar", "/uk", "/tr"])
def test_nothing_in_the_worked_example_runs_into_its_neighbour(
    browser: Browser, address: str, prefix: str
) -> None:
    context = browser.new_context(base_url=address)
    page = context.new_page()
    page.goto(f"{prefix}/hoe-werkt-het/")
    cells = page.locator("#voorbeeld :is(tbody, tfoot) :is(th, td)")
    for width in (320, 360, 768):
        page.set_viewport_size({"width": width, "height": 740})
        wide = (
            "(all) => all.filter((e) => e.scrollWidth > e.clientWidth + 1).map((e) => e.outerHTML)"
        )
        assert cells.count() == 31
        assert cells.evaluate_all(wide) == []
        assert fits(page)
    context.close()


@pytest.mark.parametrize("prefix", ["", "/ar"])
def test_twice_the_size_fits_a_phone_and_covers_nothing(
    browser: Browser, address: str, prefix: str
) -> None:
    context = browser.new_context(base_url=address, viewport={"width": 360, "height": 740})
    page = context.new_page()
    begin_and_answer(page, prefix)
    for path in [*BEFORE, *COUNTRY, LONG, *AFTER]:
        page.goto(prefix + path)
        doubled(page)
        unfold(page)
        assert fits(page), path
        words = page.evaluate(TEXTS)
        assert not overlapping(words), path
        assert not [word for word, parts in words if len(parts) > 1], path
    context.close()
