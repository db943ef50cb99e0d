"""The statements on the result, one by one: what the voter answered, and what unfolds."""

from collections.abc import Mapping
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import ngettext

from stemhulp.editions.edition import Edition, Statement
from stemhulp.quiz.addresses import contest_address
from stemhulp.quiz.answers import Answers
from stemhulp.quiz.features import told_behind
from stemhulp.quiz.moulds import Mould, joined
from stemhulp.quiz.pages import mould_of_questions, mould_of_statement, pressed
from stemhulp.quiz.positions import positions_on
from stemhulp.quiz.result import Result
from stemhulp.quiz.scores import MARKS, NOT_ANSWERED, once_per_language, own_answers, percent

NOTHING = SafeString()


def statement_list(
    edition: Edition, given: Answers, result: Result, changed: Statement | None
) -> SafeString:
    """The rows of all statements, each with what the voter answered."""
    moulds, words, rows = _rows_of_statements(edition), own_answers(), []
    for statement, is_answered, stance, counts_double in result.statements:
        said = stance if is_answered else NOT_ANSWERED
        values = {
            "mark": MARKS[stance],
            "own": words[said, counts_double and stance is not None],
            "other": NOTHING,
        }
        if statement is changed:
            rows.append(_changed(edition, given, result, statement, values))
        else:
            rows.append(moulds[statement.number].fill(values))
    return joined(rows)


def answer_part(edition: Edition, given: Answers, asked: Statement) -> SafeString:
    """What unfolds under a statement of the result."""
    return mould_of_statement(edition, "quiz/_answer.html", asked).fill(
        {
            "contest": contest_address(edition),
            "positions": positions_on(edition, asked, edition.parties),
            "features": told_behind(edition, asked),
            **pressed(given, asked),
        }
    )


def previewed_statements(edition: Edition) -> SafeString:
    """The rows as a party sees them that looks at itself: unfolded, nothing to press."""
    mould = mould_of_questions(edition, "quiz/_previewed.html")
    return joined(
        mould.fill(
            {
                "number": each.number,
                "theme": each.theme.key,
                "text": each.text,
                "positions": positions_on(edition, each, edition.parties),
            }
        )
        for each in edition.statements
    )


def skipped_statements(edition: Edition, result: Result) -> SafeString:
    """The statements that did not count, where there are others that did."""
    skipped = [each.stance is None for each in result.statements]
    if not result.answered or not any(skipped):
        return SafeString()
    return mould_of_questions(edition, "quiz/_skipped.html").fill(
        {
            "contest": contest_address(edition),
            "skipped": _without_opinion(sum(skipped)),
            **{f"is_skipped-{number}": each for number, each in enumerate(skipped, start=1)},
        }
    )


@once_per_language
def _without_opinion(count: int) -> str:
    return ngettext(
        "Over %(count)s stelling gaf je geen mening. Die telt niet mee in je overeenkomst met de "
        "partijen.",
        "Over %(count)s stellingen gaf je geen mening. Die tellen niet mee in je overeenkomst met "
        "de partijen.",
        count,
    ) % {"count": count}


def _rows_of_statements(edition: Edition) -> Mapping[int, Mould]:
    """Per statement, by its number: its row, in this contest."""
    found: Mapping[int, Mould] | None = edition.beside.get("quiz/_answered.html")
    if found is None:
        values = {"contest": contest_address(edition), "has_parties": edition.is_answered}
        found = edition.beside["quiz/_answered.html"] = {
            each.number: mould_of_statement(edition, "quiz/_answered.html", each).partly(values)
            for each in edition.statements
        }
    return found


def _changed(
    edition: Edition, given: Answers, result: Result, changed: Statement, values: dict[str, Any]
) -> SafeString:
    """The row of a changed answer: what it led to, and the folded part, which stays open."""
    leader = result.ranked[0] if result.ranked else None
    return mould_of_statement(edition, "quiz/_changed.html", changed).fill(
        {
            **values,
            "leader": leader.party.name if leader else "",
            "leader_score": percent(result.score_of(leader) if leader else None),
            "answer": answer_part(edition, given, changed),
        }
    )
