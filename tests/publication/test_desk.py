"""The editors' first page: what waits for this person."""

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from parties.models import User
from statements.models import Research, Statement, Translation, Version
from tests.curation.staff import colleague, enter, green, move_deadline, national, regional
from tests.publication.staging import URK, local_statement, press
from tests.quiz.browser import text

pytestmark = pytest.mark.django_db
DESK = "/redactie/"


def written(by: User, statement: Statement) -> None:
    Version.objects.create(
        statement=statement, number=1, nature="new", content={}, by=by, at=timezone.now()
    )
    Statement.objects.filter(pk=statement.pk).update(latest=1)


def test_statement_to_review_waits_for_who_did_not_write_it(client: Client) -> None:
    nina = national()
    statement = local_statement("in-review")
    written(nina, statement)
    enter(client, nina)
    assert statement.text not in text(client.get(DESK))
    enter(client, colleague())
    assert statement.text in text(client.get(DESK))


def test_statement_of_another_region_does_not_wait(client: Client) -> None:
    statement = local_statement("in-review")
    enter(client, regional("GM0344"))
    assert statement.text not in text(client.get(DESK))


def test_proposal_waits_for_a_second_person(client: Client) -> None:
    enter(client, national())
    press(client, URK)
    assert "Jouw voorstellen: een collega is aan zet" in text(client.get(DESK))
    enter(client, colleague())
    page = text(client.get(DESK))
    assert "kijk jij mee? (1)" in page
    assert URK in page


def test_research_to_check_waits_for_who_did_not_enter_it(client: Client) -> None:
    nina = national()
    Research.objects.create(
        party=green(),
        statement=green().positions.all()[0].statement,
        meaning=1,
        stance=1,
        quotation="x",
        source="y",
        entered_by=nina,
        entered_at=timezone.now(),
    )
    enter(client, nina)
    assert "1 standpunt" not in text(client.get(DESK))
    enter(client, colleague())
    assert "1 standpunt" in text(client.get(DESK))


def test_deadlines_and_what_voters_see(client: Client) -> None:
    move_deadline(green(), days=3)
    enter(client, national())
    page = text(client.get(DESK))
    assert "Hierna kunnen partijen niets meer veranderen" in page
    assert "4 van 334 gemeenten gepubliceerd" in page


def test_someone_without_municipalities_is_told(client: Client) -> None:
    enter(client, regional())
    page = text(client.get(DESK))
    assert "Er wacht nu niets op jou" in page
    assert "nog geen gemeenten waar je voor werkt" in page


def test_page_asks_the_database_a_fixed_number_of_times(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    enter(client, regional("VB0001"))
    client.get(DESK)
    local_statement("in-review")
    with django_assert_max_num_queries(14):
        client.get(DESK)


def returned(by: User) -> Statement:
    """A draft of this person that a colleague gave back."""
    statement = local_statement("draft")
    Version.objects.create(
        statement=statement,
        number=1,
        nature="new",
        content={},
        by=by,
        at=timezone.now(),
        verdict="returned",
        reviewed_by=colleague(),
        reviewed_at=timezone.now(),
    )
    Statement.objects.filter(pk=statement.pk).update(latest=1)
    return statement


def test_statement_that_was_given_back_waits_for_its_writer_only(client: Client) -> None:
    nina = enter(client, national())
    statement = returned(nina)
    page = text(client.get(DESK))
    assert "Jouw stellingen die een collega teruggaf (1)" in page
    assert statement.text in page
    assert "Concepten om in te leveren" not in page
    enter(client, colleague("Dora Derde"))
    assert statement.text not in text(client.get(DESK))


def test_drafts_to_hand_in_are_counted_per_election(client: Client) -> None:
    nina = enter(client, national())
    written(nina, local_statement("draft"))
    page = text(client.get(DESK))
    assert "Concepten om in te leveren" in page
    assert '<a href="/redactie/stellingen/gr2022/?stand=draft">1 stelling</a>' in page
    enter(client, regional("GM0344"))
    assert "Concepten om in te leveren" not in text(client.get(DESK))


def translated(subject: str, by: User) -> None:
    Translation.objects.create(
        language="en",
        subject=subject,
        texts={"text": "x"},
        source_digest="x",
        written_by=by,
        written_at=timezone.now(),
    )


@pytest.mark.usefixtures("untranslated")
def test_draft_of_a_translation_waits_for_a_reader_other_than_its_writer(client: Client) -> None:
    nina = enter(client, national())
    statement = Statement.objects.asked().filter(election__slug="gr2022")[0]
    motivation = green().positions.all()[0]
    for subject in (f"statement:{statement.pk}", f"motivation:{motivation.pk}", "theme:werk"):
        translated(subject, nina)
    translated("statement:nonsense", nina)
    assert "Vertalingen om na te lezen" not in text(client.get(DESK))
    enter(client, colleague())
    page = text(client.get(DESK))
    assert '<a href="/redactie/vertalingen/gr2022/">2 vertalingen</a>' in page
    assert '<a href="/redactie/vertalingen/">1 vertaling</a>' in page
    enter(client, regional(green().contest.municipality_id))
    page = text(client.get(DESK))
    assert '<a href="/redactie/vertalingen/gr2022/">1 vertaling</a>' in page  # the motivation
    assert "voor alle verkiezingen" not in page
