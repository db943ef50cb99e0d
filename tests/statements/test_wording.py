"""Advice on wording: it finds what it should, and is silent about what is fine."""

import time
import tomllib
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from statements import wording
from statements.wording import Level

TERMS = [SimpleNamespace(forms=["bestemmingsplan", "opvanglocatie", "opvanglocaties"])]


def kinds(text: str, terms: Any = TERMS) -> set[str]:
    return {remark.kind for remark in wording.of_statement(text, terms)}


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("length", "De gemeente " + "moet " * 19),
        ("double-claim", "Statushouders krijgen voorrang en/of begeleiding."),
        ("double-claim", "De gemeente moet zowel opvang als taalles regelen."),
        ("double-claim", "De gemeente moet woningen bouwen en daarnaast taalles geven."),
        ("double-claim", "De gemeente moet meer woningen bouwen en taalles betalen."),
        ("double-claim", "Asielzoekers mogen werken en moeten taalles krijgen."),
        ("double-claim", "De gemeente moet niet alleen opvang bieden, maar ook taalles."),
        ("double-negation", "Het is niet ongewenst dat hier een azc komt."),
        ("double-negation", "De gemeente mag geen azc openen zonder inspraak."),
        ("double-negation", "De gemeente moet een azc niet verbieden."),
        ("double-negation", "Niemand mag niet meedoen."),
        ("vague", "De gemeente moet voldoende opvang regelen."),
        ("vague", "De gemeente moet passende hulp geven."),
        ("vague", "De gemeente moet zoveel mogelijk woningen bouwen."),
        ("vague", "De gemeente moet betere taalles geven."),
        ("vague", "De gemeente geeft meer aandacht aan taal."),
        ("vague", "De gemeente moet sporten stimuleren."),
        ("vague", "De gemeente helpt waar nodig."),
        ("vague", "In principe komt er een azc."),
        ("difficult", "De gemeente moet huisvesting regelen."),
        ("loaded", "De gemeente moet gelukzoekers weren."),
        ("loaded", "De gemeente moet illegalen opsporen."),
        ("loaded", "Een tsunami van asielzoekers komt hierheen."),
        ("loaded", "De vluchtelingenstroom moet stoppen."),
        ("loaded", "Ons dorp wordt overspoeld."),
        ("loaded", "Profiteurs krijgen geen huis."),
        ("loaded", "De asielplaag moet stoppen."),
        ("loaded", "De harteloze gemeente doet niets."),
        ("difficult", "De gemeente maakt een inspanningsafspraak."),
    ],
)
def test_what_could_be_better_is_found(kind: str, text: str) -> None:
    assert kind in kinds(text)


@pytest.mark.parametrize(
    "text",
    [
        "De gemeente moet vrouwen en kinderen helpen.",
        "De gemeente moet opvang bieden aan ouderen en gezinnen.",
        "Eén grote opvanglocatie is beter voor ons dan een paar kleine.",
        "Nieuwe opvang hoort niet in de bebouwde kom.",
        "Een nieuw azc past in het bestemmingsplan.",
        "",
    ],
)
def test_what_is_fine_is_left_alone(text: str) -> None:
    assert kinds(text) == set()


def test_word_is_difficult_until_the_glossary_explains_it() -> None:
    text = "Een nieuw azc past in het bestemmingsplan."
    assert kinds(text, []) == {"difficult"}
    [remark] = wording.of_statement(text, [])
    assert remark.words == ("bestemmingsplan",)


def test_sentences_of_an_explanation_are_shorter_than_of_an_argument() -> None:
    text = "Dit is " + "een " * 15 + "zin."
    assert wording.of_prose(text, [], wording.LONG)[0].kind == "length"
    assert wording.of_prose(text, []) == []


def test_denials_in_two_clauses_are_not_one_double_denial() -> None:
    text = "Zij mogen nog niet blijven, maar hoeven ook niet weg."
    assert wording.of_prose(text, []) == []


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("opvang", 2),
        ("azc", 1),
        ("gemeenteraad", 4),
        ("bijeen", 2),
        ("beëindigen", 4),
        ("reëel", 2),
        ("financiële", 5),
        ("sociale", 4),
        ("ruïne", 3),
        ("coördinatie", 5),
        ("Eén", 1),
        ("nieuwe", 2),
        ("uitkering", 3),
        ("moeilijk", 2),
        ("vluchtelingen", 4),
        ("asielzoekers", 4),
        ("beantwoorden", 4),
        ("2022", 1),
    ],
)
def test_syllables_are_counted_as_they_are_spoken(word: str, count: int) -> None:
    assert wording.syllables(word) == count


def test_reading_level_is_that_of_douma() -> None:
    """Ten words, ten syllables, two sentences: 206.84 - 77 x 10/10 - 0.93 x 10/2 = 125.19."""
    text = "De kat zit op bed. De hond eet wat brood."
    assert wording.reading_level(text) == Level(125, "zeer gemakkelijk")


