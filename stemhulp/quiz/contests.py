"""From an address to the guide or the edition behind it; a Problem where there is none."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace

from django.utils.translation import get_language

from parties.search import Answer, Found, Gazetteer, Outcome
from stemhulp.editions import store
from stemhulp.editions.edition import DUTCH, Edition, Election, Questionnaire
from stemhulp.editions.guide import Guide
from stemhulp.quiz import refusals
from stemhulp.quiz.venues import Venue, here

LEADS_NOWHERE = {
    *(Outcome.UNKNOWN_NAME, Outcome.UNKNOWN_POSTCODE),
    *(Outcome.NO_POSTCODES, Outcome.SUGGESTION),
}
LEADS_THERE = {Outcome.FOUND, Outcome.SPLIT_POSTCODE}
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
    """The current edition of a contest of this election, in the language and venue of the request.

    Raises Problem.
    """
    if municipality not in guide.municipalities or municipality in guide.absences:
        raise refusals.no_municipality(guide, municipality)
    if (trial := _trial.get()) is not None:
        return trial
    try:
        edition = store.edition(guide.election.slug, municipality, get_language() or DUTCH)
    except store.UnreachableError:
        raise refusals.unreachable() from None
    if edition is None:
        raise refusals.not_published(guide, municipality)
    return edition if here() is Venue.SITE else _in_venue(edition, here())


def _in_venue(edition: Edition, venue: Venue) -> Edition:
    """The same edition with nothing kept beside it that was made for another venue."""
    found: Edition | None = edition.beside.get(venue)
    if found is None:
        asked = Questionnaire(edition.statements)
        found = edition.beside[venue] = replace(edition, questionnaire=asked, beside={})
    return found


@dataclass(frozen=True)
class Elsewhere:
    """Another election in which the municipality does vote that somebody looks for."""

    election: Election
    answer: Answer


def elsewhere(
    guide: Guide, question: str, answer: Answer, others: Iterable[Election]
) -> Elsewhere | None:
    """Where this question leads in another election; None if it need not, or leads nowhere.

    The latest election that knows it decides: a municipality that does not vote there may have
    become another one, and older elections know nothing of that.
    """
    if answer.outcome not in LEADS_NOWHERE:
        return None
    for election in sorted(others, key=lambda other: other.date, reverse=True):
        other = store.guide(election.slug)
        found = other.gazetteer.find(question) if other else Answer(Outcome.EMPTY)
        is_like = answer.outcome is Outcome.SUGGESTION and not found.is_certain
        if other and found.outcome in LEADS_THERE and not is_like:
            voting = [each for each in found.results if _votes(each, other)]
            if not voting or any(_votes(each, guide) for each in voting):
                return None
            return Elsewhere(election, replace(found, results=voting))
    return None


def _votes(found: Found, guide: Guide) -> bool:
    slug = found.locality.slug
    return slug in guide.municipalities and slug not in guide.absences


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
