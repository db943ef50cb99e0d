"""Answers that are the same for everyone: made once, and not at all for who has them already."""

import functools
import hashlib
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import quote_etag, urlencode
from pydantic import BaseModel

from stemhulp.quiz.compression import ONCE, SMALLEST, compress, takes_brotli
from stemhulp.quiz.kept import CACHE_CONTROL, Few

VERSION = 1  # goes up when the same edition is told in another way
MOST_KEPT = 32  # answers beside one edition
JSON = "application/json"


@dataclass(frozen=True)
class Source:
    """What an answer is made of: it stays the same for as long as this does."""

    state: str  # a digest, or several
    beside: dict[Any, Any]  # where it is kept

    def digest(self, which: Hashable) -> str:
        told = repr((VERSION, self.state, which))
        return hashlib.sha256(told.encode()).hexdigest()[:32]


@dataclass(frozen=True)
class Made:
    content: bytes
    digest: str

    @functools.cached_property
    def smaller(self) -> bytes:
        return compress(self.content, ONCE)


def answer(
    request: HttpRequest,
    source: Source,
    which: Hashable,
    make: Callable[[], BaseModel],
    *,
    link: str = "",
) -> HttpResponse:
    """What `make` gives, as JSON; 304 without making it where the client has it.

    `which` tells apart what is made of one source.
    """
    digest, is_small = source.digest(which), takes_brotli(request)
    etag = quote_etag(f"{digest}-br" if is_small else digest)
    response = get_conditional_response(request, etag=etag)
    if response is None:
        made = _made(source, which, digest, make)
        response = _written(made, is_small=is_small)
    elif response.status_code != 304:
        return response
    if link:
        response["Link"] = link
    return kept_by_caches(response, etag)


def kept_by_caches(
    response: HttpResponse, etag: str, cache_control: str = CACHE_CONTROL
) -> HttpResponse:
    response["ETag"] = etag
    response["Cache-Control"] = cache_control
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


def _made(source: Source, which: Hashable, digest: str, make: Callable[[], BaseModel]) -> Made:
    kept = source.beside.setdefault("api", Few(MOST_KEPT))
    found: Made | None = kept.get(which)
    if found is None or found.digest != digest:
        found = kept[which] = Made(make().model_dump_json().encode(), digest)
    return found


def _written(made: Made, *, is_small: bool) -> HttpResponse:
    if not is_small or len(made.content) < SMALLEST:
        return HttpResponse(made.content, content_type=JSON)
    headers = {"Content-Encoding": "br"}
    return HttpResponse(made.smaller, content_type=JSON, headers=headers)


def links(path: str, query: dict[str, Any], limit: int, offset: int, count: int) -> str:
    """To the pages before and after, as a Link header (RFC 8288)."""
    found = []
    if offset + limit < count:
        found.append(_link(path, query | {"offset": offset + limit}, "next"))
    if offset > 0:
        found.append(_link(path, query | {"offset": max(0, offset - limit)}, "prev"))
    return ", ".join(found)


def _link(path: str, query: dict[str, Any], relation: str) -> str:
    return f'<{path}?{urlencode(query)}>; rel="{relation}"'


def part_of(everything: Sequence[Any], limit: int, offset: int) -> Sequence[Any]:
    return everything[offset : offset + limit]
