"""What a voter can send us. Read by hand: a Django form costs more than the rest of an answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from django.http import QueryDict

from statements.models import Stance
from stemhulp.editions.edition import Edition, Party
from stemhulp.quiz.compare_page import MOST, Mistake
from stemhulp.quiz.statement_list import ALL, Chosen

STANCES: dict[str, int | None] = {**{str(each.value): each.value for each in Stance}, "geen": None}


class UnknownChoiceError(ValueError):
    """Something that none of our forms can send."""


@dataclass(frozen=True)
class StanceForm:
    """An answer to one statement."""

    stance: int | None  # None for no opinion
    statement: str  # the statement's key, which may have moved since it was shown; "" if not said
    to_result: bool  # it was given on the result, which it leads back to
    chosen: Chosen  # which statements that result shows

    @classmethod
    def read(cls, posted: QueryDict, edition: Edition) -> Self:
        """Raises UnknownChoiceError."""
        opinion, after = posted.get("mening", ""), posted.get("daarna", "")
        if opinion not in STANCES or after not in {"", "uitslag"}:
            raise UnknownChoiceError
        try:
            chosen = FilterForm.read(posted, edition).chosen
        except UnknownChoiceError:  # of an edition before this one: the answer is not lost for it
            chosen = ALL
        return cls(STANCES[opinion], posted.get("stelling", ""), bool(after), chosen)


@dataclass(frozen=True)
class FilterForm:
    """Which statements the result shows: it says nothing of the answers."""

    chosen: Chosen

    @classmethod
    def read(cls, asked: QueryDict, edition: Edition) -> Self:
        """Raises UnknownChoiceError."""
        if not asked:
            return cls(Chosen())
        theme, slug, important = (asked.get(name, "") for name in ("onderwerp", "oneens", "extra"))
        party = next((each for each in edition.parties if each.slug == slug), None)
        if (
            (theme and theme not in edition.questionnaire.theme_indices)
            or (slug and party is None)
            or important not in {"", "ja"}
        ):
            raise UnknownChoiceError
        return cls(Chosen(theme, party, important=bool(important)))


@dataclass(frozen=True)
class ChoiceForm:
    """The parties to put side by side, in the order of the ballot."""

    parties: Sequence[Party]
    mistake: Mistake | None
    shows_all: bool  # also the statements on which they hold the same
    explains: bool  # how the parties explain their stances is in view

    @classmethod
    def read(cls, asked: QueryDict, edition: Edition) -> Self:
        slugs = asked.getlist("partij")
        parties = [each for each in edition.parties if each.slug in slugs]
        mistake = None
        if len(parties) < len(set(slugs)):
            mistake = Mistake.UNKNOWN
        elif len(parties) < len(slugs):
            mistake = Mistake.TWICE
        elif len(parties) > MOST:
            mistake = Mistake.MANY
        elif len(parties) == 1:
            mistake = Mistake.ONE
        return cls(
            parties,
            mistake,
            shows_all=asked.get("alles") == "ja",
            explains=asked.get("toelichting") == "ja",
        )


@dataclass(frozen=True)
class WeightsForm:
    """The keys of the themes and statements that count double."""

    themes: frozenset[str]
    statements: frozenset[str]
    to_previous: bool  # back to the last statement, instead of on to the result

    @classmethod
    def read(cls, posted: QueryDict, edition: Edition) -> Self:
        """Raises UnknownChoiceError."""
        themes, statements = (frozenset(posted.getlist(name)) for name in ("thema", "stelling"))
        after = posted.get("daarna", "")
        if (
            not themes <= edition.questionnaire.theme_indices.keys()
            or not statements <= {each.key for each in edition.statements}
            or after not in {"", "vorige"}
        ):
            raise UnknownChoiceError
        return cls(themes, statements, to_previous=bool(after))
