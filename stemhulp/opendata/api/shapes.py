"""What is answered, field by field. The documentation page is made of these descriptions."""

import datetime
import re
from typing import Annotated, Any, Literal

from django.conf import settings
from pydantic import AfterValidator, BaseModel, BeforeValidator, Field

from stemhulp.editions.edition import DUTCH

LANGUAGES = [code for code, _ in settings.LANGUAGES]
MOST_PER_PAGE = 100
LARGEST_OFFSET = 100_000
SLUG = r"^[-a-zA-Z0-9_]+$"
DIGEST = r"^[0-9a-f]{64}$"
WRITTEN = re.compile(r"-?(0|[1-9][0-9]*)")
POSTCODE = r"^[1-9][0-9]{3}( ?[A-Za-z]{2})?$"


def _known(code: str) -> str:
    if code not in LANGUAGES:
        raise ValueError(f"one of {', '.join(LANGUAGES)}")
    return code


def _in_digits(sent: object) -> object:
    if isinstance(sent, str) and not WRITTEN.fullmatch(sent):
        raise ValueError("a whole number, in digits without anything else")
    return sent


# Of an address: pydantic alone would read " 5", "05", "5.0" and "1_0" as numbers too, and whoever
# mistyped one would not know; besides, each would be one more address of the same answer.
Whole = Annotated[int, BeforeValidator(_in_digits)]
Language = Annotated[str, AfterValidator(_known), Field(json_schema_extra={"enum": LANGUAGES})]
Stance = Annotated[int, Field(ge=-2, le=2)]
SpokenIn = Annotated[
    str, Field(description="In which language its texts are: the one you asked for, else `nl`.")
]


class Score(BaseModel):
    """A score from 0 to 1 as an exact fraction in lowest terms, and as our pages round it."""

    numerator: int = Field(ge=0, description="0 or more; at most the denominator.")
    denominator: int = Field(ge=1, description="1 or more.")
    percent: int = Field(ge=0, le=100, description="A whole percentage, half rounded up.")


MaybeScore = Annotated[Score | None, Field(description="null where nothing can be compared.")]
Scores = Annotated[
    dict[str, Score | None],
    Field(description="The score per theme, by its key; null where nothing can be compared."),
]


class Election(BaseModel):
    """One election day for many councils."""

    slug: str = Field(description="Its name in addresses.", examples=["gr2022"])
    name: str = Field(description="In Dutch.")
    date: datetime.date = Field(description="The day of the election.")
    contests: int = Field(description="Councils that are elected; invented ones not counted.")
    published: int = Field(
        description="Contests of which an edition was published, invented ones included."
    )


class Place(BaseModel):
    """A municipality, as others refer to it."""

    slug: str = Field(description="Its name in addresses.", examples=["utrecht"])
    code: str = Field(description="The code of Statistics Netherlands (CBS).", examples=["GM0344"])
    name: str = Field(description="In Dutch.")


class Absence(BaseModel):
    """Why a municipality elects no council on this day."""

    reason: str = Field(description="In Dutch.")
    next_election: datetime.date | None = Field(description="When it does vote, if that is known.")
    votes_in: Place | None = Field(
        description="The municipality in whose contest these people vote, if there is one."
    )


class Municipality(Place):
    """A municipality in an election, whether it votes that day or not."""

    province: str = Field(description="In Dutch.")
    is_example: bool = Field(description="Invented, with invented parties: leave it out of sums.")
    is_published: bool = Field(description="Whether its contest can be asked for.")
    absence: Absence | None = Field(description="null where a council is elected.")
    found_by: str | None = Field(
        description="The place or former name that a search found it by; null by its own name."
    )


class Edition(BaseModel):
    """A numbered, immutable snapshot of one contest: what voters see, or saw."""

    number: int = Field(ge=1, description="Counted from 1, per contest.")
    digest: str = Field(description="SHA-256 of the document, in hexadecimal.")
    published_at: datetime.datetime = Field(description="In UTC.")
    reason: str = Field(description="Why it was published, in Dutch.")
    repeats: int | None = Field(description="The number of the earlier edition it brings back.")
    is_current: bool = Field(description="Whether it is what voters see now.")
    document: str = Field(description="Where its exact bytes are.")


class Contest(BaseModel):
    """The election of one council, as it was last published."""

    election: str = Field(description="The slug of the election.")
    municipality: Place = Field(description="Whose council is elected.")
    is_example: bool = Field(description="Invented, with invented parties: leave it out of sums.")
    seats: int | None = Field(description="Of the council.")
    statements: int = Field(description="How many statements are asked.")
    parties: int = Field(description="How many lists are on the ballot.")
    answered: int = Field(description="How many of them took a stance on any statement.")
    ranked: int = Field(description="How many answered enough to be ranked: three quarters.")
    edition: Edition = Field(description="What all of this comes from.")
    page: str = Field(description="The page for voters, in Dutch.")


