"""The pages that show a voter's answers, made by filling moulds. Nothing of a voter stays here.

What only depends on the questions is rendered once for all contests that ask the same.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from statements.matching import Method
from statements.models import Stance
from stemhulp.editions.edition import Edition, Statement
from stemhulp.quiz.addresses import address, contest_address
from stemhulp.quiz.answers import Answers
from stemhulp.quiz.moulds import Mould, joined, kept_mould
from stemhulp.quiz.result import by_method
from stemhulp.quiz.scores import percent, stance_label, stance_mark

TALLEST = 2  # of all statements, the longest: not always the first of them takes the most lines
BUTTONS = [*(str(stance.value) for stance in Stance), "geen"]
# Per answer, which of its buttons is pressed: "" before there is any.
PRESSED = {
    answer: {
        f"pressed-{button}": SafeString("true" if button == answer else "false")
        for button in BUTTONS
    }
    for answer in [*BUTTONS, ""]
}


@dataclass(frozen=True)
class Page:
    """What goes into the frame: a whole page, or the fragment that htmx puts in one."""

    address: str
    title: str
    mould: Mould
    values: Mapping[str, Any]

    def main(self, *, is_fragment: bool) -> SafeString:
        return self.mould.fill({**self.values, "is_fragment": is_fragment})


def mould_of_questions(
    edition: Edition, template: str, *key: object, context: Callable[[], dict[str, Any]] = dict
) -> Mould:
    """The mould of a template that needs nothing of the edition but what it asks."""
    asked = edition.questionnaire
    return kept_mould(
        asked.beside, template, *key, context=lambda: {"questionnaire": asked, **context()}
    )


def mould_of_statement(edition: Edition, template: str, statement: Statement) -> Mould:
    """The mould of a template for one of the statements."""
    return mould_of_questions(
        edition,
        template,
        statement.number,
        context=lambda: {"statement": statement, "stances": Stance},
    )


def pressed(given: Answers, asked: Statement) -> dict[str, SafeString]:
    """Which of the buttons is the answer that was given."""
    if asked.key not in given.stances:
        return PRESSED[""]
    stance = given.stances[asked.key]
    return PRESSED["geen" if stance is None else str(stance)]


def statement_page(edition: Edition, given: Answers, asked: Statement) -> Page:
    """One statement, with the answer that was given to it."""
    count, number = len(edition.statements), asked.number
    return Page(
        address("statement", edition, number),
        _("Stelling %(number)s van %(count)s · %(municipality)s")
        % {"number": number, "count": count, "municipality": edition.municipality.name},
        mould_of_questions(
            edition, "quiz/statement.html", number, context=lambda: _asking(edition, asked)
        ),
        {
            "contest": contest_address(edition),
            "following": _following(edition, asked),
            "is_answered": asked.key in given.stances,
            "answered": _answered_in(edition, given),
            **{
                f"is_answered-{each.number}": each.key in given.stances
                for each in edition.statements
            },
            **pressed(given, asked),
        },
    )


def _asking(edition: Edition, asked: Statement) -> dict[str, Any]:
    """The statement, and those that take the most space: the page makes room for them."""
    by_length = sorted(edition.statements, key=lambda each: len(each.text))
    return {"statement": asked, "stances": Stance, "tallest": by_length[-TALLEST:]}


def overview_page(edition: Edition, given: Answers) -> Page:
    """All statements, each with the answer that was given to it."""
    values: dict[str, Any] = {
        "contest": contest_address(edition),
        "answered": _answered_in(edition, given),
    }
    for each in edition.statements:
        values[f"is_answered-{each.number}"] = each.key in given.stances
        stance = given.stances.get(each.key)
        values[f"opinion-{each.number}"] = stance_label(stance)
        values[f"mark-{each.number}"] = stance_mark(stance)
    return Page(
        address("overview", edition),
        _("Alle stellingen · %(municipality)s") % {"municipality": edition.municipality.name},
        mould_of_questions(edition, "quiz/overview.html"),
        values,
    )


def weights_page(edition: Edition, given: Answers) -> Page:
    """Which themes and statements count double."""
    open_number = given.first_open(edition)
    values: dict[str, Any] = {
        "contest": contest_address(edition),
        "is_incomplete": open_number is not None,
        "first_open": open_number,
        "first_open_address": address("statement", edition, open_number or 1),
    }
    for theme, statements in edition.questionnaire.by_theme:
        doubled = [each.key for each in statements if each.key in given.statements]
        values[f"theme-{theme.key}"] = theme.key in given.themes
        values[f"has_own-{theme.key}"] = bool(doubled)
        for each in statements:
            values[f"statement-{each.key}"] = each.key in doubled
    return Page(
        address("weights", edition),
        _("Extra belangrijk · %(municipality)s") % {"municipality": edition.municipality.name},
        mould_of_questions(edition, "quiz/weights.html"),
        values,
    )


def methods_page(edition: Edition, given: Answers) -> Page:
    """How the count works, with this voter's result under every method."""
    mould = mould_of_questions(
        edition, "quiz/_method_row.html", context=lambda: {"methods": list(Method)}
    )
    rows = []
    for row in by_method(edition, given):
        values: dict[str, Any] = {"party": row.party.name}
        for method, place in zip(Method, row.places, strict=True):
            values[f"rank-{method}"] = place.rank
            values[f"score-{method}"] = percent(place.score)
        rows.append(mould.fill(values))
    return Page(
        address("own_methods", edition),
        _("Hoe rekenen we? · %(municipality)s") % {"municipality": edition.municipality.name},
        mould_of_questions(edition, "quiz/own_methods.html"),
        {"contest": contest_address(edition), "rows": joined(rows), "has_rows": bool(rows)},
    )


def _following(edition: Edition, asked: Statement) -> str:
    """The address after a statement. Without parties there is no agreement to weigh."""
    if asked.number < len(edition.statements):
        return address("statement", edition, asked.number + 1)
    return address("weights" if edition.is_answered else "result", edition)


def _answered_in(edition: Edition, given: Answers) -> int:
    """How many statements have an answer, "geen mening" included."""
    return sum([each.key in given.stances for each in edition.statements])
