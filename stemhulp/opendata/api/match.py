"""A voter's result for a program: what the result page shows, by the same count."""

from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from stemhulp.editions import edition as published
from stemhulp.editions.edition import DUTCH, Edition, Imprint
from stemhulp.opendata.api import content, shapes
from stemhulp.opendata.api.problems import ApiProblem, Mistake
from stemhulp.quiz.answers import Answers
from stemhulp.quiz.result import Certainty, RankedParty, Result, calculate, participation

MOST_STANCES = 200
LONGEST_SLUG = 100
Slug = Annotated[str, Field(pattern=shapes.SLUG, max_length=LONGEST_SLUG)]
Keys = Annotated[list[Slug], Field(max_length=MOST_STANCES)]
Number = Annotated[int, Field(ge=1, le=1_000_000)]
Digest = Annotated[str, Field(pattern=shapes.DIGEST)]


class Strict(BaseModel):
    """What is sent: no member more than is described, no text for a number."""

    model_config = ConfigDict(extra="forbid", strict=True)


class Weights(Strict):
    """What counts double for the voter. Doubled twice is still double."""

    statements: Keys = Field(default=[], description="Keys of statements.")
    themes: Keys = Field(default=[], description="Keys of themes: all statements in them.")


class Voter(Strict):
    """A voter's answers in one contest."""

    election: Slug = Field(description="Slug of the election.", examples=["gr2022"])
    municipality: Slug = Field(description="Slug of the municipality.", examples=["voorbeeldstad"])
    edition: Number | Digest | None = Field(
        default=None,
        description="Number or digest of the edition that the voter answered. When that is not "
        "the current one, the answer is 409 and not another result than you expect.",
    )
    stances: dict[Slug, shapes.Stance | None] = Field(
        max_length=MOST_STANCES,
        json_schema_extra={
            "additionalProperties": False,  # beside those that are named as keys are
            "propertyNames": {"maxLength": LONGEST_SLUG, "pattern": shapes.SLUG},
        },
        description="By the key of the statement; null is no opinion, as is a key left out.",
    )
    weights: Weights = Field(default=Weights(), description="What counts double.")
    language: shapes.Language = Field(
        default=DUTCH, description="Of the names of themes, as far as they are translated."
    )


class ThemeName(BaseModel):
    """A theme, to show beside scores."""

    key: str = Field(description="What scores name it by.")
    name: str = Field(description="Short.")
    language: shapes.SpokenIn


class OwnFriendliness(BaseModel):
    """How close the voter is to VluchtelingenWerk's recommendation; weights play no part in it."""

    score: shapes.MaybeScore
    themes: shapes.Scores


class Ranked(BaseModel):
    """One party beside the voter."""

    party: str = Field(description="The slug of the party.")
    name: str = Field(description="Of the party.")
    rank: int = Field(ge=1, description="From 1; equal scores share a rank.")
    is_shared: bool = Field(description="Whether another party has the same rank.")
    match: shapes.Score = Field(description="How close it is to the voter.")
    themes: shapes.Scores
    compared: int = Field(description="Statements that both have a stance on.")
    agreed: int = Field(description="Of these, how many are at most one step apart.")
    friendliness: shapes.MaybeScore
    friendliness_themes: shapes.Scores
    answered_itself: int = Field(description="On how many statements it said its stance itself.")
    from_programme: int = Field(description="On how many its stance was read in its programme.")


class Apart(BaseModel):
    """A party without a place in the ranking."""

    party: str = Field(description="The slug of the party.")
    name: str = Field(description="Of the party.")
    why: Literal["not_comparable", "few_answers", "no_answers"] = Field(
        description="`not_comparable`: it answered, but nothing that the voter has a stance on."
    )
    answered: int = Field(description="On how many statements it took a stance.")


class Contender(BaseModel):
    """A party that is first in some way of counting."""

    party: str = Field(description="The slug of the party.")
    first: int = Field(ge=1, description="In how many ways of counting it is first.")


class Certain(BaseModel):
    """How much the top of the list depends on the way of counting."""

    verdict: Literal["firm", "mostly", "open"] = Field(
        description="`firm`: on top however one counts. `mostly`: in three quarters of the ways. "
        "`open`: the way of counting decides."
    )
    leaders: list[str] = Field(description="Slugs of those that are first in the ranking.")
    contenders: list[Contender] = Field(
        description="All that are first in any way, in the order of the ranking."
    )
    ways: int = Field(description="How many ways of counting were tried.")


class Matched(BaseModel):
    """What the result page shows to this voter."""

    election: str = Field(description="The slug of the election.")
    municipality: shapes.Place = Field(description="Whose council is elected.")
    edition: shapes.Edition = Field(description="What the voter was compared with.")
    statements: int = Field(description="How many statements are asked.")
    answered: int = Field(description="On how many the voter has a stance.")
    says_little: bool = Field(description="Fewer than a third: the result says little.")
    themes: list[ThemeName] = Field(description="In the order in which they are first asked.")
    friendliness: OwnFriendliness = Field(description="The voter's own.")
    ranking: list[Ranked] = Field(
        description="Best first. Equals stand in the order of the ballot, which favours nobody."
    )
    apart: list[Apart] = Field(description="Without a place, in the order of the ballot.")
    certainty: Certain | None = Field(
        description="null with one party or none in the ranking, and where the result says little."
    )


