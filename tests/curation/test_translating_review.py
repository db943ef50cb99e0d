"""A second pair of eyes on a translation, before voters see it."""

from typing import Any

import pytest
from django.test import Client

from parties.models import Event
from statements.models import Statement
from tests.curation.staff import KEY, colleague, enter, national
from tests.curation.translating import (
    address,
    approve,
    filled,
    row,
    seen_in,
    write,
    written,
)
from tests.quiz.browser import text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("untranslated")]


def test_second_person_reviews_and_voters_may_see_it(client: Client) -> None:
    written(client)
    user = enter(client, national())
    assert "De vertaling klopt" in text(client.get(address()))
    page = text(client.get(approve(client)["Location"]))
    assert "Kiezers zien deze vertaling vanaf de volgende editie" in page
    assert "Nagelezen door Nina Landelijk" in page
    assert row().reviewed_by == user
    assert approve(client).status_code == 302  # a double click
    assert Event.objects.filter(act="translation-reviewed").count() == 1


def pressed(client: Client, **texts: str) -> Any:
    """Open the page, type this and press "De vertaling klopt", which sends the whole form."""
    shown = text(client.get(address()))
    assert f'formaction="{address()}nagelezen/"' in shown
    seen = seen_in(shown)
    return client.post(f"{address()}nagelezen/", seen | texts, follow=True)


def test_reader_who_changed_nothing_reviews(client: Client) -> None:
    written(client)
    user = enter(client, national())
    assert "Nagelezen door" in text(pressed(client, **filled()))
    assert row().reviewed_by == user


def test_what_the_reader_changed_is_kept_as_a_draft_and_not_reviewed(client: Client) -> None:
    written(client)
    user = enter(client, national())
    page = text(pressed(client, **filled() | {"text": "Better words."}))
    assert "Je wijziging is bewaard als concept. Een collega leest haar na." in page
    saved = row()
    assert saved.texts["text"] == "Better words."
    assert (saved.version, saved.written_by, saved.reviewed_at) == (2, user, None)


def test_what_the_reader_changed_survives_a_colleague_who_saved_meanwhile(client: Client) -> None:
    written(client)
    enter(client, national())
    mine = filled() | {"text": "Better words."}
    shown = text(client.get(address()))
    seen = seen_in(shown)
    other = Client(headers={"Sec-Fetch-Site": "same-origin"})
    enter(other, colleague("Dora Derde"))
    write(other, address(), **filled() | {"text": "Theirs."})
    response = client.post(f"{address()}nagelezen/", seen | mine)
    assert response.status_code == 409
    page = text(response)
    assert "Better words." in page
    assert "Theirs." in page
    assert f'action="{address()}"' in page
    assert row().reviewed_at is None


def test_what_the_reader_typed_wrong_is_given_back(client: Client) -> None:
    written(client)
    enter(client, national())
    response = pressed(client, **filled() | {"text": "x" * 300})
    assert response.status_code == 422
    assert "x" * 300 in text(response)
    assert (row().version, row().reviewed_at) == (1, None)


def test_writer_does_not_review_their_own_work(client: Client) -> None:
    user = enter(client, national())
    write(client, address(), **filled())
    page = text(client.get(address()))
    assert "Vraag een collega om haar na te lezen" in page
    assert "De vertaling klopt" not in page
    response = approve(client)
    assert response.status_code == 403
    assert "Dit leest een collega na" in text(response)
    assert row().reviewed_at is None
    assert row().written_by == user


@pytest.mark.parametrize("version", ["", "x", "2", "-1"])
def test_review_of_another_version_than_was_read_is_refused(client: Client, version: str) -> None:
    written(client)
    enter(client, national())
    response = approve(client, version=version)
    assert response.status_code == 409
    assert "De vertaling is intussen veranderd" in text(response)
    assert row().reviewed_at is None


def test_what_is_missing_incomplete_or_stale_is_not_reviewed(client: Client) -> None:
    enter(client, national())
    assert "Er is nog geen vertaling" in text(approve(client))
    other = Client(headers={"Sec-Fetch-Site": "same-origin"})
    enter(other, colleague())
    write(other, address(), text="Only this.")
    incomplete = approve(client)
    assert incomplete.status_code == 409
    assert "De vertaling is nog niet af" in text(incomplete)
    write(other, address(), **filled())
    Statement.objects.filter(key=KEY).update(explanation="Nieuwe uitleg.")
    stale = approve(client, version=2)
    assert stale.status_code == 409
    assert "De vertaling is verouderd" in text(stale)
    assert row().reviewed_at is None


def test_review_wants_a_post(client: Client) -> None:
    enter(client, national())
    assert client.get(f"{address()}nagelezen/").status_code == 405
