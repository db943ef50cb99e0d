"""Scores and lists as each language writes them."""

from fractions import Fraction
from html import unescape

import pytest
from django.utils.translation import override

from stemhulp.editions.edition import Party
from stemhulp.quiz.scores import (
    NOT_ANSWERED,
    agreements,
    names,
    names_in_html,
    own_answers,
    percent,
    stance_label,
    steps_apart,
)

A, B, C = (Party(name, name, "", None, None, {}) for name in ("A", "<B>", "C"))


@pytest.mark.parametrize(
    ("language", "expected"),
    [("nl", "67\xa0%"), ("en", "67%"), ("tr", "%67"), ("uk", "67\xa0%")],
)
def test_percentage_is_written_as_the_language_does(language: str, expected: str) -> None:
    with override(language):
        assert unescape(percent(Fraction(2, 3))) == expected
        assert unescape(percent(None)) == "–"


def test_percentage_of_half_a_percent_is_rounded_up() -> None:
    assert unescape(percent(Fraction(1, 200))) == "1\xa0%"
    assert unescape(percent(Fraction(0))) == "0\xa0%"


@pytest.mark.parametrize(
    ("language", "expected"), [("nl", "A, <B> en C"), ("en", "A, <B> and C"), ("ar", "A، ")]
)
def test_names_are_listed_as_the_language_does(language: str, expected: str) -> None:
    with override(language):
        assert names([A, B, C]).startswith(expected)
        assert names_in_html([A, B]).count("<bdi>") == 2
        assert "<bdi>&lt;B&gt;</bdi>" in names_in_html([A, B])


def test_count_takes_the_form_that_the_language_wants() -> None:
    """Ukrainian has three: for 1, for 2 to 4, and for 5 and on; 21 is as 1."""
    with override("uk"):
        forms = [
            agreements(24)[number, count].replace(str(count), "").replace(str(number), "")
            for number, count in ((0, 1), (0, 2), (0, 5), (0, 21))
        ]
    assert len(set(forms)) >= 2
    assert forms[0] == forms[3]


@pytest.mark.parametrize("language", ["nl", "en", "ar", "tr", "uk"])
def test_every_stance_has_words_in_every_language(language: str) -> None:
    with override(language):
        labels = [stance_label(stance) for stance in (2, 1, 0, -1, -2, None)]
        own = {own_answers()[stance, False] for stance in (2, 1, 0, -1, -2, None, NOT_ANSWERED)}
        assert len(set(labels)) == 6
        assert len(own) == 7
        assert len({steps_apart(steps) for steps in (None, 0, 1, 2, 3, 4)}) == 6


def test_what_is_kept_for_one_language_is_not_shown_in_another() -> None:
    with override("nl"):
        dutch = stance_label(2)
    with override("en"):
        english = stance_label(2)
    with override("nl"):
        assert stance_label(2) == dutch != english
