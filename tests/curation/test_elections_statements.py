"""Statements that a new election takes over from an earlier one."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from parties.models import Contest, Event
from statements.models import Statement, Translation
from statements.translations import digest, statement_texts
from tests.curation.elections import FRONT, election, of
from tests.curation.staff import KEY, colleague, enter, national
from tests.quiz.browser import text

pytestmark = pytest.mark.django_db


def test_statements_are_copied_as_drafts_of_this_person(client: Client) -> None:
    nina = enter(client, national())
    made, source = election(), of("gr2022")
    page = f"{FRONT}hi2022/stellingen/"
    assert "Gemeenteraadsverkiezingen 2022 (24)" in text(client.get(page))
    response = client.post(page, {"source": "gr2022"}, follow=True)
    assert "24 stellingen overgenomen als concept, met 24 nagekeken vertalingen." in text(response)
    assert made.statements.count() == 24
    copy, old = made.statements.get(key=KEY), source.statements.get(key=KEY)
    assert (copy.state, copy.approved, copy.latest) == (Statement.State.DRAFT, None, 1)
    assert (copy.text, copy.order, copy.theme) == (old.text, old.order, old.theme)
    [version] = copy.versions.all()
    assert (version.by, version.number, version.verdict) == (nina, 1, "")
    assert version.content == old.versions.latest("number").content
    assert [each.text for each in copy.backgrounds.all()] == [
        each.text for each in old.backgrounds.all()
    ]
    assert Event.objects.get(act="statements-copied").details["source"] == "gr2022"


def test_copying_again_adds_only_what_is_missing(client: Client) -> None:
    enter(client, national())
    made = election()
    page = f"{FRONT}hi2022/stellingen/"
    client.post(page, {"source": "gr2022"})
    Statement.objects.filter(election=made, key=KEY).update(key="anders", text="Eigen tekst")
    response = client.post(page, {"source": "gr2022"}, follow=True)
    said = "1 stellingen overgenomen als concept, met 1 nagekeken vertalingen, 23 stonden er al."
    assert said in text(response)
    assert made.statements.get(key="anders").text == "Eigen tekst"


def test_local_statement_comes_along_where_a_council_is_elected(client: Client) -> None:
    enter(client, national())
    made, source = election(), of("gr2022")
    source.statements.filter(key=KEY).update(municipality="GM0344")
    page = f"{FRONT}hi2022/stellingen/"
    client.post(page, {"source": "gr2022"})
    assert not made.statements.filter(key=KEY).exists()
    Contest.objects.create(election=made, municipality_id="GM0344")
    client.post(page, {"source": "gr2022"})
    assert made.statements.get(key=KEY).municipality_id == "GM0344"


def test_withdrawn_statement_does_not_come_along(client: Client) -> None:
    nina = enter(client, national())
    made = election()
    of("gr2022").statements.filter(key=KEY).update(
        state="withdrawn", withdrawn_at=timezone.now(), withdrawn_by=nina, withdrawal="Te oud"
    )
    client.post(f"{FRONT}hi2022/stellingen/", {"source": "gr2022"})
    assert not made.statements.filter(key=KEY).exists()


def translation(statement: Statement, language: str, **fields: Any) -> None:
    dutch = statement_texts(statement, list(statement.backgrounds.all()))
    now = timezone.now()
    Translation.objects.create(
        **{"subject": f"statement:{statement.pk}", "language": language, "written_at": now}
        | {"texts": {"text": "x"}, "source_digest": digest(dutch), "version": 3}
        | fields
    )


@pytest.mark.usefixtures("untranslated")
def test_translations_come_along_when_reviewed_and_not_stale(client: Client) -> None:
    nina = enter(client, national())
    made, old = election(), of("gr2022").statements.get(key=KEY)
    reviewed = {"reviewed_by": colleague(), "reviewed_at": timezone.now(), "written_by": nina}
    translation(old, "en", **reviewed)
    translation(old, "uk", **reviewed | {"source_digest": "0" * 64})
    translation(old, "tr", written_by=nina)
    response = client.post(f"{FRONT}hi2022/stellingen/", {"source": "gr2022"}, follow=True)
    assert "met 1 nagekeken vertalingen" in text(response)
    copy = made.statements.get(key=KEY)
    [row] = Translation.objects.filter(subject=f"statement:{copy.pk}")
    assert (row.language, row.version, row.reviewed_by) == ("en", 1, reviewed["reviewed_by"])
    assert Translation.objects.filter(subject=f"statement:{old.pk}").count() == 3


@pytest.mark.parametrize("source", ["", "hi2022", "gr1850"])
def test_nothing_is_copied_from_what_has_no_statements(client: Client, source: str) -> None:
    enter(client, national())
    made = election()
    response = client.post(f"{FRONT}hi2022/stellingen/", {"source": source})
    assert response.status_code == 422
    assert 'class="error"' in text(response)
    assert not made.statements.exists()


def test_copying_asks_a_fixed_number_of_times(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    enter(client, national())
    election()
    client.get(FRONT)
    with django_assert_max_num_queries(25):
        client.post(f"{FRONT}hi2022/stellingen/", {"source": "gr2022"})