class Party(BaseModel):
    """A list on one contest's ballot."""

    slug: str = Field(description="Its name in addresses, within this contest.")
    name: str = Field(description="Never empty: a list without a name is a `Blanco lijst`.")
    number: int | None = Field(description="On the ballot; null while it is not known.")
    seats: int | None = Field(description="That it won; null before the count.")
    description: str = Field(description="In Dutch; may be empty.")
    website: str = Field(description="May be empty.")
    programme: str = Field(description="Where its programme can be read; may be empty.")
    statements: int = Field(description="How many statements it was asked.")
    answered: int = Field(description="On how many it took a stance.")
    answered_itself: int = Field(description="Of these, how many it said itself.")
    from_programme: int = Field(description="Of these, how many were read in its programme.")
    standing: Literal["ranked", "few_answers", "no_answers"] = Field(
        description="Ranked, or shown apart: with fewer than three quarters of the statements "
        "answered, or none. A missing answer is never taken for neutral."
    )
    friendliness: Score | None = Field(
        description="How close it is to VluchtelingenWerk's recommendation; null unless ranked."
    )
    themes: dict[str, Score | None] = Field(
        description="The same per theme, by its key; empty unless ranked."
    )


class Theme(BaseModel):
    """One of the subjects that statements belong to."""

    key: str = Field(description="What statements name it by.")
    name: str = Field(description="Short.")
    question: str = Field(description="What its statements ask, in one sentence.")
    summary: str = Field(description="What it is about.")
    statements: list[str] = Field(description="Keys of the statements that belong to it.")
    language: SpokenIn


class Source(BaseModel):
    """Where something can be looked up."""

    title: str = Field(description="Of a page, report or law.")
    publisher: str = Field(description="Who published it.")
    year: int | None = Field(description="When; null where that is not known.")


class Background(BaseModel):
    """A fact beside a statement."""

    text: str = Field(description="The fact, in a sentence or two.")
    source: Source = Field(description="Where it comes from.")
    language: SpokenIn


class Term(BaseModel):
    """A difficult word, explained."""

    term: str = Field(description="As it stands in texts.")
    explanation: str = Field(description="In plain words.")
    language: SpokenIn


class Statement(BaseModel):
    """One claim that one can agree with."""

    key: str = Field(description="What positions name it by.", examples=["taalles-in-de-opvang"])
    number: int = Field(ge=1, description="In the order in which it is asked.")
    theme: str = Field(description="The key of its theme.")
    text: str = Field(description="What one agrees with, or not.")
    explanation: str = Field(description="What it is about, without a side.")
    argument_for: str = Field(description="What those say who agree.")
    argument_against: str = Field(description="What those say who do not.")
    recommendation: Stance = Field(description="VluchtelingenWerk's own stance on it.")
    reason: str = Field(description="Why VluchtelingenWerk holds that.")
    source: Source = Field(description="Where the statement comes from.")
    backgrounds: list[Background] = Field(description="Facts to know beside it.")
    terms: list[Term] = Field(description="Difficult words in it.")
    language: SpokenIn


class Correction(BaseModel):
    """Staff mended a position after the deadline."""

    on: datetime.date = Field(description="When.")
    reason: str = Field(description="In Dutch.")


class Position(BaseModel):
    """What one party holds of one statement. What is not in the list was not answered."""

    party: str = Field(description="The slug of the party.")
    statement: str = Field(description="The key of the statement.")
    stance: Stance | None = Field(
        description="From −2, completely disagree, to 2, completely agree; null is no opinion, "
        "which is not 0."
    )
    motivation: str = Field(description="In the party's words; may be empty.")
    basis: Literal["party", "programme"] = Field(
        description="Whether the party handed it in, or VluchtelingenWerk read it in its programme."
    )
    source: str = Field(description="What the party, or the reader, refers to; may be empty.")
    correction: Correction | None = Field(description="null where nothing was mended.")
    withheld: str | None = Field(
        description="The ground on which the motivation was left out: `defamation`, `hate` or "
        "`personal-data`; null where nothing was."
    )
    language: SpokenIn


