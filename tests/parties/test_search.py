"""Finding a municipality the way people type, whatever they type."""

import io

import pytest
from django.core.management import call_command
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest_django import DjangoDbBlocker

from parties.models import Municipality
from parties.search import Answer, Found, Gazetteer, Locality, Outcome, fold
from stemhulp.editions import store

UTRECHT = Locality("GM0344", "Utrecht", "utrecht", "Utrecht")
HAREN = Locality("GM0017", "Haren", "haren", "Groningen")
GRONINGEN = Locality("GM0014", "Groningen", "groningen", "Groningen")


def compiled(election: str) -> Gazetteer:
    guide = store.guide(election)
    assert guide is not None
    return guide.gazetteer


@pytest.fixture(scope="module")
def gazetteer(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Gazetteer:
    """The one that voters of 2022 search."""
    with django_db_blocker.unblock():
        return compiled("gr2022")


def names(answer: Answer) -> list[str]:
    return [found.locality.name for found in answer.results]


@pytest.mark.parametrize("typed", ["3511", "3511 AB", "3511ab", " 3511  Ab "])
def test_postcode_leads_to_its_municipality(gazetteer: Gazetteer, typed: str) -> None:
    answer = gazetteer.find(typed)
    assert (answer.outcome, names(answer)) == (Outcome.FOUND, ["Utrecht"])


@pytest.mark.parametrize("typed", ["1381", "1382 AA", "1383", "1384zz"])
def test_weesp_postcode_leads_to_amsterdam(gazetteer: Gazetteer, typed: str) -> None:
    assert names(gazetteer.find(typed)) == ["Amsterdam"]


def test_postcode_in_two_municipalities_gives_both_the_larger_first(gazetteer: Gazetteer) -> None:
    answer = gazetteer.find("7351")
    assert (answer.outcome, names(answer)) == (Outcome.SPLIT_POSTCODE, ["Apeldoorn", "Ede"])


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("'s-gravenhage", "'s-Gravenhage"),
        ("s gravenhage", "'s-Gravenhage"),
        ("sudwest", "Súdwest-Fryslân"),
        ("Súdwest", "Súdwest-Fryslân"),
        ("SÚDWEST FRYSLÂN", "Súdwest-Fryslân"),
        ("fryslan", "Súdwest-Fryslân"),
        ("purmerend", "Purmerend"),
        ("weesp", "Weesp"),
        ("voorbeeldstad", "Voorbeeldstad"),
    ],
)
def test_name_is_found_as_people_type_it(gazetteer: Gazetteer, typed: str, found: str) -> None:
    answer = gazetteer.find(typed)
    assert answer.outcome is Outcome.FOUND
    assert found in names(answer)
    assert all(result.via == "" for result in answer.results if result.locality.name == found)


@pytest.mark.parametrize(
    ("typed", "found", "via"),
    [
        ("den haag", "'s-Gravenhage", "Den Haag"),
        ("DEN HAAG ", "'s-Gravenhage", "Den Haag"),
        ("den bosch", "'s-Hertogenbosch", "Den Bosch"),
        ("sneek", "Súdwest-Fryslân", "Sneek"),
        ("haren", "Groningen", "Haren"),
        ("Beemster", "Purmerend", "Beemster"),
    ],
)
def test_place_leads_to_its_municipality_and_says_so(
    gazetteer: Gazetteer, typed: str, found: str, via: str
) -> None:
    answer = gazetteer.find(typed)
    assert answer.outcome is Outcome.FOUND
    assert [(result.locality.name, result.via) for result in answer.results] == [(found, via)]


def test_bergen_is_a_choice_of_exactly_two(gazetteer: Gazetteer) -> None:
    answer = gazetteer.find("Bergen")
    assert (answer.outcome, answer.more) == (Outcome.FOUND, False)
    assert names(answer) == ["Bergen (L.)", "Bergen (NH.)"]


def test_every_official_name_finds_exactly_its_own_municipality(
    gazetteer: Gazetteer, db: None
) -> None:
    official = Municipality.objects.in_year(2022)
    found = {
        municipality.code: [
            result.locality.code for result in gazetteer.find(municipality.name).results
        ]
        for municipality in official
    }
    assert len(found) == 345
    assert found == {code: [code] for code in found}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("Utrect", "Utrecht"), ("Groninegn", "Groningen"), ("Hengelo (O.)", "Hengelo")],
)
def test_typing_error_gives_a_suggestion(gazetteer: Gazetteer, typed: str, meant: str) -> None:
    answer = gazetteer.find(typed)
    assert answer.outcome is Outcome.SUGGESTION
    assert names(answer)[0] == meant


