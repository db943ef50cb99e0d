"""What the numbers say, in plain Dutch."""

from collections.abc import Sequence

import numpy as np

from statements.curation.set_audit.numbers import (
    SPACE,
    decimal,
    listed,
    percent,
    thousands,
    whole_percent,
)
from statements.matching.set_audit import ENOUGH_FOR_PAIRS, Pair, Simulation, Spread

MANY = 4  # so many names or numbers are listed in a sentence at most
NAMED = 3  # so many statements that share the most


def on_spreads(spreads: Sequence[Spread]) -> list[str]:
    """Which statements decide nothing, divide most, and stay unanswered most."""
    return [_on_agreement(spreads), *_on_division(spreads), *_on_missing(spreads)]


def _on_agreement(spreads: Sequence[Spread]) -> str:
    found = [(number, each) for number, each in enumerate(spreads, 1) if each.side]
    if not found:
        return "Elke stelling maakt verschil: over geen enkele denken alle partijen hetzelfde."
    if len(found) == 1:
        [(number, each)] = found
        view = "eens" if each.side > 0 else "oneens"
        who = f"alle {thousands(each.answered)} partijen"
        who += " die antwoord gaven," if each.missing else ""
        return f"Eén stelling beslist niets, stelling {number}: {who} zijn het ermee {view}."
    return (
        f"{len(found)} stellingen beslissen niets: daar staan alle partijen aan dezelfde kant. "
        f"Dat zijn stelling {listed([str(number) for number, _ in found])}. "
        "Ze kosten de kiezer tijd."
    )


def _on_division(spreads: Sequence[Spread]) -> list[str]:
    found = _most([decimal(each.deviation or 0) for each in spreads])
    each = spreads[found[0]] if found else None
    if each is None or not each.deviation:
        return []
    if len(found) > 1:
        return [
            f"Het meest verdeeld zijn de partijen over {_numbered(found)}: "
            f"bij elk is de spreiding {decimal(each.deviation)}."
        ]
    return [
        f"Het meest verdeeld zijn de partijen over {_numbered(found)}: "
        f"{thousands(each.agree)} eens, {thousands(each.neutral)} neutraal, "
        f"{thousands(each.disagree)} oneens."
    ]


def _on_missing(spreads: Sequence[Spread]) -> list[str]:
    most = max((each.missing for each in spreads), default=0)
    found = [at for at, each in enumerate(spreads) if each.missing == most]
    if not most:
        return []
    if most == 1:
        return [f"Bij {_numbered(found)} gaf één partij geen antwoord."]
    total = thousands(spreads[0].total)
    verb, each = ("bleef", "") if len(found) == 1 else ("bleven", "elk ")
    which = _numbered(found)
    return [
        f"{which[0].upper()}{which[1:]} {verb} het vaakst zonder antwoord: "
        f"{each}bij {thousands(most)} van de {total} partijen."
    ]


def _most(written: Sequence[str]) -> list[int]:
    """Where the greatest number stands: more than one place when they are written the same."""
    numbers = [float(each.split(SPACE)[0].replace(",", ".")) for each in written]
    return [at for at, each in enumerate(numbers) if each == max(numbers)]


def _numbered(found: Sequence[int]) -> str:
    """Statements by number, up to three; else how many they are."""
    if len(found) > NAMED:
        return f"{len(found)} stellingen"
    return f"stelling {listed([str(at + 1) for at in found])}"


def on_pairs(pairs: Sequence[Pair], by_chance: float, parties: int) -> list[str]:
    """Which statements say the same, and how many would seem to by chance."""
    if parties < ENOUGH_FOR_PAIRS:
        return [
            f"Of twee stellingen hetzelfde zeggen, is pas te zien bij {ENOUGH_FOR_PAIRS} partijen."
        ]
    if not pairs:
        return ["Geen twee stellingen zeggen voor de partijen hetzelfde."]
    first = pairs[0]
    same = "zeggen bijna hetzelfde" if first.r > 0 else "zijn elkaars tegendeel"
    return [
        f"Stelling {first.first + 1} en stelling {first.second + 1} {same}: "
        f"samenhang {decimal(first.r)}, over {thousands(first.parties)} partijen.",
        _on_chance(len(pairs), by_chance),
    ]


def _on_chance(found: int, by_chance: float) -> str:
    count = "is één paar" if found == 1 else f"zijn {found} paren"
    doubt = ""
    if found < 2 * by_chance:
        doubt = " Het kan dus heel goed toeval zijn."
    return (
        f"In totaal {count} zo sterk verbonden. Hussel je de antwoorden door elkaar, "
        f"dan zijn het er door toeval gemiddeld {decimal(by_chance, 1)}.{doubt}"
    )


