"""The published contests of an election, read one by one: a country fits in little memory."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from stemhulp.editions import store
from stemhulp.editions.document import parse
from stemhulp.editions.edition import DUTCH, Edition, Imprint, Municipality


@dataclass(frozen=True)
class Published:
    """A contest that voters can see, and by which edition."""

    election: str
    municipality: Municipality
    imprint: Imprint

    def document(self) -> bytes:
        """The exact bytes of the edition. Raises UnreachableError."""
        return store.document(self.imprint)

    def edition(self, language: str = DUTCH) -> Edition:
        """The edition, read anew and held by nobody else. Raises UnreachableError."""
        return replace(parse(self.document(), language), imprint=self.imprint)


def published(election: str) -> Iterator[Published]:
    """All contests of an election that have an edition, by name of the municipality.

    Invented municipalities are among them (`municipality.is_example`): what adds up contests
    leaves those out. Nothing where the election is unknown.
    """
    guide = store.guide(election)
    if guide is None:
        return
    for place in sorted(guide.municipalities.values(), key=lambda each: each.name.casefold()):
        if place.slug not in guide.absences and (imprints := store.imprints(election, place.slug)):
            yield Published(election, place, imprints[-1])
