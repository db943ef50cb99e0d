"""A result at the edges, as a browser draws it: many parties or few, odd names, odd answers."""

from collections.abc import Sequence

import pytest
from django.test import Client
from playwright.sync_api import Browser

from tests.journeys.looks import shown, violations
from tests.journeys.steps import TOWN, fits, names_in_the_field
from tests.quiz.browser import answer, answer_all, begin
from tests.quiz.extremes import ARABIC, LONG, PAGES, let_take_part

pytestmark = [pytest.mark.usefixtures("database_beside_a_browser"), pytest.mark.django_db]
# What is fetched when it unfolds stays folded: there is nobody to ask.
UNFOLD = (
    "document.querySelectorAll('details:not([hx-get])').forEach((each) => { each.open = true })"
)
WIDTHS = (320, 360, 768, 1280)
SIDE_BY_SIDE = "uitslag/vergelijk/?partij=lijst-1&partij=lijst-2"
MANY = [f"Leefbaar Voorbeeldstad en omstreken {number}" for number in range(1, 27)]


def wrong_with(browser: Browser, client: Client, paths: Sequence[str], count: int) -> list[str]:
    """What is wrong with these pages at any width, with everything unfolded."""
    context = browser.new_context(reduced_motion="reduce")
    found = []
    for path in paths:
        response = client.get(TOWN + path)
        assert response.status_code == 200, path
        page = shown(context, response.content.decode())
        page.evaluate(UNFOLD)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 740})
            if not fits(page):
                found.append(f"{path} at {width}: wider than the screen")
            if path == "uitslag/" and count and names_in_the_field(page) != [count]:
                found.append(f"{path} at {width}: {names_in_the_field(page)}")
        found += [f"{path}: {each}" for each in violations(page)]
        page.close()
    context.close()
    return found


@pytest.mark.parametrize("names", [MANY, MANY[:3], MANY[:1], [LONG, ARABIC, "D"]])
def test_any_parties_fit_on_any_screen(
    browser: Browser, client: Client, monkeypatch: pytest.MonkeyPatch, names: list[str]
) -> None:
    let_take_part(monkeypatch, names)
    begin(client)
    answer_all(client, 1)
    paths = [*PAGES, SIDE_BY_SIDE] if len(names) > 1 else PAGES
    assert wrong_with(browser, client, paths, len(names)) == []


@pytest.mark.parametrize("given", ["nothing", "one", "geen"])
def test_odd_answers_look_right(browser: Browser, client: Client, given: str) -> None:
    begin(client)
    if given == "one":
        answer(client, 1, 2)
    elif given == "geen":
        answer_all(client, "geen")
    paths = [path.replace("lijst-1", "groen-voorbeeldstad") for path in PAGES]
    assert wrong_with(browser, client, paths, 8 if given == "one" else 0) == []
