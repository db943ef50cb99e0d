"""What a browser with an empty cache fetches for one page, in the language of the site.

Of the font faces in a style sheet, a browser fetches those of the families that the page is set in
whose characters (`unicode-range`) stand on it. A page preloads a face of each family it is set in.
"""

import contextlib
import html
import re
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin, urlsplit

import brotli  # type: ignore[import-untyped]

from tests.load.traffic import Ask, Client, Reply, WrongAnswer

LOADS = {"link": "href", "script": "src", "img": "src"}
KINDS = {"stylesheet", "icon", "preload"}  # of a link that loads something
ADDRESS = re.compile(r"url\(\s*[\"']?([^\"')]+)")
FACE = re.compile(r"@font-face\s*{[^}]*}")
FAMILY = re.compile(r"font-family:\s*[\"']?([^\"';}]+)")
RANGE = re.compile(r"unicode-range:([^;}]*)")
FOLDED = re.compile(r"<details(?![^>]* open).*?</details>", re.DOTALL)  # not drawn
MARKUP = re.compile(r"<script.*?</script>|<[^>]*>", re.DOTALL)


class _References(HTMLParser):
    """The addresses of everything that a page loads by itself."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        address = given.get(LOADS.get(tag, ""))
        if address and (tag != "link" or KINDS & set((given.get("rel") or "").split())):
            self.found.append(address)


def first_visit(port: int, path: str, cookie: str) -> dict[str, Any]:
    """KiB of all bodies as sent, in how many requests, to how many hosts."""
    base = f"http://127.0.0.1:{port}"
    with contextlib.closing(Client(port)) as client:
        page = client.send(Ask(path, cookie=cookie, encoding="br"))
        fetched = {path: page}
        waiting = _page_loads(page, base + path)
        preloaded = {each for each in waiting if each.endswith(".woff2")}
        letters = set(html.unescape(MARKUP.sub("", FOLDED.sub("", _text(page)))))
        while waiting:
            address = waiting.pop()
            _check_host(address, base)
            if address not in fetched:
                fetched[address] = client.send(Ask(urlsplit(address).path, encoding="br"))
                waiting += _style_loads(fetched[address], address, letters, preloaded)
    total = sum(len(each.body) for each in fetched.values())
    return {
        "value": round(total / 1024, 1),
        "unit": "KiB",
        "page": round(len(page.body) / 1024, 1),
        "requests": len(fetched),
        "hosts": 1,
    }


def _check_host(address: str, base: str) -> None:
    if urlsplit(address).netloc != urlsplit(base).netloc:
        raise WrongAnswer(f"a page asks another host for something: {address}")


def _page_loads(page: Reply, address: str) -> list[str]:
    references = _References()
    references.feed(_text(page))
    return [urljoin(address, each) for each in references.found]


def _style_loads(reply: Reply, address: str, letters: set[str], preloaded: set[str]) -> list[str]:
    """What a stylesheet loads in its turn for a page with these letters, such as fonts."""
    if "text/css" not in reply.headers["Content-Type"]:
        return []
    style = _text(reply)
    faces: list[str] = FACE.findall(style)
    families = {
        _family(face)
        for face in faces
        if {urljoin(address, each) for each in ADDRESS.findall(face)} & preloaded
    }
    wanted = [face for face in faces if _family(face) in families and _is_for(face, letters)]
    found = ADDRESS.findall(FACE.sub("", style) + "".join(wanted))
    return [urljoin(address, each) for each in found if not each.startswith(("data:", "#"))]


def _family(face: str) -> str:
    found = FAMILY.search(face)
    return found[1] if found else ""


def _is_for(face: str, letters: set[str]) -> bool:
    """Whether one of the letters lies in what a face is for: "U+20-7E, U+A0"."""
    ranges = RANGE.search(face)
    if ranges is None:
        return True
    for each in ranges[1].split(","):
        first, _, last = each.strip().removeprefix("U+").partition("-")
        if any(int(first, 16) <= ord(letter) <= int(last or first, 16) for letter in letters):
            return True
    return False


def _text(reply: Reply) -> str:
    compressed = reply.headers["Content-Encoding"] == "br"
    body: bytes = brotli.decompress(reply.body) if compressed else reply.body
    return body.decode()
