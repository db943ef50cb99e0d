"""Where a handout draws what: its texts and filled shapes, from the same templates as SVG."""

import re
import zlib
from collections.abc import Iterator
from typing import Any, NamedTuple
from xml.etree import ElementTree as Xml

from stemhulp.handouts import typesetting
from stemhulp.handouts.characters import readable
from stemhulp.handouts.values import Handout

SVG = "{http://www.w3.org/2000/svg}"
HREF = "{http://www.w3.org/1999/xlink}href"
NUMBER = re.compile(r"-?[\d.]+(?:e-?\d+)?")


class Drawn(NamedTuple):
    """A run of letters on one line, an image (without letters), or a filled shape (likewise).

    From the left and the top of its page, in points.
    """

    kind: str
    x: float
    y: float
    letters: tuple[str, ...]
    end: float  # where its last letter begins
    fill: str


def drawn(template: str, handout: Handout, **more: Any) -> list[Drawn]:
    given = typesetting._given(handout, more, readable)
    made = typesetting._compiler().compile(
        typesetting.TEMPLATES / f"{template}.typ", sys_inputs=given, format="svg"
    )
    pages = filter(None, made if isinstance(made, list) else [made])
    return [each for page in pages for each in _within(Xml.fromstring(page), 0, 0)]  # noqa: S314


def runs(template: str, handout: Handout, **more: Any) -> list[Drawn]:
    """What is written, line by line."""
    return [each for each in drawn(template, handout, **more) if each.kind == "text"]


def _within(parent: Xml.Element, x: float, y: float) -> Iterator[Drawn]:
    for each in parent:
        right, down = _moved(each.get("transform", ""))
        letters = each.findall(f"{SVG}use")
        if letters:
            names = tuple(letter.get(HREF, "") for letter in letters)
            ends = x + right + max(float(letter.get("x", 0)) for letter in letters)
            yield Drawn("text", x + right, y + down, names, ends, letters[0].get("fill", ""))
        elif each.tag == f"{SVG}image":
            yield Drawn("image", x + right, y + down, (), x + right, "")
        elif each.tag == f"{SVG}path":
            yield Drawn("shape", x + right, y + down, (), x + right, each.get("fill", ""))
        elif each.tag == f"{SVG}g":
            yield from _within(each, x + right, y + down)


def _moved(transform: str) -> tuple[float, float]:
    """To the right and down: the last two numbers of matrix(…), all of translate(…)."""
    numbers = [float(found) for found in NUMBER.findall(transform)]
    right, down = (*numbers[4:], 0, 0)[:2] if len(numbers) == 6 else (*numbers, 0, 0)[:2]
    return right, down


def spoken(document: bytes) -> str:
    """The characters that a PDF says its letters stand for: what is found, copied, read aloud."""
    found = []
    for stream in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", document, re.DOTALL):
        try:
            table = zlib.decompress(stream)
        except zlib.error:
            continue
        for _, code in re.findall(rb"<([0-9A-F]{4})> <((?:[0-9A-F]{4})+)>", table):
            found.append(bytes.fromhex(code.decode()).decode("utf-16-be"))
    return "".join(found)
