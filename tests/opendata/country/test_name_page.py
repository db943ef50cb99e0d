"""All lists with one name: where they stand, and how much they differ."""

import re

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from parties.models import Municipality
from statements.models import Statement, Theme
from statements.versions import keep_loaded
from stemhulp.opendata.country.overview import country
from tests.opendata.country.ballots import (
    Invented,
    ballot,
    built_anew,
    everywhere,
    friendly,
    statements,
)
from tests.quiz.browser import HTMX, text

pytestmark = pytest.mark.django_db
NAMES = "/partijen/gr2022/"
PAGE = f"{NAMES}verzonnen-unie/"


def three_lists() -> None:
    """Two that agree with each other on all but the last statement, and one without answers."""
    last = statements()[-1].key
    ballot("utrecht", Invented("Verzonnen Unie", 2, {**everywhere(1), last: -2}))
    ballot("amsterdam", Invented("VERZONNEN  unie", 3, {**everywhere(1), last: 2}))
    ballot("s-gravenhage", Invented("Verzonnen Unie", 0), Invented("Verzonnen Eenling"))
    built_anew()


def test_lists_that_are_written_alike_are_one_name(client: Client) -> None:
    three_lists()
    page = text(client.get(PAGE))
    assert "<h1>Verzonnen Unie</h1>" in page
    assert "3 lijsten heten zo. 2 daarvan antwoordden." in page
    for place in ("utrecht", "amsterdam", "s-gravenhage"):
        assert f'href="/gr2022/{place}/"' in page


def test_statement_on_which_they_differ_most_comes_first(client: Client) -> None:
    three_lists()
    page = text(client.get(PAGE))
    claims = re.findall(r'<h3 lang="nl" dir="auto">(.*?)</h3>', page)
    assert len(claims) == 24
    assert claims[0] == statements()[-1].text
    assert claims[1] == statements()[0].text
    first = page.split("<h3 lang")[1]
    assert "sterk verdeeld" in first
    assert "gemiddeld 4,0 stappen uit elkaar" in first
    assert "Niet beantwoord: 1." in first
    assert "allemaal hetzelfde" in page.split("<h3 lang")[2]
    assert "bijna hetzelfde</strong>. Twee van deze lijsten liggen gemiddeld 0,2 stappen" in page


def test_page_says_which_list_answered_what(client: Client) -> None:
    three_lists()
    first = text(client.get(PAGE)).split("<h3 lang")[1]
    assert re.search(r"<dt>Helemaal mee eens</dt>\s*<dd[^>]*>\s*Amsterdam\s*</dd>", first)
    assert re.search(r"<dt>Helemaal mee oneens</dt>\s*<dd[^>]*>\s*Utrecht\s*</dd>", first)


def test_range_of_friendliness_is_told_and_drawn(client: Client) -> None:
    ballot("utrecht", Invented("Verzonnen Unie", 2, friendly()))
    ballot("amsterdam", Invented("Verzonnen Unie", 3, friendly(turned=True)))
    built_anew()
    page = text(client.get(PAGE))
    assert "2 lijsten antwoordden genoeg voor een score." in page
    assert "de hoogste 100\xa0%" in page
    [plot] = re.findall(r'<figure class="dot-plot">.*?</figure>', page)
    assert plot.count("<circle") == 2


@pytest.mark.parametrize(
    ("answered", "said"),
    [
        (0, "Geen van deze lijsten antwoordde."),
        (1, "Eén lijst antwoordde."),
    ],
)
def test_fewer_than_two_answers_say_nothing(client: Client, answered: int, said: str) -> None:
    given = [everywhere(1), {}] if answered else [{}, {}]
    for place, stances in zip(("utrecht", "amsterdam"), given, strict=True):
        ballot(place, Invented("Verzonnen Unie", 1, stances))
    built_anew()
    page = text(client.get(PAGE))
    assert said in page
    assert "Waar staan ze?" not in page
    assert "Alle lijsten met deze naam" in page


def test_lists_without_a_common_answer_say_nothing(client: Client) -> None:
    keys = [each.key for each in statements()]
    ballot("utrecht", Invented("Verzonnen Unie", 1, {keys[0]: 1}))
    ballot("amsterdam", Invented("Verzonnen Unie", 1, {keys[1]: 1}))
    built_anew()
    assert "De lijsten antwoordden niet op dezelfde stellingen." in text(client.get(PAGE))


def test_no_opinion_is_counted_apart(client: Client) -> None:
    three = [everywhere(2), everywhere(2), everywhere(None)]
    for place, stances in zip(("utrecht", "amsterdam", "s-gravenhage"), three, strict=True):
        ballot(place, Invented("Verzonnen Unie", 1, stances))
    built_anew()
    page = text(client.get(PAGE))
    assert "Geen mening: 1. Niet beantwoord: 0." in page
    assert "<strong>allemaal hetzelfde</strong>. Twee van deze" in page


