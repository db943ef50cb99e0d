"""Images to share: of the quiz in a municipality, and of one voter's own result."""

from collections.abc import Sequence
from dataclasses import dataclass

from stemhulp.handouts import typesetting
from stemhulp.handouts.values import Handout, Score, Topic


@dataclass(frozen=True)
class PreviewCard(Handout):
    """What messengers and other sites show beside a link to the quiz."""

    brand: str
    title: str
    occasion: str
    topics: Sequence[Topic]
    maker: str


@dataclass(frozen=True)
class TopParty:
    place: str
    party: str  # or all that share the place, where each of them has no line of its own
    match: Score


@dataclass(frozen=True)
class ResultCard(Handout):
    """The parties that agree most with one voter; no answers."""

    brand: str
    occasion: str
    title: str
    basis: str  # on how many of the statements the voter had an opinion
    caution: str  # that this is little; "" where it is not
    label: str  # what the bars show
    parties: Sequence[TopParty]
    more: str  # how many other parties there are
    remark: str  # that it is this voter's own result
    invitation: str
    address: str
    notice: str


PREVIEW_SIZE = (1200, 630)
RESULT_SIZE = (1080, 1350)


def preview_image(card: PreviewCard) -> bytes:
    """A PNG of 1200 by 630 pixels."""
    return typesetting.image("preview", card)


def result_image(card: ResultCard) -> bytes:
    """A PNG of 1080 by 1350 pixels. Nothing of it stays in memory."""
    try:
        return typesetting.image("result_image", card)
    finally:
        typesetting.forget()
