"""A logo as handouts take it: a drawing, whether it came as one or as an image."""

import base64
from datetime import UTC, datetime

import typst

from stemhulp.handouts import typesetting
from stemhulp.handouts.values import Handout, Logo

ANY_DAY = datetime(2022, 3, 16, tzinfo=UTC)


def drawing_of_png(content: bytes, width: float, height: float) -> str:
    """An SVG with nothing but this image."""
    held = base64.b64encode(content).decode()
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}">'
        f'<image width="{width:g}" height="{height:g}" href="data:image/png;base64,{held}"/></svg>'
    )


def fault_of(drawing: str, width: float) -> str:
    """Why no handout could show this SVG, as typst says it; "" for one that they can."""
    alone = Handout("nl", is_rtl=False, logo=Logo(drawing, width, "Logo"))
    try:
        typesetting.pdf("logo", alone, ANY_DAY)
    except typst.TypstError as error:
        return str(error)
    return ""
