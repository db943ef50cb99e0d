"""From rows to what a voter sees."""

from datetime import date

import pytest

from parties.models import Election, Party
from statements.glossary import terms_in
from statements.models import Position, Statement
from stemhulp.editions import store
from stemhulp.editions.edition import Edition, Term
from tests.editions.republish import republish

pytestmark = pytest.mark.django_db

AZC = Term("azc", ("azc", "azc's"), "")
STATUS = Term("statushouder", ("statushouder", "statushouders"), "")


def edition(slug: str = "voorbeeldstad") -> Edition:
    found = store.edition("gr2022", slug)
    assert found is not None
    return found


def test_statements_are_numbered_theme_by_theme() -> None:
    asked = edition().statements
    assert [each.number for each in asked] == list(range(1, 25))
    assert [theme.key for theme in edition().questionnaire.themes] == [
        *("opvang", "doorstroom", "inburgering", "werk")
    ]
    themes = [each.theme.key for each in asked]
    assert themes == sorted(
        themes, key=[theme.key for theme in edition().questionnaire.themes].index
    )


def test_every_statement_belongs_to_one_theme() -> None:
    indices = [index for group in edition().questionnaire.theme_indices.values() for index in group]
    assert sorted(indices) == list(range(24))


def test_parties_stand_in_the_order_of_the_ballot() -> None:
    assert [party.number for party in edition().parties] == list(range(1, 11))


def test_parties_without_numbers_stand_by_name_and_blanco_lists_last() -> None:
    names = [party.name for party in edition("s-gravenhage").parties]
    named = [name for name in names if not name.startswith("Blanco lijst")]
    assert named == sorted(named, key=str.casefold)
    assert names[len(named) :] == ["Blanco lijst A", "Blanco lijst B", "Blanco lijst C"]


def test_blanco_list_with_a_number_is_known_by_it() -> None:
    Party.objects.filter(contest__municipality__slug="s-gravenhage", slug="blanco-lijst-2").update(
        number=9
    )
    republish("s-gravenhage")
    names = [party.name for party in edition("s-gravenhage").parties]
    assert "Blanco lijst (lijst 9)" in names


def test_position_on_a_statement_that_is_not_asked_here_is_left_out() -> None:
    statement = Statement.objects.get(election__slug="gr2022", order=1)
    statement.municipality_id = "GM0344"
    statement.save()
    republish()
    assert all(statement.key not in party.positions for party in edition().parties)


def test_position_without_stance_is_not_an_answer() -> None:
    Position.objects.filter(party__slug="groen-voorbeeldstad").update(stance=None)
    republish()
    [party] = [party for party in edition().parties if party.slug == "groen-voorbeeldstad"]
    assert len(party.positions) == 24
    assert party.answered == 0


def test_terms_are_found_as_whole_words_in_the_order_of_the_text() -> None:
    assert terms_in("Statushouders wonen nog in azc's.", [AZC, STATUS]) == (STATUS, AZC)
    assert terms_in("De azcbus", [AZC]) == ()


def test_voters_see_what_was_published_and_nothing_else() -> None:
    Party.objects.filter(slug="groen-voorbeeldstad").update(name="Anders")
    store.clear()
    assert edition().parties[0].name == "Groen Voorbeeldstad"
    republish()
    assert edition().parties[0].name == "Anders"


def test_next_election_comes_first_and_else_the_latest() -> None:
    Election.objects.create(
        slug="gr2018",
        name="2018",
        date=date(2018, 3, 21),
        municipality_year=2018,
        postcode_year=2022,
    )
    before, between, after = (date(year, 1, 1) for year in (2017, 2019, 2023))
    assert [each.slug for each in Election.objects.by_interest(before)] == ["gr2018", "gr2022"]
    assert store.elections(between)[0].slug == "gr2022"
    assert store.elections(date(2022, 3, 16))[0].slug == "gr2022"
    assert store.elections(after)[0].slug == "gr2022"


def test_election_in_which_something_is_asked_comes_before_an_empty_one() -> None:
    Election.objects.create(
        slug="gr2030", name="2030", date=date(2030, 3, 20), municipality_year=2026
    )
    shown = store.elections(date(2029, 1, 1))
    assert [each.slug for each in shown] == ["gr2022", "gr2030"]


def test_contests_that_ask_the_same_share_one_questionnaire() -> None:
    here, there = edition("utrecht"), edition("amsterdam")
    assert here.questionnaire is there.questionnaire
