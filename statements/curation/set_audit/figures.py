"""What the tables and drawings show: each row a name, its numbers, and where they lie."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from statements.curation.set_audit.numbers import decimal, length, percent, thousands
from statements.matching.set_audit import Drawing, Pair, Simulation, Spread
from statements.models import Statement

STRONGEST = 10  # pairs that are shown at once; the others are folded

TITLES = {
    Drawing.UNIFORM: "Kiezers die zomaar antwoorden",
    Drawing.AROUND: "Kiezers die op een partij lijken",
}
HOW = {
    Drawing.UNIFORM: "Elk van de vijf antwoorden is even waarschijnlijk, bij elke stelling.",
    Drawing.AROUND: (
        "Elke kiezer lijkt op één partij, door het lot gekozen. Van de antwoorden van die partij "
        "neemt de kiezer er gemiddeld 7 van de 10 over; de rest is zomaar een antwoord."
    ),
}


class Segment(NamedTuple):
    """A part of a strip: where it starts and how wide it is."""

    kind: str
    start: str
    width: str


class StatementRow(NamedTuple):
    number: int
    statement: Statement
    spread: Spread
    deviation: str
    strip: Sequence[Segment]


def statement_rows(
    statements: Sequence[Statement], spreads: Sequence[Spread]
) -> list[StatementRow]:
    return [
        StatementRow(
            number,
            statement,
            spread,
            "–" if spread.deviation is None else decimal(spread.deviation),
            _strip(spread),
        )
        for number, (statement, spread) in enumerate(zip(statements, spreads, strict=True), 1)
    ]


def _strip(spread: Spread) -> list[Segment]:
    parts, start = [], 0
    for kind in ("agree", "neutral", "disagree", "missing"):
        count = getattr(spread, kind)
        if count:
            parts.append(Segment(kind, length(start / spread.total), length(count / spread.total)))
        start += count
    return parts


class PairRow(NamedTuple):
    first: StatementRow
    second: StatementRow
    parties: int
    correlation: str
    is_reversed: bool


@dataclass(frozen=True)
class PairRows:
    strongest: Sequence[PairRow]
    others: Sequence[PairRow]

    def __bool__(self) -> bool:
        return bool(self.strongest)


def pair_rows(pairs: Sequence[Pair], rows: Sequence[StatementRow]) -> PairRows:
    found = [
        PairRow(rows[pair.first], rows[pair.second], pair.parties, decimal(pair.r), pair.r < 0)
        for pair in pairs
    ]
    return PairRows(found[:STRONGEST], found[STRONGEST:])


class Tick(NamedTuple):
    at: str
    label: str


class PartyRow(NamedTuple):
    """How often a party comes first; the drawing's places beside the words."""

    name: str
    share: str
    alone: str
    lowest: str
    lowest_without: int  # number of the statement
    highest: str
    highest_without: int
    steady: str  # where, as it is written, every statement does the same when left out
    subsets: str
    at: str
    low: str
    high: str
    least: str
    most: str


class ShiftRow(NamedTuple):
    """What happens when a statement is left out: who gains and who loses most by it."""

    number: int
    statement: Statement
    moved: str
    gains: str
    gain: str
    loses: str
    loss: str


@dataclass(frozen=True)
class Chart:
    """One kind of voters: a row for each party on a common scale, and one for each statement."""

    drawing: Drawing
    voters: str
    subset: int  # statements in each random part of the set
    reading: Sequence[str]
    ticks: Sequence[Tick]
    even: str  # where every party would lie if all came first equally often
    rows: Sequence[PartyRow]  # most often first
    shifts: Sequence[ShiftRow]  # what moves most first

    @property
    def title(self) -> str:
        return TITLES[self.drawing]

    @property
    def how(self) -> str:
        return HOW[self.drawing]


def chart(
    drawing: Drawing,
    simulation: Simulation,
    names: Sequence[str],
    statements: Sequence[Statement],
    reading: Sequence[str],
) -> Chart:
    scale = _scale(simulation)
    order = sorted(range(len(names)), key=lambda party: -simulation.shares[party])
    return Chart(
        drawing=drawing,
        voters=thousands(simulation.voters),
        subset=simulation.subset,
        reading=reading,
        ticks=[Tick(length(at / scale), f"{at}") for at in range(0, scale + 1, _step(scale))],
        even=length(100 / len(names) / scale),
        rows=[_party_row(simulation, party, names[party], scale) for party in order],
        shifts=_shift_rows(simulation, names, statements),
    )


def _scale(simulation: Simulation) -> int:
    """The end of the axis, in whole tens of percents."""
    highest = max(
        *simulation.shares,
        *(max(shares) for shares in simulation.without),
        *(high for _, high in simulation.subsets),
    )
    return max(10, 10 * math.ceil(10 * highest))


def _step(scale: int) -> int:
    return 5 if scale <= 20 else 10 if scale <= 50 else 20


def _party_row(simulation: Simulation, party: int, name: str, scale: int) -> PartyRow:
    without = [shares[party] for shares in simulation.without]
    low, high = min(without), max(without)
    least, most = simulation.subsets[party]
    share = simulation.shares[party]
    at = [length(100 * each / scale) for each in (share, low, high, least, most)]
    return PartyRow(
        name,
        percent(share) if share else "nooit",
        percent(simulation.alone[party]) if simulation.alone[party] else "nooit",
        percent(low),
        without.index(low) + 1,
        percent(high),
        without.index(high) + 1,
        _steady(share, low, high),
        f"{percent(least)} tot {percent(most)}",
        *at,
    )


def _steady(share: float, low: float, high: float) -> str:
    if percent(low) != percent(high):
        return ""
    return f"{'blijft' if percent(share) == percent(low) else 'steeds'} {percent(low)}"


def _shift_rows(
    simulation: Simulation, names: Sequence[str], statements: Sequence[Statement]
) -> list[ShiftRow]:
    shifts = simulation.shifts
    order = sorted(range(len(statements)), key=lambda at: -shifts[at])
    return [_shift_row(simulation, names, statements[at], at, shifts[at]) for at in order]


def _shift_row(
    simulation: Simulation, names: Sequence[str], statement: Statement, at: int, moved: float
) -> ShiftRow:
    pairs = zip(simulation.without[at], simulation.shares, strict=True)
    change = [without - share for without, share in pairs]
    most, least = max(change), min(change)
    return ShiftRow(
        at + 1,
        statement,
        percent(moved),
        names[change.index(most)],
        f"+{decimal(100 * most, 1)}",
        names[change.index(least)],
        decimal(100 * least, 1),
    )
