"""A voter and one or more parties on a statement, side by side."""

from collections.abc import Sequence

from django.utils.safestring import SafeString
from django.utils.translation import gettext

from stemhulp.editions.edition import Edition, Party, Position, Statement
from stemhulp.quiz.addresses import contest_address
from stemhulp.quiz.moulds import joined
from stemhulp.quiz.pages import mould_of_questions, mould_of_statement
from stemhulp.quiz.positions import is_explained, said
from stemhulp.quiz.result import StatementResult
from stemhulp.quiz.scores import once_per_language, opinion, stance_mark

NOTHING = SafeString()


def pair(
    edition: Edition,
    row: StatementResult,
    parties: Sequence[Party],
    note: str = NOTHING,
    *,
    is_folded: bool = False,
) -> SafeString:
    """One statement, with what the voter and these parties hold of it.

    Folded, how a party explains its stance stands under it and is opened party by party.
    """
    statement = row.statement
    sides = [
        _own(edition, row),
        *(_side(edition, statement, each, is_folded=is_folded) for each in parties),
    ]
    return mould_of_statement(edition, "quiz/_pair.html", statement).fill(
        {
            "contest": contest_address(edition),
            "sides": joined(sides),
            "note": note,
            "counts_double": row.counts_double and row.stance is not None,
        }
    )


def _own(edition: Edition, row: StatementResult) -> SafeString:
    return mould_of_questions(edition, "quiz/_position.html").fill(
        {
            "party": gettext("Jij"),
            "mark": stance_mark(row.stance),
            "opinion": opinion(row.stance) if row.is_answered else _words()["not answered"],
            "said": NOTHING,
            "is_folded": False,
        }
    )


def _side(edition: Edition, statement: Statement, party: Party, *, is_folded: bool) -> SafeString:
    position: Position | None = party.positions.get(statement.key)
    stance = position.stance if position else None
    words = opinion(stance) if stance is not None else _words()["none" if position else "unknown"]
    return mould_of_questions(edition, "quiz/_position.html").fill(
        {
            "party": party.name,
            "mark": stance_mark(stance),
            "opinion": words,
            "said": said(edition, position) if position else NOTHING,
            "is_folded": is_folded and position is not None and is_explained(position),
        }
    )


@once_per_language
def _words() -> dict[str, str]:
    return {
        "not answered": gettext("niet beantwoord"),
        "none": gettext("heeft hier geen standpunt over"),
        "unknown": gettext("geen antwoord"),
    }