@pytest.mark.parametrize(
    ("typed", "outcome"),
    [
        ("", Outcome.EMPTY),
        (" \t\n\N{NO-BREAK SPACE}", Outcome.EMPTY),
        ("12", Outcome.NOT_A_POSTCODE),
        ("123", Outcome.NOT_A_POSTCODE),
        ("0000", Outcome.NOT_A_POSTCODE),
        ("0999", Outcome.NOT_A_POSTCODE),
        ("35111", Outcome.NOT_A_POSTCODE),
        ("3511ABC", Outcome.UNKNOWN_NAME),
        ("3511\x00", Outcome.UNKNOWN_NAME),
        ("1000", Outcome.UNKNOWN_POSTCODE),
        ("1000 AA", Outcome.UNKNOWN_POSTCODE),
        ("Atlantis", Outcome.UNKNOWN_NAME),
        ("!?-'.", Outcome.UNKNOWN_NAME),
        ("\x00", Outcome.UNKNOWN_NAME),
        ("🏠🚲", Outcome.UNKNOWN_NAME),
        ("مدينة \u202eאמסטרדם", Outcome.UNKNOWN_NAME),
        ("'; DROP TABLE parties_party; --", Outcome.UNKNOWN_NAME),
        ("\ud800", Outcome.UNKNOWN_NAME),
        ("x" * 80, Outcome.UNKNOWN_NAME),
        ("x" * 81, Outcome.TOO_LONG),
        ("x" * 10_000, Outcome.TOO_LONG),
    ],
)
def test_what_leads_nowhere_is_told_apart(
    gazetteer: Gazetteer, typed: str, outcome: Outcome
) -> None:
    assert gazetteer.find(typed) == Answer(outcome)


def test_last_postcode_of_the_country_is_one(gazetteer: Gazetteer) -> None:
    assert names(gazetteer.find("9999ZZ")) == ["Het Hogeland"]


def test_short_question_gives_eight_names_and_says_there_are_more(gazetteer: Gazetteer) -> None:
    answer = gazetteer.find("a")
    assert (len(answer.results), answer.more) == (8, True)


ANYTHING = st.text(st.characters(), max_size=100)
ALMOST_POSTCODES = st.from_regex(r"\A[0-9]{1,5}[ \n]?[A-Za-z]{0,3}\Z")
ALMOST_NAMES = st.text("abdeghinorstuz' -(.)é", max_size=20)


@settings(deadline=None)
@given(typed=ANYTHING | ALMOST_POSTCODES | ALMOST_NAMES)
def test_nothing_that_is_typed_breaks_the_search(gazetteer: Gazetteer, typed: str) -> None:
    answer = gazetteer.find(typed)
    codes = [result.locality.code for result in answer.results]
    assert len(codes) == len(set(codes)) <= 8
    assert bool(codes) == (
        answer.outcome in {Outcome.FOUND, Outcome.SPLIT_POSTCODE, Outcome.SUGGESTION}
    )
    assert len(codes) == 8 or not answer.more


def test_voters_of_2018_search_the_map_of_2018(db: None) -> None:
    call_command("load_election", "2018", stdout=io.StringIO())
    gazetteer = compiled("gr2018")
    [haren] = gazetteer.find("haren").results
    assert (haren.locality.code, haren.via) == ("GM0017", "")
    assert names(gazetteer.find("den haag")) == ["'s-Gravenhage"]
    assert "Purmerend" not in names(gazetteer.find("middenbeemster"))  # until 2022 in Beemster


def test_municipality_wins_over_a_place_of_its_name() -> None:
    both = Gazetteer([GRONINGEN, HAREN], places=[("Haren", "GM0014")])
    assert both.find("haren").results == [Found(HAREN)]
    alone = Gazetteer([GRONINGEN], places=[("Haren", "GM0014")])
    assert alone.find("haren").results == [Found(GRONINGEN, via="Haren")]


@pytest.mark.parametrize("typed", ["utr", "utrechttten"])
def test_own_name_is_shown_rather_than_a_place_that_also_fits(typed: str) -> None:
    gazetteer = Gazetteer([UTRECHT], places=[("Utrechtten", "GM0344")])
    assert gazetteer.find(typed).results == [Found(UTRECHT)]


def test_places_and_postcodes_of_other_municipalities_are_left_out() -> None:
    gazetteer = Gazetteer([UTRECHT], places=[("Sneek", "GM1900")], postcodes=[(8601, "GM1900")])
    assert gazetteer.find("Sneek").outcome is Outcome.UNKNOWN_NAME
    assert gazetteer.find("8601").outcome is Outcome.UNKNOWN_POSTCODE


@pytest.mark.parametrize(
    ("name", "code"),
    [("UTRECHT", "GM0344"), ("den haag", "GM0518"), ("Bergen", None), ("utr", None), ("", None)],
)
def test_exact_name_stands_for_one_municipality_or_none(
    gazetteer: Gazetteer, name: str, code: str | None
) -> None:
    locality = gazetteer.named(name)
    assert (locality.code if locality else None) == code


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("'s-Gravenhage", "s gravenhage"),
        ("Súdwest-Fryslân", "sudwest fryslan"),
        ("Bergen (NH.)", "bergen nh"),
        ("\N{LATIN CAPITAL LIGATURE IJ}sselstein", "ijsselstein"),
        (" Aa  en_Hunze ", "aa en hunze"),
    ],
)
def test_folding_keeps_letters_and_digits_only(text: str, folded: str) -> None:
    assert fold(text) == folded
