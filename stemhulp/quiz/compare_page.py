"""Two or three parties side by side: only where they differ, with the voter's own answer."""

from collections.abc import Sequence
from enum import Enum
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from stemhulp.editions.edition import Edition, Party
from stemhulp.quiz.addresses import address, contest_address
from stemhulp.quiz.answers import Answers
from stemhulp.quiz.drawings import BARS, bars, friendly, rounded_scores, you
from stemhulp.quiz.moulds import joined, kept_mould
from stemhulp.quiz.pages import Page, mould_of_questions
from stemhulp.quiz.pairs import pair
from stemhulp.quiz.result import Result, StatementResult, calculate, participation
from stemhulp.quiz.scores import agreements, names, once_per_language, percents

MOST = 3  # parties that fit beside each other


class Mistake(Enum):
    """Why these parties cannot be put side by side: the status of the page that says so."""

    ONE = "one"
    MANY = "many"
    TWICE = "twice"
    UNKNOWN = "unknown"

    @property
    def status(self) -> int:
        return 404 if self is Mistake.UNKNOWN else 400


def compare_page(
    edition: Edition,
    given: Answers,
    parties: Sequence[Party],
    *,
    shows_all: bool = False,
    explains: bool = False,
) -> Page:
    """These parties and the voter, statement by statement: all of them, and explained, if asked."""
    result = calculate(edition, given)
    different = [row for row in result.statements if _differ(parties, row)]
    rows = result.statements if shows_all else different
    few, everything = (
        _address(edition, parties, shows_all=each, explains=explains) for each in (False, True)
    )
    folded, explained = (
        _address(edition, parties, shows_all=shows_all, explains=each) for each in (False, True)
    )
    return Page(
        everything if shows_all else few,
        gettext("%(parties)s vergeleken · %(municipality)s")
        % {"parties": names(parties), "municipality": edition.municipality.name},
        mould_of_questions(edition, "quiz/compare.html"),
        {
            "contest": contest_address(edition),
            "columns": _columns(edition, result, parties),
            "different": _different(len(different)),
            "shows_all": shows_all,
            "has_more": len(different) < len(result.statements),
            "has_rows": bool(rows),
            "rows": joined(pair(edition, row, parties, is_folded=not explains) for row in rows),
            "few": few,
            "all": everything,
            "explains": explains,
            "folded": folded,
            "explained": explained,
            "choice": _choice(edition, parties, shows_all=shows_all, explains=explains),
            **you(result),
        },
    )


def choice_page(edition: Edition, parties: Sequence[Party], mistake: Mistake | None) -> Page:
    """Which parties to put side by side; where something was wrong with the choice, what."""
    return Page(
        address("compare", edition),
        gettext("Partijen vergelijken · %(municipality)s")
        % {"municipality": edition.municipality.name},
        mould_of_questions(edition, "quiz/choice.html"),
        {
            "contest": contest_address(edition),
            "mistake": _mistakes()[mistake] if mistake else "",
            "choice": _choice(edition, parties),
        },
    )


def _address(edition: Edition, parties: Sequence[Party], *, shows_all: bool, explains: bool) -> str:
    """Where these are compared in this way."""
    asked = [f"partij={party.slug}" for party in parties]
    if shows_all:
        asked.append("alles=ja")
    if explains:
        asked.append("toelichting=ja")
    return f"{address('compare', edition)}?{'&'.join(asked)}"


def _differ(parties: Sequence[Party], row: StatementResult) -> bool:
    """Whether two of these took a stance and not the same one: not knowing is no difference."""
    positions = [party.positions.get(row.statement.key) for party in parties]
    return len({each.stance for each in positions if each and each.stance is not None}) > 1


def _columns(edition: Edition, result: Result, parties: Sequence[Party]) -> SafeString:
    """The two numbers of each party, and its profile."""
    mould = mould_of_questions(edition, "quiz/_column.html")
    return joined(mould.fill(_column(edition, result, party)) for party in parties)


def _column(edition: Edition, result: Result, party: Party) -> dict[str, Any]:
    row = result.row_of(party)
    values: dict[str, Any] = {
        "party": party.name,
        "why": address("party", edition, party.slug),
        "is_placed": row is not None,
        "has_answers": bool(party.answered),
    }
    if row is None:
        return values
    *themes, score = rounded_scores(result)[row.match.place]
    shown, drawn = percents(), bars()
    return {
        **values,
        "alike": agreements(len(edition.statements))[row.match.alike, row.match.compared],
        "score": shown[score],
        "width": score,
        **dict(zip(BARS, [drawn[each] for each in themes], strict=False)),
        **friendly(participation(edition).friendliness[party.slug]),
    }


def _choice(
    edition: Edition,
    parties: Sequence[Party],
    *,
    shows_all: bool = False,
    explains: bool = False,
) -> SafeString:
    """The form with all parties of the ballot, these ones chosen, to compare in the same way."""
    mould = kept_mould(edition.beside, "quiz/_choice.html", context=lambda: {"edition": edition})
    chosen = {f"chosen-{party.slug}": party in parties for party in edition.parties}
    return mould.fill(
        {
            "contest": contest_address(edition),
            "shows_all": shows_all,
            "explains": explains,
            **chosen,
        }
    )


@once_per_language
def _different(count: int) -> str:
    if not count:
        return gettext("Op geen enkele stelling namen deze partijen een ander standpunt in.")
    words = ngettext(
        "Op %(count)s stelling namen deze partijen niet hetzelfde standpunt in.",
        "Op %(count)s stellingen namen deze partijen niet hetzelfde standpunt in.",
        count,
    )
    return words % {"count": count}


@once_per_language
def _mistakes() -> dict[Mistake, str]:
    return {
        Mistake.ONE: gettext("Kies nog een partij: vergelijken kan met twee of drie partijen."),
        Mistake.MANY: gettext(
            "Je koos meer dan drie partijen. Er passen er hoogstens drie naast elkaar."
        ),
        Mistake.TWICE: gettext("Je koos twee keer dezelfde partij. Kies twee of drie andere."),
        Mistake.UNKNOWN: gettext(
            "Een partij die je koos, staat hier niet op het stembiljet. Kies hieronder."
        ),
    }