def check_edition(wanted: int | str | None, imprints: Sequence[Imprint]) -> None:
    """Raise ApiProblem unless this is the number or digest of the current edition."""
    now = imprints[-1]
    if wanted is None or wanted in {now.number, now.digest}:
        return
    if any(wanted in {each.number, each.digest} for each in imprints):
        raise ApiProblem(
            409,
            f"That edition is not current any more: edition {now.number} is, {now.digest}. "
            "Fetch its statements, and ask what changed.",
            [Mistake(where=["body", "edition"], message="not the current edition")],
        )
    raise ApiProblem(
        404,
        "This contest has no such edition.",
        [Mistake(where=["body", "edition"], message="no such edition")],
    )


def answers_of(voter: Voter, edition: Edition) -> Answers:
    """As the quiz holds them. Raises ApiProblem for what the edition does not ask."""
    asked = {each.key for each in edition.statements}
    known = {each.key for each in edition.questionnaire.themes}
    wrong: list[list[str | int]] = [
        ["body", "stances", each] for each in voter.stances if each not in asked
    ]
    wrong += _unknown("statements", voter.weights.statements, asked)
    wrong += _unknown("themes", voter.weights.themes, known)
    if wrong:
        raise ApiProblem(
            409,
            "The current edition does not ask all of this: see its statements and themes.",
            [Mistake(where=each, message="not in the current edition") for each in wrong],
        )
    return Answers(
        edition.path,
        voter.stances,
        frozenset(voter.weights.themes),
        frozenset(voter.weights.statements),
    )


def _unknown(kind: str, keys: Sequence[str], known: set[str]) -> list[list[str | int]]:
    return [["body", "weights", kind, place] for place, key in enumerate(keys) if key not in known]


def matched(edition: Edition, given: Answers) -> Matched:
    """The result, in the words and numbers of the result page. Keeps nothing."""
    result = calculate(edition, given)
    return Matched(
        election=edition.election.slug,
        municipality=content.place_of(edition.municipality),
        edition=content.current(edition),
        statements=len(edition.statements),
        answered=result.answered,
        says_little=result.is_thin,
        themes=[
            ThemeName(key=each.key, name=each.name, language=each.language)
            for each in edition.questionnaire.themes
        ],
        friendliness=OwnFriendliness(
            score=content.score(result.voter.score), themes=content.friendliness(result.voter)
        ),
        ranking=[_ranked(edition, result, each) for each in result.ranked],
        apart=_apart(edition, result),
        certainty=None if result.is_thin else _certain(result.certainty),
    )


def _ranked(edition: Edition, result: Result, each: RankedParty) -> Ranked:
    party, friendly = each.party, _friendly(edition)[each.party.slug]
    match = content.score(result.score_of(each))
    if not (match and each.rank and result.compared):
        raise ValueError(party.slug)  # so it would not be in the ranking
    return Ranked(
        party=party.slug,
        name=party.name,
        rank=each.rank,
        is_shared=each.is_shared,
        match=match,
        themes={
            key: content.score(result.compared.score(each.match, group))
            for group, key in enumerate(edition.questionnaire.theme_indices)
        },
        compared=each.match.compared,
        agreed=each.match.alike,
        friendliness=friendly.score,
        friendliness_themes=friendly.themes,
        answered_itself=party.answered_itself,
        from_programme=party.from_programme,
    )


def _friendly(edition: Edition) -> dict[str, OwnFriendliness]:
    """Of those in the ranking: the same for every voter, so it is written out once."""
    found: dict[str, OwnFriendliness] | None = edition.beside.get("api friendliness")
    if found is None:
        found = edition.beside["api friendliness"] = {
            slug: OwnFriendliness(
                score=content.score(each.score), themes=content.friendliness(each)
            )
            for slug, each in participation(edition).friendliness.items()
        }
    return found


def _apart(edition: Edition, result: Result) -> list[Apart]:
    ranked = {each.party.slug for each in result.ranked}
    return [
        Apart(party=each.slug, name=each.name, why=_why(edition, each), answered=each.answered)
        for each in edition.parties
        if each.slug not in ranked
    ]


def _why(
    edition: Edition, party: published.Party
) -> Literal["not_comparable", "few_answers", "no_answers"]:
    if party.slug in participation(edition).ranking:
        return "not_comparable"
    return "few_answers" if party.answered else "no_answers"


def _certain(certainty: Certainty | None) -> Certain | None:
    if certainty is None:
        return None
    return Certain(
        verdict=certainty.verdict.value,
        leaders=[each.slug for each in certainty.leaders],
        contenders=[
            Contender(party=each.party.slug, first=each.first) for each in certainty.contenders
        ],
        ways=certainty.variants,
    )
