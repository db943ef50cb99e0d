"""Which texts staff of a region translate, and which they leave alone."""

import pytest
from django.test import Client

from parties.models import Municipality
from statements.models import Theme, Translation
from tests.curation.staff import enter, region, regional
from tests.curation.translating import (
    ENGLISH,
    address,
    approve,
    feature,
    local_statement,
    motivation_address,
    row,
    write,
    written,
)
from tests.quiz.browser import text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("untranslated")]


def test_staff_of_a_region_translates_what_is_of_its_municipalities(client: Client) -> None:
    place = Municipality.objects.get(slug="voorbeeldstad")
    told = feature(municipality=place)
    local = local_statement(state="in-review")
    enter(client, regional("VB0001"))
    page = text(client.get(ENGLISH))
    assert "Het taalcafé" in page
    assert local.text in page
    assert "Groen Voorbeeldstad, Voorbeeldstad" in page
    assert "soort=theme" not in page.split("<form")[0]
    for subject in (f"feature-{told.pk}", f"statement-{local.pk}"):
        assert client.get(f"{ENGLISH}{subject}/").status_code == 200
    assert write(client, motivation_address(), motivation="Because.").status_code == 302


def test_staff_of_a_region_leaves_national_texts_alone(client: Client) -> None:
    written(client)
    enter(client, regional("VB0001"))
    theme = Theme.objects.all()[0]
    for page in (address(), f"{ENGLISH}theme-{theme.key}/"):
        response = client.get(page)
        assert response.status_code == 403
        assert "Dit doet het landelijk bureau" in text(response)
    sent = client.post(address(), {"version": "1", "text": "Mine."})
    assert sent.status_code == 403
    assert "Mine." in text(sent)
    assert approve(client).status_code == 403
    assert row().reviewed_at is None


def test_staff_of_another_region_may_not_touch_it(client: Client) -> None:
    region("elders", "GM0344")
    enter(client, regional("GM0363"))
    for response in (
        client.get(motivation_address()),
        client.post(motivation_address(), {"motivation": "Mine."}),
        approve(client, motivation_address()),
    ):
        assert response.status_code == 403
        assert "valt buiten jouw regio" in text(response)
    page = text(client.get(ENGLISH))
    assert "Voorbeeldstad" not in page
    assert not Translation.objects.exists()
