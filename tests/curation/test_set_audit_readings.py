"""What the numbers of a set of statements say in words, and how they are drawn."""

import numpy as np
import pytest

from statements.curation.set_audit import figures, readings
from statements.curation.set_audit.numbers import decimal, listed, percent, thousands
from statements.matching import Drawing, Pair, Simulation, Spread, pairs_alike, simulate, spreads
from statements.models import Statement

NAMES = ("Roos", "Tulp", "Iris")
STATEMENTS = [Statement(key=f"s{at}", text=f"Stelling nummer {at}.") for at in range(1, 4)]
PLAYED = Simulation(
    voters=1000,
    shares=(0.24, 0.5, 0.26),
    alone=(0.2, 0.5, 0.0),
    without=((0.24, 0.5, 0.26), (0.31, 0.45, 0.24), (0.2, 0.52, 0.28)),
    subset=2,
    subsets=((0.1, 0.62), (0.4, 0.6), (0.0, 0.3)),
)


def test_numbers_are_written_the_dutch_way() -> None:
    assert percent(0.243) == "24,3\N{NO-BREAK SPACE}%"
    assert decimal(-0.854) == "−0,85"
    assert thousands(100_000) == "100.000"
    assert [listed(row) for row in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == [
        "",
        "a",
        "a en b",
        "a, b en c",
    ]


def test_set_in_which_every_statement_divides_is_said() -> None:
    found = readings.on_spreads(spreads([[1, -2], [-1, 2]]))
    assert found[0].startswith("Elke stelling maakt verschil")
    assert len(found) == 2  # none was left unanswered


def test_unanimous_statement_says_who_answered() -> None:
    found = readings.on_spreads([Spread(3, 0, 0, 1, 0.5), Spread(1, 0, 3, 0, 1.2)])
    assert found[0] == (
        "Eén stelling beslist niets, stelling 1: alle 3 partijen die antwoord gaven, "
        "zijn het ermee eens."
    )


def test_set_without_any_answer_has_a_reading() -> None:
    found = readings.on_spreads([Spread(0, 0, 0, 4, None)])
    assert found[-1] == "Stelling 1 bleef het vaakst zonder antwoord: bij 4 van de 4 partijen."


@pytest.mark.parametrize(("by_chance", "doubt"), [(0.4, False), (1.5, True)])
def test_pairs_that_chance_would_give_are_doubted(by_chance: float, doubt: bool) -> None:  # noqa: FBT001
    found = readings.on_pairs([Pair(0, 2, 7, 0.92), Pair(1, 2, 7, -0.81)], by_chance, 9)
    assert (
        found[0]
        == "Stelling 1 en stelling 3 zeggen bijna hetzelfde: samenhang 0,92, over 7 partijen."
    )
    assert "zijn 2 paren" in found[1]
    assert ("toeval zijn" in found[1]) is doubt


def test_no_pairs_is_said() -> None:
    assert readings.on_pairs([], 0, 9) == [
        "Geen twee stellingen zeggen voor de partijen hetzelfde."
    ]


def test_voters_are_read_in_words() -> None:
    found = [each.replace("\N{NO-BREAK SPACE}", " ") for each in readings.on_voters(PLAYED, NAMES)]
    assert found == [
        "Tulp komt het vaakst bovenaan: bij 50,0 % van de kiezers. "
        "Was elke partij even vaak eerste, dan was dat 33,3 %.",
        "Iris komt in 1.000 gespeelde kiezers nooit alleen bovenaan, alleen gedeeld.",
        "Stelling 2 verschuift in totaal het meest: laat je die weg, dan gaat 7,0 % van de eerste "
        "plaatsen naar een andere partij. Zonder stelling 2 krijgt Roos 31,0 % in plaats van "
        "24,0 %.",
        "Vraag je steeds maar 2 van de 3 stellingen, dan loopt het aandeel van Roos het verst "
        "uiteen: van 10 % tot 62 %.",
    ]


def test_party_between_the_others_is_never_first() -> None:
    """On each of nine statements one party is a step to its left and one a step to its right."""
    middle = np.zeros((19, 12), dtype=np.int8)
    for at in range(9):
        middle[1 + 2 * at, at], middle[2 + 2 * at, at] = 1, -1
    names = [f"Partij {at}" for at in range(19)]
    uniform, around = (simulate(middle, drawing, voters=2000) for drawing in Drawing)
    assert uniform.shares[0] == 0
    assert around.shares[0] > 0  # voters who were drawn around it find it
    sentences = readings.on_voters(uniform, names)
    assert "Partij 0 komt in 2.000 gespeelde kiezers nooit bovenaan." in sentences
    chart = figures.chart(Drawing.UNIFORM, uniform, names, [STATEMENTS[0]] * 12, sentences)
    assert (chart.rows[-1].name, chart.rows[-1].share) == ("Partij 0", "nooit")


def test_statement_that_moves_nothing_is_said() -> None:
    same = simulate([[1, 1], [1, 1]], Drawing.UNIFORM, voters=100)
    assert "het maakt niet uit" in readings.on_voters(same, NAMES[:2])[-2]


def played(shares: tuple[float, ...], *without: tuple[float, ...]) -> Simulation:
    return Simulation(1000, shares, shares, without, 2, tuple((each, each) for each in shares))


def said(simulation: Simulation) -> str:
    names = [f"Partij {at}" for at in range(1, len(simulation.shares) + 1)]
    return " ".join(readings.on_voters(simulation, names)).replace("\N{NO-BREAK SPACE}", " ")


def test_what_moves_most_and_what_moves_its_party_most_are_both_named() -> None:
    found = said(
        played(
            (0.297, 0.303, 0.2, 0.2),
            (0.267, 0.275, 0.229, 0.229),  # moves 5.8 in total
            (0.33, 0.27, 0.2, 0.2),  # moves 3.3, but more of the first party
        )
    )
    assert "Stelling 1 verschuift in totaal het meest: laat je die weg, dan gaat 5,8 %" in found
    assert "Zonder stelling 1 krijgt Partij 1 26,7 % in plaats van 29,7 %." in found
    assert (
        "Voor Partij 1 zelf maakt stelling 2 het meeste uit: zonder die stelling is het 33,0 %."
        in found
    )


def test_statements_that_move_as_much_are_all_named() -> None:
    found = said(played((0.5, 0.5), (0.6, 0.4), (0.4, 0.6), (0.5, 0.5)))
    assert "Stelling 1 en 2 verschuiven in totaal het meest: laat je er een van weg" in found
    assert " zelf maakt stelling" not in found  # the other one moves it as far, the other way


def test_parties_that_come_first_as_often_are_all_named() -> None:
    assert said(played((0.4, 0.4, 0.2), (0.4, 0.4, 0.2))).startswith(
        "Partij 1 en Partij 2 komen even vaak bovenaan, en vaker dan de rest: elk bij 40,0 %"
    )
    assert said(played((0.5, 0.5), (0.5, 0.5))).startswith("Alle partijen komen even vaak bovenaan")


def test_shift_that_is_written_as_nothing_is_almost_nothing() -> None:
    assert "het maakt bijna niet uit" in said(played((0.5, 0.5), (0.5001, 0.4999)))


@pytest.mark.parametrize(
    ("deviations", "words"),
    [
        ((1.504, 1.2, 1.496), "stelling 1 en 3: bij elk is de spreiding 1,50."),
        ((1.5, 1.5, 1.5), "stelling 1, 2 en 3: bij elk is"),
        ((1.5, 1.5, 1.5, 1.5), "over 4 stellingen: bij elk is"),
        ((1.2, 1.5), "over stelling 2: 2 eens, 0 neutraal, 2 oneens."),
    ],
)
def test_statements_that_divide_as_much_are_all_named(
    deviations: tuple[float, ...], words: str
) -> None:
    found = readings.on_spreads([Spread(2, 0, 2, 0, each) for each in deviations])
    assert words in found[1]


@pytest.mark.parametrize(
    ("missing", "words"),
    [
        ([1] * 13 + [0], "Bij 13 stellingen gaf één partij geen antwoord."),
        ([0, 1, 1], "Bij stelling 2 en 3 gaf één partij geen antwoord."),
        ([0, 1], "Bij stelling 2 gaf één partij geen antwoord."),
        ([2, 2], "Stelling 1 en 2 bleven het vaakst zonder antwoord: elk bij 2 van de 9 partijen."),
        (
            [3, 3, 3, 3, 1],
            "4 stellingen bleven het vaakst zonder antwoord: elk bij 3 van de 9 partijen.",
        ),
    ],
)
def test_statements_left_out_as_often_are_all_named(missing: list[int], words: str) -> None:
    found = readings.on_spreads([Spread(9 - each, 0, 0, each, 0.5) for each in missing])
    assert found[-1] == words


def test_party_that_no_statement_moves_stays() -> None:
    simulation = played((0.128, 0.872), (0.1281, 0.8719), (0.1279, 0.8721))
    chart = figures.chart(Drawing.AROUND, simulation, NAMES[:2], STATEMENTS[:2], [])
    assert [row.steady for row in chart.rows] == [
        "blijft 87,2\N{NO-BREAK SPACE}%",
        "blijft 12,8\N{NO-BREAK SPACE}%",
    ]
    moved = figures.chart(Drawing.AROUND, PLAYED, NAMES, STATEMENTS, [])
    assert not any(row.steady for row in moved.rows)


def test_many_who_share_a_place_are_not_all_named() -> None:
    names = [f"Partij {at}" for at in range(7)]
    found = readings.on_own_voters([[1, 2, 3, 4, 5, 6], *[[]] * 6], names)
    assert found[0].endswith("samen met Partij 1, Partij 2, Partij 3 en nog 3 andere partijen.")
    assert readings.on_own_voters([[], [], []], NAMES)[0].endswith(
        "krijgt die partij alleen bovenaan."
    )


def test_strip_fills_its_width() -> None:
    [row] = figures.statement_rows(STATEMENTS[:1], [Spread(2, 1, 0, 1, 0.8)])
    assert row.strip == [
        ("agree", "0.00%", "50.00%"),
        ("neutral", "50.00%", "25.00%"),
        ("missing", "75.00%", "25.00%"),
    ]


def test_ranges_lie_on_a_scale_that_holds_them_all() -> None:
    chart = figures.chart(Drawing.UNIFORM, PLAYED, NAMES, STATEMENTS, [])
    assert [tick.label for tick in chart.ticks] == ["0", "20", "40", "60"]
    assert [row.name for row in chart.rows] == ["Tulp", "Iris", "Roos"]
    roos = chart.rows[-1]
    assert (roos.low, roos.high, roos.most) == ("28.57%", "44.29%", "88.57%")
    assert (roos.lowest_without, roos.highest_without) == (3, 2)
    assert chart.rows[1].alone == "nooit"
    assert [row.number for row in chart.shifts] == [2, 3, 1]
    first = chart.shifts[0]
    assert (first.gains, first.gain, first.loses, first.loss) == ("Roos", "+7,0", "Tulp", "−5,0")


def test_pairs_are_drawn_with_their_statements() -> None:
    table = [[2, -2, 1], [1, -1, 1], [0, 0, 2], [-1, 1, 1], [-2, 2, 2]]
    rows = figures.statement_rows(STATEMENTS, spreads(table))
    found = figures.pair_rows(pairs_alike(table), rows)
    [pair] = found.strongest
    assert not found.others
    assert (pair.first.number, pair.second.number, pair.is_reversed) == (1, 2, True)
    assert pair.correlation == "−1,00"


def test_ten_pairs_are_shown_and_the_others_folded() -> None:
    rows = figures.statement_rows(STATEMENTS, spreads([[1, 1, 1], [2, 0, 1]]))
    found = figures.pair_rows([Pair(0, 1, 5, 0.9)] * 12, rows)
    assert (len(found.strongest), len(found.others)) == (10, 2)
    assert not figures.pair_rows([], rows)
