"""A voter's answers that can be recognised wherever they are written, in whatever form.

Single answers are numbers like any other. Six in a row are not, nor is a statement with its answer.
"""

import base64
import json
import pickle
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote, quote_plus, urlencode

Stance = int | None
SEVERAL = 6  # answers in a row that no other list of numbers holds by chance
PATTERN: tuple[Stance, ...] = (
    *(2, -1, None, 1, -2, 2, 2, -2, None, -1, 1, 0),
    *(-2, -2, 1, None, 2, -1, 0, 1, 2, None, -2, -1),
)


@dataclass(frozen=True)
class Needle:
    name: str
    content: bytes


def answer_needles(stances: Mapping[str, Stance]) -> Iterator[Needle]:
    """Of answers by the keys of their statements, in the order of the quiz."""
    pairs = list(stances.items())
    for start in range(0, len(pairs) - SEVERAL + 1, SEVERAL):
        few = pairs[start : start + SEVERAL]
        yield from _few_needles(few)
    for key, stance in pairs:
        yield from _forms("posted", urlencode({"stelling": key, "mening": in_form(stance)}))
        yield from _forms("posted", urlencode({"mening": in_form(stance), "stelling": key}))
    for value in {in_form(stance) for stance in stances.values()}:
        yield Needle("posted", f"mening={value}".encode())


def _few_needles(few: Sequence[tuple[str, Stance]]) -> Iterator[Needle]:
    values = [stance for _, stance in few]
    posted = [in_form(stance) for stance in values]
    for name, text in (
        ("JSON, a list", _inside(json.dumps(values))),
        ("JSON, a tight list", _inside(json.dumps(values, separators=(",", ":")))),
        ("Python, a list", _inside(repr(values))),
        ("Python, texts", _inside(repr(posted))),
        ("as posted", ",".join(posted)),
        ("as posted, apart", " ".join(posted)),
        ("as posted, in lines", "\n".join(posted)),
        ("digits", "".join(posted)),
        ("JSON, by statement", _inside(json.dumps(dict(few[:3])))),
        ("JSON, tight by statement", _inside(json.dumps(dict(few[:3]), separators=(",", ":")))),
        ("Python, by statement", _inside(repr(dict(few[:3])))),
        ("Python, posted by statement", _inside(repr({key: in_form(s) for key, s in few[:3]}))),
    ):
        yield from _forms(name, text)
    yield from _forms("pickle", _pickled(values))


def double_needles(keys: Iterable[str]) -> Iterator[Needle]:
    """Of what counts double: two keys beside each other that stand apart in the quiz."""
    for one, other in ((one, other) for one in keys for other in keys if one != other):
        yield from _forms("doubles, posted", f"{one}&stelling={other}")
        yield from _forms("doubles, JSON", f'"{one}","{other}"')
        yield from _forms("doubles, JSON", f'"{one}", "{other}"')
        yield from _forms("doubles, Python", f"'{one}', '{other}'")


def plain_needles(name: str, *texts: str) -> Iterator[Needle]:
    for text in texts:
        yield Needle(name, text.encode())
        if quote(text) != text:
            yield Needle(name, quote(text).encode())


def found(needles: Iterable[Needle], content: bytes) -> set[str]:
    """The names of all needles that are in it."""
    return {needle.name for needle in needles if needle.content in content}


def in_form(stance: Stance) -> str:
    """As the form of a statement sends it."""
    return "geen" if stance is None else str(stance)


def _inside(text: str) -> str:
    return text[1:-1]


def _pickled(values: list[Stance]) -> bytes:
    whole = pickle.dumps(values, protocol=5)
    return whole[whole.index(b"(") + 1 : whole.rindex(b"e")]


def _forms(name: str, text: str | bytes) -> Iterator[Needle]:
    """As it is, and wrapped as it might be on the way: base64 at any place, hexadecimal, quoted."""
    content = text if isinstance(text, bytes) else text.encode()
    yield Needle(name, content)
    yield Needle(f"{name}, hexadecimal", content.hex().encode())
    for wrapped in set(_in_base64(content)):
        yield Needle(f"{name}, base64", wrapped)
    if isinstance(text, str) and (escaped := json.dumps(text)[1:-1]) != text:
        yield Needle(f"{name}, quoted", escaped.encode())
    for escaped in {quote(text), quote_plus(text)} - {text} if isinstance(text, str) else ():
        yield Needle(f"{name}, in an address", escaped.encode())


def _in_base64(content: bytes) -> Iterator[bytes]:
    """What stays the same of it in the base64 of anything around it: three cases, two alphabets."""
    for before in range(3):
        for encode in (base64.b64encode, base64.urlsafe_b64encode):
            whole = encode(bytes(before) + content)
            first, last = -(-before * 4 // 3), (before + len(content)) * 4 // 3
            yield whole[first + (before > 0) : last]
