"""Whoever has a keyboard only: going on to something, and whether anything covers the focus."""

from typing import Any

from playwright.sync_api import Page

# Where the corners and the middle of the focused element are in view, what is drawn there. It is
# covered there by what stays in place or lies on the page, when that does not hold the element.
COVERED = """() => {
  const focused = document.activeElement;
  if (focused === document.body) return null;
  const box = [...focused.getClientRects()].find(({ width }) => width)
    ?? focused.getBoundingClientRect();
  const [across, down] = [Math.min(3, box.width / 2), Math.min(3, box.height / 2)];
  const places = [
    [box.left + across, box.top + down],
    [box.right - across, box.top + down],
    [box.left + across, box.bottom - down],
    [box.right - across, box.bottom - down],
    [(box.left + box.right) / 2, (box.top + box.bottom) / 2],
  ].filter(([x, y]) => x >= 0 && y >= 0 && x < innerWidth && y < innerHeight);
  const lies = (each) => ["sticky", "fixed", "absolute"].includes(getComputedStyle(each).position);
  const covers = (each) => {
    if (!each || each.contains(focused) || focused.contains(each)) return false;
    return lies(each) || covers(each.parentElement);
  };
  const over = places.map(([x, y]) => document.elementFromPoint(x, y)).filter(covers);
  const name = ({ tagName, className, textContent }) =>
    `${tagName} ${className} ${textContent.trim().slice(0, 40)}`;
  return {
    name: name(focused),
    id: [name(focused), box.left, box.top + scrollY].join(),
    wrong: places.length ? over.map((each) => `under ${name(each)}`) : ["out of view"],
  };
}"""


FOCUSED = """() => {
  const focused = document.activeElement;
  const [label] = focused.labels ?? [];
  const shows = (each) => each && getComputedStyle(each).outlineStyle === "solid";
  const name = focused === document.body ? "" : (label ?? focused).textContent;
  return [name.trim().replace(/\\s+/g, " "), Boolean(shows(focused) || shows(label))];
}"""


def press_until(page: Page, name: str, *, key: str = "Tab", steps: int = 60) -> None:
    """Go on with this key until what has this name has the focus, which shows."""
    for _ in range(steps):
        page.keyboard.press(key)
        text, shows = page.evaluate(FOCUSED)
        if name in text:
            assert shows, f"nothing shows that {name} has the focus"
            return
    raise AssertionError(f"{name} is not reached")


def stops(page: Page, key: str, most: int = 300) -> list[dict[str, Any]]:
    """What has the focus in turn, from here until it has gone round."""
    found: list[dict[str, Any]] = []
    for _ in range(most):
        page.keyboard.press(key)
        stop = page.evaluate(COVERED)
        if stop is None or (found and stop["id"] == found[0]["id"]):
            return found
        found.append(stop)
    raise AssertionError(f"more than {most} stops")


def covered(page: Page) -> list[str]:
    """What is covered while it has the focus, on a way through the page and back."""
    there = stops(page, "Tab")
    back = stops(page, "Shift+Tab")
    assert min(len(there), len(back)) > 3, "the focus goes nowhere"
    return [f"{each['name']}: {each['wrong']}" for each in (*there, *back) if each["wrong"]]
