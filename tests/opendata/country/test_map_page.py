"""The country by municipality: the map, and the table that says the same."""

import io
import re
from pathlib import Path
from typing import Any

import brotli  # type: ignore[import-untyped]
import pytest
from django.core.management import call_command
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from parties.models import Absence, Contest, Election, Municipality
from stemhulp.editions import store
from stemhulp.opendata.country import views
from stemhulp.opendata.country.map_page import step
from tests.opendata.country.ballots import Invented, ballot, built_anew, everywhere, friendly
from tests.opendata.country.boundary_files import REAL, collection, feature, square, three, written
from tests.quiz.browser import text

pytestmark = pytest.mark.django_db
MAP = "/kaart/gr2022/"


def with_boundaries(tmp_path: Path, content: Any = None) -> None:
    path = written(tmp_path, content or three())
    given = {"attribution": "CBS <Kadaster>", "stdout": io.StringIO(), "stderr": io.StringIO()}
    call_command("load_boundaries", path, **given)


def order_of(page: str) -> list[str]:
    return re.findall(r'<th scope="row">\s*<a href="[^"]+">([^<]+)</a>', page)


def three_ballots() -> None:
    """Utrecht: one of two answered, as we recommend. Amsterdam: all, far from it and near it."""
    ballot("utrecht", Invented("Verzonnen A", 1, friendly()), Invented("Verzonnen B", 9))
    ballot(
        "amsterdam",
        Invented("Verzonnen A", 3, friendly()),
        Invented("Verzonnen C", 1, friendly(turned=True)),
    )
    built_anew()


def row(page: str, name: str) -> str:
    [found] = re.findall(rf"<tr>\s*<th scope=\"row\">\s*<a [^>]+>{name}</a>.*?</tr>", page)
    return str(found)


def test_nobody_answered_is_said_and_nothing_is_filled_in(client: Client, tmp_path: Path) -> None:
    with_boundaries(tmp_path)
    page = text(client.get(MAP))
    assert "Nog geen enkele partij antwoordde: 0 van de " in page
    assert "in 3 gemeenten" in page
    assert '<g class="none"' in page
    assert "step-" not in page.split("<main")[1]
    assert "Vriendelijkheid" not in page, "a column of dashes says nothing"


def test_answers_are_counted_per_municipality(client: Client, tmp_path: Path) -> None:
    three_ballots()
    with_boundaries(tmp_path)
    page = text(client.get(MAP))
    assert "1 van 2" in row(page, "Utrecht")
    assert "2 van 2" in row(page, "Amsterdam")
    assert re.search(r"0 van \d+", row(page, "&#x27;s-Gravenhage"))
    assert "<title>Utrecht: 1 van de 2 partijen antwoordde</title>" in page
    for group in ("step-3", "step-5", "none"):
        assert f'<g class="{group}"' in page


def test_mean_friendliness_is_of_lists_or_of_seats(client: Client, tmp_path: Path) -> None:
    three_ballots()
    with_boundaries(tmp_path)
    plain = text(client.get(MAP))
    weighted = text(client.get(MAP, {"weging": "zetels"}))
    before, after = (
        int(re.findall(r"<td>(\d+)\xa0%</td>", row(page, "Amsterdam"))[0])
        for page in (plain, weighted)
    )
    assert 50 <= before < 70, "one is at 100 %, and one near 0 %"
    assert after == pytest.approx(50 + before / 2, abs=1), "three parts of four are at 100 %"
    assert "100\xa0%" in row(weighted, "Utrecht")


def test_map_of_friendliness_says_so(client: Client, tmp_path: Path) -> None:
    three_ballots()
    with_boundaries(tmp_path)
    page = text(client.get(MAP, {"laat": "vriendelijkheid"}))
    assert "<title>Utrecht: gemiddeld 100 % vluchtelingvriendelijk</title>" in page
    assert "geen partij antwoordde genoeg voor een score</title>" in page


def test_lists_without_known_seats_have_no_weighted_mean(client: Client) -> None:
    ballot("utrecht", Invented("Verzonnen A", None, friendly()), Invented("Verzonnen B", 4))
    built_anew()
    page = text(client.get(MAP, {"weging": "zetels"}))
    assert "uitslag onbekend" in row(page, "Utrecht")
    assert "In 1 gemeente is de uitslag nog niet bekend." in page


