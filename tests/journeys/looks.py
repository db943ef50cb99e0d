"""How a page is looked at: in which colours and sizes, and what is asked of it each time."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal, TypedDict
from urllib.parse import urlsplit

from axe_playwright_python.base import AXE_SCRIPT
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, Page, Route, ViewportSize

from tests.journeys.steps import fits, unfold

ANYWHERE = "http://testserver"


class Scheme(TypedDict):
    color_scheme: Literal["light", "dark"]
    forced_colors: Literal["active", "none"]


LIGHT: Scheme = {"color_scheme": "light", "forced_colors": "none"}
DARK: Scheme = {"color_scheme": "dark", "forced_colors": "none"}
OWN: Scheme = {"color_scheme": "dark", "forced_colors": "active"}  # colours that someone chose
SCHEMES = [LIGHT, DARK, OWN]
PHONE = ViewportSize(width=360, height=740)
ENLARGED = ViewportSize(width=320, height=256)  # 400 % on a screen of 1280 x 1024 (WCAG 1.4.10)
SIZES = [PHONE, ENLARGED]
# What else a page is asked does not depend on its colours.
ABOUT_COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
AXE = """(only) => axe.run(document, { preload: false, resultTypes: ["violations"], ...only }).then(
  ({ violations }) => violations.flatMap(
    ({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`)))"""

# A list of many that are alike, is looked at by its first: axe takes longer for each.
FEW = """() => {
  for (const list of document.querySelectorAll("main :is(ol, ul, tbody):not(nav *)"))
    for (const each of [...list.children].slice(6)) each.hidden = true;
}"""

# Exempt is a link or an explained word in a sentence, whose line sets its size (WCAG 2.5.8).
SMALL = r"""() => {
  const blockOf = (each) =>
    getComputedStyle(each).display.startsWith("inline") ? blockOf(each.parentElement) : each;
  const isInSentence = (each) => {
    if (!each.matches(".term") && getComputedStyle(each).display !== "inline") return false;
    const texts = document.createTreeWalker(blockOf(each.parentElement), NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const { parentElement, textContent } = texts.currentNode;
      if (parentElement.closest("a, button, .visually-hidden")) continue;
      if (/\p{L}{2}/u.test(textContent)) return true;
    }
    return false;
  };
  const pressed = "a[href], button, input:not([type=hidden]), select, textarea, summary";
  return [...document.querySelectorAll(pressed)]
    .filter((each) => each.checkVisibility({ visibilityProperty: true }) && !isInSentence(each))
    .map((each) => [each.textContent.trim(), each.closest("label") ?? each])
    .map(([text, each]) => [text, each.getBoundingClientRect()])
    .filter(([_, { width, height }]) => width && (width < 43.9 || height < 43.9))
    .map(([text, { width, height }]) => `${text}: ${Math.round(width)}x${Math.round(height)}`);
}"""


def violations(page: Page, only: dict[str, Any] | None = None) -> list[str]:
    """What axe finds, by all its rules or by these only."""
    if not page.evaluate("Boolean(window.axe)"):
        page.evaluate(AXE_SCRIPT)
    found: list[str] = page.evaluate(AXE, {"runOnly": only} if only else {})
    return found


def small(page: Page) -> list[str]:
    """What can be pressed and is smaller than 44 by 44 pixels."""
    found: list[str] = page.evaluate(SMALL)
    return found


def wrong(page: Page, *, is_for_thumbs: bool = False) -> list[str]:
    """What is wrong with the page as it stands, at any size and in any colours."""
    unfold(page)
    found = [f"{size['width']}: wider than the screen" for size in SIZES if not _fits(page, size)]
    if is_for_thumbs:
        page.set_viewport_size(PHONE)
        found += [f"too small: {each}" for each in small(page)]
    page.evaluate(FEW)
    return [*found, *_violations(page)]


def _fits(page: Page, size: ViewportSize) -> bool:
    page.set_viewport_size(size)
    return fits(page)


def _violations(page: Page) -> Iterator[str]:
    """By all rules at any size; in other colours, by those that are about colour."""
    for size in SIZES:
        page.set_viewport_size(size)
        for scheme in SCHEMES if size is PHONE else [LIGHT]:
            page.emulate_media(**scheme, reduced_motion="reduce")
            for each in violations(page, None if scheme is LIGHT else ABOUT_COLOURS):
                yield f"{size['width']}, {scheme}: {each}"
    page.emulate_media(**LIGHT)


def walk(page: Page, paths: list[str], **asked: bool) -> list[str]:
    """What is wrong with any of these."""
    found = []
    for path in paths:
        page.goto(path)
        found += [f"{path} at {each}" for each in wrong(page, **asked)]
    return found


def shown(context: BrowserContext, html: str) -> Page:
    """A page that holds this, with the product's own styles, scripts and fonts."""

    def fulfil(route: Route) -> None:
        path = urlsplit(route.request.url).path
        if path.startswith(settings.STATIC_URL):
            file = Path(settings.STATIC_ROOT) / path.removeprefix(settings.STATIC_URL)
            route.fulfill(path=file)
        elif route.request.resource_type != "document":
            route.abort()  # what the page would fetch by itself is not there
        else:
            route.fulfill(body=html, content_type="text/html; charset=utf-8")

    page = context.new_page()
    page.route("**/*", fulfil)
    page.goto(ANYWHERE)
    return page


def wrong_with(browser: Browser, pages: dict[str, str], **asked: bool) -> list[str]:
    """What is wrong with any of these, given as HTML by name."""
    context = browser.new_context(reduced_motion="reduce")
    found = []
    for name, html in pages.items():
        page = shown(context, html)
        found += [f"{name} at {each}" for each in wrong(page, **asked)]
        page.close()
    context.close()
    return found
