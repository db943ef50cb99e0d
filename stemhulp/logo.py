"""The logo of whoever offers the voting aid, in the place of our own mark: LOGO_FILE names it."""

import struct
from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import ParseError

from defusedxml import ElementTree as SafeXML
from defusedxml.common import DefusedXmlException
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

ADDRESS = "/logo"  # the same in every language and venue
LARGEST = 100_000  # bytes: every voter fetches it
KINDS = {"svg": "image/svg+xml", "png": "image/png"}
PNG_HEADER = b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR"
SVG_ROOT = "{http://www.w3.org/2000/svg}svg"
WIDEST = 6  # times as wide as high: more leaves no room for the name of a municipality


@dataclass(frozen=True)
class Logo:
    """An image, and how wide it is when it is one high: so that nothing moves when it arrives."""

    content: bytes
    kind: str  # a key of KINDS
    width: float

    address = ADDRESS


def logo_in(path: str) -> Logo | None:
    """The logo in this file; none where no file is named. Raises ImproperlyConfigured."""
    if not path:
        return None
    try:
        content = Path(path).read_bytes()
    except OSError as error:
        raise _refused(path, f"which cannot be read: {error}") from error
    if len(content) > LARGEST:
        raise _refused(path, f"of {len(content)} bytes; it can have {LARGEST}")
    kind = "png" if content.startswith(PNG_HEADER) else "svg"
    width, height = _size_of_png(content) if kind == "png" else _size_of_svg(path, content)
    if not 0 < width <= WIDEST * height:
        raise _refused(path, f"of {width:g} by {height:g}; at most {WIDEST} times as wide as high")
    return Logo(content, kind, width / height)


@require_safe
def logo(request: HttpRequest) -> HttpResponse:
    """The image itself."""
    if settings.LOGO is None:
        raise Http404
    headers = {"Cache-Control": "public, max-age=3600"}
    return HttpResponse(settings.LOGO.content, KINDS[settings.LOGO.kind], headers=headers)


def _size_of_png(content: bytes) -> tuple[float, float]:
    """Width and height in pixels (PNG, 11.2.2)."""
    width, height = struct.unpack_from(">II", content.ljust(24, b"\0"), len(PNG_HEADER))
    return width, height


def _size_of_svg(path: str, content: bytes) -> tuple[float, float]:
    """Width and height of its viewBox (SVG 2, 8.6)."""
    try:
        root = SafeXML.fromstring(content)
        _, _, width, height = map(float, root.get("viewBox", "").replace(",", " ").split())
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise _refused(path, "which is no PNG, and no SVG with a viewBox") from error
    if root.tag != SVG_ROOT:
        raise _refused(path, "which is no PNG, and no SVG with a viewBox")
    return width, height


def _refused(path: str, fault: str) -> ImproperlyConfigured:
    return ImproperlyConfigured(f"LOGO_FILE names {path}, {fault}.")
