"""Which of the statements the result shows."""

import re
from typing import Any

import pytest
from django.test import Client

from stemhulp.editions import store
from tests.quiz.browser import HTMX, TOWN, answer_all, begin, text

pytestmark = pytest.mark.django_db
RESULT = f"{TOWN}uitslag/"
LIST = HTMX | {"HX-Target": "stellingenlijst"}


@pytest.fixture
def voter(client: Client) -> Client:
    begin(client)
    answer_all(client, 2)
    return client


def shown(page: str) -> list[int]:
    return [int(number) for number in re.findall(r'<li id="stelling-(\d+)"', page)]


def test_without_a_filter_all_are_shown(voter: Client) -> None:
    page = text(voter.get(RESULT))
    assert shown(page) == list(range(1, 25))
    assert "passen bij je keuze" not in page
    assert shown(text(voter.get(f"{RESULT}?onderwerp=&oneens=&extra="))) == list(range(1, 25))


def test_statements_stand_under_their_theme_by_name(voter: Client) -> None:
    page = text(voter.get(RESULT))
    listed = page[page.index('id="stellingenlijst"') :]
    themes = re.findall(r'<h3 class="of-theme"> <span class="theme theme-(\w+)">', listed)
    assert themes == ["opvang", "doorstroom", "inburgering", "werk"]
    for heading in listed.split('<h3 class="of-theme">')[1:]:
        [own] = set(re.findall(r'class="theme-(\w+)"', heading))
        assert f"theme theme-{own}" in heading
    some = text(voter.get(f"{RESULT}?onderwerp=werk"))
    assert some.count('<h3 class="of-theme">') == 1


def test_theme(voter: Client) -> None:
    page = text(voter.get(f"{RESULT}?onderwerp=inburgering"))
    edition = store.edition("gr2022", "voorbeeldstad")
    assert edition is not None
    asked = [each.number for each in edition.statements if each.theme.key == "inburgering"]
    assert shown(page) == asked
    assert f"{len(asked)} van de 24 stellingen passen bij je keuze." in page
    assert '<option value="inburgering" selected>' in page
    assert f'<a class="link" href="{RESULT}#stellingen">Toon alle stellingen</a>' in page


def test_where_voter_and_party_lie_two_steps_apart_or_more(voter: Client) -> None:
    page = text(voter.get(f"{RESULT}?oneens=groen-voorbeeldstad"))
    edition = store.edition("gr2022", "voorbeeldstad")
    assert edition is not None
    groen = next(each for each in edition.parties if each.slug == "groen-voorbeeldstad")
    asked = [
        each.number
        for each in edition.statements
        if (stance := groen.positions[each.key].stance) is not None and stance < 1
    ]
    assert 0 < len(asked) < 24
    assert shown(page) == asked
    assert page.count("<bdi>Groen Voorbeeldstad</bdi>: ") == len(asked)


def test_what_counts_double(voter: Client) -> None:
    voter.post(f"{TOWN}weging/", {"stelling": "gemengd-wonen"})
    page = text(voter.get(f"{RESULT}?extra=ja"))
    assert len(shown(page)) == 1
    assert "1 van de 24 stellingen past bij je keuze." in page
    assert 'value="ja" checked' in page


def test_filters_go_together(voter: Client) -> None:
    voter.post(f"{TOWN}weging/", {"thema": "werk"})
    assert shown(text(voter.get(f"{RESULT}?onderwerp=opvang&extra=ja"))) == []
    assert len(shown(text(voter.get(f"{RESULT}?onderwerp=werk&extra=ja")))) == 6


def test_nothing_that_fits_says_so_and_leads_on(voter: Client) -> None:
    page = text(voter.get(f"{RESULT}?extra=ja"))
    assert "0 van de 24 stellingen passen bij je keuze." in page
    assert "Kies iets anders, of toon alle stellingen." in page
    assert f'<a href="{TOWN}weging/">' in page


