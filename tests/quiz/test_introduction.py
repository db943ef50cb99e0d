"""What a voter reads before the first answer."""

import pytest
from django.test import Client
from django.utils import timezone

from parties.models import Contest, Party
from stemhulp.editions import store
from stemhulp.editions.publishing import publish
from stemhulp.quiz.scores import minutes_for
from tests.quiz.browser import TOWN, text

pytestmark = pytest.mark.django_db


def test_introduction_names_every_party_on_the_ballot(client: Client) -> None:
    page = text(client.get("/gr2022/utrecht/"))
    assert "Deze 20 partijen staan op het stembiljet" in page
    for name in ("Student &amp; Starter", "Partij voor de Dieren", "Blanco lijst"):
        assert name in page


def test_real_municipality_says_that_nobody_has_answered(client: Client) -> None:
    assert "Wij hebben geen antwoorden van de partijen" in text(client.get("/gr2022/utrecht/"))
    assert "Wij hebben geen antwoorden van de partijen" not in text(client.get(TOWN))


def test_privacy_stands_before_the_button(client: Client) -> None:
    page = text(client.get(TOWN))
    assert page.index("jouw browser") < page.index("Begin met de stellingen")


def test_several_blanco_lists_are_told_apart(client: Client) -> None:
    page = text(client.get("/gr2022/s-gravenhage/"))
    for letter in "ABC":
        assert f"Blanco lijst {letter}" in page


@pytest.mark.parametrize(
    ("slug", "said"),
    [
        ("purmerend", ["24 november 2021", "18 maart 2026"]),
        ("brielle", ["Voorne aan Zee", "23 november 2022"]),
        ("weesp", ["stemde mee in Amsterdam", "/gr2022/amsterdam/"]),
        ("boxtel", ["18 november 2020", "18 maart 2026"]),
    ],
)
def test_municipality_that_does_not_vote_says_why_and_when(
    client: Client, slug: str, said: list[str]
) -> None:
    response = client.get(f"/gr2022/{slug}/")
    assert response.status_code == 200
    for words in said:
        assert words in text(response)


def test_everyday_name_leads_to_the_official_one(client: Client) -> None:
    assert client.get("/gr2022/den-haag/")["Location"] == "/gr2022/s-gravenhage/"
    assert client.get("/gr2022/sneek/")["Location"] == "/gr2022/sudwest-fryslan/"


@pytest.mark.parametrize("slug", ["atlantis", "bergen", "x" * 300, "utrech"])
def test_unknown_municipality_gets_a_way_on(client: Client, slug: str) -> None:
    response = client.get(f"/gr2022/{slug}/")
    assert response.status_code == 404
    assert "Deze gemeente kennen we niet" in text(response)
    assert 'href="/gr2022/"' in text(response)


def test_contest_that_was_not_published_says_so(client: Client) -> None:
    for path in ("", "stelling/1/", "uitslag/"):
        response = client.get(f"/gr2022/urk/{path}")
        assert response.status_code == 404
        assert "De stemhulp voor Urk is er nog niet" in text(response)


@pytest.mark.parametrize(
    "path", ["", "stelling/3/", "weging/", "uitslag/", "gewist/", "stelling/99/"]
)
def test_every_page_of_the_example_says_that_it_is_invented(client: Client, path: str) -> None:
    client.post(f"{TOWN}begin/")
    assert "deze partijen zijn verzonnen" in text(client.get(TOWN + path))


def test_kiesraad_is_named_only_where_the_lists_came_with_their_seats(client: Client) -> None:
    assert "Bron: Kiesraad." in text(client.get("/gr2022/utrecht/"))
    assert "Bron: Kiesraad." not in text(client.get(TOWN))
    Party.objects.filter(contest__municipality__slug="utrecht").update(seats=None)
    contest = Contest.objects.get(election__slug="gr2022", municipality__slug="utrecht")
    publish(contest, "Ans", timezone.now(), "Met de hand ingevoerd")
    store.clear()
    assert "Bron: Kiesraad." not in text(client.get("/gr2022/utrecht/"))


@pytest.mark.parametrize(
    ("statements", "minutes"),
    [(1, 1), (6, 3), (24, 10), (30, 13)],
)
def test_time_that_it_takes_follows_from_the_number_of_statements(
    statements: int, minutes: int
) -> None:
    assert minutes_for(statements) == minutes


def test_introduction_says_how_long_it_takes(client: Client) -> None:
    assert "Dat duurt ongeveer 10 minuten" in text(client.get(TOWN))
