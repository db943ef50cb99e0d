"""A voter's result, to print or to keep."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from stemhulp.handouts import typesetting
from stemhulp.handouts.values import Handout, Link, Score, Words


@dataclass(frozen=True)
class PartyRow:
    place: str  # "2=" for a shared one
    party: str
    url: str  # of its website; "" without one
    remark: str
    alike: str  # "17 van 24"
    match: Score
    friendliness: Score | None


@dataclass(frozen=True)
class Ranking:
    heading: str
    columns: Sequence[str]  # what stands above the place, the party, and the three figures
    rows: Sequence[PartyRow]
    own: float | None  # the voter's own friendliness, from 0 to 1
    notes: Sequence[str]


@dataclass(frozen=True)
class ProfileRow:
    theme: str  # its key
    name: Words
    score: Score | None  # None where the voter gave no opinion
    without: str  # what is said then


@dataclass(frozen=True)
class Profile:
    """How refugee-friendly the voter answered, per theme."""

    heading: str
    text: str
    columns: Sequence[str]
    rows: Sequence[ProfileRow]


@dataclass(frozen=True)
class Group:
    """Parties that stand apart, and why."""

    text: str
    parties: Sequence[str]


@dataclass(frozen=True)
class Apart:
    heading: str
    groups: Sequence[Group]


@dataclass(frozen=True)
class Answer:
    number: str
    text: Words
    mark: int | None  # how full: 1 to 5; None without an opinion
    opinion: str
    remark: str  # that it counts double


@dataclass(frozen=True)
class AnsweredTheme:
    key: str
    name: Words
    answers: Sequence[Answer]


@dataclass(frozen=True)
class AllAnswers:
    heading: str
    paragraphs: Sequence[str]
    columns: Sequence[Sequence[AnsweredTheme]]  # two, beside each other


@dataclass(frozen=True)
class Section:
    heading: str
    paragraphs: Sequence[str]
    links: Sequence[Link] = ()


@dataclass(frozen=True)
class ResultSheet(Handout):
    """Everything on it, from top to bottom."""

    brand: str
    occasion: str
    notice: str  # that the municipality is invented; "" for a real one
    title: str
    description: str
    maker: str
    lead: Sequence[str]
    certainty: str
    ranking: Ranking | None
    profile: Profile | None
    apart: Apart | None
    answers: AllAnswers
    counting: Section  # on the first page, where there is room
    onward: Section
    foot: str
    page_label: str  # with {page} and {pages}


def result_pdf(sheet: ResultSheet, at: datetime) -> bytes:
    """The sheet on A4, as tagged PDF. Nothing of it stays in memory."""
    try:
        return typesetting.pdf("result", sheet, at)
    finally:
        typesetting.forget()
