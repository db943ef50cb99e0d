"""What a document tells who cannot see it: the figures in its structure, with their texts."""

import ctypes
from collections.abc import Iterator
from typing import Any

import pypdfium2
from pypdfium2 import raw


def figures_in(document: bytes) -> list[str]:
    """The text in the place of each drawing that is no decoration, page after page."""
    with pypdfium2.PdfDocument(document) as opened:
        return [text for page in opened for text in _figures_on(page)]


def _figures_on(page: Any) -> list[str]:
    tree = raw.FPDF_StructTree_GetForPage(page)
    try:
        tops = range(raw.FPDF_StructTree_CountChildren(tree))
        return [
            text
            for top in tops
            for text in _figures(raw.FPDF_StructTree_GetChildAtIndex(tree, top))
        ]
    finally:
        raw.FPDF_StructTree_Close(tree)


def _figures(element: Any) -> Iterator[str]:
    if _text(raw.FPDF_StructElement_GetType, element) == "Figure":
        yield _text(raw.FPDF_StructElement_GetAltText, element)
    for child in range(raw.FPDF_StructElement_CountChildren(element)):
        within = raw.FPDF_StructElement_GetChildAtIndex(element, child)
        if within:
            yield from _figures(within)


def _text(ask: Any, element: Any) -> str:
    """PDFium says how many bytes there are, then fills them (UTF-16, with a zero at the end)."""
    size = ask(element, None, 0)
    held = ctypes.create_string_buffer(size)
    ask(element, held, size)
    return held.raw[: max(0, size - 2)].decode("utf-16-le")
