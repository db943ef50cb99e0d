"""The lists that staff look after, and how far each is."""

from datetime import datetime

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from parties.models import Contest, Election, Party
from statements.curation.lists.queries import ON_A_PAGE, State, overview
from statements.models import Submission
from statements.portal.actions import reopen
from tests.curation.staff import ROOM, close, enter, green, invited, member, national, regional
from tests.quiz.browser import text

pytestmark = pytest.mark.django_db


def test_staff_of_a_region_sees_its_lists_only(client: Client) -> None:
    enter(client, regional("VB0001"))
    page = text(client.get(ROOM))
    assert "Groen Voorbeeldstad" in page
    assert "Utrecht" not in page
    assert "10 van 10 lijsten" in page


def test_national_staff_sees_fifty_lists_at_a_time(client: Client) -> None:
    enter(client, national())
    total = Party.objects.filter(contest__election__slug="gr2022").count()
    page = text(client.get(ROOM))
    assert f"1 tot en met {ON_A_PAGE} van {total} lijsten" in page
    assert f"51 tot en met 100 van {total} lijsten" in text(client.get(f"{ROOM}?pagina=2"))


@pytest.mark.parametrize("number", ["0", "-1", "99999", "twee", ""])
def test_page_that_does_not_exist_is_the_nearest_one(client: Client, number: str) -> None:
    enter(client, national())
    assert client.get(f"{ROOM}?pagina={number}").status_code == 200


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("utrecht", "Utrecht"),
        ("SUDWEST", "Súdwest-Fryslân"),
        ("den haag", "'s-Gravenhage"),
        ("Voorbeeld", "Groen Voorbeeldstad"),
    ],
)
def test_lists_are_found_by_a_municipality_as_people_write_it(
    client: Client, written: str, shown: str
) -> None:
    enter(client, national())
    assert shown in text(client.get(ROOM, {"gemeente": written})).replace("&#x27;", "'")


def test_municipality_that_is_not_there_is_said(client: Client) -> None:
    enter(client, national())
    assert "Hier zijn geen lijsten bij" in text(client.get(ROOM, {"gemeente": "atlantis"}))


@pytest.mark.parametrize("query", ["stand=klaar", "verkiezing=gr1850", "gemeente=%00"])
def test_filter_that_makes_no_sense_is_said(client: Client, query: str) -> None:
    enter(client, national())
    response = client.get(f"{ROOM}?{query}")
    assert response.status_code == 400
    assert 'class="error"' in text(response)


def states(party: Party) -> list[str]:
    """The states under which the list is found."""
    election = Election.objects.get(slug="gr2022")
    at, user = timezone.now(), national()
    try:
        pages = {
            state.value: overview(user, election, state=state, municipality="utrecht", at=at)
            for state in State
        }
        return [state for state, page in pages.items() if party in [row for row, _ in page.rows]]
    finally:
        user.delete()


def test_list_goes_from_not_invited_to_submitted() -> None:
    party = Party.objects.filter(contest__municipality__code="GM0344")[0]
    assert states(party) == [State.NOT_INVITED]
    invited(party, days_ago=20)
    assert states(party) == [State.INVITED]
    party.positions.create(statement=green().positions.all()[0].statement, stance=1)
    assert states(party) == [State.BEGUN]
    pia = member()
    Submission.objects.create(party=party, by=pia, name="Pia", at=timezone.now(), answers={})
    assert states(party) == [State.SUBMITTED]
    reopen(party, by=pia, at=timezone.now())
    assert states(party) == [State.BEGUN]


def test_revoked_invitation_counts_for_nothing() -> None:
    party = Party.objects.filter(contest__municipality__code="GM0344")[0]
    invitation = invited(party)
    invitation.revoked_at, invitation.revoked_by = timezone.now(), invitation.invited_by
    invitation.save()
    assert states(party) == [State.NOT_INVITED]


def test_row_tells_people_invitations_answers_and_deadline(client: Client) -> None:
    member()
    invited(green(), "a@example.nl")
    invited(green(), "b@example.nl", days_ago=1)
    invited(green(), "c@example.nl", days_ago=15)
    close(green())
    enter(client, national())
    page = text(client.get(ROOM, {"gemeente": "voorbeeldstad", "stand": "ingediend"}))
    assert "<td>1</td>" in page
    assert "2 open, 1 verlopen" in page
    assert "24 van 24" in page


def test_closing_time_of_a_municipality_is_shown(client: Client) -> None:
    enter(client, national())
    Contest.objects.filter(municipality__slug="voorbeeldstad").update(
        own_deadline=timezone.make_aware(datetime(2022, 3, 4, 17))  # noqa: DTZ001
    )
    assert "4 maart 2022 17.00" in text(client.get(ROOM, {"gemeente": "voorbeeldstad"}))


@pytest.mark.parametrize("query", ["", "?stand=begonnen", "?gemeente=utrecht&pagina=2"])
def test_page_asks_the_database_a_fixed_number_of_times(
    client: Client, query: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    enter(client, national())
    client.get(ROOM)  # the process knows which editions there are
    # session, person, second factor, elections and which have contests, and two
    with django_assert_max_num_queries(7):
        client.get(f"{ROOM}{query}")