@pytest.mark.parametrize(
    ("score", "words"),
    [(100, "zeer gemakkelijk"), (60, "normaal"), (59, "tamelijk moeilijk"), (29, None)],
)
def test_levels_have_the_names_that_douma_gave(score: int, words: str | None) -> None:
    named = next((name for least, name in wording.LEVELS if score >= least), None)
    assert named == words


def test_policy_prose_is_harder_than_plain_prose() -> None:
    hard = wording.reading_level(
        "De gemeentelijke verantwoordelijkheid betreffende inburgeringstrajecten conformeert zich "
        "aan wettelijke kaderstellende voorschriften aangaande participatiebevordering."
    )
    plain = wording.reading_level("Wie hier komt wonen, leert de taal. De gemeente helpt daarbij.")
    assert hard is not None
    assert plain is not None
    assert hard.words == "zeer moeilijk"
    assert not hard.is_fine
    assert plain.is_fine


def test_abbreviation_ends_no_sentence() -> None:
    assert len(wording.sentences("Denk aan sport, bijv. voetbal, en d.w.z. samen. Leuk!")) == 2
    assert wording.reading_level(" … ") is None


@pytest.fixture
def real(data: Path) -> list[dict[str, Any]]:
    statements = tomllib.loads((data / "statements/gr2022.toml").read_text())["statement"]
    glossary = tomllib.loads((data / "statements/glossary.toml").read_text())["term"]
    terms = [SimpleNamespace(forms=each["forms"]) for each in glossary]
    return [{**each, "terms": terms} for each in statements]


def test_the_statements_that_are_asked_raise_few_remarks(real: list[dict[str, Any]]) -> None:
    """One of twenty-four: "zo veel mogelijk hetzelfde programma", which is vague indeed."""
    found = [
        remark for each in real for remark in wording.of_statement(each["text"], each["terms"])
    ]
    assert [(remark.kind, remark.words) for remark in found] == [("vague", ("zo veel mogelijk",))]


def test_what_explains_them_raises_few_remarks(real: list[dict[str, Any]]) -> None:
    parts = ("explanation", "argument_for", "argument_against", "reason")
    found = [
        remark
        for each in real
        for name in parts
        for remark in wording.of_prose(each[name], each["terms"])
    ]
    assert len(found) <= len(real) * len(parts) // 20

    assert not [remark for remark in found if remark.kind == "loaded"]


def test_arguments_that_are_asked_are_about_as_long(real: list[dict[str, Any]]) -> None:
    for each in real:
        pair = (each["argument_for"], each["argument_against"])
        assert wording.of_shorter_argument(*pair) is None
        assert wording.of_shorter_argument(*reversed(pair)) is None


def test_loaded_word_comes_with_a_plain_one() -> None:
    [remark] = wording.of_prose("Illegalen en illegalen horen hier.", TERMS)
    assert "mensen zonder verblijfsvergunning" in remark.text
    assert remark.words == ("illegalen",)


@pytest.mark.parametrize(
    "text", ["Het is illegaal om daar te bouwen.", "Er is te veel stroom.", "Mensen zoeken geluk."]
)
def test_plain_word_is_not_loaded(text: str) -> None:
    assert "loaded" not in kinds(text)


@pytest.mark.parametrize(
    ("argument", "other", "is_said"),
    [
        ("Een twee.", "Een twee drie vier vijf.", True),
        ("Een twee.", "Een twee drie vier.", False),
        ("Een twee drie vier vijf.", "Een twee.", False),
        ("", "Een twee drie vier vijf.", False),
    ],
)
def test_argument_much_shorter_than_the_other(argument: str, other: str, *, is_said: bool) -> None:
    assert (wording.of_shorter_argument(argument, other) is not None) == is_said


@given(st.text(max_size=300))
def test_anything_may_be_typed(text: str) -> None:
    wording.of_statement(text, TERMS)
    wording.of_prose(text, TERMS, wording.LONG)
    level = wording.reading_level(text)
    assert (level is None) == (not wording.words(text))


@pytest.mark.parametrize(
    "text",
    [
        "moet " * 1000 + "en " * 1000,
        "niet alleen maar " * 1000,
        "bouwen en " * 1000,
        "zowel " * 2000,
        "a." * 5000,
    ],
)
def test_long_and_odd_text_takes_no_time(text: str) -> None:
    begin = time.process_time()
    wording.of_statement(text, TERMS)
    assert time.process_time() - begin < 1


@given(st.lists(st.sampled_from(["opvang", "is", "goed", "voor", "ons"]), min_size=1, max_size=30))
def test_advice_on_length_follows_the_count(chosen: list[str]) -> None:
    text = " ".join(chosen) + "."
    assert ("length" in kinds(text)) == (len(chosen) > wording.MOST_WORDS)
    assert (wording.long_sentences(text) != []) == (len(chosen) > wording.VERY_LONG)


@given(st.text(alphabet="abeiouklmnrst", min_size=1, max_size=20))
def test_syllables_are_at_least_one_and_no_more_than_vowels(word: str) -> None:
    vowels = sum(letter in "aeiou" for letter in word)
    assert 1 <= wording.syllables(word) <= max(1, vowels)
