"""Finding difficult words in a text, and cutting the text where they stand."""

from dataclasses import dataclass

import pytest

from statements.glossary import pieces, terms_in


@dataclass(frozen=True)
class Word:
    forms: tuple[str, ...]


AZC = Word(("azc", "azc's"))
SEEKER = Word(("asielzoeker", "asielzoekers"))
CENTRE = Word(("asielzoekers in een azc",))


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("", []),
        ("Geen woord.", [("Geen woord.", None)]),
        ("Azc", [("Azc", 0)]),
        ("In een azc wonen.", [("In een ", None), ("azc", 0), (" wonen.", None)]),
        ("Geen azcx, wel azc's", [("Geen azcx, wel ", None), ("azc's", 0)]),
        ("azc, azc", [("azc", 0), (", azc", None)]),  # explained where it first stands
        (
            "Asielzoekers uit het azc",
            [("Asielzoekers", 1), (" uit het ", None), ("azc", 0)],
        ),
    ],
)
def test_text_is_cut_where_a_term_first_stands(
    text: str, cut: list[tuple[str, int | None]]
) -> None:
    assert pieces(text, [AZC, SEEKER]) == cut
    assert "".join(piece for piece, _ in cut) == text


def test_term_within_a_longer_one_is_not_cut_again() -> None:
    text = "Alle asielzoekers in een azc eten."
    assert pieces(text, [AZC, CENTRE]) == [
        ("Alle ", None),
        ("asielzoekers in een azc", 1),
        (" eten.", None),
    ]


def test_terms_stand_in_the_order_of_the_text() -> None:
    assert terms_in("Asielzoekers in een azc", [AZC, SEEKER]) == (SEEKER, AZC)
