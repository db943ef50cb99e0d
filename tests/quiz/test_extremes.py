"""A result that is asked for at the edges: very many or few parties, long names, odd answers."""

from collections.abc import Callable
from functools import partial

import pytest
from django.test import Client

from stemhulp.editions import store
from stemhulp.editions.edition import Edition
from stemhulp.quiz.answers import Answers
from stemhulp.quiz.result import calculate
from tests.quiz.browser import TOWN, answer, answer_all, begin, text, words
from tests.quiz.extremes import ARABIC, LONG, PAGES, let_take_part, names

pytestmark = pytest.mark.django_db
Show = Callable[..., Edition]


@pytest.fixture
def show(monkeypatch: pytest.MonkeyPatch) -> Show:
    """Let Voorbeeldstad have these invented parties, which answered everything."""
    return partial(let_take_part, monkeypatch)


def section(page: str, name: str) -> str:
    start = page.index(f'<section class="{name}"')
    return page[start : page.index("</section>", start)]


@pytest.mark.parametrize("count", [1, 2, 3, 26])
def test_any_number_of_parties_is_ranked_drawn_and_shown(
    client: Client, show: Show, count: int
) -> None:
    show(names(count))
    begin(client)
    answer_all(client, 1)
    page = text(client.get(f"{TOWN}uitslag/"))
    assert page.count('class="rank"') == count
    assert section(page, "field").count("<circle") == count
    for path in PAGES:
        response = client.get(TOWN + path)
        assert response.status_code == 200, path
        assert names(count)[-1] in text(response) or "lijst-1/" in path


def test_name_without_a_space_and_one_in_arabic_stand_apart_everywhere(
    client: Client, show: Show
) -> None:
    assert len(LONG) >= 80
    show([LONG, ARABIC, "D"])
    begin(client)
    answer_all(client, 1)
    for path in (*PAGES, "uitslag/vergelijk/?partij=lijst-1&partij=lijst-2", "hoe-werkt-het/"):
        page = text(client.get(TOWN + path))
        assert f"<bdi>{LONG}</bdi>" in page, path
        if path != "uitslag/partij/lijst-1/":
            assert f"<bdi>{ARABIC}</bdi>" in page, path


def test_parties_that_all_hold_the_same_share_the_first_place(client: Client, show: Show) -> None:
    show(names(26), stances=(1,))
    begin(client)
    answer_all(client, 2)
    page = words(client.get(f"{TOWN}uitslag/"))
    assert page.count("Gedeelde plaats 1 ") == 26
    assert "Lijst nummer 1, Lijst nummer 2, Lijst nummer 3 en nog 23 staan samen" in page


def test_every_theme_doubled_is_no_theme_doubled(client: Client) -> None:
    edition = store.edition("gr2022", "voorbeeldstad")
    assert edition is not None
    stances = {each.key: each.number % 5 - 2 for each in edition.statements}
    plain = Answers(edition.path, stances)
    doubled = plain.weighing(frozenset(edition.questionnaire.theme_indices), frozenset())
    scores = [
        {each.party.slug: found.score_of(each) for each in found.ranked}
        for found in (calculate(edition, plain), calculate(edition, doubled))
    ]
    assert scores[0] == scores[1]
    begin(client)
    answer_all(client, 1)
    client.post(f"{TOWN}weging/", {"thema": [*edition.questionnaire.theme_indices]})
    page = text(client.get(f"{TOWN}uitslag/"))
    assert page.count("· telt dubbel") == 24
    assert "passen bij je keuze" not in page
    assert text(client.get(f"{TOWN}uitslag/?extra=ja")).count('<li id="stelling-') == 24


def test_one_answer_is_compared_on_every_page(client: Client) -> None:
    begin(client)
    answer(client, 1, 2)
    page = words(client.get(f"{TOWN}uitslag/"))
    assert "Je gaf je mening over 1 van de 24 stellingen." in page
    assert "van de 1 stelling (bijna) hetzelfde" in page
    assert "Dat is weinig" in page
    for path in PAGES[1:]:
        url = TOWN + path.replace("lijst-1", "groen-voorbeeldstad")
        assert client.get(url).status_code == 200


@pytest.mark.parametrize("opinion", [None, "geen"])
def test_no_opinion_at_all_shows_no_score_on_any_page(client: Client, opinion: str | None) -> None:
    begin(client)
    if opinion:
        answer_all(client, opinion)
    for path in PAGES:
        page = text(client.get(TOWN + path.replace("lijst-1", "groen-voorbeeldstad")))
        assert 'class="score match"' not in page, path
        assert 'id="you"' not in page, path
    page = words(client.get(f"{TOWN}uitslag/"))
    if opinion:
        assert "Je koos overal ‘geen mening’. Daarom valt er niets te vergelijken." in page
    else:
        assert "Je hebt nog geen mening gegeven. Daarom valt er nog niets te vergelijken." in page
    assert "Naar stelling 1" in page
    assert "Bewaar als pdf" not in page
