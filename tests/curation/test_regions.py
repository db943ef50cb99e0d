"""Regions: sets of municipalities that national staff keep."""

from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from parties.models import Event, Municipality, Region
from parties.regions import contact_seal, seal, take_away
from tests.curation.staff import enter, green, member, national, region, regional
from tests.quiz.browser import text

pytestmark = pytest.mark.django_db

FRONT = "/redactie/regios/"
NEW = f"{FRONT}nieuw/"
CONTACT = f"{FRONT}midden/contact/"
NORTH = {"name": "Noord", "email": "noord@example.nl", "municipalities": ["GM0014"]}


def saved(slug: str) -> Region:
    return Region.objects.get(slug=slug)


def codes(of: Region) -> list[str]:
    return sorted(of.municipalities.values_list("code", flat=True))


def changed(of: Region, **fields: Any) -> dict[str, Any]:
    """What the form of a region posts, with these fields changed."""
    shown = {"name": of.name, "email": of.email, "municipalities": codes(of), "seen": seal(of)}
    return shown | fields


def contact(**fields: str) -> dict[str, str]:
    """What the form with the contact for voters posts, with these fields changed."""
    of = saved("midden")
    shown = {"email": of.public_email, "phone": of.public_phone, "seen": contact_seal(of)}
    return shown | fields


def test_region_is_made_of_the_chosen_municipalities(client: Client) -> None:
    nina = enter(client, national())
    response = client.post(NEW, NORTH)
    assert response.status_code == 302
    made = saved("noord")
    assert (made.name, made.email, codes(made)) == ("Noord", "noord@example.nl", ["GM0014"])
    event = Event.objects.get(act="region-made")
    assert event.by == nina
    assert event.details == {"region": made.pk, "added": ["GM0014"]}
    page = text(client.get(FRONT))
    assert "Noord" in page
    assert "Opgeslagen: regio Noord." in page


def test_second_region_with_a_like_name_has_its_own_address(client: Client) -> None:
    enter(client, national())
    client.post(NEW, NORTH)
    client.post(NEW, {"name": "Noord!", "municipalities": ["GM0034"]})
    assert codes(saved("noord-2")) == ["GM0034"]
    client.post(NEW, {"name": "Nieuw", "municipalities": ["GM0037"]})
    assert client.get(f"{FRONT}nieuw-2/").status_code == 200


def test_region_changes_its_name_and_its_municipalities(client: Client) -> None:
    enter(client, national())
    midden = region("midden", "GM0344", "GM0014")
    response = client.post(
        f"{FRONT}midden/", changed(midden, name="Hart", municipalities=["GM0344", "GM0034"])
    )
    assert response.status_code == 302
    midden.refresh_from_db()
    assert (midden.name, midden.slug) == ("Hart", "midden")
    assert codes(midden) == ["GM0034", "GM0344"]
    event = Event.objects.get(act="region-changed")
    assert event.details == {"region": midden.pk, "added": ["GM0034"], "removed": ["GM0014"]}


def test_saving_what_was_there_changes_and_logs_nothing(client: Client) -> None:
    enter(client, national())
    midden = region("midden", "GM0344")
    assert client.post(f"{FRONT}midden/", changed(midden)).status_code == 302
    assert not Event.objects.exists()


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"municipalities": []}, "Kies ten minste één gemeente."),
        ({"name": " "}, "Geef de regio een naam."),
        ({"name": "x" * 81}, "hoogstens 80 tekens"),
        ({"email": "geen adres"}, "Dit e-mailadres klopt niet"),
        ({"municipalities": ["GM9999"]}, "Deze gemeente kennen we niet: GM9999"),
        ({"name": "MIDDEN"}, "Er is al een regio die zo heet."),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_nothing_is_lost(
    client: Client, fields: dict[str, Any], said: str
) -> None:
    enter(client, national())
    region("midden", "GM0344")
    response = client.post(NEW, NORTH | fields)
    assert response.status_code == 422
    page = text(response)
    assert said in page
    assert Region.objects.count() == 1
    if "municipalities" not in fields:
        assert 'value="GM0014" checked' in page
    if "email" not in fields:
        assert 'value="noord@example.nl"' in page