def test_lists_that_won_nothing_have_no_weighted_mean(client: Client) -> None:
    ballot("utrecht", Invented("Verzonnen A", 0, friendly()), Invented("Verzonnen B", 4))
    built_anew()
    assert "geen zetels" in row(text(client.get(MAP, {"weging": "zetels"})), "Utrecht")


def test_few_answers_count_as_answered_and_give_no_score(client: Client) -> None:
    some = dict(list(everywhere(2).items())[:3])
    ballot("utrecht", Invented("Verzonnen A", 1, some), Invented("Verzonnen B", 1))
    ballot("amsterdam", Invented("Verzonnen A", 1, friendly()))
    built_anew()
    found = row(text(client.get(MAP)), "Utrecht")
    assert "1 van 2" in found
    assert "<td>–</td>" in found


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("naam", ["Amsterdam", "&#x27;s-Gravenhage", "Utrecht"]),
        ("-naam", ["Utrecht", "&#x27;s-Gravenhage", "Amsterdam"]),
        ("provincie", ["Amsterdam", "Utrecht", "&#x27;s-Gravenhage"]),
        ("antwoorden", ["Amsterdam", "Utrecht", "&#x27;s-Gravenhage"]),
        ("-antwoorden", ["&#x27;s-Gravenhage", "Utrecht", "Amsterdam"]),
        ("vriendelijkheid", ["Utrecht", "Amsterdam", "&#x27;s-Gravenhage"]),
        ("-vriendelijkheid", ["Amsterdam", "Utrecht", "&#x27;s-Gravenhage"]),
    ],
)
def test_table_is_sorted_as_asked(client: Client, order: str, expected: list[str]) -> None:
    three_ballots()
    page = text(client.get(MAP, {"volgorde": order}))
    assert order_of(page) == expected
    assert ('aria-sort="' in page) == ("provincie" not in order)


def test_country_is_folded_by_province_until_another_order_is_asked(client: Client) -> None:
    three_ballots()
    page = text(client.get(MAP))
    folds = re.findall(r"<details> <summary> <bdi[^>]*>(.*?)</bdi>.*?(\d+ gemeenten?)", page)
    assert folds == [
        ("Noord-Holland", "1 gemeente"),
        ("Utrecht", "1 gemeente"),
        ("Zuid-Holland", "1 gemeente"),
    ]
    assert order_of(page) == ["Amsterdam", "Utrecht", "&#x27;s-Gravenhage"]
    assert page.count('<table class="places">') == 3
    by_name = text(client.get(MAP, {"volgorde": "naam"}))
    assert by_name.count('<table class="places">') == 1
    assert "<span>Noord-Holland</span>" in by_name


def test_order_that_is_chosen_leads_to_its_opposite(client: Client) -> None:
    built_anew()
    assert 'href="/kaart/gr2022/?volgorde=-provincie"' in text(client.get(MAP))
    page = text(client.get(MAP, {"volgorde": "antwoorden", "weging": "zetels"}))
    assert 'href="/kaart/gr2022/?weging=zetels&amp;volgorde=-antwoorden"' in page


def test_without_boundaries_the_table_stands_alone(client: Client) -> None:
    built_anew()
    page = text(client.get(MAP)).split("<main")[1].split("</main")[0]
    assert "kaart" not in page.lower().replace("/kaart/gr2022/", "")
    assert len(order_of(page)) == 3


def test_map_is_for_the_eye_and_the_table_for_everyone(client: Client, tmp_path: Path) -> None:
    with_boundaries(tmp_path)
    page = text(client.get(MAP))
    [drawing] = re.findall(r"<svg viewBox=\"0 0 2000 \d+\".*?</svg>", page)
    assert 'aria-hidden="true"' in drawing
    links = re.findall(r"<a [^>]+>", drawing)
    assert len(links) == 3
    assert all('tabindex="-1"' in each for each in links)
    assert "CBS &lt;Kadaster&gt;" in page


def test_invented_municipality_is_left_out(client: Client) -> None:
    built_anew()
    page = text(client.get(MAP))
    assert "Voorbeeldstad" not in page
    assert len(order_of(page)) == 3


def test_who_does_not_vote_or_is_not_published_is_told_apart(
    client: Client, tmp_path: Path
) -> None:
    content = three()
    content["features"] += [feature("GM0439", square(4)), feature("GM0014", square(5))]
    with_boundaries(tmp_path, content)
    page = text(client.get(MAP))
    assert '<g class="absent"' in page
    assert (
        "<title>Purmerend: Hier is op deze dag geen verkiezing. Wel op 18 maart 2026.</title>"
        in page
    )
    assert '<g class="unpublished"' in page
    assert "<title>Groningen: De stemhulp is hier nog niet gepubliceerd.</title>" in page
    assert "Hoort bij Amsterdam." in page, "Weesp"


