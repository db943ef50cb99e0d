"""That no request leaves for another host is asserted after every test here (conftest.py)."""

from playwright.sync_api import Browser, Page

from tests.journeys.conftest import STRANGERS

ELSEWHERE = "http://elders.example/beeld.png"


def ask_elsewhere(page: Page) -> list[str]:
    page.route(ELSEWHERE, lambda route: route.abort())
    page.set_content(f'<img alt="" src="{ELSEWHERE}">')
    page.wait_for_load_state("load")
    seen = STRANGERS.copy()
    STRANGERS.clear()
    page.context.close()
    return seen


def test_request_for_another_host_would_be_noticed(browser: Browser) -> None:
    assert ask_elsewhere(browser.new_page()) == [ELSEWHERE]
    assert ask_elsewhere(browser.new_context().new_page()) == [ELSEWHERE]