def test_htmx_gets_the_list_alone_and_how_many(voter: Client) -> None:
    response = voter.get(f"{RESULT}?onderwerp=werk", headers=LIST)
    part = text(response)
    assert len(shown(part)) == 6
    assert part.startswith('<span id="gevonden" hx-swap-oob="true">6 van de 24')
    assert "<h1" not in part
    assert "<title>" not in part
    assert response["Cache-Control"] == "no-store"
    assert len(shown(text(voter.get(RESULT, headers=LIST)))) == 24


@pytest.mark.parametrize(
    "query", ["onderwerp=belasting", "oneens=bestaat-niet", "extra=misschien", "onderwerp=%00"]
)
@pytest.mark.parametrize("headers", [{}, LIST])
def test_unknown_filter_is_a_page_that_says_so(
    voter: Client, query: str, headers: dict[str, str]
) -> None:
    response = voter.get(f"{RESULT}?{query}", headers=headers)
    assert response.status_code == 404
    assert "Deze keuze kennen we niet" in text(response)


def test_filter_needs_no_answers_to_be_harmless(client: Client) -> None:
    begin(client)
    page = text(client.get(f"{RESULT}?oneens=groen-voorbeeldstad"))
    assert shown(page) == []
    assert "nog geen mening gegeven" in page


def test_municipality_without_answers_offers_no_party_to_disagree_with(client: Client) -> None:
    begin(client, "/gr2022/utrecht/")
    page = text(client.get("/gr2022/utrecht/uitslag/"))
    assert 'name="onderwerp"' in page
    assert 'name="oneens"' not in page


def change(voter: Client, number: int, opinion: str, **chosen: str) -> Any:
    """Change an answer on the result, where the choice of statements comes along."""
    data = {"mening": opinion, "daarna": "uitslag", **chosen}
    headers = HTMX | {"HX-Current-URL": f"http://testserver{RESULT}?onderwerp=x#stellingen"}
    return voter.post(f"{TOWN}stelling/{number}/", data, headers=headers)


def test_changed_answer_keeps_the_choice(voter: Client) -> None:
    listed = shown(text(voter.get(f"{RESULT}?onderwerp=werk")))
    response = change(voter, listed[2], "-2", onderwerp="werk", oneens="")
    assert shown(text(response)) == listed
    assert "6 van de 24 stellingen passen bij je keuze." in text(response)
    assert '<option value="werk" selected>' in text(response)
    assert "niet meer bij je keuze" not in text(response)
    assert response["HX-Replace-Url"] == f"{RESULT}?onderwerp=werk"
    assert "HX-Push-Url" not in response.headers


def test_changed_answer_stays_in_view_where_the_choice_no_longer_takes_it(voter: Client) -> None:
    chosen = {"oneens": "groen-voorbeeldstad"}
    listed = shown(text(voter.get(f"{RESULT}?oneens=groen-voorbeeldstad")))
    page = text(change(voter, listed[0], "geen", **chosen))
    assert shown(page) == listed
    assert f"{len(listed) - 1} van de 24 stellingen" in page
    assert page.count("past de stelling niet meer bij je keuze") == 1
    assert page.count("<bdi>Groen Voorbeeldstad</bdi>: ") == len(listed) - 1
    assert shown(text(voter.get(f"{RESULT}?oneens=groen-voorbeeldstad"))) == listed[1:]


def test_answer_counts_also_where_the_choice_is_of_an_edition_before_this_one(
    voter: Client,
) -> None:
    response = change(voter, 3, "geen", oneens="bestaat-niet-meer")
    assert response.status_code == 200
    assert len(shown(text(response))) == 24
    assert "23 van de 24" in text(voter.get(RESULT))


@pytest.mark.parametrize("shown", ["http://[", "%00", RESULT * 200, "http://testserver/kaart/"])
def test_answer_counts_whatever_a_browser_says_it_shows(voter: Client, shown: str) -> None:
    data = {"mening": "geen", "daarna": "uitslag"}
    headers = HTMX | {"HX-Current-URL": shown}
    assert voter.post(f"{TOWN}stelling/3/", data, headers=headers).status_code == 200
    assert "23 van de 24" in text(voter.get(RESULT))
