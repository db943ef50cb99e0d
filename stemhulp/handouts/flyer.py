"""A flyer for volunteers to print, with a code that leads to the quiz of one municipality."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from stemhulp.handouts import typesetting
from stemhulp.handouts.qr import qr_drawing
from stemhulp.handouts.values import Handout, Link, Topic

Paper = Literal["a4", "a5"]


@dataclass(frozen=True)
class Flyer(Handout):
    brand: str
    title: str  # Stem met je hart
    place: str
    occasion: str
    lead: str
    topics_heading: str
    topics: Sequence[Topic]
    steps: Sequence[str]  # what the quiz does for a voter
    invitation: str  # beside the code
    link: Link
    code_alternative: str  # for who cannot see the code
    maker: str
    about: str  # who made it, and why
    notice: str  # that the municipality is invented; "" for a real one


def flyer_pdf(content: Flyer, paper: Paper, at: datetime) -> bytes:
    """The flyer as tagged PDF, on one page of this size."""
    return typesetting.pdf("flyer", content, at, paper=paper, code=qr_drawing(content.link.url))
