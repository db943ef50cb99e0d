"""QR codes as drawings: lines, which stay sharp at any size."""

import io

import segno


def qr_drawing(address: str) -> str:
    """An SVG of the code, without the quiet zone around it: the template leaves that free.

    Level Q: a quarter of the code may be missing or dirty (ISO/IEC 18004), as paper in a street is.
    """
    drawing = io.BytesIO()
    segno.make(address, error="q", micro=False).save(
        drawing, kind="svg", border=0, xmldecl=False, svgns=True, omitsize=True
    )
    return drawing.getvalue().decode()
