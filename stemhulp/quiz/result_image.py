"""An image of a voter's own result, and the page on which the voter sees it before anyone else."""

from collections.abc import Sequence

from django.utils.translation import get_language_bidi, ngettext
from django.utils.translation import gettext as _

from stemhulp.editions.edition import Edition
from stemhulp.handouts.characters import isolated, plain
from stemhulp.handouts.images import ResultCard, TopParty
from stemhulp.quiz.addresses import address, as_shown, contest_address, public_address
from stemhulp.quiz.leaflets import day, notice, own_logo, place_name, spoken
from stemhulp.quiz.moulds import kept_mould
from stemhulp.quiz.pages import Page
from stemhulp.quiz.result import RankedParty, Result
from stemhulp.quiz.sheets import rank, score, thin

FIRST = 5  # parties on it, and all that agree as much as the last of them
LINES = 8  # that fit on it


def result_card(edition: Edition, result: Result) -> ResultCard:
    """The parties that agree most with the voter, and no answer. There must be a ranking."""
    place = {"municipality": place_name(edition.municipality)}
    shown = _shown(result)
    return ResultCard(
        lang=spoken(),
        is_rtl=get_language_bidi(),
        logo=own_logo(),
        brand=_("Stemhulp vluchtelingen"),
        occasion=_("Gemeenteraad, %(date)s") % day(edition.election),
        title=_("Mijn uitslag in %(municipality)s") % place,
        basis=_("Ik gaf mijn mening over %(answered)s van de %(count)s stellingen.")
        % {"answered": result.answered, "count": len(edition.statements)},
        caution=thin(result),
        label=_("Zo veel zijn deze partijen het met mij eens:"),
        parties=[
            TopParty(
                rank(equals[0]),
                "\N{NO-BREAK SPACE}· ".join(isolated(row.party.name) for row in equals),
                score(result.score_of(equals[0])),
            )
            for equals in _lines(shown)
        ],
        more=_more(len(edition.parties) - len(shown)),
        remark=_("Dit is alleen mijn eigen uitslag, en geen stemadvies."),
        invitation=_("Wat is jouw uitslag?"),
        address=as_shown(public_address("introduction", edition)),
        notice=notice(edition),
    )


def image_page(edition: Edition, result: Result) -> Page:
    """The image, to look at, to keep and to share; where there is a ranking to make one of."""
    has_ranking = bool(result.ranked)
    return Page(
        address("result_image", edition),
        _("Je uitslag als afbeelding · %(municipality)s")
        % {"municipality": edition.municipality.name},
        kept_mould(edition.beside, "quiz/result_image.html", context=lambda: {"edition": edition}),
        {
            "contest": contest_address(edition),
            "has_ranking": has_ranking,
            "answered": result.answered,
            "is_thin": result.is_thin,
            "in_words": _in_words(result_card(edition, result)) if has_ranking else "",
        },
    )


def _in_words(card: ResultCard) -> str:
    """What the image says, for who cannot see it."""
    line = _("%(place)s. %(party)s: %(score)s")
    parties = "; ".join(
        line % {"place": each.place, "party": each.party, "score": each.match.text}
        for each in card.parties
    )
    said = [f"{card.title}.", card.basis, card.caution, card.label, f"{parties}.", card.more]
    return plain(" ".join(filter(None, [*said, card.notice, card.remark])))


def _shown(result: Result) -> list[RankedParty]:
    """The first parties: whoever agrees as much as the last of them, is one of them."""
    last = result.ranked[:FIRST][-1].rank
    return [row for place, row in enumerate(result.ranked) if place < FIRST or row.rank == last]


def _lines(shown: Sequence[RankedParty]) -> list[Sequence[RankedParty]]:
    """Each on a line, or those that share the last place together on one, if they are too many."""
    if len(shown) <= LINES:
        return [[row] for row in shown]
    above = [[row] for row in shown if row.rank != shown[-1].rank]
    return [*above, shown[len(above) :]]


def _more(count: int) -> str:
    """How many parties are not on it."""
    if not count:
        return ""
    return ngettext(
        "En nog %(count)s andere partij op het stembiljet.",
        "En nog %(count)s andere partijen op het stembiljet.",
        count,
    ) % {"count": count}
