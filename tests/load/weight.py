"""What a browser with an empty cache fetches for one page."""

import contextlib
import re
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin, urlsplit

import brotli  # type: ignore[import-untyped]

from tests.load.traffic import Ask, Client, Reply, WrongAnswer

LOADS = {"link": "href", "script": "src", "img": "src"}
KINDS = {"stylesheet", "icon", "preload"}  # of a link that loads something


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
        while waiting:
            address = waiting.pop()
            _check_host(address, base)
            if address not in fetched:
                fetched[address] = client.send(Ask(urlsplit(address).path, encoding="br"))
                waiting += _style_loads(fetched[address], address)
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


def _style_loads(reply: Reply, address: str) -> list[str]:
    """What a stylesheet loads in its turn, such as fonts."""
    if "text/css" not in reply.headers["Content-Type"]:
        return []
    found = re.findall(r"url\(\s*[\"']?([^\"')]+)", _text(reply))
    return [urljoin(address, each) for each in found if not each.startswith(("data:", "#"))]


def _text(reply: Reply) -> str:
    compressed = reply.headers["Content-Encoding"] == "br"
    body: bytes = brotli.decompress(reply.body) if compressed else reply.body
    return body.decode()
