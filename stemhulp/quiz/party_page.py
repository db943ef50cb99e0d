"""Why a party stands where it stands: what brings it closer, what pushes it away, all it holds."""

from collections.abc import Iterable
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from statements.matching import Match, closer, further
from stemhulp.editions.edition import Edition, Party
from stemhulp.quiz.addresses import address, contest_address
from stemhulp.quiz.answers import Answers
from stemhulp.quiz.drawings import BARS, bars, friendly, rounded_scores, you
from stemhulp.quiz.moulds import joined, kept_mould
from stemhulp.quiz.pages import Page
from stemhulp.quiz.pairs import pair
from stemhulp.quiz.result import (
    RankedParty,
    Result,
    agreement,
    calculate,
    participation,
)
from stemhulp.quiz.scores import agreements, percents, steps_apart


def party_page(edition: Edition, given: Answers, party: Party) -> Page:
    """One party beside the voter: its score if it has one, and every statement."""
    result, found = calculate(edition, given), agreement(edition, given, party)
    row = result.row_of(party)
    ups, downs = (closer(found), further(found)) if row else ([], [])
    context = {
        "edition": edition,
        "questionnaire": edition.questionnaire,
        "party": party,
        "is_ranked": party.slug in participation(edition).ranking,
    }
    return Page(
        address("party", edition, party.slug),
        gettext("%(party)s en jij · %(municipality)s")
        % {"party": party.name, "municipality": edition.municipality.name},
        kept_mould(edition.beside, "quiz/party.html", party.slug, context=lambda: context),
        {
            "contest": contest_address(edition),
            "answered": result.answered,
            "is_placed": row is not None,
            "has_pulls": bool(ups or downs),
            "has_closer": bool(ups),
            "has_further": bool(downs),
            "closer": _pairs(edition, result, party, found, ups),
            "further": _pairs(edition, result, party, found, downs),
            "all": _pairs(edition, result, party, found, range(len(edition.statements))),
            **you(result),
            **(_placed(edition, result, row) if row else {}),
        },
    )


def _placed(edition: Edition, result: Result, row: RankedParty) -> dict[str, Any]:
    """Where a party stands that has a place, in words and in drawings."""
    *themes, score = rounded_scores(result)[row.match.place]
    shown, drawn = percents(), bars()
    return {
        "place": _place(row, len(result.ranked)),
        "alike": agreements(len(edition.statements))[row.match.alike, row.match.compared],
        "score": shown[score],
        "width": score,
        **dict(zip(BARS, [drawn[each] for each in themes], strict=False)),
        **friendly(participation(edition).friendliness[row.party.slug]),
    }


def _place(row: RankedParty, count: int) -> str:
    if row.is_shared:
        words = ngettext(
            "Gedeelde plaats %(rank)s van de %(count)s partij.",
            "Gedeelde plaats %(rank)s van de %(count)s partijen.",
            count,
        )
    else:
        words = ngettext(
            "Plaats %(rank)s van de %(count)s partij.",
            "Plaats %(rank)s van de %(count)s partijen.",
            count,
        )
    return words % {"rank": row.rank, "count": count}


def _pairs(
    edition: Edition, result: Result, party: Party, found: Match, places: Iterable[int]
) -> SafeString:
    """These statements (from 0), each with how far the two lie apart."""
    return joined(
        pair(edition, result.statements[place], [party], steps_apart(found.distances[place]))
        for place in places
    )