def test_absence_shows_without_building_anew(client: Client) -> None:
    built_anew()
    assert "Utrecht" in order_of(text(client.get(MAP)))
    election = Election.objects.get(slug="gr2022")
    place = Municipality.objects.get(slug="zeist")
    Contest.objects.filter(election=election, municipality=place).update(municipality="GM0003")
    Absence.objects.create(election=election, municipality=place, reason="Anders")
    store.clear()
    page = text(client.get(MAP))
    [told] = re.findall(r"Zeist</a>\s*<span class=\"muted\">([^<]+)", page)
    assert told == "Hier is op deze dag geen verkiezing."


@pytest.mark.parametrize(
    "asked", [{"laat": "x"}, {"weging": "1"}, {"volgorde": "--naam"}, {"volgorde": "x" * 5000}]
)
def test_unknown_choice_is_refused_with_a_way_on(client: Client, asked: dict[str, str]) -> None:
    built_anew()
    response = client.get(MAP, asked)
    assert response.status_code == 400
    assert "Deze keuze kennen we niet" in text(response)
    assert "Naar de kaart" in text(response)
    assert "no-store" in response["Cache-Control"]


def test_other_parameters_make_no_other_page(client: Client) -> None:
    found = built_anew()
    for number in range(5):
        assert client.get(MAP, {"utm_source": str(number)}).status_code == 200
    assert len(found.beside["country pages"]) == 1


def test_few_of_many_forms_are_kept(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "MOST_KEPT", 3)
    found = built_anew()
    for order in ("naam", "-naam", "provincie", "antwoorden", "naam"):
        assert client.get(MAP, {"volgorde": order}).status_code == 200
    assert len(found.beside["country pages"]) == 3


def test_page_asks_no_database_and_any_cache_may_keep_it(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    built_anew()
    with django_assert_num_queries(0):
        response = client.get(MAP, {"volgorde": "antwoorden"})
    assert "public" in response["Cache-Control"]
    again = client.get(MAP, {"volgorde": "antwoorden"}, headers={"If-None-Match": response["ETag"]})
    assert again.status_code == 304


def test_page_follows_what_is_published(client: Client) -> None:
    built_anew()
    before = client.get(MAP)
    ballot("utrecht", Invented("Verzonnen A", 1, friendly()))
    built_anew()
    after = client.get(MAP)
    assert after["ETag"] != before["ETag"]
    assert "1 van 1" in row(text(after), "Utrecht")


def test_now_is_the_election_of_the_first_page(client: Client) -> None:
    built_anew()
    assert client.get("/kaart/").content == client.get(MAP).content


@pytest.mark.parametrize("path", ["/kaart/gr1900/", "/kaart/gr2022/"])
def test_what_is_not_there_is_said(client: Client, path: str) -> None:
    """Of an election that is unknown, and of one of which nothing was built."""
    response = client.get(path)
    assert response.status_code == 404
    assert "kennen we niet" in text(response) or "is er nog niet" in text(response)


def test_page_takes_no_post(client: Client) -> None:
    assert client.post(MAP).status_code == 405


def test_scale_has_five_equal_steps() -> None:
    assert [step(number / 100) for number in (0, 19, 20, 39, 40, 79, 80, 100)] == [
        *(1, 1, 2, 2, 3, 4, 5, 5)
    ]


@pytest.mark.skipif(not REAL.exists(), reason="no file with the real boundaries")
def test_whole_country_is_light(client: Client) -> None:
    """With every contest it is some 35 KiB; here all municipalities are drawn, and few counted."""
    given = {"attribution": "CBS, Kadaster", "stdout": io.StringIO(), "stderr": io.StringIO()}
    call_command("load_boundaries", REAL, **given)
    response = client.get(MAP, headers={"Accept-Encoding": "br"})
    assert len(response.content) < 60 * 1024
    assert brotli.decompress(response.content).count(b"</title></path>") == 344


def test_collection_of_one_is_drawn(client: Client, tmp_path: Path) -> None:
    with_boundaries(tmp_path, collection(feature("GM0344", square(0))))
    assert "<title>Utrecht: " in text(client.get(MAP))
