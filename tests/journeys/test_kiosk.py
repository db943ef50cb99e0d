"""The quiz on a screen that passers-by share: nothing of one is left for the next."""

import re
from urllib.parse import urlsplit

from playwright.sync_api import Page, Route, expect

from tests.journeys.steps import TOWN, begin_and_answer, fits


def test_kiosk_erases_everything_after_a_minute_without_a_touch(page: Page) -> None:
    page.clock.install()
    page.goto(f"/kiosk{TOWN}")
    page.get_by_role("button", name="Begin met de stellingen").click()
    page.clock.run_for(1000)
    page.get_by_role("button", name="Mee eens", exact=True).click()
    expect(page.get_by_text("Stelling 2 van 24")).to_be_visible()
    page.clock.run_for(46_000)
    expect(page.get_by_role("dialog", name="Ben je er nog?")).to_be_visible()
    page.get_by_role("button", name="Ja, ik ga verder").click()
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.clock.run_for(40_000)
    expect(page.get_by_text("Stelling 2 van 24")).to_be_visible()
    page.goto("/kiosk/ar/")  # also from a page without a contest, and in another language
    page.clock.run_for(61_000)
    expect(page.get_by_role("heading", name="Hoe denken de partijen")).to_be_visible()
    expect(page).to_have_url(re.compile(r"//[^/]+/kiosk/(#.*)?$"))
    page.clock.run_for(300_000)  # it does not ask where nobody came
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.keyboard.press("Tab")  # somebody came, and went
    page.clock.run_for(46_000)
    expect(page.get_by_role("dialog", name="Ben je er nog?")).to_be_visible()
    assert not [each for each in page.context.cookies() if each["name"] == "antwoorden"]
    page.goto(f"/kiosk{TOWN}uitslag/")
    expect(page.get_by_text("Je bent nog niet begonnen")).to_be_visible()


def test_kiosk_has_large_type_and_nothing_is_scrolled_sideways(page: Page) -> None:
    page.set_viewport_size({"width": 768, "height": 1024})
    page.goto(f"/kiosk{TOWN}")
    page.get_by_role("button", name="Begin met de stellingen").click()
    page.get_by_role("button", name="Mee eens", exact=True).click()
    page.goto(f"/kiosk{TOWN}uitslag/")
    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "24px"
    assert fits(page)


def hurried(page: Page, address: str) -> None:
    """Have these pages wait no minutes, but none, before they lead on."""

    def hurry(route: Route) -> None:
        sent = route.fetch()
        body = re.sub(r'(http-equiv="refresh"\s+content=")\d+', r"\g<1>0", sent.text())
        route.fulfill(response=sent, body=body)

    page.route(address, hurry)


def test_kiosk_without_javascript_begins_anew_after_it_asked(plain: Page) -> None:
    """By when the browser has forgotten the answers; that is not waited for here."""
    plain.goto(f"/kiosk{TOWN}")
    plain.get_by_role("button", name="Begin met de stellingen").click()
    plain.get_by_role("button", name="Mee eens", exact=True).click()
    hurried(plain, f"**{TOWN}stelling/2/")
    plain.goto(f"/kiosk{TOWN}stelling/2/")
    expect(plain.get_by_role("heading", name="Ben je er nog?")).to_be_visible()
    plain.unroute_all()
    plain.get_by_role("button", name="Ja, ik ga verder").click()
    expect(plain.get_by_text("Stelling 2 van 24")).to_be_visible()
    hurried(plain, "**/nog-daar/")
    plain.goto(f"/kiosk{TOWN}stelling/2/nog-daar/")
    expect(plain.get_by_role("button", name="Begin met de stellingen")).to_be_visible()
    assert urlsplit(plain.url).path == f"/kiosk{TOWN}"


def test_kiosk_with_javascript_is_led_on_by_its_script_alone(page: Page) -> None:
    begin_and_answer(page, "/kiosk")
    page.goto(f"/kiosk{TOWN}uitslag/")
    assert "nog-daar/" in (page.locator("head noscript").text_content() or "")
    assert page.locator("meta[http-equiv=refresh]").count() == 0


def test_kiosk_without_javascript_says_that_one_must_erase(plain: Page) -> None:
    """A page that is only looked at must not change anything.

    (Where Playwright switches scripts off, `noscript` is not drawn: it is read in what was sent.)
    """

    def says(path: str) -> bool:
        response = plain.goto(path)
        assert response
        return "Wis ze dan zelf, onderaan de pagina" in response.text()

    assert says(f"/kiosk{TOWN}")
    plain.get_by_role("button", name="Begin met de stellingen").click()
    plain.get_by_role("button", name="Mee eens", exact=True).click()
    assert says(f"/kiosk{TOWN}stelling/2/")
    plain.get_by_text("Wis mijn antwoorden").click()
    plain.get_by_role("button", name="Ja, wis alles").click()
    expect(plain.get_by_role("heading", name="zijn gewist")).to_be_visible()
    assert plain.context.cookies() == []
    assert not says(TOWN)
