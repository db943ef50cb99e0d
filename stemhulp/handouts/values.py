"""Plain values that several handouts hold."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Logo:
    """Of whoever offers the voting aid, in the place of our own mark."""

    drawing: str  # an SVG
    width: float  # when it is one high
    alternative: str  # for who cannot see it


@dataclass(frozen=True)
class Handout:
    """In which language it is, and from which side that is read; and whose."""

    lang: str
    is_rtl: bool
    logo: Logo | None = field(default=None, kw_only=True)


@dataclass(frozen=True)
class Words:
    """A text of others, which may be in another language than the handout."""

    text: str
    lang: str
    is_rtl: bool


@dataclass(frozen=True)
class Score:
    """From 0 to 1, as it is drawn and as it is written."""

    share: float
    text: str


@dataclass(frozen=True)
class Topic:
    """One of the themes; its key chooses the icon and the colour."""

    key: str
    name: Words
    text: str = ""


@dataclass(frozen=True)
class Link:
    """Where to go on: what is there, and its address, in full and as it is shown."""

    text: str
    url: str
    shown: str
