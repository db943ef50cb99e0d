"""The page of one list: who takes part, who is invited, and changing that."""

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from pytest_django import DjangoAssertNumQueries

from parties.models import Invitation, Membership, User
from tests.curation.staff import (
    GREEN,
    ROOM,
    close,
    enter,
    green,
    invited,
    member,
    move_deadline,
    national,
)
from tests.quiz.browser import text

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client: Client) -> Client:
    """The browser of someone of VluchtelingenWerk."""
    enter(client, national())
    return client


def after(client: Client, address: str, **data: str) -> str:
    """What the page says after a change."""
    response = client.post(f"{GREEN}{address}", data, follow=True)
    assert response.redirect_chain == [(GREEN, 302)]
    return text(response)


def test_list_shows_who_takes_part(desk: Client) -> None:
    member()
    page = text(desk.get(GREEN))
    assert "Pia van de Partij" in page
    assert "24 van de 24 stellingen beantwoord" in page


def test_each_invitation_tells_its_state(desk: Client) -> None:
    invited(green(), "a@example.nl")
    invited(green(), "b@example.nl", days_ago=1)
    invited(green(), "c@example.nl", days_ago=15)
    used, revoked = invited(green(), "d@example.nl"), invited(green(), "e@example.nl")
    used.accepted_at, used.accepted_by = timezone.now(), used.invited_by
    used.save()
    revoked.revoked_at, revoked.revoked_by = timezone.now(), revoked.invited_by
    revoked.save()
    page = text(desk.get(GREEN))
    for state in ["wordt verstuurd", "geldig tot", "verlopen sinds", "gebruikt op", "ingetrokken"]:
        assert state in page
    assert page.count("Verstuur opnieuw") == 3  # the three that wait


def test_inviting_mails_that_person(desk: Client) -> None:
    assert "bo@example.nl krijgt een mail" in after(
        desk, "uitnodigen/", email=" Bo@Example.nl ", name="Bo  Bos"
    )
    invitation = Invitation.objects.get()
    assert (invitation.email, invitation.name) == ("bo@example.nl", "Bo Bos")
    assert invitation.invited_by.email == "nina@example.nl"
    assert DBTaskResult.objects.get().args_kwargs["args"] == [invitation.pk]


def test_second_click_invites_nobody_twice(desk: Client) -> None:
    after(desk, "uitnodigen/", email="bo@example.nl")
    assert "bo@example.nl is al uitgenodigd" in after(desk, "uitnodigen/", email="bo@example.nl")
    assert Invitation.objects.count() == DBTaskResult.objects.count() == 1


def test_member_is_not_invited_again(desk: Client) -> None:
    member()
    page = after(desk, "uitnodigen/", email="pia@example.nl")
    assert "pia@example.nl doet al mee" in page
    assert not Invitation.objects.exists()


@pytest.mark.parametrize("email", ["", "bo", "bo@", "bo@example.nl, jan@example.nl", "b" * 301])
def test_wrong_address_is_said_and_given_back(desk: Client, email: str) -> None:
    response = desk.post(f"{GREEN}uitnodigen/", {"email": email, "name": "Bo Bos"})
    assert response.status_code == 422
    page = text(response)
    assert 'id="email-error"' in page
    assert 'value="Bo Bos"' in page
    assert not Invitation.objects.exists()


def test_invitation_is_mailed_again_once_however_often_one_clicks(desk: Client) -> None:
    invitation = invited(green(), days_ago=15)
    address = f"uitnodiging/{invitation.pk}/opnieuw/"
    assert "krijgt een nieuwe mail" in after(desk, address)
    assert "is al onderweg" in after(desk, address)
    assert DBTaskResult.objects.count() == 1


def test_revoked_invitation_is_not_mailed_again(desk: Client) -> None:
    invitation = invited(green(), days_ago=1)
    address = f"uitnodiging/{invitation.pk}"
    assert "is ingetrokken" in after(desk, f"{address}/intrekken/")
    assert "is ingetrokken" in after(desk, f"{address}/intrekken/")
    assert "Deze uitnodiging is ingetrokken" in after(desk, f"{address}/opnieuw/")
    invitation.refresh_from_db()
    assert invitation.revoked_by == User.objects.get(email="nina@example.nl")
    assert not DBTaskResult.objects.exists()


@pytest.mark.parametrize("act", ["opnieuw", "intrekken"])
def test_used_invitation_stays_used(desk: Client, act: str) -> None:
    invitation = invited(green(), days_ago=1)
    invitation.accepted_at, invitation.accepted_by = timezone.now(), invitation.invited_by
    invitation.save()
    page = after(desk, f"uitnodiging/{invitation.pk}/{act}/")
    assert "heeft de uitnodiging al gebruikt" in page
    assert not mail.outbox


def test_removing_asks_first_and_signs_out_at_once(desk: Client) -> None:
    theirs = Client()
    pia = enter(theirs, member(), second_factor=False)
    theirs.get("/partij/")
    membership = Membership.objects.get(user=pia)
    address = f"{GREEN}mensen/{membership.pk}/weg/"
    assert "Pia van de Partij van de lijst halen?" in text(desk.get(address))
    assert Membership.objects.current().filter(user=pia).exists()
    for _ in range(2):  # a double click
        assert "werkt niet meer voor deze lijst" in after(desk, f"mensen/{membership.pk}/weg/")
    assert not Membership.objects.current().filter(user=pia).exists()
    assert theirs.get("/partij/").status_code == 302
    assert desk.get(address).status_code == 302


def test_draft_answers_stay_the_party_s_own(desk: Client) -> None:
    move_deadline(green(), days=1)
    assert "Corrigeer" not in text(desk.get(GREEN))


def test_after_the_deadline_each_answer_can_be_corrected(desk: Client) -> None:
    close(green())
    page = text(desk.get(GREEN))
    assert page.count(">Corrigeer<") == 24
    assert "met de naam van Otto Ondertekenaar eronder" in page


def test_list_that_handed_in_nothing_has_nothing_to_correct(desk: Client) -> None:
    close(green(), submitted=False)
    page = text(desk.get(GREEN))
    assert "Corrigeer" not in page
    assert "Nog niet ingediend" in page


@pytest.mark.parametrize("people", [1, 5])
def test_page_asks_the_database_a_fixed_number_of_times(
    desk: Client, people: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    close(green())
    desk.get(ROOM)  # the process knows which editions there are
    for number in range(people):
        invited(green(), f"a{number}@example.nl", days_ago=1)
        user = User.objects.create_user(f"b{number}@example.nl")
        Membership.objects.create(user=user, party=green(), since=timezone.now())
    with django_assert_num_queries(9):
        desk.get(GREEN)
