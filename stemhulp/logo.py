"""The logo of whoever offers the voting aid, in the place of our own mark: LOGO_FILE names it."""

import hashlib
import struct
from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError, register_namespace, tostring

from defusedxml import ElementTree as SafeXML
from defusedxml.common import DefusedXmlException
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from stemhulp.handouts.logos import drawing_of_png, fault_of

ADDRESS = "/logo"  # the same in every language and venue
LARGEST = 100_000  # bytes: every voter fetches it
KINDS = {"svg": "image/svg+xml", "png": "image/png"}
PNG_HEADER = b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR"
SVG = "http://www.w3.org/2000/svg"
SVG_ROOT = f"{{{SVG}}}svg"
NEITHER = "which is no PNG, and no SVG with a viewBox"
WIDEST = 6  # times as wide as high: more leaves no room for the name of a municipality

register_namespace("", SVG)  # a style in it names its elements as they were


@dataclass(frozen=True)
class Logo:
    """An image, and how wide it is when it is one high: so that nothing moves when it arrives."""

    content: bytes
    kind: str  # a key of KINDS
    width: float
    drawing: str  # an SVG of it, for handouts

    address = ADDRESS

    @property
    def version(self) -> str:
        """Another text for another image, for an address of what is kept with it."""
        return hashlib.sha256(self.content).hexdigest()[:8]


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
    if content.startswith(PNG_HEADER):
        kind, (width, height) = "png", _size_of_png(content)
        drawing = drawing_of_png(content, width, height)
    else:
        kind, root = "svg", _parsed(path, content)
        width, height = _size_of_svg(path, root)
        drawing = tostring(root, encoding="unicode")
    if not 0 < width <= WIDEST * height:
        raise _refused(path, f"of {width:g} by {height:g}; at most {WIDEST} times as wide as high")
    fault = fault_of(drawing, width / height)
    if fault:
        raise _refused(path, f"which handouts cannot show: {fault}")
    return Logo(content, kind, width / height, drawing)


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


def _parsed(path: str, content: bytes) -> Element:
    try:
        root: Element = SafeXML.fromstring(content)
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise _refused(path, NEITHER) from error
    if root.tag != SVG_ROOT:
        raise _refused(path, NEITHER)
    return root


def _size_of_svg(path: str, root: Element) -> tuple[float, float]:
    """Width and height of its viewBox (SVG 2, 8.6)."""
    try:
        _, _, width, height = map(float, root.get("viewBox", "").replace(",", " ").split())
    except ValueError as error:
        raise _refused(path, NEITHER) from error
    return width, height


def _refused(path: str, fault: str) -> ImproperlyConfigured:
    return ImproperlyConfigured(f"LOGO_FILE names {path}, {fault}.")
