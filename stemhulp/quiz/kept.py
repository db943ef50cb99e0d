"""Pages that are the same for everyone: rendered once, then only sent, and kept by any cache."""

import functools
import hashlib
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers
from django.utils.http import quote_etag
from django.utils.translation import get_language

from stemhulp.quiz.compression import ONCE, compress, takes_brotli
from stemhulp.quiz.venues import here

# Briefly kept, and shown on through an outage of ours (RFC 5861).
CACHE_CONTROL = "public, max-age=30, s-maxage=60, stale-while-revalidate=600, stale-if-error=86400"
CACHE_FOR_EVER = "public, max-age=31536000, immutable"


@dataclass(frozen=True)
class KeptPage:
    """A page that was rendered once."""

    content: bytes
    digest: str
    changes_with: Hashable = None

    @classmethod
    def of(cls, text: str, changes_with: Hashable = None) -> "KeptPage":
        content = text.encode()
        return cls(content, hashlib.sha256(content).hexdigest()[:32], changes_with)

    @functools.cached_property
    def smaller(self) -> bytes:
        return compress(self.content, ONCE)

    def response(self, request: HttpRequest) -> HttpResponse:
        if takes_brotli(request):
            response = HttpResponse(self.smaller, headers={"Content-Encoding": "br"})
            response["ETag"] = quote_etag(f"{self.digest}-br")
        else:
            response = HttpResponse(self.content)
            response["ETag"] = quote_etag(self.digest)
        patch_vary_headers(response, ["Accept-Encoding"])
        return for_everyone(response)


class Few(OrderedDict[Any, Any]):
    """Keeps so many; what was not asked for longest makes room. For pages with many forms."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self._most = most

    def get(self, key: Any, default: Any = None) -> Any:
        try:
            self.move_to_end(key)
            return self[key]
        except KeyError:  # also where another thread just let go of it
            return default

    def __setitem__(self, key: Any, value: Any) -> None:
        super().__setitem__(key, value)
        while len(self) > self._most:
            self.popitem(last=False)


def kept(
    request: HttpRequest,
    beside: dict[Any, Any],
    template: str,
    context: Callable[[], dict[str, Any]],
    *,
    changes_with: Hashable,
    which: Hashable = None,
) -> HttpResponse:
    """A page that stays the same for as long as what it is beside, and what it changes with.

    `which` tells apart what one template shows in several forms.
    """
    key = (template, get_language(), here(), which)
    page: KeptPage | None = beside.get(key)
    if page is None or page.changes_with != changes_with:
        page = beside[key] = KeptPage.of(render_to_string(template, context()), changes_with)
    return page.response(request)


def for_everyone(response: HttpResponse) -> HttpResponse:
    """Let any cache keep a page without answers."""
    if response.status_code == HTTPStatus.OK:
        response["Cache-Control"] = CACHE_CONTROL
    return response
