"""One statement at a time: answering, going back, losing nothing."""

import re

import pytest
from django.test import Client
from django.utils.html import escape

from statements.models import Background
from tests.quiz.browser import HTMX, TOWN, answer, answer_all, begin, text, words

pytestmark = pytest.mark.django_db


def test_start_button_leads_to_the_first_statement(client: Client) -> None:
    response = client.post(f"{TOWN}begin/")
    assert (response.status_code, response["Location"]) == (303, f"{TOWN}stelling/1/")


def test_page_says_where_one_is(client: Client) -> None:
    begin(client)
    page = text(client.get(f"{TOWN}stelling/3/"))
    assert "<title>Stelling 3 van 24" in page.replace("<title> ", "<title>")
    assert page.count("Stelling 3 van 24") == 2


def test_page_opens_explanation_arguments_and_glossary(client: Client) -> None:
    begin(client)
    page = text(client.get(f"{TOWN}stelling/7/"))
    assert "Waar gaat dit over?" in page
    assert "Wat zeggen voor- en tegenstanders?" in page
    assert "Neutraal of geen mening?" in page


def test_no_opinion_is_told_apart_from_neutral(client: Client) -> None:
    """By what it does to the result: on the button itself, and explained below."""
    begin(client)
    page = words(client.get(f"{TOWN}stelling/7/"))
    assert "Geen mening telt niet mee" in page
    assert "Neutraal: je ziet iets in het voor en iets in het tegen. Dat is ook een mening" in page
    assert "Geen mening: je weet het niet, of je wilt het niet zeggen. Dan telt deze" in page


def test_difficult_word_is_explained_where_it_stands(client: Client) -> None:
    begin(client)
    page = text(client.get(f"{TOWN}stelling/7/"))
    pressed = re.search(r'popovertarget="(woord-\d)">woningcorporaties</button>', page)
    assert pressed
    explained = page[page.index(f'id="{pressed[1]}"') :]
    assert explained.index("<strong>woningcorporatie</strong>") < explained.index("</div>")


def test_every_word_that_is_explained_stands_on_the_page(client: Client) -> None:
    begin(client)
    for number in range(1, 25):
        page = text(client.get(f"{TOWN}stelling/{number}/"))
        explained = set(re.findall(r'<div class="word" id="(woord-\d+)"', page))
        stands = set(re.findall(r'class="term" type="button" popovertarget="(woord-\d+)"', page))
        assert explained == stands


def test_heading_says_where_one_is_before_what_is_asked(client: Client) -> None:
    begin(client)
    page = text(client.get(f"{TOWN}stelling/3/"))
    heading = page[page.index("<h1") : page.index("</h1>")]
    assert heading.index("Stelling 3 van 24") < heading.index("De gemeente moet")


def test_page_leads_one_statement_back(client: Client) -> None:
    begin(client)
    assert f'<a href="{TOWN}stelling/2/"' in text(client.get(f"{TOWN}stelling/3/"))
    first = text(client.get(f"{TOWN}stelling/1/"))
    assert f'<a href="{TOWN}">' in first[first.index('class="pager"') :]


def test_bar_shows_which_statements_have_an_answer_and_where_one_is(client: Client) -> None:
    begin(client)
    answer(client, 2, 1)
    answer(client, 4, "geen")
    page = text(client.get(f"{TOWN}stelling/4/"))
    segments = re.findall(r'<i class="([^"]*)"></i>', page)
    assert len(segments) == 24
    assert [number for number, each in enumerate(segments, 1) if "done" in each] == [2, 4]
    assert [number for number, each in enumerate(segments, 1) if "current" in each] == [4]


def test_every_statement_takes_up_the_same_space(client: Client) -> None:
    """The longest ones stand under each, unseen, so that the answers do not move."""
    begin(client)
    unseen = {
        tuple(re.findall(r'class="tallest" aria-hidden="true" ?>(.*?)</span>', page))
        for page in (text(client.get(f"{TOWN}stelling/{number}/")) for number in (1, 7, 24))
    }
    assert len(unseen) == 1
    assert all(unseen)


def test_recommendation_is_not_shown_before_the_result(client: Client) -> None:
    begin(client)
    assert "adviseert" not in text(client.get(f"{TOWN}stelling/7/"))


def test_answer_leads_to_the_next_statement(client: Client) -> None:
    begin(client)
    assert answer(client, 1, -2)["Location"] == f"{TOWN}stelling/2/"


def test_last_answer_leads_to_the_weights(client: Client) -> None:
    begin(client)
    assert answer(client, 24, 0)["Location"] == f"{TOWN}weging/"


def test_answer_is_still_there_when_one_comes_back(client: Client) -> None:
    begin(client)
    answer(client, 1, -2)
    answer(client, 2, "geen")
    assert 'value="-2" class="answer" aria-pressed="true"' in text(client.get(f"{TOWN}stelling/1/"))
    assert 'value="geen" class="answer none" aria-pressed="true"' in text(
        client.get(f"{TOWN}stelling/2/")
    )
    assert 'aria-pressed="true"' not in text(client.get(f"{TOWN}stelling/3/"))


