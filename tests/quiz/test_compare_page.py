"""Two or three parties side by side, beside the voter's own answers."""

import re

import pytest
from django.test import Client
from django.utils.html import escape

from statements.models import Position
from stemhulp.editions import store
from tests.editions.republish import republish
from tests.quiz.browser import HTMX, TOWN, answer_all, begin, text, words

pytestmark = pytest.mark.django_db
COMPARE = f"{TOWN}uitslag/vergelijk/"
TWO = "partij=groen-voorbeeldstad&partij=veilig-voorbeeldstad"


@pytest.fixture
def voter(client: Client) -> Client:
    begin(client)
    answer_all(client, 1)
    return client


def asked_in(page: str) -> list[int]:
    return [int(number) for number in re.findall(r'<h3><a href="[^"]*uitslag/(\d+)/"', page)]


def different(*slugs: str) -> list[int]:
    """The statements on which these took different stances."""
    edition = store.edition("gr2022", "voorbeeldstad")
    assert edition is not None
    parties = [each for each in edition.parties if each.slug in slugs]
    return [
        statement.number
        for statement in edition.statements
        if len(
            {
                party.positions[statement.key].stance
                for party in parties
                if statement.key in party.positions
            }
            - {None}
        )
        > 1
    ]


def test_only_where_they_differ_with_the_voters_own_answer(voter: Client) -> None:
    page = text(voter.get(f"{COMPARE}?{TWO}"))
    expected = different("groen-voorbeeldstad", "veilig-voorbeeldstad")
    assert 0 < len(expected) < 24
    assert asked_in(page) == expected
    assert f"Op {len(expected)} stellingen namen deze partijen niet hetzelfde" in page
    assert page.count("<bdi>Jij</bdi>") == len(expected)


def test_theme_of_each_statement_is_named_and_not_only_coloured(voter: Client) -> None:
    page = text(voter.get(f"{COMPARE}?{TWO}"))
    pairs = page[page.index('<ol class="pairs">') : page.index('id="andere"')]
    assert pairs.count('<use href="#theme-') == pairs.count("<h3>") > 0


def test_all_statements_are_one_link_away_and_back(voter: Client) -> None:
    page = text(voter.get(f"{COMPARE}?{TWO}"))
    [more] = re.findall(r'<a class="link" href="([^"]*alles=ja)#verschillen"', page)
    everything = text(voter.get(more.replace("&amp;", "&")))
    assert asked_in(everything) == list(range(1, 25))
    assert f'<a class="link" href="{COMPARE}?{TWO.replace("&", "&amp;")}#' in everything
    assert '<input type="hidden" name="alles" value="ja">' in everything  # others, compared so too
    assert '<input type="hidden" name="alles"' not in page


def test_explanations_are_folded_until_they_are_asked_for(voter: Client) -> None:
    Position.objects.filter(party__slug="veilig-voorbeeldstad").update(motivation="", source="")
    republish()
    page = text(voter.get(f"{COMPARE}?{TWO}&alles=ja"))
    edition = store.edition("gr2022", "voorbeeldstad")
    assert edition is not None
    known = [
        party.positions[statement.key]
        for party in edition.parties
        if party.slug in TWO
        for statement in edition.statements
        if statement.key in party.positions
    ]
    explained = [each for each in known if each.motivation or each.source]
    pairs = page[page.index('<ol class="pairs">') : page.index('id="andere"')]
    assert 0 < len(explained) < len(known)
    assert pairs.count("<details>") == len(explained)
    [more] = re.findall(r'<a class="link" href="([^"]*toelichting=ja)#verschillen"', page)
    assert "alles=ja" in more
    full = text(voter.get(more.replace("&amp;", "&")))
    assert "<details>" not in full[full.index('<ol class="pairs">') : full.index('id="andere"')]
    assert all(escape(each.motivation) in full for each in explained)
    everything = f"{COMPARE}?{TWO}&alles=ja".replace("&", "&amp;")
    assert f'<a class="link" href="{everything}#' in full
    assert f'href="{COMPARE}?{TWO}&toelichting=ja#'.replace("&", "&amp;") in full
    assert '<input type="hidden" name="toelichting" value="ja">' in full


def test_three_parties_stand_in_the_order_of_the_ballot(voter: Client) -> None:
    response = voter.get(
        f"{COMPARE}?partij=veilig-voorbeeldstad&{TWO[:26]}&partij=samen-voorbeeldstad"
    )
    page = text(response)
    columns = page[page.index('<ul class="columns">') : page.index('id="verschillen"')]
    names = re.findall(r"<bdi>(.*?)</bdi>", columns)
    edition = store.edition("gr2022", "voorbeeldstad")
    assert edition is not None
    assert len(names) == 3
    assert names == [each.name for each in edition.parties if each.name in names]
    assert columns.count('<table class="profile" role="table">') == 3