def test_municipality_of_another_region_is_taken_only_after_saying_so(client: Client) -> None:
    enter(client, national())
    midden = region("midden", "GM0344", "GM0014")
    wanted = NORTH | {"municipalities": ["GM0014", "GM0034"]}
    response = client.post(NEW, wanted)
    assert response.status_code == 422
    page = text(response)
    assert "Haal Groningen weg bij Midden" in page
    assert 'value="GM0034" checked' in page
    assert codes(midden) == ["GM0014", "GM0344"]
    take = take_away(Municipality.objects.get(code="GM0014"))
    assert f'name="take" value="{take}"' in page
    assert client.post(NEW, wanted | {"take": [take]}).status_code == 302
    assert codes(midden) == ["GM0344"]
    assert codes(saved("noord")) == ["GM0014", "GM0034"]


def test_what_was_said_of_one_region_holds_for_no_other(client: Client) -> None:
    enter(client, national())
    region("midden", "GM0344", "GM0014")
    other = region("oost", "GM0034")
    take = f"GM0014:{other.pk}"
    assert client.post(NEW, NORTH | {"take": [take]}).status_code == 422


def test_region_does_not_lose_its_last_municipality_to_another(client: Client) -> None:
    enter(client, national())
    midden = region("midden", "GM0014")
    take = f"GM0014:{midden.pk}"
    response = client.post(NEW, NORTH | {"take": [take]})
    assert response.status_code == 422
    assert "Dit is alles wat de andere regio heeft: Groningen (Midden)" in text(response)
    assert codes(midden) == ["GM0014"]


def test_second_of_two_editors_is_told_and_may_save_again(client: Client) -> None:
    enter(client, national())
    midden = region("midden", "GM0344")
    mine = changed(midden, name="Mijn naam")
    Region.objects.filter(pk=midden.pk).update(name="Hun naam")
    response = client.post(f"{FRONT}midden/", mine)
    assert response.status_code == 409
    page = text(response)
    assert "De regio heet nu Hun naam" in page
    assert 'value="Mijn naam"' in page
    midden.refresh_from_db()
    assert f'name="seen" value="{seal(midden)}"' in page
    assert client.post(f"{FRONT}midden/", mine | {"seen": seal(midden)}).status_code == 302
    midden.refresh_from_db()
    assert midden.name == "Mijn naam"


def test_searching_saves_nothing_and_loses_nothing(client: Client) -> None:
    enter(client, national())
    response = client.post(NEW, NORTH | {"zoek": "sudwest", "zoeken": "ja"})
    assert response.status_code == 200
    page = text(response)
    assert 'value="GM0014" checked' in page
    assert '<label > <input type="checkbox" name="municipalities" value="GM1900"' in page
    assert '<label hidden> <input type="checkbox" name="municipalities" value="GM0344"' in page
    assert not Region.objects.exists()


def test_search_by_a_region_shows_what_it_has(client: Client) -> None:
    enter(client, national())
    region("midden", "GM0344")
    page = text(client.post(NEW, {"zoek": "midd", "zoeken": "ja"}))
    assert '<label > <input type="checkbox" name="municipalities" value="GM0344"' in page
    assert "nu bij Midden" in page


def test_region_without_people_is_removed_and_its_municipalities_stay(client: Client) -> None:
    enter(client, national())
    region("midden", "GM0344")
    assert "Regio Midden verwijderen?" in text(client.get(f"{FRONT}midden/verwijderen/"))
    assert client.post(f"{FRONT}midden/verwijderen/").status_code == 302
    assert not Region.objects.exists()
    assert Municipality.objects.get(code="GM0344").region is None
    assert Event.objects.get(act="region-deleted").details["removed"] == ["GM0344"]


def test_region_with_people_is_not_removed(client: Client) -> None:
    enter(client, national())
    regional("GM0344")
    response = client.post(f"{FRONT}midden/verwijderen/")
    assert response.status_code == 409
    assert "In deze regio werken nog mensen" in text(response)
    assert Region.objects.exists()


@pytest.mark.parametrize("page", ["nieuw/", "midden/", "midden/verwijderen/"])
def test_regions_are_kept_by_the_national_office(client: Client, page: str) -> None:
    enter(client, regional("GM0344"))
    for response in (client.get(f"{FRONT}{page}"), client.post(f"{FRONT}{page}", NORTH)):
        assert response.status_code == 403
    assert "Dit doet het landelijk bureau" in text(client.get(f"{FRONT}{page}"))
    assert Region.objects.count() == 1


