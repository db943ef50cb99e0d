"""The published contests of an election, read one by one: a country fits in little memory."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from stemhulp.editions import store
from stemhulp.editions.document import read
from stemhulp.editions.edition import Edition, Imprint, Municipality


@dataclass(frozen=True)
class Published:
    """A contest that voters can see, and by which edition."""

    election: str
    municipality: Municipality
    imprint: Imprint

    @cached_property
    def document(self) -> bytes:
        """The exact bytes of the edition. Raises UnreachableError."""
        return store.document(self.imprint)

    @cached_property
    def content(self) -> dict[str, Any]:
        """What stands in the document; read once, so not to be changed."""
        content: dict[str, Any] = json.loads(self.document)
        return content

    @cached_property
    def edition(self) -> Edition:
        """The edition in Dutch, read for this alone: it goes when this goes."""
        return replace(read(self.content), imprint=self.imprint)


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