def on_voters(simulation: Simulation, names: Sequence[str]) -> list[str]:
    """Who comes first, who seldom or never alone, and what one statement moves."""
    return [
        _on_first(simulation, names),
        *_on_never(simulation, names),
        _on_leaving_out(simulation, names),
        _on_subsets(simulation, names),
    ]


def _on_first(simulation: Simulation, names: Sequence[str]) -> str:
    found = _most([percent(share) for share in simulation.shares])
    share, even = percent(simulation.shares[found[0]]), percent(1 / len(names))
    if len(found) > 1:
        who = _few([names[at] for at in found])
        said = f"{who} komen even vaak bovenaan, en vaker dan de rest: elk bij {share}"
        if len(found) == len(names):
            said = f"Alle partijen komen even vaak bovenaan: elk bij {share}"
    else:
        said = f"{names[found[0]]} komt het vaakst bovenaan: bij {share}"
    return f"{said} van de kiezers. Was elke partij even vaak eerste, dan was dat {even}."


def _on_never(simulation: Simulation, names: Sequence[str]) -> list[str]:
    voters = thousands(simulation.voters)
    pairs = list(zip(names, simulation.shares, simulation.alone, strict=True))
    never = [name for name, share, _ in pairs if share == 0]
    shared = [name for name, share, alone in pairs if share and alone == 0]
    if not never and not shared:
        return ["Elke partij komt bij een deel van de kiezers alleen bovenaan."]
    return [
        *(f"{name} komt in {voters} gespeelde kiezers nooit bovenaan." for name in never),
        *(
            f"{name} komt in {voters} gespeelde kiezers nooit alleen bovenaan, alleen gedeeld."
            for name in shared
        ),
    ]


def _on_leaving_out(simulation: Simulation, names: Sequence[str]) -> str:
    statement = int(np.argmax(simulation.shifts))
    change = np.subtract(simulation.without[statement], simulation.shares)
    if percent(simulation.shifts[statement]) == percent(0):
        little = "bijna niet" if change.any() else "niet"
        return f"Welke stelling je ook weglaat: het maakt {little} uit wie er bovenaan komt."
    party = int(np.argmax(abs(change)))
    found = _most([percent(each) for each in simulation.shifts])
    which, own = _numbered(found), _on_own_largest(simulation, names, statement, party)
    verb, one = ("verschuift", "die") if len(found) == 1 else ("verschuiven", "er een van")
    return (
        f"{which[0].upper()}{which[1:]} {verb} in totaal het meest: laat je {one} weg, dan gaat "
        f"{percent(simulation.shifts[statement])} van de eerste plaatsen naar een andere partij. "
        f"Zonder stelling {statement + 1} krijgt {names[party]} "
        f"{percent(simulation.without[statement][party])} in plaats van "
        f"{percent(simulation.shares[party])}.{own}"
    )


def _on_own_largest(
    simulation: Simulation, names: Sequence[str], statement: int, party: int
) -> str:
    """Which other statement moves this party more, if one does."""
    shares = [row[party] for row in simulation.without]
    moved = np.abs(np.subtract(shares, simulation.shares[party]))
    largest = int(np.argmax(moved))
    if percent(moved[largest]) == percent(moved[statement]):
        return ""
    return (
        f" Voor {names[party]} zelf maakt stelling {largest + 1} het meeste uit: "
        f"zonder die stelling is het {percent(shares[largest])}."
    )


def _on_subsets(simulation: Simulation, names: Sequence[str]) -> str:
    widths = [high - low for low, high in simulation.subsets]
    party = int(np.argmax(widths))
    low, high = simulation.subsets[party]
    return (
        f"Vraag je steeds maar {simulation.subset} van de {len(simulation.without)} stellingen, "
        f"dan loopt het aandeel van {names[party]} het verst uiteen: van {whole_percent(low)} tot "
        f"{whole_percent(high)}."
    )


def on_own_voters(ties: Sequence[Sequence[int]], names: Sequence[str]) -> list[str]:
    """Whether the voter who answers as a party does finds it on top alone."""
    found = [(name, [names[at] for at in row]) for name, row in zip(names, ties, strict=True)]
    shared = [(name, others) for name, others in found if others]
    if not shared:
        return ["Wie precies zo antwoordt als een partij, krijgt die partij alleen bovenaan."]
    return [
        f"Wie precies zo antwoordt als {name}, krijgt die partij niet alleen bovenaan, "
        f"maar samen met {_few(others)}."
        for name, others in shared
    ]


def _few(names: Sequence[str]) -> str:
    if len(names) <= MANY:
        return listed(names)
    return f"{listed([*names[: MANY - 1], f'nog {len(names) - MANY + 1} andere partijen'])}"
