"""Parties that nobody hopes for: very many, very few, with names that fit nowhere."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import cycle

import pytest

from stemhulp.editions import store
from stemhulp.editions.edition import Edition, Party, Position

LONG = "Partijvoordevooruitgangendesamenwerkingvanallebuurtenwijkendorpenenbuitengebieden"
ARABIC = "حزب المدينة"
PAGES = ["uitslag/", "uitslag/profielen/", "uitslag/partij/lijst-1/", "uitslag/vergelijk/"]


def names(count: int) -> list[str]:
    return [f"Lijst nummer {number}" for number in range(1, count + 1)]


def let_take_part(
    monkeypatch: pytest.MonkeyPatch,
    names: Sequence[str],
    stances: Sequence[int] = (2, 1, 0, -1, -2),
) -> Edition:
    """Let Voorbeeldstad have these invented parties, which answered everything, in Arabic."""
    edition = store.edition("gr2022", "voorbeeldstad")
    assert edition is not None
    opinions = cycle(stances)
    parties = tuple(
        Party(
            slug=f"lijst-{number}",
            name=name,
            description="",
            number=number,
            seats=None,
            positions={
                each.key: Position(next(opinions), "نعم", "") for each in edition.statements
            },
        )
        for number, name in enumerate(names, start=1)
    )
    made = replace(edition, parties=parties, beside={})
    monkeypatch.setattr(store, "edition", lambda *_: made)
    return made
