"""What parties hold of a statement, as it stands on a page."""

from collections.abc import Iterable
from typing import Any

from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from statements.models import Withholding
from stemhulp.editions.edition import Edition, Party, Position, Statement
from stemhulp.quiz.moulds import joined
from stemhulp.quiz.pages import mould_of_questions
from stemhulp.quiz.scores import once_per_language, opinion, stance_mark


def positions_on(edition: Edition, asked: Statement, parties: Iterable[Party]) -> SafeString:
    """What each of these parties holds of a statement, in their order."""
    mould = mould_of_questions(edition, "quiz/_position.html")
    return joined(
        mould.fill(
            {
                "party": party.name,
                "mark": stance_mark(position.stance),
                "opinion": None if position.stance is None else opinion(position.stance),
                "said": said(edition, position),
                "is_folded": False,
            }
        )
        for party in parties
        if (position := party.positions.get(asked.key))
    )


def said(edition: Edition, position: Position) -> SafeString:
    """How a party explains its stance, and how we know of it."""
    return mould_of_questions(edition, "quiz/_said.html").fill(
        {
            "motivation": position.motivation,
            "lang": _lang(edition, position),
            "source": position.source,
            "from_programme": position.from_programme,
            "withheld": grounds().get(position.withheld, position.withheld),
            **_correction(position),
        }
    )


def is_explained(position: Position) -> bool:
    """Whether there is more to say of it than the stance."""
    return bool(
        position.motivation
        or position.source
        or position.from_programme
        or position.withheld
        or position.correction
    )


@once_per_language
def grounds() -> dict[str, str]:
    """On which grounds a text was left out."""
    known = Withholding.Ground
    return {
        known.DEFAMATION: gettext("belediging of smaad"),
        known.HATE: gettext("haatzaaien of discriminatie"),
        known.PERSONAL_DATA: gettext("persoonsgegevens van iemand"),
    }


def _lang(edition: Edition, position: Position) -> SafeString:
    """Says that a motivation is in another language than the page; its letters say which way."""
    if position.language == edition.language:
        return SafeString()
    return format_html(' lang="{}"', position.language)


def _correction(position: Position) -> dict[str, Any]:
    if position.correction is None:
        return {"corrected": None, "correction": None}
    on = date_format(position.correction.on, "j F Y")
    return {"corrected": on, "correction": position.correction.reason}