def test_local_statement_is_left_out_of_what_differs(client: Client) -> None:
    made = Statement.objects.create(
        election=statements()[0].election,
        municipality=Municipality.objects.get(slug="utrecht"),
        key="plein",
        theme=Theme.objects.all()[0],
        order=99,
        recommendation=1,
        source=statements()[0].source,
        text="Hier moet een plein komen.",
        explanation="Een plein.",
        argument_for="Mooi.",
        argument_against="Duur.",
        reason="Goed.",
    )
    keep_loaded(made, timezone.now())
    ballot("utrecht", Invented("Verzonnen Unie", 1, {**everywhere(1), "plein": 2}))
    ballot("amsterdam", Invented("Verzonnen Unie", 1, everywhere(1)))
    built_anew()
    page = text(client.get(PAGE))
    assert "1 stelling is maar aan één van deze lijsten gevraagd." in page
    assert "plein" not in page


def test_invented_municipality_and_blanco_lijst_have_no_name() -> None:
    ballot("utrecht", Invented(""))
    ballot("amsterdam", Invented(""))
    known = country(built_anew())
    names = {each.name for each in known.names}
    assert not any(each.startswith("Blanco lijst") for each in names)
    assert not any("Voorbeeldstad" in each for each in names)


def test_index_has_names_on_more_than_one_ballot(client: Client) -> None:
    three_lists()
    page = text(client.get(NAMES))
    assert "1 naam staat in meer dan één gemeente" in page
    assert f'href="{PAGE}"' in page
    assert "Eenling" not in page


def test_search_finds_any_name_whatever_its_capitals(client: Client) -> None:
    three_lists()
    page = text(client.get(NAMES, {"naam": " EENLING "}))
    assert "alleen in &#x27;s-Gravenhage" in page
    assert 'href="/gr2022/s-gravenhage/"' in page
    assert "Verzonnen Unie" not in page.split("<main")[1]


def test_search_while_typing_sends_the_list_only(client: Client) -> None:
    three_lists()
    response = client.get(NAMES, {"naam": "unie"}, headers=HTMX)
    assert text(response).strip().startswith('<ul class="choices names">')
    assert "HX-Request" in response["Vary"]
    assert "<html" not in text(client.get(NAMES, {"naam": ""}, headers=HTMX))


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("bestaat niet", "Er staat geen partij met ‘bestaat niet’"),
        ("<b>", "&lt;b&gt;"),
        ("x" * 5000, "Dat is te lang."),
        ("\x00", "Er staat geen partij met"),
    ],
)
def test_search_without_result_says_so(client: Client, question: str, said: str) -> None:
    three_lists()
    response = client.get(NAMES, {"naam": question})
    assert response.status_code == 200
    assert said in text(response)


def test_name_now_leads_to_the_election_of_now(client: Client) -> None:
    three_lists()
    assert client.get("/partijen/verzonnen-unie/")["Location"] == PAGE
    assert client.get("/partijen/").content == client.get(NAMES).content


@pytest.mark.parametrize("path", ["/partijen/niemand/", f"{NAMES}niemand/", "/partijen/gr1900/"])
def test_unknown_name_is_said_with_a_way_on(client: Client, path: str) -> None:
    three_lists()
    response = client.get(path)
    assert response.status_code == 404
    assert "Alle namen" in text(response)


def test_name_that_looks_like_an_election_has_its_page(client: Client) -> None:
    for place in ("utrecht", "amsterdam"):
        ballot(place, Invented("Lijst2022"))
    built_anew()
    assert client.get("/partijen/lijst2022/")["Location"] == f"{NAMES}lijst2022/"
    assert client.get(f"{NAMES}lijst2022/").status_code == 200


@pytest.mark.parametrize("path", [NAMES, PAGE, "/en/partijen/gr2022/verzonnen-unie/"])
def test_pages_ask_no_database_and_any_cache_may_keep_them(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, path: str
) -> None:
    three_lists()
    with django_assert_num_queries(0):
        response = client.get(path)
    assert response.status_code == 200
    assert "public" in response["Cache-Control"]
    assert client.get(path, headers={"If-None-Match": response["ETag"]}).status_code == 304


def test_statements_are_in_the_language_of_the_page(client: Client) -> None:
    three_lists()
    page = text(client.get("/en/partijen/gr2022/verzonnen-unie/"))
    assert '<h3 lang="en" dir="auto">' in page