class Feature(BaseModel):
    """An example, a story, a figure or a flyer beside the statements; or how to vote."""

    key: str = Field(description="The same from edition to edition.")
    kind: str = Field(
        description="`example`, `story`, `figure`, `flyer`, `voting` or `newsletter`."
    )
    title: str = Field(description="Of a few words.")
    text: str = Field(description="What is told.")
    link: str = Field(description="May be empty.")
    source: Source = Field(description="Where it comes from.")
    is_local: bool = Field(description="Made for this municipality.")
    statements: list[str] = Field(description="Keys of the statements that it is about.")
    language: SpokenIn


class Document(BaseModel):
    """The document of an edition: everything a voter sees of a contest, in all languages."""

    format: int = Field(description="Of the document; 1.")
    election: dict[str, Any] = Field(description="Its `slug`, `name` and `date`.")
    municipality: dict[str, Any] = Field(
        description="Its `code`, `name`, `slug`, `province` and `is_example`."
    )
    seats: int | None = Field(description="Of the council.")
    themes: list[dict[str, Any]] = Field(
        description="Their `key` and Dutch texts, with `translations`."
    )
    glossary: list[dict[str, Any]] = Field(description="Difficult words, in the same way.")
    statements: list[dict[str, Any]] = Field(
        description="In their order: `key`, `theme`, `recommendation`, `texts` by language, …"
    )
    parties: list[dict[str, Any]] = Field(
        description="In the order of the ballot, each with its `positions` by the key of the "
        "statement: `stance`, `motivation`, `source`; and only where there is one, `basis` "
        "(programme: VluchtelingenWerk read it there), `correction`, `withheld`, `translations`."
    )
    features: list[dict[str, Any]] = Field(
        [], description="What is told beside the statements; left out in early editions."
    )
    contact: dict[str, Any] = Field(
        {},
        description="`region`, `email` and `phone` of the team for voters; left out where there "
        "is none.",
    )


class Listing(BaseModel):
    """A part of a list."""

    count: int = Field(ge=0, description="How many there are in all, on all pages.")


class Elections(Listing):
    """Elections, the one of now first."""

    items: list[Election] = Field(description="This page of them.")


class Municipalities(Listing):
    """Municipalities, or those that were found."""

    items: list[Municipality] = Field(description="This page of them.")
    outcome: Literal["all", "found", "split_postcode", "suggestion", "nothing", "no_postcodes"] = (
        Field(
            description="`all`: nothing was searched. `found`. `split_postcode`: the postcode lies "
            "in several municipalities. `suggestion`: nothing by that name, but something like "
            "it. `nothing`. `no_postcodes`: no table of postcodes fits this election."
        )
    )


class Contests(Listing):
    """Contests by the name of the municipality."""

    items: list[Contest] = Field(description="This page of them.")


class Parties(Listing):
    """Parties in the order of the ballot."""

    items: list[Party] = Field(description="This page of them.")


class Themes(Listing):
    """Themes in the order in which they are first asked."""

    items: list[Theme] = Field(description="This page of them.")


class Statements(Listing):
    """Statements in the order in which they are asked."""

    items: list[Statement] = Field(description="This page of them.")


class Positions(Listing):
    """Positions, by party in the order of the ballot, then by statement."""

    items: list[Position] = Field(description="This page of them.")


class Editions(Listing):
    """Editions of a contest, the oldest first."""

    items: list[Edition] = Field(description="This page of them.")


class Terms(Listing):
    """Difficult words in the statements, by the alphabet."""

    items: list[Term] = Field(description="This page of them.")


class Features(Listing):
    """What is told beside the statements and at the result."""

    items: list[Feature] = Field(description="This page of them.")


class Paged(BaseModel):
    """Which part of a list."""

    limit: Whole = Field(50, ge=1, le=MOST_PER_PAGE, description="How many at most.")
    offset: Whole = Field(0, ge=0, le=LARGEST_OFFSET, description="How many to pass over.")


class Spoken(Paged):
    """Which part of a list, in which language."""

    language: Language = Field(DUTCH, description="Of the texts, as far as they are translated.")


class OnlySpoken(BaseModel):
    language: Language = Field(DUTCH, description="Of the texts, as far as they are translated.")


class Searched(Paged):
    """Which municipalities."""

    q: str | None = Field(
        None,
        min_length=1,
        max_length=80,
        description="A name, or the beginning of one, of a municipality or of a place in it.",
        examples=["den haag"],
    )
    postcode: str | None = Field(
        None,
        pattern=POSTCODE,
        description="A Dutch postcode; letters are not looked at.",
        examples=["7351"],
    )


class PositionsAsked(Spoken):
    """Which positions."""

    party: str | None = Field(
        None, pattern=SLUG, max_length=100, description="Of this party only: its slug."
    )
    statement: str | None = Field(
        None, pattern=SLUG, max_length=100, description="On this statement only: its key."
    )
