"""What a voter can send us. Read by hand: a Django form costs more than the rest of an answer."""

from dataclasses import dataclass
from typing import Self

from django.http import QueryDict

from statements.models import Stance
from stemhulp.editions.edition import Edition

STANCES: dict[str, int | None] = {**{str(each.value): each.value for each in Stance}, "geen": None}


class UnknownChoiceError(ValueError):
    """Something that none of our forms can send."""


@dataclass(frozen=True)
class StanceForm:
    """An answer to one statement."""

    stance: int | None  # None for no opinion
    statement: str  # the statement's key, which may have moved since it was shown; "" if not said
    to_result: bool  # it was given on the result, which it leads back to

    @classmethod
    def read(cls, posted: QueryDict) -> Self:
        """Raises UnknownChoiceError."""
        opinion, after = posted.get("mening", ""), posted.get("daarna", "")
        if opinion not in STANCES or after not in {"", "uitslag"}:
            raise UnknownChoiceError
        return cls(STANCES[opinion], posted.get("stelling", ""), to_result=bool(after))


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
