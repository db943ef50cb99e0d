"""The voter and all parties, theme by theme: the same small drawing for each."""

from django.utils.safestring import SafeString
from django.utils.translation import gettext

from stemhulp.editions.edition import Edition
from stemhulp.quiz.addresses import address, contest_address
from stemhulp.quiz.answers import Answers
from stemhulp.quiz.drawings import BARS, bars, friendly, rounded_scores, you
from stemhulp.quiz.moulds import joined
from stemhulp.quiz.pages import Page, mould_of_questions
from stemhulp.quiz.result import Result, calculate, participation


def profiles_page(edition: Edition, given: Answers) -> Page:
    result = calculate(edition, given)
    return Page(
        address("profiles", edition),
        gettext("Profielen · %(municipality)s") % {"municipality": edition.municipality.name},
        mould_of_questions(edition, "quiz/profiles.html"),
        {
            "contest": contest_address(edition),
            "answered": result.answered,
            "has_ranking": bool(result.ranked),
            "profiles": _profiles(edition, result),
            **you(result),
        },
    )


def _profiles(edition: Edition, result: Result) -> SafeString:
    """Those of the ranked parties, best first."""
    mould, known = mould_of_questions(edition, "quiz/_profiled.html"), participation(edition)
    rounded, drawn = rounded_scores(result), bars()
    return joined(
        mould.fill(
            {
                "party": party.name,
                "why": address("party", edition, party.slug),
                **dict(zip(BARS, [drawn[each] for each in rounded[row.place][:-1]], strict=False)),
                **friendly(known.friendliness[party.slug]),
            }
        )
        for party, _, row in result.ranked
    )
