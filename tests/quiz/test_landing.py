"""Finding one's municipality, with and without htmx."""

import html
import io
from datetime import date

import pytest
from django.core.management import call_command
from django.test import Client

from parties.models import Contest, Election, Municipality
from stemhulp.editions import store
from tests.quiz.browser import HTMX, text

pytestmark = pytest.mark.django_db


def test_first_page_says_what_this_is_and_who_made_it(client: Client) -> None:
    page = text(client.get("/"))
    assert "VluchtelingenWerk Nederland" in page
    assert "333 gemeenteraden" in page
    assert "Voorbeeldstad</a>, een verzonnen gemeente" in page


@pytest.mark.parametrize(
    ("typed", "slug"),
    [
        ("3511", "utrecht"),
        ("3511 AB", "utrecht"),
        ("den haag", "s-gravenhage"),
        ("'s-gravenhage", "s-gravenhage"),
        ("sneek", "sudwest-fryslan"),
        ("gemeente Utrecht", "utrecht"),
        ("3511 AB Utrecht", "utrecht"),
        ("1381", "amsterdam"),  # Weesp
        ("Purmerend", "purmerend"),
        ("9999ZZ", "het-hogeland"),  # 9999 is in use; letters are not in the table
        ("voorbeeldstad", "voorbeeldstad"),
    ],
)
def test_search_button_leads_straight_to_the_one_municipality(
    client: Client, typed: str, slug: str
) -> None:
    response = client.get("/", {"plaats": typed})
    assert response.status_code == 302
    assert response["Location"] == f"/gr2022/{slug}/"


@pytest.mark.parametrize("typed", ["sudwest", "Nes", "Horn", "Wijk"])
def test_part_of_a_name_is_a_list_and_never_a_guess(client: Client, typed: str) -> None:
    response = client.get("/", {"plaats": typed})
    assert response.status_code == 200
    assert 'class="choices"' in text(response)


def test_election_older_than_the_postcode_tables_asks_for_a_name(client: Client) -> None:
    call_command("load_election", "2018", stdout=io.StringIO())
    response = client.get("/gr2018/", {"plaats": "1382"})
    assert response.status_code == 404
    assert "niet op postcode zoeken" in text(response)


def test_name_that_exists_twice_is_a_choice(client: Client) -> None:
    response = client.get("/", {"plaats": "Bergen"})
    assert response.status_code == 200
    assert 'href="/gr2022/bergen-l/"' in text(response)
    assert 'href="/gr2022/bergen-nh/"' in text(response)


def test_postcode_in_two_municipalities_is_a_question(client: Client) -> None:
    page = text(client.get("/", {"plaats": "7351"}))
    assert "In welke woon je?" in page
    assert 'href="/gr2022/apeldoorn/"' in page
    assert 'href="/gr2022/ede/"' in page


@pytest.mark.parametrize(
    ("typed", "status", "said"),
    [
        ("", 400, "Typ de naam van je gemeente, of je postcode."),
        ("  ", 400, "Typ de naam van je gemeente, of je postcode."),
        ("12", 400, "vier cijfers"),
        ("0000", 400, "vier cijfers"),
        ("35111", 400, "vier cijfers"),
        ("1000", 404, "Deze postcode vinden we niet"),
        ("1000ZZ", 404, "Deze postcode vinden we niet"),
        ("x" * 10_000, 400, "te lang"),
        ("🙂", 404, "geen gemeente met die naam"),
        ("'; DROP TABLE parties_party; --", 404, "geen gemeente met die naam"),
        ("<script>alert(1)</script>", 404, "geen gemeente met die naam"),
        ("Utrect", 404, "Bedoel je"),
        ("\x00", 404, "geen gemeente met die naam"),
    ],
)
def test_search_that_fails_says_so_and_keeps_the_page(
    client: Client, typed: str, status: int, said: str
) -> None:
    response = client.get("/", {"plaats": typed})
    assert response.status_code == status
    assert said in text(response)
    field = text(response).partition('name="plaats"')[2].partition(">")[0]
    assert "autofocus" in field
    assert "<script>alert" not in text(response)


