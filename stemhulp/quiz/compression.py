"""Pages in Brotli, to browsers that take it: a third of the bytes, for a phone far from a mast.

Who can put text of their own in a page and see how long it gets, can guess what else stands there
(BREACH). A page with a voter's answers repeats nothing that a request says, so nobody can.
"""

import re

import brotli  # type: ignore[import-untyped]
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

ONCE = 9  # how hard to try on what is kept and sent to many
EACH = 1  # on what is made for one voter: a tenth of a millisecond
REFUSED = re.compile(r"q=0(\.0*)?")  # a weight of nothing, however it is written
SMALLEST = 1024  # bytes; below it there is little to win


def takes_brotli(request: HttpRequest) -> bool:
    """Whether `br` is named with a weight above 0, which means no (RFC 9110, 12.5.3)."""
    accepted = request.META.get("HTTP_ACCEPT_ENCODING", "")
    return any(_is_brotli(each) for each in accepted.lower().split(","))


def _is_brotli(coding: str) -> bool:
    name, _, weight = coding.partition(";")
    return name.strip() == "br" and not REFUSED.fullmatch("".join(weight.split()))


def compress(content: bytes, effort: int = EACH) -> bytes:
    smaller: bytes = brotli.compress(content, quality=effort)
    return smaller


def compressed(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The same response, smaller where the browser takes that."""
    patch_vary_headers(response, ["Accept-Encoding"])
    if takes_brotli(request) and len(response.content) >= SMALLEST:
        response.content = compress(response.content)
        response["Content-Encoding"] = "br"
    return response
