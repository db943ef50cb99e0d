"""A voter's steps in a browser."""

import re
from typing import Any

from playwright.sync_api import Page, expect

TOWN = "/gr2022/voorbeeldstad/"
CALM = 460  # a second tap within it is taken for the end of a double one
AFTER_THE_LAST = re.compile("Wat vind je extra belangrijk|Jouw uitslag in")


def begin(page: Page, place: str = TOWN) -> None:
    page.goto(place)
    page.get_by_role("button", name="Begin met de stellingen").click()
    expect(page.get_by_text("Stelling 1 van 24")).to_be_visible()


def begin_and_answer(page: Page, prefix: str = "") -> None:
    """Begin and answer one statement, in whatever language."""
    page.goto(f"{prefix}{TOWN}")
    page.locator("form[action$='begin/'] button").click()
    page.locator(".answers button").first.wait_for()
    page.wait_for_timeout(CALM)
    page.locator(".answers button").first.click()
    page.wait_for_url("**/stelling/2/")


def answer(page: Page, number: int, label: str = "Mee eens") -> None:
    """Answer the statement on the screen; the next page is there when this returns."""
    page.wait_for_timeout(CALM)
    page.get_by_role("button", name=label, exact=label != "Geen mening").click()
    if number < 24:
        expect(page.get_by_text(f"Stelling {number + 1} van 24")).to_be_visible()
    else:
        expect(page.get_by_role("heading", name=AFTER_THE_LAST)).to_be_visible()


def answer_all(page: Page) -> None:
    labels = ["Mee eens", "Helemaal mee oneens", "Neutraal", "Geen mening", "Helemaal mee eens"]
    for number in range(1, 25):
        answer(page, number, labels[number % 5])


def to_result(page: Page) -> None:
    page.get_by_role("button", name="Naar mijn uitslag").click()
    expect(page.get_by_role("heading", name="Jouw uitslag in")).to_be_visible()


def fits(page: Page) -> bool:
    """Whether nothing has to be scrolled sideways."""
    return bool(
        page.evaluate(
            "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
        )
    )


def names_in_the_field(page: Page) -> list[Any]:
    """How many names or letters stand beside the field, and which cover another or leave it."""
    found: list[Any] = page.evaluate(
        """() => {
          const boxes = [...document.querySelectorAll('.names :is(bdi, b)')].map(
            (each) => each.getBoundingClientRect()).filter((box) => box.width);
          const frame = document.querySelector('.ground').getBoundingClientRect();
          const apart = (a, b) => a.right <= b.left || b.right <= a.left
            || a.bottom <= b.top + 1 || b.bottom <= a.top + 1;
          return [boxes.length, ...boxes.filter((box, at) =>
            box.left < 0 || box.right > innerWidth || !apart(box, frame)
            || boxes.slice(at + 1).some((other) => !apart(box, other)))];
        }"""
    )
    return found


def unfold(page: Page) -> None:
    """Open all that can be opened, and wait until what that fetches is there, and the letters."""
    page.evaluate(
        """async () => {
          const drawn = () => new Promise((then) => requestAnimationFrame(() => setTimeout(then)));
          document.querySelectorAll("main details").forEach((each) => (each.open = true));
          do {
            await drawn();
          } while (document.querySelector(".htmx-request, .htmx-swapping, .htmx-settling"));
          await document.fonts.ready;
        }"""
    )
