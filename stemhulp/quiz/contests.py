"""From an address to the guide or the edition behind it; a Problem where there is none."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from parties.search import Gazetteer
from stemhulp.editions import store
from stemhulp.editions.edition import Edition
from stemhulp.editions.guide import Guide
from stemhulp.quiz import refusals

# What is shown instead of what was published, within one request of someone who may see it.
_trial: ContextVar[Edition | None] = ContextVar("trial", default=None)


@contextmanager
def trying(edition: Edition) -> Iterator[None]:
    """Let the voter's pages show this unpublished edition, and know of no other contest."""
    token = _trial.set(edition)
    try:
        yield
    finally:
        _trial.reset(token)


def guide_to(election: str) -> Guide:
    """The guide to an election, by its slug. Raises Problem."""
    if (trial := _trial.get()) is not None:
        return _guide_to_one(trial)
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
    if (trial := _trial.get()) is not None:
        return trial
    try:
        edition = store.edition(guide.election.slug, municipality)
    except store.UnreachableError:
        raise refusals.unreachable() from None
    if edition is None:
        raise refusals.not_published(guide, municipality)
    return edition


def _guide_to_one(edition: Edition) -> Guide:
    place = edition.municipality
    return Guide(
        election=edition.election,
        gazetteer=Gazetteer(()),
        municipalities={place.slug: place},
        absences={},
        examples=(),
        contests=1,
    )
