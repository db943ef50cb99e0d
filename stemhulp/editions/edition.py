"""One contest as a voter sees it: plain, immutable values without a database behind them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any
from weakref import WeakValueDictionary

DUTCH = "nl"  # in which everything is written; other languages are translated from it
AT_THE_RESULT = ("voting", "newsletter")  # kinds of features


@dataclass(frozen=True)
class Election:
    slug: str
    name: str
    date: date


@dataclass(frozen=True)
class Municipality:
    code: str
    name: str
    slug: str
    province: str
    is_example: bool = False


@dataclass(frozen=True)
class Source:
    title: str
    publisher: str
    year: int | None


@dataclass(frozen=True)
class Theme:
    key: str
    name: str
    question: str
    summary: str
    language: str = DUTCH  # of its texts, here and below: what is asked for, else Dutch


@dataclass(frozen=True)
class Term:
    """A difficult word, with the forms in which it stands in a text."""

    term: str
    forms: tuple[str, ...]
    explanation: str
    language: str = DUTCH


@dataclass(frozen=True)
class Background:
    text: str
    source: Source
    language: str = DUTCH


@dataclass(frozen=True)
class Statement:
    key: str
    number: int  # from 1, the order in which it is asked
    theme: Theme
    text: str
    explanation: str
    argument_for: str
    argument_against: str
    recommendation: int
    reason: str
    source: Source
    backgrounds: tuple[Background, ...]
    terms: tuple[Term, ...]
    language: str = DUTCH


@dataclass(frozen=True, slots=True)
class Position:
    stance: int | None
    motivation: str
    source: str
    correction: "Correction | None" = None
    from_programme: bool = False  # read by staff; the party itself said nothing
    withheld: str = ""  # the ground on which the motivation was left out
    language: str = DUTCH  # of the motivation


@dataclass(frozen=True)
class Correction:
    """VluchtelingenWerk mended a position after the deadline, and says when and why."""

    on: date
    reason: str


@dataclass(frozen=True)
class Party:
    slug: str
    name: str  # never empty: a list without a name is shown as "Blanco lijst"
    description: str
    number: int | None
    seats: int | None
    positions: Mapping[str, Position]  # by the statement's key
    website: str = ""
    programme: str = ""  # where to read it

    @property
    def answered(self) -> int:
        """On how many statements it took a stance."""
        return sum(position.stance is not None for position in self.positions.values())

    @property
    def from_programme(self) -> int:
        """On how many statements its stance was read in its programme."""
        return sum(position.from_programme for position in self.positions.values())

    @property
    def answered_itself(self) -> int:
        """On how many statements it took a stance and said so itself."""
        return self.answered - self.from_programme


@dataclass(frozen=True)
class Feature:
    """An example, a story, a figure or the flyer, told beside the statements.

    Or how to vote, or the newsletter, told at the result.
    """

    key: str
    kind: str
    title: str
    text: str
    link: str
    source: Source
    is_local: bool
    statements: tuple[str, ...]  # the keys of those it is about
    language: str = DUTCH

    @property
    def is_at_the_result(self) -> bool:
        return self.kind in AT_THE_RESULT


@dataclass(frozen=True)
class Contact:
    """Where voters reach the team of VluchtelingenWerk in their region."""

    region: str
    email: str
    phone: str

    @property
    def dialled(self) -> str:
        """The telephone number without what only eyes need."""
        return "".join(each for each in self.phone if each.isdecimal() or each == "+")


@dataclass(frozen=True)
class Imprint:
    """Which edition this is: what stands beside a document, and leads to it."""

    number: int
    digest: str
    published_at: datetime
    published_by: str
    reason: str
    repeats: int | None = None  # the number of the earlier edition that it brings back


@dataclass(frozen=True)
class Questionnaire:
    """The statements that are asked, in their order; one for all contests that ask the same."""

    statements: tuple[Statement, ...]
    # False in the preview of a party that is still answering: it must not steer.
    shows_recommendation: bool = True
    # What others make of it and want to keep for as long as it is held: the same for every voter.
    beside: dict[Any, Any] = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def by_theme(self) -> tuple[tuple[Theme, tuple[Statement, ...]], ...]:
        """Each theme with its statements, the themes in the order in which they are first asked."""
        themes: dict[str, list[Statement]] = {}
        for statement in self.statements:
            themes.setdefault(statement.theme.key, []).append(statement)
        return tuple((asked[0].theme, tuple(asked)) for asked in themes.values())

    @cached_property
    def themes(self) -> tuple[Theme, ...]:
        return tuple(theme for theme, _ in self.by_theme)

    @cached_property
    def theme_indices(self) -> dict[str, tuple[int, ...]]:
        """For each theme's key, which statements belong to it (indices from 0)."""
        return {
            theme.key: tuple(self.statements.index(statement) for statement in asked)
            for theme, asked in self.by_theme
        }

    @cached_property
    def recommendation(self) -> tuple[int, ...]:
        """What VluchtelingenWerk holds of each statement."""
        return tuple(statement.recommendation for statement in self.statements)


_questionnaires: WeakValueDictionary[tuple[str, tuple[Statement, ...]], Questionnaire]
_questionnaires = WeakValueDictionary()


def questionnaire_of(statements: tuple[Statement, ...], language: str = DUTCH) -> Questionnaire:
    """The one questionnaire with these statements: a national set is held once, not 333 times.

    Once per language: what is kept beside it has our own words in it, also where the statements
    themselves are not translated.
    """
    return _questionnaires.setdefault((language, statements), Questionnaire(statements))


@dataclass(frozen=True)
class Edition:
    """Everything about one contest; parties in the order of the ballot."""

    election: Election
    municipality: Municipality
    seats: int | None
    questionnaire: Questionnaire
    parties: tuple[Party, ...]
    features: tuple[Feature, ...] = ()
    contact: Contact | None = None
    imprint: Imprint | None = None  # None while it is not published
    language: str = DUTCH  # in which its texts are, as far as they are translated
    # What others make of it and want to keep for as long as it is held: the same for every voter.
    beside: dict[Any, Any] = field(default_factory=dict, compare=False, repr=False)

    @property
    def path(self) -> str:
        """Names the contest, and begins the address of all its pages: "gr2022/utrecht"."""
        return f"{self.election.slug}/{self.municipality.slug}"

    @property
    def statements(self) -> tuple[Statement, ...]:
        return self.questionnaire.statements

    @cached_property
    def is_answered(self) -> bool:
        """Whether any party took any stance."""
        return any(party.answered for party in self.parties)

    @cached_property
    def is_translated(self) -> bool:
        """Whether every statement is in the language that was asked for."""
        return all(each.language == self.language for each in self.statements)

    @property
    def has_results(self) -> bool:
        """Whether all lists are as the Kiesraad counted them, and not typed in before the day."""
        return all(party.seats is not None for party in self.parties)

    @property
    def has_ballot_numbers(self) -> bool:
        return all(party.number is not None for party in self.parties)


@dataclass(frozen=True)
class Absence:
    """Why there is no election here on this day, and when or where these voters do vote."""

    election: Election
    municipality: Municipality
    reason: str
    next_election: date | None
    votes_in: Municipality | None