def test_nothing_chosen_is_a_choice(voter: Client) -> None:
    response = voter.get(COMPARE)
    assert response.status_code == 200
    assert "Vergelijk twee of drie partijen" in text(response)
    assert text(response).count('type="checkbox" name="partij"') == 10
    assert "checked" not in text(response)


@pytest.mark.parametrize(
    ("query", "status", "said"),
    [
        ("partij=groen-voorbeeldstad", 400, "Kies nog een partij"),
        (f"{TWO}&partij=samen-voorbeeldstad&partij=sociaal-voorbeeldstad", 400, "meer dan drie"),
        (f"{TWO}&partij=groen-voorbeeldstad", 400, "twee keer dezelfde"),
        ("partij=groen-voorbeeldstad&partij=groen-voorbeeldstad", 400, "twee keer dezelfde"),
        (f"{TWO}&partij=bestaat-niet", 404, "niet op het stembiljet"),
        ("partij=", 404, "niet op het stembiljet"),
        ("partij=%3Cscript%3E&partij=%00", 404, "niet op het stembiljet"),
    ],
)
def test_choice_that_cannot_be_compared_says_why_and_keeps_what_can(
    voter: Client, query: str, status: int, said: str
) -> None:
    response = voter.get(f"{COMPARE}?{query}")
    assert response.status_code == status
    page = text(response)
    assert said in page
    assert '<p class="message" role="alert">' in page
    assert page.count(" checked") == len(
        set(re.findall(r"partij=(\w+-\w+)", query)) - {"bestaat-niet"}
    )
    assert "<script>" not in page


def test_mistake_is_shown_in_place_by_htmx(voter: Client) -> None:
    response = voter.get(f"{COMPARE}?partij=groen-voorbeeldstad", headers=HTMX)
    assert response.status_code == 200
    assert "Kies nog een partij" in text(response)
    assert "<html" not in text(response)


def test_party_that_did_not_answer_is_shown_as_such(voter: Client) -> None:
    page = words(voter.get(f"{COMPARE}?partij=groen-voorbeeldstad&partij=gewoon-voorbeeldstad"))
    assert "Wij hebben geen antwoorden van deze partij." in page
    assert "Op geen enkele stelling namen deze partijen een ander standpunt in." in page


def test_not_knowing_an_answer_is_no_difference(voter: Client) -> None:
    page = text(voter.get(f"{COMPARE}?partij=groen-voorbeeldstad&partij=jong-voorbeeldstad"))
    assert asked_in(page) == different("groen-voorbeeldstad", "jong-voorbeeldstad")
    assert "we weten te weinig om eerlijk te vergelijken" in page


def test_two_that_hold_the_same_differ_nowhere(voter: Client) -> None:
    Position.objects.filter(party__contest__municipality__slug="voorbeeldstad").update(stance=1)
    republish()
    page = text(voter.get(f"{COMPARE}?{TWO}"))
    assert asked_in(page) == []
    assert "Op geen enkele stelling" in page
    assert len(asked_in(text(voter.get(f"{COMPARE}?{TWO}&alles=ja")))) == 24


@pytest.mark.parametrize("opinion", [None, "geen"])
def test_parties_can_be_compared_without_an_opinion(client: Client, opinion: str | None) -> None:
    begin(client)
    if opinion:
        answer_all(client, opinion)
    page = text(client.get(f"{COMPARE}?{TWO}"))
    assert asked_in(page) == different("groen-voorbeeldstad", "veilig-voorbeeldstad")
    assert 'class="score match"' not in page


def test_answers_are_never_in_an_address_and_the_page_is_kept_by_nobody(voter: Client) -> None:
    response = voter.get(f"{COMPARE}?{TWO}")
    assert response["Cache-Control"] == "no-store"
    links = re.findall(r'(?:href|hx-get|action)="([^"]*)"', text(response))
    assert not [link for link in links if re.search(r"mening|stelling=|thema", link)]


def test_result_offers_every_ranked_party_to_compare(voter: Client) -> None:
    page = text(voter.get(f"{TOWN}uitslag/"))
    form = page[page.index('<form class="comparing"') : page.index("Vergelijk de aangekruiste")]
    assert form.count('name="partij"') == 8
    assert f'action="{COMPARE}"' in form


def test_profiles_of_the_voter_and_every_ranked_party_stand_together(voter: Client) -> None:
    page = text(voter.get(f"{TOWN}uitslag/profielen/"))
    assert page.count('<table class="profile') == 9
    assert page.count('<use href="#scale-opvang" />') == 9
    assert page.count('id="scale-opvang"') == 1


def test_profiles_without_an_opinion_say_so(client: Client) -> None:
    begin(client)
    assert "nog geen mening gegeven" in text(client.get(f"{TOWN}uitslag/profielen/"))
    begin(client, "/gr2022/utrecht/")
    answer_all(client, 1, "/gr2022/utrecht/")
    page = text(client.get("/gr2022/utrecht/uitslag/profielen/"))
    assert "Er is geen partij waarmee we je antwoorden kunnen vergelijken." in page
