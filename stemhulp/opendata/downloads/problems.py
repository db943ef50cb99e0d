"""What is said when there is no such file, or not yet, or not any more."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from django.urls import reverse
from django.utils.translation import gettext as _

from parties.problems import WayOn
from stemhulp.editions.guide import Guide
from stemhulp.quiz.problems import Problem

logger = logging.getLogger(__name__)
DAMAGED = (OSError, ValueError, KeyError, TypeError)


@contextmanager
def reading(what: str) -> Iterator[None]:
    """Within it, what was built is read: a page and a line in the log where it is damaged."""
    try:
        yield
    except DAMAGED:
        logger.exception("What was built of %s is damaged: build it again.", what)
        raise not_readable() from None


def nothing_published(guide: Guide) -> Problem:
    return Problem(
        404,
        _("Van deze verkiezing is er nog geen open data"),
        _("De bestanden worden gemaakt zodra de stemhulp voor een gemeente is gepubliceerd."),
        [_overview()],
    )


def not_built() -> Problem:
    return Problem(
        503,
        _("Deze bestanden worden nog gemaakt"),
        _("Dat duurt meestal een paar minuten. Kom straks terug."),
        [_overview()],
    )


def not_readable() -> Problem:
    return Problem(
        503,
        _("Deze bestanden zijn even niet te lezen"),
        _("Dat ligt niet aan jou. We maken ze opnieuw. Probeer het later nog een keer."),
        [_overview()],
    )


def no_file(page: str) -> Problem:
    return Problem(
        404,
        _("Dit bestand is er niet"),
        _("Misschien staat er een typefout in het adres. Kijk in de lijst wat er wel is."),
        [WayOn(_("Alle bestanden"), page)],
    )


def no_contest(guide: Guide, slug: str) -> Problem:
    """Of a municipality that elects no council on this day: its own page tells why."""
    election, place = guide.election.slug, guide.absences[slug].municipality
    return Problem(
        404,
        _("Hier zijn geen bestanden van"),
        _("Hier is op deze dag geen verkiezing."),
        [
            WayOn(place.name, reverse("quiz:introduction", args=[election, slug])),
            WayOn(_("Kies een gemeente"), reverse("downloads:election", args=[election])),
        ],
    )


def no_scope(guide: Guide) -> Problem:
    return Problem(
        404,
        _("Hier zijn geen bestanden van"),
        _("Er is geen regio of provincie met deze naam waarvan een gemeente is gepubliceerd."),
        [WayOn(_("Kies een gemeente"), reverse("downloads:election", args=[guide.election.slug]))],
    )


def _overview() -> WayOn:
    return WayOn(_("Over de open data"), reverse("downloads:overview"))
