"""What a camera reads on paper: a document drawn as fine as it is printed, its codes read back."""

from typing import Any

import numpy as np
import pypdfium2
import typst
import zxingcpp

POINTS = 72  # in an inch, which a document counts in
PRINTED = 300  # dots in an inch, as a plain office printer prints
PAPER = 255
HALF = 128  # of 256 shades: what is darker becomes ink
ALONE = b"#set page(width: auto, height: auto, margin: 0pt)\n#image(bytes(sys.inputs.drawing))"


def printed(document: bytes) -> list[Any]:
    """Each page as an array of dots, which are ink (0) or paper: a printer knows no grey."""
    with pypdfium2.PdfDocument(document) as opened:
        pages = [page.render(scale=PRINTED / POINTS, grayscale=True).to_numpy() for page in opened]
        return [np.where(page < HALF, 0, PAPER).astype(np.uint8) for page in pages]


def codes_on(page: Any) -> list[zxingcpp.Barcode]:
    """The QR codes on it, upright and in the dark on light that they are printed in."""
    formats = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
    return zxingcpp.read_barcodes(page, formats=formats, try_rotate=False, try_invert=False)


def drawing_alone(svg: str) -> Any:
    """A drawing that stands in a page, as dots."""
    namespaced = svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    (page,) = printed(typst.compile(ALONE, format="pdf", sys_inputs={"drawing": namespaced}))
    return page