def test_staff_of_a_region_see_theirs_alone(client: Client) -> None:
    enter(client, regional("GM0344"))
    region("oost", "GM0034")
    page = text(client.get(FRONT))
    assert "Midden" in page
    assert "Oost" not in page
    assert "Maak een regio" not in page
    assert f'href="{FRONT}midden/"' not in page
    assert f'href="{CONTACT}"' in page


def test_staff_of_a_region_say_how_voters_reach_them(client: Client) -> None:
    rik = enter(client, regional("GM0344"))
    assert "Iedereen kan dit lezen." in text(client.get(CONTACT))
    response = client.post(CONTACT, contact(email=" Midden@Example.NL ", phone="030  123 45 67"))
    assert response.status_code == 302
    made = saved("midden")
    assert (made.public_email, made.public_phone) == ("midden@example.nl", "030 123 45 67")
    event = Event.objects.get(act="region-contact-changed")
    assert event.by == rik
    assert "example" not in f"{event.what} {event.details}"  # no address in the log
    page = text(client.get(FRONT))
    assert "Kiezers in Midden zien het in de volgende editie." in page
    assert "midden@example.nl" in page


def test_saving_the_same_contact_is_not_in_the_log(client: Client) -> None:
    enter(client, regional("GM0344"))
    assert client.post(CONTACT, contact()).status_code == 302
    assert not Event.objects.exists()


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"email": "geen adres"}, "Dit e-mailadres klopt niet"),
        ({"phone": "bel ons"}, "Schrijf een telefoonnummer zoals"),
        ({"phone": "112"}, "Schrijf een telefoonnummer zoals"),
        ({"phone": "0" * 21}, "hoogstens 20 tekens"),
        ({"phone": "030 1234567 of 8"}, "Schrijf een telefoonnummer zoals"),
    ],
)
def test_contact_that_is_none_is_refused_and_given_back(
    client: Client, fields: dict[str, str], said: str
) -> None:
    enter(client, regional("GM0344"))
    response = client.post(CONTACT, contact(**fields))
    assert response.status_code == 422
    page = text(response)
    assert said in page
    assert 'aria-invalid="true"' in page
    assert all(f'value="{each}"' in page for each in fields.values())
    assert saved("midden").public_email == ""


def test_second_of_two_who_change_the_contact_sees_what_the_first_wrote(client: Client) -> None:
    enter(client, regional("GM0344"))
    mine = contact(email="mijn@example.nl")
    Region.objects.update(public_email="hun@example.nl")
    response = client.post(CONTACT, mine)
    assert response.status_code == 409
    page = text(response)
    assert "Nu staat er: hun@example.nl" in page
    assert 'value="mijn@example.nl"' in page
    assert client.post(CONTACT, contact(email="mijn@example.nl")).status_code == 302
    assert saved("midden").public_email == "mijn@example.nl"


def test_contact_of_another_region_is_theirs(client: Client) -> None:
    enter(client, regional("GM0344"))
    region("oost", "GM0034")
    assert client.get(f"{FRONT}oost/contact/").status_code == 403
    assert client.post(f"{FRONT}oost/contact/", NORTH).status_code == 403
    assert client.get(f"{FRONT}west/contact/").status_code == 404


def test_party_sees_where_to_ask(client: Client) -> None:
    enter(client, member(), second_factor=False)
    address = "/partij/gr2022/voorbeeldstad/groen-voorbeeldstad/"
    assert "Vragen? Mail" not in text(client.get(address))
    place = region("midden", green().contest.municipality_id)
    Region.objects.filter(pk=place.pk).update(email="midden@example.nl")
    assert 'href="mailto:midden@example.nl"' in text(client.get(address))


@pytest.mark.parametrize("page", ["", "nieuw/", "midden/"])
def test_pages_ask_the_database_a_fixed_number_of_times(
    client: Client, page: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    enter(client, national())
    region("midden", "GM0344", "GM0014", "VB0001")
    client.get(FRONT)
    with django_assert_max_num_queries(12):
        assert client.get(f"{FRONT}{page}").status_code == 200
