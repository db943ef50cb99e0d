"""Mending an answer after the deadline."""

import pytest
from django.test import Client

from statements.models import Position, Revision, Way
from statements.portal.actions import unlocked
from tests.curation.staff import GREEN, KEY, close, enter, green, move_deadline, regional
from tests.quiz.browser import text

pytestmark = pytest.mark.django_db

ADDRESS = f"{GREEN}correctie/{KEY}/"
RIGHT = {
    "stance": "-1",
    "motivation": "Dat stond er verkeerd.",
    "source": "Verkiezingsprogramma 2022, pagina 10",
    "reason": "De partij vulde per ongeluk de verkeerde stelling in.",
}


@pytest.fixture
def desk(client: Client) -> Client:
    enter(client, regional("VB0001"))
    return client


def position() -> Position:
    return Position.objects.get(party=green(), statement__key=KEY)


def right(**changes: str) -> dict[str, str]:
    return {**RIGHT, "version": str(position().version), **changes}


def test_page_shows_what_the_answer_is(desk: Client) -> None:
    close(green())
    page = text(desk.get(ADDRESS))
    assert "Helemaal mee eens" in page
    assert "Een kleine opvang in de wijk werkt." in page


def test_correction_keeps_the_reason_and_what_it_was(desk: Client) -> None:
    close(green())
    page = text(desk.post(ADDRESS, right(), follow=True))
    assert "Gecorrigeerd." in page
    assert RIGHT["reason"] in page
    corrected = position()
    assert (corrected.stance, corrected.correction) == (-1, RIGHT["reason"])
    assert corrected.corrected_at is not None
    revision = Revision.objects.get(party=green())
    assert (revision.way, revision.by.email) == (Way.CORRECTION, "rik@example.nl")
    assert revision.before
    assert revision.before["stance"] == 2


def test_second_click_changes_nothing_more(desk: Client) -> None:
    close(green())
    form = right()
    desk.post(ADDRESS, form)
    assert "Dit antwoord staat er nu zo" in text(desk.post(ADDRESS, form, follow=True))
    assert Revision.objects.count() == 1


def test_no_position_can_be_the_right_answer(desk: Client) -> None:
    close(green())
    desk.post(ADDRESS, right(stance="geen", motivation="", source=""))
    assert position().stance is None


def test_statement_without_an_answer_can_be_given_one(desk: Client) -> None:
    close(green())
    with unlocked():
        position().delete()
    assert "Niet beantwoord" in text(desk.get(ADDRESS))
    desk.post(ADDRESS, {**RIGHT, "version": "0"})
    assert position().stance == -1


@pytest.mark.parametrize(
    ("field", "written", "said"),
    [
        ("reason", "", "Schrijf op waarom"),
        ("reason", "  \n ", "Schrijf op waarom"),
        ("reason", "a" * 301, "301 van de 300 tekens"),
        ("stance", "", "Kies eerst een antwoord"),
        ("stance", "3", "Kies een van de zes antwoorden"),
        ("motivation", "m" * 501, "1 teken te lang"),
        ("source", "javascript:alert(1)", "Een link begint met https://"),
    ],
)
def test_wrong_entry_is_said_and_everything_given_back(
    desk: Client, field: str, written: str, said: str
) -> None:
    close(green())
    before = position()
    response = desk.post(ADDRESS, right(**{field: written}))
    assert response.status_code == 422
    page = text(response)
    assert said in page
    for other in {"motivation", "source", "reason"} - {field}:
        assert RIGHT[other] in page
    assert written.strip() in page
    assert position().version == before.version


def test_someone_else_s_correction_is_not_overwritten_unseen(desk: Client) -> None:
    close(green())
    form = right()
    desk.post(ADDRESS, right(stance="1"))
    response = desk.post(ADDRESS, form)
    assert response.status_code == 409
    page = text(response)
    assert "iemand anders veranderde dit intussen" in page
    assert RIGHT["motivation"] in page
    assert position().stance == 1
    desk.post(ADDRESS, right())  # with the version that the page now holds
    assert position().stance == -1


@pytest.mark.parametrize("method", ["get", "post"])
def test_before_the_deadline_the_party_can_do_it_itself(desk: Client, method: str) -> None:
    move_deadline(green(), days=1)
    response = getattr(desk, method)(ADDRESS, right())
    assert response.status_code == 409
    page = text(response)
    assert "De partij kan dit nog zelf veranderen" in page
    assert method == "get" or RIGHT["reason"] in page
    assert not Revision.objects.exists()


def test_list_that_handed_in_nothing_is_not_answered_for(desk: Client) -> None:
    close(green(), submitted=False)
    response = desk.post(ADDRESS, right())
    assert response.status_code == 409
    page = text(response)
    assert "Deze lijst heeft niets ingediend" in page
    assert RIGHT["reason"] in page
    assert not Revision.objects.exists()
