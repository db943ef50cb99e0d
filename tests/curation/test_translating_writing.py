"""Writing one translation beside its Dutch, also while the Dutch or a colleague moves on."""

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.html import escape
from pytest_django import DjangoAssertNumQueries

from parties.models import Event
from statements import versions
from statements.models import Feature, Statement, Term, Theme, Translation
from tests.curation.staff import KEY, enter, national
from tests.curation.translating import (
    ENGLISH,
    WHOLE,
    address,
    approve,
    feature,
    filled,
    hidden,
    motivation_address,
    row,
    seen_in,
    statement,
    write,
    written,
)
from tests.quiz.browser import text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("untranslated")]


def test_arabic_is_written_from_right_to_left_beside_the_dutch(client: Client) -> None:
    enter(client, national())
    page = text(client.get(address("ar")))
    assert escape(statement().explanation) in page
    assert page.count('lang="ar" dir="rtl"') == len(filled())
    assert write(client, address("ar"), text="يجب").status_code == 302
    assert row(language="ar").texts["text"] == "يجب"


def test_draft_may_be_incomplete_and_says_so(client: Client) -> None:
    enter(client, national())
    response = write(client, address(), text="Only this.")
    assert "Er zijn nog lege velden" in text(client.get(response["Location"]))
    found = row()
    assert found.texts == dict.fromkeys(filled(), "") | {"text": "Only this."}
    assert (found.version, found.written_by.email) == (1, "nina@example.nl")  # type: ignore[union-attr]
    event = Event.objects.get(act="translation-saved")
    assert event.what == f"In het Engels vertaald: {statement().text}"


def test_nothing_at_all_is_refused(client: Client) -> None:
    enter(client, national())
    response = write(client, address(), text="  \u202e ")
    assert response.status_code == 422
    assert "Er is nog niets vertaald" in text(response)
    assert not Translation.objects.exists()


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("text", "a" * 201, "Dit is te lang: 201 van de 200 tekens."),
        ("text", "a" * 5000, "Dit is te lang: 5000 van de 200 tekens."),
        ("reason", "a" * 2001, "Dit is te lang: 2001 van de 2000 tekens."),
        ("reason", "a" + "\u0323" * 9, "te veel losse accenten"),
    ],
)
def test_text_that_cannot_be_kept_is_given_back(
    client: Client, name: str, value: str, says: str
) -> None:
    enter(client, national())
    response = write(client, address(), **{name: value})
    assert response.status_code == 422
    page = response.content.decode()
    assert says in page
    assert f'aria-describedby="{name}-error"' in page
    assert value in page
    assert not Translation.objects.exists()


def test_text_is_kept_clean(client: Client) -> None:
    enter(client, national())
    write(client, address(), text=" Ope\u0301n\r\n\u202esmall ", reason="a\r\nb\x00\u2066c\u200f")
    assert row().texts["text"] == "Opén small"
    assert row().texts["reason"] == "a\nbc\u200f"


def test_same_text_again_changes_nothing_and_another_is_a_draft_again(client: Client) -> None:
    written(client)
    enter(client, national())
    assert approve(client).status_code == 302
    assert write(client, address(), **filled()).status_code == 302
    assert row().reviewed_at is not None
    assert row().version == 1
    write(client, address(), **filled() | {"text": "Better."})
    assert row().reviewed_at is None
    assert row().version == 2
    assert Event.objects.filter(act="translation-saved").count() == 2


def test_second_of_two_writers_sees_both_texts_and_chooses(client: Client) -> None:
    enter(client, national())
    seen = text(client.get(address()))
    written(client)
    mine = seen_in(seen) | {"text": "Mine."}
    response = client.post(address(), mine)
    assert response.status_code == 409
    page = text(response)
    assert "Carla Collega veranderde deze vertaling intussen" in page
    assert WHOLE["text"] in page
    assert ">Mine.</textarea>" in page
    assert row().texts["text"] == WHOLE["text"]
    again = seen_in(page) | {"text": "Mine."}
    assert client.post(address(), again).status_code == 302
    assert row().texts["text"] == "Mine."


@pytest.mark.parametrize("version", ["", "x", "-1", "7"])
def test_version_that_was_never_there_saves_nothing(client: Client, version: str) -> None:
    written(client)
    enter(client, national())
    dutch = hidden(text(client.get(address())), "dutch")
    response = client.post(address(), {"version": version, "dutch": dutch, "text": "Mine."})
    assert response.status_code in {409, 422}
    assert row().texts["text"] == WHOLE["text"]
    assert "Mine." in text(response)


def test_dutch_that_changed_while_someone_wrote_is_shown_and_nothing_is_lost(
    client: Client,
) -> None:
    enter(client, national())
    seen = text(client.get(address()))
    Statement.objects.filter(key=KEY).update(explanation="Nieuwe uitleg.")
    mine = seen_in(seen) | filled()
    response = client.post(address(), mine)
    assert response.status_code == 409
    page = text(response)
    assert "het Nederlands is intussen veranderd" in page
    assert "Nieuwe uitleg." in page
    assert f">{WHOLE['text']}</textarea>" in page
    assert not Translation.objects.exists()
    again = seen_in(page) | filled()
    assert client.post(address(), again).status_code == 302


def test_stale_translation_shows_what_the_dutch_was(client: Client) -> None:
    written(client)
    was = statement().explanation
    changed = statement()
    changed.explanation = "Nieuwe uitleg."
    changed.save()
    versions.keep_loaded(changed, timezone.now())
    enter(client, national())
    page = text(client.get(address()))
    assert "Deze vertaling is verouderd" in page
    assert f"<del>{escape(was)}</del>" in page
    assert "<ins>Nieuwe uitleg.</ins>" in page
    assert ">What it is about.</textarea>" in page
    assert page.count("<del>") == 1
    assert statement().text in text(client.get(ENGLISH, {"stand": "verouderd"}))


def test_stale_translation_that_still_holds_is_saved_as_it_is(client: Client) -> None:
    written(client)
    Statement.objects.filter(key=KEY).update(explanation="Nieuwe uitleg.")
    enter(client, national())
    before = row().source_digest
    assert write(client, address(), **filled()).status_code == 302
    assert row().source_digest != before
    assert row().version == 2


def test_themes_terms_features_and_motivations_are_translated_too(client: Client) -> None:
    enter(client, national())
    theme, term = Theme.objects.all()[0], Term.objects.all()[0]
    told = feature()
    cases = {
        f"{ENGLISH}theme-{theme.key}/": {"name": "N", "question": "Q", "summary": "S"},
        f"{ENGLISH}term-{term.key}/": {"term": "T", "explanation": "E"},
        f"{ENGLISH}feature-{told.pk}/": {"title": "T", "text": "a" * 1500},
        motivation_address(): {"motivation": "Because."},
    }
    for page, texts in cases.items():
        assert write(client, page, **texts).status_code == 302
        name = page.split("/")[-2].replace("-", ":", 1)
        assert row(name).texts == texts
    assert Event.objects.filter(act="translation-saved", municipality="VB0001").count() == 1


def test_feature_that_waits_for_review_is_not_translated_yet(client: Client) -> None:
    told = feature()
    Feature.objects.filter(pk=told.pk).update(approved_at=None)
    enter(client, national())
    assert client.get(f"{ENGLISH}feature-{told.pk}/").status_code == 404


def test_page_asks_the_database_a_fixed_number_of_times(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    written(client)
    Statement.objects.filter(key=KEY).update(explanation="Nieuwe uitleg.")
    enter(client, national())
    client.get(address())
    for page in (address(), motivation_address()):
        with django_assert_max_num_queries(18):
            client.get(page)
