"""The colours, computed from the style sheet: readable in light and in dark, and told apart."""

import re
from pathlib import Path

import pytest
from django.conf import settings

SHEETS = Path(settings.BASE_DIR) / "static" / "css"
SHEET = (SHEETS / "stemhulp.css").read_text()
ROOTS = re.findall(r":root {([^}]*)}", SHEET)
LIGHT = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", ROOTS[0]))
DARK = LIGHT | dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", " ".join(ROOTS[1:])))
SCHEMES = {"light": LIGHT, "dark": DARK}
THEMES = ["opvang", "doorstroom", "inburgering", "werk"]
TEXT = 4.5  # WCAG 2.2, 1.4.3
GRAPHICS = 3.0  # WCAG 2.2, 1.4.11


def luminance(colour: str) -> float:
    """Relative luminance (https://www.w3.org/TR/WCAG22/#dfn-relative-luminance)."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted([luminance(one), luminance(other)])
    return (high + 0.05) / (low + 0.05)


def test_contrast_is_computed_as_the_standard_has_it() -> None:
    assert round(contrast("#000000", "#ffffff"), 2) == 21
    assert round(contrast("#777777", "#ffffff"), 2) == 4.48


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("ground", ["paper", "raised", "chosen"])
@pytest.mark.parametrize("ink", ["ink", "muted", "primary", "wrong", *THEMES])
def test_every_text_can_be_read_on_every_ground(scheme: str, ground: str, ink: str) -> None:
    colours = SCHEMES[scheme]
    if ground == "chosen" and ink in {"wrong", *THEMES}:
        return  # what is chosen is an answer: it has no subject's colour
    assert contrast(colours[ink], colours[ground]) >= TEXT


@pytest.mark.parametrize("scheme", SCHEMES)
def test_text_on_a_button_can_be_read(scheme: str) -> None:
    colours = SCHEMES[scheme]
    assert contrast(colours["on-primary"], colours["primary"]) >= TEXT
    assert contrast(colours["paper"], colours["ink"]) >= TEXT  # under a pointer


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("ground", ["paper", "raised"])
def test_lines_that_say_something_can_be_seen(scheme: str, ground: str) -> None:
    assert contrast(SCHEMES[scheme]["line"], SCHEMES[scheme][ground]) >= GRAPHICS


@pytest.mark.parametrize("scheme", SCHEMES)
def test_four_subjects_have_four_colours(scheme: str) -> None:
    assert len({SCHEMES[scheme][theme] for theme in THEMES}) == len(THEMES)


def test_four_subjects_have_four_drawings() -> None:
    symbols = (Path(settings.BASE_DIR) / "templates" / "_symbols.html").read_text()
    drawings = {
        theme: re.search(rf'<symbol id="theme-{theme}".*?</symbol>', symbols, re.DOTALL)
        for theme in THEMES
    }
    assert all(drawings.values())
    shapes = {tuple(re.findall(r' d="([^"]+)"', found[0])) for found in drawings.values() if found}
    assert len(shapes) == len(THEMES)


@pytest.mark.parametrize("sheet", sorted(SHEETS.glob("*.css")), ids=lambda sheet: sheet.stem)
def test_nothing_moves_but_for_who_has_no_objection(sheet: Path) -> None:
    """WCAG 2.3.3: what moves stands in one place, which only applies without the wish for less."""
    by_scrolling = r"[^{}]*animation-timeline: scroll\([^{}]*"  # only as the reader's hand moves
    text = re.sub(by_scrolling, "", sheet.read_text())
    start = text.find("@media (prefers-reduced-motion: no-preference) {")
    end = text.find("\n}\n", start)
    at = [found.start() for found in re.finditer(r"\b(animation|transition)[a-z-]*:", text)]
    assert all(0 <= start < place < end for place in at)
    assert not re.search(r"scroll-behavior: *smooth", text)
