"""From an address to the guide or the edition behind it; a Problem where there is none."""

from stemhulp.editions import store
from stemhulp.editions.edition import Edition
from stemhulp.editions.guide import Guide
from stemhulp.quiz import refusals


def guide_to(election: str) -> Guide:
    """The guide to an election, by its slug. Raises Problem."""
    guide = store.guide(election)
    if guide is None:
        raise refusals.no_election(election)
    return guide


def edition_at(election: str, municipality: str) -> Edition:
    """The current edition of a contest, by the slugs of its address. Raises Problem."""
    return edition_in(guide_to(election), municipality)


def edition_in(guide: Guide, municipality: str) -> Edition:
    """The current edition of a contest of this election. Raises Problem."""
    if municipality not in guide.municipalities or municipality in guide.absences:
        raise refusals.no_municipality(guide, municipality)
    try:
        edition = store.edition(guide.election.slug, municipality)
    except store.UnreachableError:
        raise refusals.unreachable() from None
    if edition is None:
        raise refusals.not_published(guide, municipality)
    return edition
