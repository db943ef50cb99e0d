"""Why a party stands where it stands, and all that it holds."""

import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from parties.models import Party
from statements.matching import closer, further
from statements.models import Position
from stemhulp.editions import store
from stemhulp.editions.edition import Edition
from stemhulp.quiz.answers import Answers
from stemhulp.quiz.result import agreement
from tests.editions.republish import republish
from tests.quiz.browser import HTMX, TOWN, Page, answer, answer_all, begin, text, words

pytestmark = pytest.mark.django_db
GROEN = f"{TOWN}uitslag/partij/groen-voorbeeldstad/"
STANCES = [2, -1, 0, "geen", 1, 2, -2]


@pytest.fixture
def edition() -> Edition:
    found = store.edition("gr2022", "voorbeeldstad")
    assert found is not None
    return found


def answer_variously(client: Client) -> dict[str, int | None]:
    """Answer every statement; what was answered, by the statement's key."""
    edition = store.edition("gr2022", "voorbeeldstad")
    assert edition is not None
    given: dict[str, int | None] = {}
    for each in edition.statements:
        opinion = STANCES[each.number % len(STANCES)]
        answer(client, each.number, opinion)
        given[each.key] = opinion if isinstance(opinion, int) else None
    return given


def section(response: Page, name: str) -> str:
    """The section under this heading; empty where there is none."""
    page = text(response)
    start = page.find(f'<section aria-labelledby="{name}">')
    return page[start : page.index("</section>", start)] if start >= 0 else ""


def asked_in(part: str) -> list[int]:
    """The numbers of the statements in a section, in its order."""
    return [int(number) for number in re.findall(r'<h3><a href="[^"]*uitslag/(\d+)/"', part)]


def test_three_statements_that_bring_closer_and_three_that_push_apart(
    client: Client, edition: Edition
) -> None:
    begin(client)
    given = Answers(edition.path, answer_variously(client))
    response = client.get(GROEN)
    party = next(each for each in edition.parties if each.slug == "groen-voorbeeldstad")
    found = agreement(edition, given, party)
    assert asked_in(section(response, "dichterbij")) == [at + 1 for at in closer(found)]
    assert asked_in(section(response, "verderweg")) == [at + 1 for at in further(found)]
    assert asked_in(section(response, "alles")) == list(range(1, 25))


def test_page_says_place_agreement_and_both_answers(client: Client) -> None:
    begin(client)
    answer_variously(client)
    page = words(client.get(GROEN))
    assert re.search(r"[Pp]laats \d van de 8 partijen\. Je denkt over \d+ van de", page)
    assert "stappen verschil" in page
    assert "hetzelfde antwoord" in page
    assert "Jij helemaal mee eens" in page
    motivation = Position.objects.filter(party__slug="groen-voorbeeldstad").exclude(motivation="")
    assert motivation[0].motivation in page


def test_what_counts_double_says_so(client: Client) -> None:
    begin(client)
    answer_variously(client)
    client.post(f"{TOWN}weging/", {"thema": "werk"})
    assert "telt dubbel" in section(client.get(GROEN), "alles")


def test_party_like_the_voter_has_nothing_that_stands_out(client: Client, edition: Edition) -> None:
    begin(client)
    groen = next(each for each in edition.parties if each.slug == "groen-voorbeeldstad")
    for each in edition.statements:
        answer(client, each.number, groen.positions[each.key].stance)
    response = client.get(GROEN)
    assert section(response, "dichterbij") == section(response, "verderweg") == ""
    assert "jullie liggen bij elke stelling even ver uit elkaar" in text(response)


def test_party_that_answered_too_little_has_no_score_but_its_answers(client: Client) -> None:
    begin(client)
    answer_all(client, 1)
    response = client.get(f"{TOWN}uitslag/partij/jong-voorbeeldstad/")
    assert response.status_code == 200
    assert "te weinig voor een eerlijke score" in text(response)
    assert 'class="score match"' not in text(response)
    assert section(response, "dichterbij") == ""
    part = section(response, "alles")
    assert len(asked_in(part)) == 24
    assert "geen antwoord" in part


