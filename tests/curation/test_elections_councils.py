"""Which councils are elected: municipalities that exist, and those newly merged."""

from typing import Any

import pytest
from django.test import Client

from parties.models import Contest, Event, Municipality
from tests.curation.elections import FRONT, codes, election, of
from tests.curation.staff import enter, national
from tests.quiz.browser import text

pytestmark = pytest.mark.django_db
MERGED = {"name": "Nieuw Proefland", "province": "Utrecht", "code": "gm9998"}


def test_newly_merged_municipality_is_made_and_found_under_the_old_names(client: Client) -> None:
    enter(client, national())
    made = election()
    page = f"{FRONT}hi2022/gemeenten/nieuw/"
    response = client.post(page, MERGED | {"merging": ["GM0344", "GM0034"]}, follow=True)
    assert "Nieuw Proefland doet mee." in text(response)
    assert codes(made) == {"GM9998"}
    new = Municipality.objects.get(code="GM9998")
    assert (new.slug, new.province, new.years, new.is_example) == (
        "nieuw-proefland",
        "Utrecht",
        [],
        False,
    )
    assert set(new.places.values_list("name", "since")) == {("Utrecht", 2022), ("Almere", 2022)}
    details = Event.objects.get(act="municipality-made").details
    assert details == {"code": "GM9998", "merging": ["GM0034", "GM0344"]}


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"name": " "}, "Vul de naam van de gemeente in."),
        ({"name": "!!!"}, "Vul de naam van de gemeente in."),
        ({"name": "utrecht"}, "Er is al een gemeente met deze naam: Utrecht (GM0344)."),
        ({"province": ""}, "Kies de provincie."),
        ({"province": "Atlantis"}, "Kies een provincie uit de lijst."),
        ({"code": ""}, "Vul de code van het CBS in."),
        ({"code": "9998"}, "GM en dan vier cijfers"),
        ({"code": "GM0344"}, "De code GM0344 is al van Utrecht."),
        ({"merging": ["GM0000"]}, "kennen we niet"),
    ],
)
def test_municipality_that_cannot_be_made_is_refused(
    client: Client, fields: dict[str, Any], said: str
) -> None:
    enter(client, national())
    made = election()
    count = Municipality.objects.count()
    response = client.post(f"{FRONT}hi2022/gemeenten/nieuw/", MERGED | fields)
    assert response.status_code == 422
    assert said in text(response)
    assert Municipality.objects.count() == count
    assert not codes(made)


def test_buttons_say_how_many_municipalities_they_add(client: Client) -> None:
    enter(client, national())
    election()
    page = f"{FRONT}hi2022/gemeenten/"
    count = Municipality.objects.in_year(2022).count()
    shown = text(client.get(page))
    assert f"Voeg alle {count} gemeenten toe" in shown
    real = of("gr2022").contests.filter(municipality__is_example=False)
    new = real.filter(municipality__years__contains=[2022]).count()
    assert f"Neem {new} gemeenten over" in shown
    client.post(f"{page}overnemen/", {"source": "gr2022"})
    assert "hier valt niets over te nemen" in text(client.get(page))


def test_all_councils_without_lists_are_taken_away_at_once(client: Client) -> None:
    enter(client, national())
    made = election()
    for code in ("GM0344", "GM0014"):
        Contest.objects.create(election=made, municipality_id=code)
    made.contests.get(municipality="GM0014").parties.create(slug="a", name="A")
    client.post(f"{FRONT}hi2022/gemeenten/weg/", {"all": "ja"})
    assert codes(made) == {"GM0014"}


def test_a_few_municipalities_are_ticked(client: Client) -> None:
    enter(client, national())
    made = election()
    page = f"{FRONT}hi2022/gemeenten/"
    assert client.post(page, {"municipalities": ["GM0344", "GM0014"]}).status_code == 302
    assert client.post(page, {"municipalities": ["GM0344", "GM0034"]}).status_code == 302
    assert codes(made) == {"GM0344", "GM0014", "GM0034"}
    added = [each.details["added"] for each in Event.objects.filter(act="contests-added")]
    assert added == [["GM0034"], ["GM0014", "GM0344"]]


def test_all_municipalities_of_the_year_at_once(client: Client) -> None:
    enter(client, national())
    made = election()
    client.post(f"{FRONT}hi2022/gemeenten/", {"all": "ja"})
    assert codes(made) == set(Municipality.objects.in_year(2022).values_list("code", flat=True))


@pytest.mark.parametrize(
    ("chosen", "said"),
    [([], "Kies ten minste één gemeente."), (["GM9999", "GM0344"], "was er in 2022 niet")],
)
def test_municipality_that_is_not_there_adds_nothing(
    client: Client, chosen: list[str], said: str
) -> None:
    enter(client, national())
    made = election()
    response = client.post(f"{FRONT}hi2022/gemeenten/", {"municipalities": chosen})
    assert response.status_code == 422
    assert said in text(response)
    assert not codes(made)


def test_councils_of_an_earlier_election_come_along_if_they_still_exist(client: Client) -> None:
    enter(client, national())
    made = election()
    gone = Municipality.objects.exclude(years__contains=[2022]).filter(is_example=False)[0]
    earlier = of("gr2022")
    Contest.objects.create(election=earlier, municipality=gone)
    response = client.post(f"{FRONT}hi2022/gemeenten/overnemen/", {"source": "gr2022"}, follow=True)
    assert codes(made) == codes(earlier) - {gone.code, "VB0001"}
    assert "1 zijn er nu niet meer" in text(response)
    response = client.post(f"{FRONT}hi2022/gemeenten/overnemen/", {"source": "hi2022"})
    assert response.status_code == 422


def test_council_without_lists_is_taken_away_and_one_with_lists_is_not(client: Client) -> None:
    enter(client, national())
    made = election()
    Contest.objects.create(election=made, municipality_id="GM0344")
    page = f"{FRONT}hi2022/gemeenten/weg/"
    assert client.post(page, {"municipalities": ["GM0344"]}).status_code == 302
    assert not codes(made)
    assert Event.objects.get(act="contests-removed").details == {"removed": ["GM0344"]}
    response = client.post(f"{FRONT}gr2022/gemeenten/weg/", {"municipalities": ["GM0344"]})
    assert response.status_code == 409
    assert "heeft lijsten" in text(response)
    assert client.post(page).status_code == 422
