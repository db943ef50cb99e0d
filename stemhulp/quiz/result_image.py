"""An image of a voter's own result, and the page on which the voter sees it before anyone else."""

from django.utils.translation import get_language_bidi, ngettext
from django.utils.translation import gettext as _

from stemhulp.editions.edition import Edition
from stemhulp.handouts.images import ResultCard, TopParty
from stemhulp.quiz.addresses import address, as_shown, contest_address, public_address
from stemhulp.quiz.leaflets import day, notice, spoken
from stemhulp.quiz.moulds import kept_mould
from stemhulp.quiz.pages import Page
from stemhulp.quiz.result import Result
from stemhulp.quiz.sheets import rank, score

MOST = 5  # parties on it


def result_card(edition: Edition, result: Result) -> ResultCard:
    """The parties that agree most with the voter, and no answer. There must be a ranking."""
    place = {"municipality": edition.municipality.name}
    return ResultCard(
        lang=spoken(),
        is_rtl=get_language_bidi(),
        brand=_("Stemhulp vluchtelingen"),
        occasion=_("Gemeenteraad, %(date)s") % day(edition.election),
        title=_("Mijn uitslag in %(municipality)s") % place,
        label=_("Zo veel zijn deze partijen het met mij eens:"),
        parties=[
            TopParty(rank(row), row.party.name, score(result.score_of(row)))
            for row in result.ranked[:MOST]
        ],
        more=_more(edition, result),
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
    said = [f"{card.title}.", card.label, f"{parties}.", card.more, card.notice, card.remark]
    return " ".join(filter(None, said))


def _more(edition: Edition, result: Result) -> str:
    """How many parties are not on it, and whether the last ones that are, share their place."""
    count = len(edition.parties) - len(result.ranked[:MOST])
    if not count:
        return ""
    said = ngettext(
        "En nog %(count)s andere partij op het stembiljet.",
        "En nog %(count)s andere partijen op het stembiljet.",
        count,
    ) % {"count": count}
    equal = sum(row.rank == result.ranked[:MOST][-1].rank for row in result.ranked[MOST:])
    if not equal:
        return said
    tied = ngettext(
        "Met %(count)s daarvan ben ik het even veel eens als met de laatste hierboven.",
        "Met %(count)s daarvan ben ik het even veel eens als met de laatste hierboven.",
        equal,
    )
    return f"{said} {tied % {'count': equal}}"