def test_first_page_asks_nothing_and_takes_no_focus(client: Client) -> None:
    page = text(client.get("/"))
    assert "autofocus" not in page
    assert "of je postcode." not in page


def test_typing_gets_the_results_alone_and_no_error_for_half_a_word(client: Client) -> None:
    assert text(client.get("/gr2022/", {"plaats": "12"}, headers=HTMX)) == ""
    response = client.get("/gr2022/", {"plaats": "35111"}, headers=HTMX)
    assert response.status_code == 200
    assert "vier cijfers" in text(response)
    assert "<html" not in text(response)
    assert "HX-Request" in response["Vary"]


def test_typing_never_moves_one_away(client: Client) -> None:
    response = client.get("/gr2022/", {"plaats": "utrecht"}, headers=HTMX)
    assert response.status_code == 200
    assert 'href="/gr2022/utrecht/"' in text(response)


def test_back_button_gets_a_whole_page(client: Client) -> None:
    headers = {**HTMX, "HX-History-Restore-Request": "true"}
    assert "<html" in text(client.get("/gr2022/", {"plaats": "utrecht"}, headers=headers))


def test_unknown_election_is_said_kindly(client: Client) -> None:
    response = client.get("/gr1850/")
    assert response.status_code == 404
    assert "Deze verkiezing kennen we niet" in text(response)


def test_no_election_at_all_is_no_crash(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("stemhulp.editions.store.elections_content", list)
    response = client.get("/")
    assert response.status_code == 404
    assert "nog geen verkiezing" in text(response)


def merger() -> None:
    """A next election, in which Urk alone elects a council; Utrecht does so in another."""
    election = Election.objects.create(
        slug="hi2099",
        name="Herindelingsverkiezingen 2099",
        date=date(2099, 11, 18),
        municipality_year=2022,
    )
    Contest.objects.create(election=election, municipality=Municipality.objects.get(slug="urk"))
    store.clear()


@pytest.mark.parametrize("typed", ["Utrecht", "3511", "Utre"])
def test_municipality_of_another_election_is_told_so_with_the_way(
    client: Client, typed: str
) -> None:
    merger()
    response = client.get("/hi2099/", {"plaats": typed})
    assert response.status_code == 404
    page = text(response)
    assert "kiest niet op 18 november 2099" in page or "kiezen niet op 18 november 2099" in page
    assert 'href="/gr2022/utrecht/"' in page
    assert "We vinden geen gemeente" not in page


def test_municipality_that_votes_in_no_known_election_is_not_led_anywhere(client: Client) -> None:
    merger()
    page = text(client.get("/hi2099/", {"plaats": "Purmerend"}))  # absent in 2022
    assert "We vinden geen gemeente met die naam" in page


def test_postcode_of_a_municipality_that_votes_here_is_not_said_to_vote_elsewhere(
    client: Client,
) -> None:
    merger()
    page = text(client.get("/hi2099/", {"plaats": "8321"}))  # Urk, by the table of 2022
    assert "niet op postcode zoeken" in page
    assert "kiest niet op" not in page


def test_something_like_a_name_is_suggested_here_first(client: Client) -> None:
    merger()
    assert "Bedoel je" in text(client.get("/hi2099/", {"plaats": "Urkk"}))


def test_example_to_search_by_is_of_the_election_itself(client: Client) -> None:
    merger()
    page = text(client.get("/hi2099/"))
    assert "Bijvoorbeeld Urk." in page
    assert "Vier cijfers" not in page
    guide = store.guide("gr2022")
    assert guide is not None
    assert guide.voting is not None
    assert guide.postcode is not None
    page = text(client.get("/gr2022/"))
    assert f"Bijvoorbeeld {guide.voting.name}, of {guide.postcode}." in html.unescape(page)
    found = client.get("/gr2022/", {"plaats": str(guide.postcode)})
    assert found["Location"] == f"/gr2022/{guide.voting.slug}/"
