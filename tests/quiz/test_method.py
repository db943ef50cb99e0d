"""The page that explains the count, and the sentence that says how sure it is."""

import re
from fractions import Fraction
from html import unescape

import pytest
from django.test import Client

from statements.matching import Method, match
from statements.models import Position, Stance
from stemhulp.editions import store
from stemhulp.editions.edition import Edition, Party
from stemhulp.quiz.answers import Answers
from stemhulp.quiz.result import by_method, calculate
from stemhulp.quiz.scores import names, percent
from tests.editions.republish import republish
from tests.quiz.browser import TOWN, answer_all, begin, text, words

pytestmark = pytest.mark.django_db
STANCES = {label: value for value, label in Stance.choices} | {"Geen mening": None}


@pytest.fixture
def edition() -> Edition:
    found = store.edition("gr2022", "voorbeeldstad")
    assert found is not None
    return found


def test_worked_table_is_what_the_core_counts(client: Client) -> None:
    page = text(client.get("/hoe-werkt-het/"))
    table = page[page.index('<table id="voorbeeld"') : page.index("</tfoot>")]
    body = table[table.index("<tbody") : table.index("</tbody>")]
    rows = [re.findall(r"<td[^>]*>(.*?)</td>", row) for row in body.split("</tr>")[:-1]]
    voter, party = ([STANCES[row[column]] for row in rows] for column in (0, 1))
    weights = [int(row[3].split()[0]) if row[3] != "niet" else 1 for row in rows]
    [found] = match(voter, {"party": party}, weights)
    shown = [None if row[2] == "–" else int(row[2]) for row in rows]
    assert list(found.distances) == shown
    lost, largest = (
        sum(int(row[column]) for row in rows if row[column] != "–") for column in (4, 5)
    )
    assert found.score == 1 - Fraction(lost, largest)
    assert re.findall(r"<td[^>]*>(.*?)</td>", table[table.index("<tfoot") :]) == [
        str(lost),
        str(largest),
    ]
    assert f'<strong id="voorbeeld-uitkomst">{unescape(percent(found.score))}' in page.replace(
        " %", "\xa0%"
    )


def test_page_names_its_sources(client: Client) -> None:
    page = text(client.get("/hoe-werkt-het/"))
    for source in ("Louwerse", "Mendez", "Rabinowitz"):
        assert source in page


def test_everyones_page_shows_nobodys_result_and_asks_no_database(
    client: Client, django_assert_num_queries: object
) -> None:
    response = client.get("/hoe-werkt-het/")
    assert response.status_code == 200
    assert "Jouw uitslag, op vier manieren" not in text(response)


def test_voter_sees_the_own_result_under_every_method(client: Client, edition: Edition) -> None:
    begin(client)
    answer_all(client, 1)
    response = client.get(f"{TOWN}hoe-werkt-het/")
    page = text(response)
    assert response["Cache-Control"] == "no-store"
    assert "Jouw uitslag, op vier manieren gerekend" in page
    for row in by_method(edition, Answers(edition.path, dict.fromkeys(keys(edition), 1))):
        cells = [f"<strong>{place.rank}</strong>" for place in row.places]
        assert len(cells) == len(Method)
        assert row.party.name in page
        assert all(unescape(percent(each.score)) in page for each in row.places)


def keys(edition: Edition) -> list[str]:
    return [statement.key for statement in edition.statements]


def like(edition: Edition, slug: str) -> Answers:
    party = next(party for party in edition.parties if party.slug == slug)
    return Answers(edition.path, {key: each.stance for key, each in party.positions.items()})


def test_voter_like_one_party_hears_that_it_is_first_however_one_counts(
    client: Client, edition: Edition
) -> None:
    begin(client)
    for number, statement in enumerate(edition.statements, 1):
        opinion = like(edition, "veilig-voorbeeldstad").stances[statement.key]
        client.post(f"{TOWN}stelling/{number}/", {"mening": str(opinion)})
    page = words(client.get(f"{TOWN}uitslag/"))
    assert "Veilig Voorbeeldstad staat bovenaan, hoe je ook rekent." in page
    assert "We telden op 36 manieren." in page


def test_close_race_is_said_with_the_names(client: Client) -> None:
    begin(client)
    answer_all(client, 1)
    page = words(client.get(f"{TOWN}uitslag/"))
    assert "De partijen bovenaan liggen zo dicht bij elkaar dat de rekenmethode beslist: " in page
    assert "beslist: Dorpen rond Voorbeeldstad en Ondernemend Voorbeeldstad." in page
    assert "21 keer bovenaan" in page


def test_party_that_nearly_always_leads_is_said_to(client: Client) -> None:
    begin(client)
    answer_all(client, -1)
    page = words(client.get(f"{TOWN}uitslag/"))
    assert "Sociaal Voorbeeldstad staat meestal bovenaan" in page
    assert "33 keer bovenaan" in page


def test_one_ranked_party_is_no_race(edition: Edition) -> None:
    parties = Position.objects.exclude(party__slug="groen-voorbeeldstad")
    parties.delete()
    republish()
    alone = store.edition("gr2022", "voorbeeldstad")
    assert alone is not None
    assert calculate(alone, like(edition, "groen-voorbeeldstad")).certainty is None


def test_without_answers_there_is_nothing_to_be_sure_of(edition: Edition) -> None:
    assert calculate(edition, Answers(edition.path)).certainty is None


def test_two_parties_that_are_one_lead_together(client: Client, edition: Edition) -> None:
    groen = Position.objects.filter(party__slug="groen-voorbeeldstad")
    for position in groen.select_related("statement"):
        Position.objects.filter(
            party__slug="samen-voorbeeldstad", statement=position.statement
        ).update(stance=position.stance)
    republish()
    begin(client)
    for number, statement in enumerate(edition.statements, 1):
        opinion = like(edition, "groen-voorbeeldstad").stances[statement.key]
        client.post(f"{TOWN}stelling/{number}/", {"mening": str(opinion)})
    page = words(client.get(f"{TOWN}uitslag/"))
    assert "Groen Voorbeeldstad en Samen Voorbeeldstad staan samen bovenaan" in page


def test_names_are_listed_as_people_do() -> None:
    def parties(*each: str) -> list[Party]:
        return [Party(name, name, "", None, None, {}) for name in each]

    assert names(parties("A")) == "A"
    assert names(parties("A", "B")) == "A en B"
    assert names(parties("A", "B", "C", "D")) == "A, B, C en D"
    assert names(parties("A", "B", "C", "D", "E")) == "A, B, C en nog 2"
    assert names([]) == ""


def test_contenders_stand_in_the_order_of_the_page(edition: Edition) -> None:
    """Who reads the sentence has the ranking beneath it before their eyes."""
    several = 0
    for stance in (-2, -1, 0, 1, 2):
        for first in keys(edition)[:12]:
            result = calculate(edition, Answers(edition.path, {first: stance}))
            assert result.certainty is not None
            contenders = [each.party.slug for each in result.certainty.contenders]
            order = [row.party.slug for row in result.ranked]
            assert contenders == [slug for slug in order if slug in contenders]
            assert result.ranked[0].party in result.certainty.leaders
            several += len(contenders) > 1
    assert several
