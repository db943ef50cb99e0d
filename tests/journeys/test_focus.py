"""Nothing that stays in place ever covers what has the focus (WCAG 2.2, 2.4.11), and more strictly:
no corner of it, on a phone, four times enlarged, and on a desk."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.journeys.keys import covered
from tests.journeys.people import LIST, sign_in
from tests.journeys.steps import TOWN, answer, begin, unfold

SIZES = [
    ViewportSize(width=360, height=640),
    ViewportSize(width=320, height=256),
    ViewportSize(width=1280, height=640),
]
SAME = [f"{size['width']}x{size['height']}" for size in SIZES]
POSITION = LIST.format(slug="gewoon-voorbeeldstad") + "stelling/gemengd-wonen/"


@pytest.fixture(params=SIZES, ids=SAME)
def size(request: pytest.FixtureRequest) -> ViewportSize:
    size: ViewportSize = request.param
    return size


@pytest.fixture(scope="module")
def voter(browser: Browser, address: str) -> Iterator[Page]:
    """Someone who answered a statement."""
    context = browser.new_context(base_url=address, reduced_motion="reduce")
    page = context.new_page()
    begin(page)
    answer(page, 1)
    yield page
    context.close()


@pytest.fixture(scope="module")
def member(browser: Browser, address: str) -> Iterator[Page]:
    """Someone of a list that did not hand in yet."""
    context = browser.new_context(base_url=address, reduced_motion="reduce")
    page = context.new_page()
    page.on("dialog", lambda dialog: dialog.accept())  # it asks whether to leave what was typed
    sign_in(page, "partij@demo.example")
    yield page
    context.close()


def lost_connection(page: Page) -> None:
    """The bar that says so is in view."""
    page.evaluate("document.getElementById('offline').hidden = false")
    expect(page.locator("#offline")).to_be_in_viewport()


def test_bar_about_the_connection_covers_nothing(voter: Page, size: ViewportSize) -> None:
    voter.set_viewport_size(size)
    voter.goto(f"{TOWN}stelling/7/")
    unfold(voter)
    lost_connection(voter)
    assert covered(voter) == []


def test_nothing_covers_a_party_that_is_ticked_to_compare(voter: Page, size: ViewportSize) -> None:
    voter.set_viewport_size(size)
    voter.goto(f"{TOWN}uitslag/")
    for place in (0, 2):
        voter.locator(".ranking").get_by_role("checkbox").nth(place).check()
    lost_connection(voter)
    voter.locator("h1").focus()
    assert covered(voter) == []


def test_head_of_the_list_of_statements_covers_none(voter: Page, size: ViewportSize) -> None:
    """Nor does the list cover the page, once the focus has left it."""
    voter.set_viewport_size(size)
    voter.goto(f"{TOWN}stelling/7/")
    voter.get_by_role("link", name="Alle stellingen").click()
    expect(voter.locator("#sheet :focus")).to_be_visible()
    assert covered(voter) == []


def test_explained_word_and_menu_cover_nothing_once_left(voter: Page, size: ViewportSize) -> None:
    voter.set_viewport_size(size)
    voter.goto(f"{TOWN}stelling/7/")
    voter.get_by_role("button", name="woningcorporaties").click()
    expect(voter.locator(".word").first).to_be_focused()
    assert covered(voter) == []
    voter.locator(".languages summary").click()
    assert covered(voter) == []


def test_what_was_not_saved_covers_no_field(member: Page, size: ViewportSize) -> None:
    member.set_viewport_size(size)
    member.goto(POSITION)
    unfold(member)
    member.get_by_label("Toelichting").fill("a" * 501)
    expect(member.locator("#outcome .error")).to_be_visible()
    assert covered(member) == []
    member.context.set_offline(True)
    member.get_by_label("Toelichting").fill("Getypt in de trein.")
    expect(member.locator("#unsaved")).to_be_visible()
    member.context.set_offline(False)
    assert covered(member) == []
