"""From what an address names to what was published; an ApiProblem where there is nothing."""

from stemhulp.editions import store
from stemhulp.editions.edition import DUTCH, Edition, Imprint, Municipality, Party, Statement
from stemhulp.editions.guide import Guide
from stemhulp.opendata.api.problems import ApiProblem, unknown, unreachable


def guide_to(election: str) -> Guide:
    """The guide to an election. Raises ApiProblem."""
    guide = store.guide(election)
    if guide is None:
        if store.stale_since() is not None:
            raise unreachable()
        raise unknown("election", election, "See /api/v1/elections.")
    return guide


def place_in(guide: Guide, slug: str) -> Municipality:
    """A municipality of this election, whether it votes or not. Raises ApiProblem."""
    found = guide.municipalities.get(slug)
    if found is None:
        other = guide.gazetteer.named(slug.replace("-", " "))
        here = f"/api/v1/elections/{guide.election.slug}/municipalities"
        hint = f"Perhaps {other.slug!r}?" if other else f"Search at {here}?q=."
        raise unknown("municipality", slug, hint)
    return found


def imprints_of(guide: Guide, slug: str) -> tuple[Imprint, ...]:
    """All editions of a contest, the oldest first; one at least. Raises ApiProblem."""
    place = place_in(guide, slug)
    if slug in guide.absences:
        why = f"See /api/v1/elections/{guide.election.slug}/municipalities/{slug}."
        raise ApiProblem(404, f"{place.name} elects no council on this day. {why}")
    imprints = store.imprints(guide.election.slug, slug)
    if not imprints:
        raise ApiProblem(404, f"Nothing has been published yet of {place.name}.")
    return imprints


def edition_of(election: str, municipality: str, language: str = DUTCH) -> Edition:
    """The current edition of a contest, in a language. Raises ApiProblem."""
    imprints_of(guide_to(election), municipality)
    try:
        edition = store.edition(election, municipality, language)
    except store.UnreachableError:
        raise unreachable() from None
    if edition is None:  # it was there a moment ago
        raise unreachable()
    return edition


def imprint_of(edition: Edition) -> Imprint:
    """That of an edition out of the store, which always has one."""
    if edition.imprint is None:
        raise unreachable()
    return edition.imprint


def document_of(imprint: Imprint) -> bytes:
    """The exact bytes of an edition. Raises ApiProblem."""
    try:
        return store.document(imprint)
    except store.UnreachableError:
        raise unreachable() from None


def party_in(edition: Edition, slug: str) -> Party:
    found = next((each for each in edition.parties if each.slug == slug), None)
    if found is None:
        raise unknown("party", slug, "See the list of parties of this contest.")
    return found


def statement_in(edition: Edition, key: str) -> Statement:
    found = next((each for each in edition.statements if each.key == key), None)
    if found is None:
        raise unknown("statement", key, "See the list of statements of this contest.")
    return found