def test_party_that_answered_nothing_is_not_taken_for_neutral(client: Client) -> None:
    begin(client)
    answer_all(client, 1)
    response = client.get(f"{TOWN}uitslag/partij/gewoon-voorbeeldstad/")
    assert "Wij hebben geen antwoorden van deze partij." in text(response)
    assert section(response, "alles") == ""
    assert "neutraal" not in words(response).replace("niet hetzelfde als neutraal", "")


@pytest.mark.parametrize("opinion", [None, "geen"])
def test_without_opinions_there_is_nothing_to_compare(client: Client, opinion: str | None) -> None:
    begin(client)
    if opinion:
        answer_all(client, opinion)
    response = client.get(GROEN)
    assert "Je hebt nog geen mening gegeven." in text(response)
    assert section(response, "dichterbij") == ""
    assert len(asked_in(section(response, "alles"))) == 24


def test_party_without_a_common_statement_says_so(client: Client) -> None:
    Position.objects.filter(
        party__slug="groen-voorbeeldstad", statement__key="containerwoning"
    ).delete()
    republish()
    begin(client)
    answer(client, 10, 2)
    assert "kennen we geen antwoord van deze partij" in text(client.get(GROEN))


def test_unknown_party_is_a_page_that_says_so(client: Client) -> None:
    begin(client)
    response = client.get(f"{TOWN}uitslag/partij/bestaat-niet/")
    assert response.status_code == 404
    assert "Deze partij kennen we niet" in text(response)
    assert f'href="{TOWN}uitslag/"' in text(response)


def test_page_needs_answers_is_kept_by_nobody_and_asks_no_database(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    assert "nog niet begonnen" in text(client.get(GROEN))
    begin(client)
    answer_all(client, 1)
    client.get(GROEN)
    with django_assert_num_queries(0):
        response = client.get(GROEN)
    assert response["Cache-Control"] == "no-store"


def test_result_leads_to_every_party(client: Client, edition: Edition) -> None:
    begin(client)
    answer_all(client, 1)
    page = text(client.get(f"{TOWN}uitslag/"))
    for party in edition.parties:
        assert f'href="{TOWN}uitslag/partij/{party.slug}/"' in page


def test_htmx_gets_the_part_with_its_title(client: Client) -> None:
    begin(client)
    answer_all(client, 1)
    part = text(client.get(GROEN, headers=HTMX))
    assert "<html" not in part
    assert "<title>Groen Voorbeeldstad en jij · Voorbeeldstad" in part
    assert part.count("autofocus") == 1


def test_arabic_motivation_runs_its_own_way_in_a_dutch_page(client: Client) -> None:
    arabic = "نحن ندعم الإسكان الصغير في كل حي."
    Position.objects.filter(party__slug="groen-voorbeeldstad").update(motivation=arabic)
    republish()
    begin(client)
    answer_all(client, 1)
    for path in ("uitslag/partij/groen-voorbeeldstad/", "uitslag/1/"):
        assert f'dir="auto">{arabic}</p>' in text(client.get(TOWN + path))


def test_dutch_motivation_is_said_to_be_dutch_in_another_language(client: Client) -> None:
    begin(client, f"/ar{TOWN}")
    page = text(client.get(f"/ar{TOWN}uitslag/1/"))
    assert 'class="motivation" dir="auto" lang="nl"' in page


def test_name_of_any_length_and_script_stands_apart_from_the_sentence(client: Client) -> None:
    name = "Partijvoorvooruitgang" * 4
    Party.objects.filter(slug="groen-voorbeeldstad").update(name=name)
    republish()
    begin(client)
    answer_all(client, 1)
    assert f"<bdi>{name}</bdi> en jij" in text(client.get(GROEN))
