"""Text that our fonts can show, and that fits on a line.

PDF/UA forbids a character that no font shows (ISO 14289-1, 7.21.8): typst refuses the whole
document for it. A party may have any name, so what is missing is shown as a replacement.

A name in a sentence is isolated (Unicode Standard Annex 9, 2.4.2): it keeps its own direction, and
what stands beside it keeps its place, in Arabic as well. Templates keep it on one line if it fits.
"""

import re
import struct
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

FONTS = Path(__file__).parent / "fonts"
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
BREAK = "\N{ZERO WIDTH SPACE}"
SPACE = re.compile(r"[ \t\n\r\f\v]+")  # none of those that keep words together
LONG_WORD = re.compile(r"[^\s/.\-]{32,}")  # no Dutch word of ours is as long
ISOLATE, POP = "\N{FIRST STRONG ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"
ISOLATED = re.compile(f"{ISOLATE}([^{ISOLATE}{POP}]*){POP}")
STEERING = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")  # directions that a text asks for
VOWELS = re.compile("[\u064b-\u0652\u0670]")  # marks that Arabic is mostly written without
SEGMENTS = 4  # the form of a table of characters that our fonts have: OpenType, cmap, format 4


def isolated(name: str) -> str:
    """A name as it stands in a sentence of any direction."""
    return f"{ISOLATE}{STEERING.sub('', name)}{POP}"


def plain(text: str) -> str:
    """A text without what keeps the names in it apart.

    >>> plain(f"in {isolated('Utrecht')}")
    'in Utrecht'
    """
    return ISOLATED.sub(r"\1", text)


def without_vowels(text: str) -> str:
    """An Arabic text without its vowel marks; names stay as they are.

    In a PDF, typst says the letter with its mark for each of the two: who copies, searches or
    listens gets both of them twice (https://github.com/LaurenzV/krilla/issues/411).

    >>> without_vowels(f"تقريبًا {isolated('جدًّا')}") == f"تقريبا {isolated('جدًّا')}"
    True
    """
    return _in_parts(lambda own: VOWELS.sub("", own), lambda name: name, text)


def readable(text: str) -> str:
    """The text with a replacement for what no font shows, and places to break a long word.

    >>> readable("Partij 🐦")
    'Partij �'
    """
    return _in_parts(_readable, _readable, text)


def _in_parts(own: Callable[[str], str], name: Callable[[str], str], text: str) -> str:
    """A text with something done to what is our own in it, and to the names that are isolated."""
    parts = ISOLATED.split(text)
    return "".join(
        f"{ISOLATE}{name(part)}{POP}" if place % 2 else own(part)
        for place, part in enumerate(parts)
    )


def _readable(text: str) -> str:
    composed = SPACE.sub(" ", unicodedata.normalize("NFC", text))
    if not any(font.issuperset(composed) for font in _fonts()):
        composed = "".join(map(_shown, _clusters(composed)))
    return LONG_WORD.sub(lambda word: BREAK.join(word[0]), composed)


def _shown(cluster: str) -> str:
    """A letter with its marks, as far as one font shows them together."""
    for part in (cluster, cluster[0]):
        if any(font.issuperset(part) for font in _fonts()):
            return part
    return REPLACEMENT


def _clusters(text: str) -> list[str]:
    """Each letter with the marks that belong to it."""
    found: list[str] = []
    for each in text:
        if found and unicodedata.category(each).startswith("M"):
            found[-1] += each
        else:
            found.append(each)
    return found


@cache
def _fonts() -> frozenset[frozenset[str]]:
    """What each of our fonts shows; two weights of one show the same."""
    fonts = [path.read_bytes() for path in FONTS.glob("*.ttf")]
    return frozenset(frozenset(map(chr, _codes(font))) for font in fonts)


def _codes(font: bytes) -> Iterator[int]:
    """The characters in a font's table of them (OpenType, cmap)."""
    (tables,) = struct.unpack_from(">H", font, 4)
    directory = struct.iter_unpack(">4sIII", font[12 : 12 + 16 * tables])
    starts = {name: start for name, _, start, _ in directory}
    table = font[starts[b"cmap"] :]
    (encodings,) = struct.unpack_from(">H", table, 2)
    for _, _, start in struct.iter_unpack(">HHI", table[4 : 4 + 8 * encodings]):
        form, _, _, twice = struct.unpack_from(">HHHH", table, start)
        if form == SEGMENTS:
            last = struct.unpack_from(f">{twice // 2}H", table, start + 14)
            first = struct.unpack_from(f">{twice // 2}H", table, start + 16 + twice)
            for low, high in zip(first[:-1], last[:-1], strict=True):  # the last one only ends it
                yield from range(low, high + 1)
