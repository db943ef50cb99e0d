"""The voter's way in other languages, from left to right and from right to left."""

import re

from playwright.sync_api import Page, expect

from tests.journeys.steps import CALM, TOWN, begin


def answer_first(page: Page) -> None:
    """Press the first of the answers, in whatever language."""
    page.wait_for_timeout(CALM)
    before = page.url
    page.locator(".answers button").first.click()
    expect(page).not_to_have_url(before)


def choose(page: Page, code: str) -> None:
    page.locator(".languages summary").click()
    page.locator(f'.languages [lang="{code}"]').click()


def test_answers_go_along_from_dutch_to_arabic_and_back(page: Page) -> None:
    begin(page)
    answer_first(page)
    choose(page, "ar")
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    expect(page).to_have_url(re.compile(f"/ar{TOWN}stelling/2/$"))
    answer_first(page)
    page.goto(f"/ar{TOWN}stelling/1/")
    expect(page.locator('.answers [aria-pressed="true"]')).to_have_count(1)
    choose(page, "nl")
    expect(page.locator("html")).to_have_attribute("dir", "ltr")
    expect(page.locator('.answers [aria-pressed="true"]')).to_have_count(1)
    assert answers_in(page) == [TOWN]


def answers_in(page: Page) -> list[str]:
    """The paths of the cookies with answers; in other languages one says where those are."""
    return [each["path"] for each in page.context.cookies() if len(each["value"]) > len("nl")]


def given(page: Page, place: str) -> int:
    """How many of the first three statements are answered."""
    pressed = 0
    for number in range(1, 4):
        page.goto(f"{place}stelling/{number}/")
        expect(page.locator(".answers button").first).to_be_visible()
        pressed += page.locator('.answers [aria-pressed="true"]').count()
    return pressed


def test_who_begins_in_arabic_beside_answers_in_dutch_loses_none(page: Page) -> None:
    begin(page)
    answer_first(page)
    answer_first(page)
    page.goto("/")
    choose(page, "ar")
    page.goto(f"/ar{TOWN}")
    page.locator("form[action$='begin/'] button").click()
    expect(page).to_have_url(re.compile(f"/ar{TOWN}stelling/3/"))
    answer_first(page)
    choose(page, "nl")
    expect(page.locator("html")).to_have_attribute("dir", "ltr")
    assert answers_in(page) == [TOWN]
    assert given(page, TOWN) == 3


def test_back_after_a_switch_shows_the_page_with_the_answers(page: Page) -> None:
    begin(page)
    answer_first(page)
    choose(page, "ar")
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    page.go_back()
    expect(page.locator("html")).to_have_attribute("dir", "ltr")
    expect(page.get_by_text("Stelling 2 van 24")).to_be_visible()
    answer_first(page)
    assert answers_in(page) == [TOWN]
    page.go_forward()
    assert given(page, f"/ar{TOWN}") == 2


def test_answer_in_a_tab_in_another_language_is_added_to_the_others(page: Page) -> None:
    begin(page)
    answer_first(page)
    other = page.context.new_page()
    other.goto(f"/ar{TOWN}stelling/2/")
    answer_first(other)
    answer_first(page)  # in Dutch: by htmx, by way of the Arabic address
    expect(page.get_by_text("Stelling 3 van 24")).to_be_visible()
    answer_first(page)
    assert given(page, TOWN) == 3


def test_language_is_chosen_by_keyboard_and_says_what_it_is(page: Page) -> None:
    page.goto(TOWN)
    summary = page.locator(".languages summary")
    summary.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator(".languages :focus")).to_have_attribute("lang", "en")
    page.keyboard.press("Enter")
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_dutch_of_more_lines_begins_on_the_left_of_an_arabic_page(page: Page) -> None:
    """Of the lines of each such text, the first begins where the others do, and names do not."""
    begin_of_lines = """(selector) => [...document.querySelectorAll(selector)].map((each) => {
      const range = document.createRange();
      range.selectNodeContents(each);
      const lines = [...range.getClientRects()].map((line) => Math.round(line.left));
      return [lines.length > 1, new Set([each.getBoundingClientRect().left, ...lines]
        .map(Math.round)).size];
    })"""
    page.goto(f"/ar{TOWN}")
    told = page.evaluate(begin_of_lines, ".ballot [lang=nl]")
    page.locator("form[action$='begin/'] button").click()
    answer_first(page)
    page.goto(f"/ar{TOWN}uitslag/")
    for text in (".statements summary [lang=nl]", ".what-now p > [lang=nl]"):
        told += page.evaluate(begin_of_lines, text)
    assert len(told) > 30
    assert any(is_long for is_long, _ in told)
    assert {edges for _, edges in told} == {1}
    assert page.evaluate(
        """() => {
          const name = document.querySelector(".ranking h3 bdi");
          return Math.abs(name.getBoundingClientRect().right
            - name.closest("h3").getBoundingClientRect().right) < 2;
        }"""
    )


def test_statement_that_is_not_translated_says_that_it_is_dutch(page: Page) -> None:
    page.goto(f"/ar{TOWN}")
    page.locator("form[action$='begin/'] button").click()
    heading = page.locator("h1")
    expect(heading).to_be_visible()
    said = heading.locator(".claim").get_attribute("lang")
    assert said == "nl", "its words are Dutch, and a screen reader must speak them so"
    expect(page.locator(".answers button").first).not_to_have_text("Helemaal mee eens")