def test_last_answer_leads_to_the_result_where_nobody_can_be_weighed(client: Client) -> None:
    begin(client, "/gr2022/utrecht/")
    response = answer(client, 24, 0, "/gr2022/utrecht/")
    assert response["Location"] == "/gr2022/utrecht/uitslag/"


def test_background_waits_for_the_result(client: Client) -> None:
    """What VluchtelingenWerk says should not colour an answer."""
    begin(client)
    background = Background.objects.earliest("pk")
    number = background.statement.order
    assert background.text not in text(client.get(f"{TOWN}stelling/{number}/"))
    assert escape(background.text) in text(client.get(f"{TOWN}uitslag/{number}/"))


def test_htmx_gets_the_next_statement_in_the_same_reply(client: Client) -> None:
    begin(client)
    response = client.post(f"{TOWN}stelling/1/", {"mening": "1"}, headers=HTMX)
    page = text(response)
    assert response.status_code == 200
    assert "<html" not in page
    assert "<title>Stelling 2 van 24" in page
    assert "autofocus" in page
    assert response["HX-Push-Url"] == f"{TOWN}stelling/2/"
    assert "antwoorden" in response.cookies


def test_reload_after_an_htmx_answer_shows_the_same_page(client: Client) -> None:
    begin(client)
    fragment = client.post(f"{TOWN}stelling/1/", {"mening": "1"}, headers=HTMX)
    page = text(client.get(fragment["HX-Push-Url"]))
    assert "<html" in page
    assert page.count("Stelling 2 van 24") == 2
    assert "autofocus" not in page  # a fresh page is read from its beginning


def test_pressing_start_again_loses_nothing(client: Client) -> None:
    begin(client)
    answer(client, 1, 2)
    answer(client, 2, 2)
    assert client.post(f"{TOWN}begin/")["Location"] == f"{TOWN}stelling/3/"
    assert 'aria-pressed="true"' in text(client.get(f"{TOWN}stelling/1/"))


@pytest.mark.parametrize(("place", "page"), [(TOWN, "weging/"), ("/gr2022/utrecht/", "uitslag/")])
def test_start_leads_on_after_the_last_statement(client: Client, place: str, page: str) -> None:
    begin(client, place)
    answer_all(client, 1, place)
    assert client.post(f"{place}begin/")["Location"] == f"{place}{page}"


def test_list_on_a_statement_leads_to_the_result_so_far(client: Client) -> None:
    begin(client)
    page = text(client.get(f"{TOWN}stelling/1/"))
    sheet = page[page.index('id="sheet"') : page.index("<h1")]
    assert f'<a class="primary" href="{TOWN}uitslag/">Naar de uitslag tot nu toe</a>' in sheet


def test_two_tabs_add_up(client: Client) -> None:
    begin(client)
    client.get(f"{TOWN}stelling/1/")
    client.get(f"{TOWN}stelling/5/")
    answer(client, 5, 1)
    answer(client, 1, -1)
    page = text(client.get(f"{TOWN}stelling/5/"))
    assert "2 van 24 beantwoord" in page
    assert 'value="1" class="answer" aria-pressed="true"' in page


def test_same_answer_twice_is_one_answer(client: Client) -> None:
    begin(client)
    answer(client, 1, 2)
    answer(client, 1, 2)
    assert "1 van 24 beantwoord" in text(client.get(f"{TOWN}stelling/1/"))


def test_pages_with_answers_are_never_kept(client: Client) -> None:
    begin(client)
    for path in ("stelling/1/", "weging/", "uitslag/"):
        assert client.get(TOWN + path)["Cache-Control"] == "no-store"
    posted = client.post(f"{TOWN}stelling/1/", {"mening": "1"})
    assert posted["Cache-Control"] == "no-store"


def test_no_address_ever_holds_an_answer(client: Client) -> None:
    begin(client)
    seen = [answer(client, number, -2)["Location"] for number in range(1, 25)]
    seen += [client.post(f"{TOWN}weging/", {"thema": "werk"})["Location"]]
    assert not [address for address in seen if "-2" in address or "?" in address]


def test_overview_shows_every_statement_with_its_answer(client: Client) -> None:
    begin(client)
    answer(client, 2, -2)
    answer(client, 3, "geen")
    page = text(client.get(f"{TOWN}stellingen/"))
    assert "Je hebt 2 van de 24 stellingen beantwoord" in page
    for number in range(1, 25):
        assert f'href="{TOWN}stelling/{number}/"' in page
    assert page.count("Nog niet beantwoord") == 22
    assert page.count("Helemaal mee oneens</span>") == 1
    assert page.count("Geen mening</span>") == 1


def test_overview_needs_answers(client: Client) -> None:
    assert "nog niet begonnen" in text(client.get(f"{TOWN}stellingen/"))


def test_page_that_cannot_be_shown_takes_the_place_of_the_whole(client: Client) -> None:
    """htmx asked for a part, from a page whose answers are no longer there."""
    response = client.get(f"{TOWN}stellingen/", headers=HTMX)
    assert (response["HX-Retarget"], response.status_code) == ("body", 200)
    assert response["HX-Reswap"].startswith("innerHTML")
    assert "HX-Retarget" not in client.get(f"{TOWN}stellingen/")
