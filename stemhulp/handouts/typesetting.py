"""Typst, kept warm: each process reads the fonts and the templates once.

The values go in as JSON, which the template reads as data: nothing in them is ever markup.
"""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import datetime
from functools import cache
from importlib.metadata import version
from pathlib import Path
from threading import Lock
from typing import Any

import typst

from stemhulp.handouts.characters import FONTS, readable, without_vowels
from stemhulp.handouts.values import Handout

ROOM = Path(__file__).parent
TEMPLATES = ROOM / "templates"
TAGGED = ["ua-1"]  # PDF/UA-1, ISO 14289-1: structure, language, title, alternatives for drawings
PIXELS = 72.0  # per inch, so that a point in a template is a pixel
AS_IT_IS = {"url", "drawing"}  # what nobody reads
MADE_WITH = {".py", ".typ", ".ttf"}
AGES = 10  # typst lets go of what it did not use again in so many documents
_one_at_a_time = Lock()  # the compiler is one, and lets go of Python's lock while it works


def pdf(template: str, handout: Handout, at: datetime, **more: Any) -> bytes:
    """A tagged document, dated `at`. `more` is what the template wants to know beside it."""
    given = _given(handout, more, _without_vowels if handout.lang == "ar" else readable)
    how = {"format": "pdf", "pdf_standards": TAGGED, "timestamp": int(at.timestamp())}
    return _compile(template, given, **how)


def image(template: str, handout: Handout, **more: Any) -> bytes:
    """A PNG, of the size that the template says."""
    return _compile(template, _given(handout, more, readable), format="png", ppi=PIXELS)


def forget() -> None:
    """Have typst let go of what it set, so that nothing of a voter stays in memory.

    It holds the last values, and the parts of a document for the next one; it drops the parts that
    newer documents did not use. Empty documents use nothing, and take half a millisecond each.
    """
    for _ in range(AGES):
        _compile("nothing", None, format="pdf")


@cache
def design() -> str:
    """Another text when anything changed that a handout is made with, for who keeps handouts."""
    parts = [path.read_bytes() for path in sorted(ROOM.rglob("*")) if path.suffix in MADE_WITH]
    return hashlib.sha256(b"".join([version("typst").encode(), *parts])).hexdigest()


def _given(
    handout: Handout, more: Mapping[str, Any], shown: Callable[[str], str]
) -> dict[str, str]:
    """What a template is given."""
    given = _data(handout, shown) | {name: _data(value, shown) for name, value in more.items()}
    return {"given": json.dumps(given)}


def _without_vowels(text: str) -> str:
    return readable(without_vowels(text))


def _compile(template: str, inputs: dict[str, str] | None, **how: Any) -> bytes:
    with _one_at_a_time:
        made = _compiler().compile(TEMPLATES / f"{template}.typ", sys_inputs=inputs, **how)
    if not isinstance(made, bytes):
        raise TypeError(f"{template}.typ makes more than one image.")
    return made


@cache
def _compiler() -> typst.Compiler:
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS]
    )
    return typst.Compiler(root=TEMPLATES, font_paths=fonts, ignore_system_fonts=True)


def _data(value: Any, shown: Callable[[str], str]) -> Any:
    """A value as JSON has it; every text in it that is read, as it is shown."""
    if isinstance(value, str):
        return shown(value)
    if is_dataclass(value):
        names = [each.name for each in fields(value)]
        return {
            name: getattr(value, name) if name in AS_IT_IS else _data(getattr(value, name), shown)
            for name in names
        }
    if isinstance(value, Sequence):
        return [_data(each, shown) for each in value]
    return value
