"""What is said when an address leads to nothing, or not any more."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from parties.problems import WayOn
from stemhulp.editions import store
from stemhulp.editions.edition import Edition, Statement
from stemhulp.editions.guide import Guide
from stemhulp.quiz.addresses import (
    address,
    contest_address,
    in_language,
    public_address,
    within,
)
from stemhulp.quiz.problems import Detour, Problem
from stemhulp.quiz.venues import Venue, here


def unreachable() -> Problem:
    return Problem(
        503,
        _("De stemhulp is hier even niet bereikbaar"),
        _(
            "Dat ligt niet aan jou. Je antwoorden staan nog in je browser. Probeer het over een "
            "paar minuten nog een keer."
        ),
    )


def not_published(guide: Guide, slug: str) -> Problem:
    name = guide.municipalities[slug].name
    return Problem(
        404,
        _("De stemhulp voor %(municipality)s is er nog niet") % {"municipality": name},
        _(
            "De stellingen en de partijen voor deze gemeente zijn nog niet gepubliceerd. "
            "Kijk later nog eens."
        ),
        [_search_in(guide)],
    )


def no_election(slug: str) -> Problem:
    if store.stale_since() is not None:
        return unreachable()
    return Problem(
        404,
        _("Deze verkiezing kennen we niet") if slug else _("Er is nog geen verkiezing"),
        _("Er is hier geen verkiezing met de naam ‘%(name)s’.") % {"name": slug}
        if slug
        else _("Er is nog geen verkiezing geladen. Kom later terug."),
    )


def no_municipality(guide: Guide, slug: str) -> Problem:
    return Problem(
        404,
        _("Deze gemeente kennen we niet"),
        _(
            "Er is geen gemeente ‘%(name)s’ bij de %(election)s. "
            "Misschien heet ze nu anders. Zoek op naam of postcode."
        )
        % {"name": slug[:60], "election": guide.election.name.lower()},
        [_search_in(guide)],
    )


def no_edition(election: str, municipality: str, number: int) -> Problem:
    return Problem(
        404,
        _("Deze editie bestaat niet"),
        _("Er is geen editie %(number)s van deze stemhulp.") % {"number": number},
        [WayOn(_("Bekijk alle edities"), reverse("quiz:editions", args=[election, municipality]))],
    )


def moved(edition: Edition) -> Problem:
    return Problem(
        409,
        _("De stellingen zijn net bijgewerkt"),
        _(
            "Er kwam een nieuwe editie terwijl je antwoordde. Je laatste antwoord is niet bewaard, "
            "want de stelling heeft een andere plaats gekregen. Je andere antwoorden wel."
        ),
        [WayOn(_("Ga verder"), address("statement", edition, 1))],
        edition=edition,
    )


def no_statement(edition: Edition, number: int) -> Problem:
    count = len(edition.statements)
    first = address("statement", edition, 1)
    return Problem(
        404,
        _("Deze stelling bestaat niet"),
        _("Er zijn %(count)s stellingen, genummerd van 1 tot en met %(count)s.") % {"count": count}
        if count
        else _("Voor deze gemeente zijn er nog geen stellingen."),
        [WayOn(_("Naar stelling 1"), first)] if count else [],
        edition=edition,
    )


def no_party(edition: Edition, slug: str) -> Problem:
    return Problem(
        404,
        _("Deze partij kennen we niet"),
        _("Er staat in %(municipality)s geen partij ‘%(slug)s’ op het stembiljet.")
        % {"municipality": edition.municipality.name, "slug": slug[:60]},
        [WayOn(_("Naar je uitslag"), address("result", edition))],
        edition=edition,
    )


def unknown_filter(edition: Edition) -> Problem:
    return Problem(
        404,
        _("Deze keuze kennen we niet"),
        _("Er stond een onderwerp of een partij in die hier niet bestaat."),
        [WayOn(_("Toon alle stellingen"), f"{address('result', edition)}#stellingen")],
        edition=edition,
    )


def unknown_answer(edition: Edition, asked: Statement) -> Problem:
    back = address("statement", edition, asked.number)
    return Problem(
        400,
        _("Dit antwoord kennen we niet"),
        _("Kies een van de vijf antwoorden, of ‘geen mening’. Je andere antwoorden zijn bewaard."),
        [WayOn(_("Terug naar stelling %(number)s") % {"number": asked.number}, back)],
        edition=edition,
    )


def unknown_weights(edition: Edition) -> Problem:
    return Problem(
        400,
        _("Deze keuze kennen we niet"),
        _("Er stond een onderwerp in dat niet bestaat. Je antwoorden zijn bewaard."),
        [WayOn(_("Terug naar extra belangrijk"), address("weights", edition))],
        edition=edition,
    )


def unknown_language(edition: Edition) -> Problem:
    return Problem(
        400,
        _("Deze taal hebben we niet"),
        _("Kies een van de talen boven aan de pagina. Je antwoorden zijn bewaard."),
        [_begin(edition)],
        edition=edition,
    )


def unreadable_answers(edition: Edition) -> Problem:
    return Problem(
        400,
        _("We kunnen je antwoorden niet meer lezen"),
        _(
            "Je antwoorden zijn te oud, of er is iets in je browser veranderd. We bewaren ze "
            "niet zelf, dus we kunnen ze niet terughalen. Je kunt opnieuw beginnen."
        ),
        [_begin(edition)],
        edition=edition,
        forget_answers=True,
    )


def answered_elsewhere(request: HttpRequest, edition: Edition, language: str) -> Detour:
    """By the address in that language from which the answers are brought to this page."""
    contest = contest_address(edition)
    page = request.get_full_path().removeprefix(contest)
    there = in_language(contest, language) + within("language")
    return Detour(f"{there}{edition.language}/{page}")


def not_begun(edition: Edition, *, is_reading: bool) -> Problem:
    """In a frame it is mostly said to who did begin, in a browser that takes no cookie there.

    Such as Safari before 26.2, which knows no partitioned cookies.
    """
    explanation = _(
        "Lees eerst wat er met je antwoorden gebeurt. Had je al antwoorden gegeven? Dan zijn "
        "ze gewist, of je browser bewaart geen cookies. Zonder die ene cookie kan de stemhulp "
        "je antwoorden niet onthouden."
    )
    ways_on = [_begin(edition)]
    if here() is Venue.EMBED:
        explanation = _(
            "Drukte je al op ‘Begin’? Dan bewaart je browser geen cookies van de stemhulp als die "
            "in een andere website staat, zoals hier. Zonder die ene cookie kan de stemhulp je "
            "antwoorden niet onthouden. Open de stemhulp apart: dan werkt het wel."
        )
        ways_on.insert(0, _open_apart(edition))
    return Problem(
        200 if is_reading else 403,
        _("Je bent nog niet begonnen"),
        explanation,
        ways_on,
        edition=edition,
    )


def _open_apart(edition: Edition) -> WayOn:
    url = public_address("introduction", edition)
    return WayOn(_("Open de stemhulp apart"), url, is_apart=True)


def _begin(edition: Edition) -> WayOn:
    return WayOn(_("Lees de uitleg en begin"), address("introduction", edition))


def _search_in(guide: Guide) -> WayOn:
    return WayOn(
        _("Zoek bij deze verkiezing"), reverse("quiz:election", args=[guide.election.slug])
    )
