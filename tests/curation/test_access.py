"""Who may open which page of the staff, and what the others are told."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from parties.models import Invitation, Membership
from tests.curation.staff import (
    BULK,
    GREEN,
    KEY,
    ROOM,
    SEND,
    close,
    enter,
    green,
    invited,
    member,
    national,
    regional,
)
from tests.quiz.browser import text

pytestmark = pytest.mark.django_db

OF_A_LIST = ["", f"correctie/{KEY}/"]
PAGES = [ROOM, BULK, *(f"{GREEN}{page}" for page in OF_A_LIST)]
ACTIONS = ["uitnodigen/", "uitnodiging/{0}/opnieuw/", "uitnodiging/{0}/intrekken/"]


@pytest.mark.parametrize("page", PAGES)
def test_stranger_is_asked_to_sign_in(client: Client, page: str) -> None:
    response = client.get(page)
    assert response.status_code == 302
    assert response["Location"] == f"{reverse('account_login')}?next={page}"


@pytest.mark.parametrize("page", PAGES)
def test_member_of_a_party_is_told_that_this_is_for_staff(client: Client, page: str) -> None:
    enter(client, member())
    response = client.get(page)
    assert response.status_code == 403
    assert "Dit is voor medewerkers van VluchtelingenWerk" in text(response)


@pytest.mark.parametrize("page", OF_A_LIST)
def test_staff_of_another_region_sees_nothing_of_a_list(client: Client, page: str) -> None:
    enter(client, regional("GM0344"))
    response = client.get(f"{GREEN}{page}")
    assert response.status_code == 403
    assert "Deze gemeente valt buiten jouw regio" in text(response)


@pytest.mark.parametrize("page", PAGES)
def test_staff_without_a_second_factor_sets_one_up_first(client: Client, page: str) -> None:
    enter(client, regional("VB0001"), second_factor=False)
    response = client.get(page)
    assert response.status_code == 302
    assert response["Location"] == reverse("mfa_activate_totp")
    [message] = response.wsgi_request._messages  # type: ignore[attr-defined]
    assert "twee stappen" in str(message)


@pytest.mark.parametrize("page", PAGES)
def test_staff_of_the_region_sees_the_page_and_nothing_keeps_it(client: Client, page: str) -> None:
    close(green())
    enter(client, regional("VB0001"))
    response = client.get(page)
    assert response.status_code == 200
    assert response["Cache-Control"] == "no-store"


@pytest.mark.parametrize("page", PAGES)
def test_national_staff_sees_the_page(client: Client, page: str) -> None:
    close(green())
    enter(client, national())
    assert client.get(page).status_code == 200


@pytest.mark.parametrize("page", ["geen-lijst/", f"groen-voorbeeldstad/correctie/{KEY}x/"])
def test_what_does_not_exist_is_not_found(client: Client, page: str) -> None:
    enter(client, national())
    assert client.get(f"{ROOM}gr2022/voorbeeldstad/{page}").status_code == 404


@pytest.mark.parametrize("action", ACTIONS)
def test_staff_of_another_region_changes_nothing(client: Client, action: str) -> None:
    invitation = invited(green())
    enter(client, regional("GM0344"))
    response = client.post(f"{GREEN}{action.format(invitation.pk)}", {"email": "bo@example.nl"})
    assert response.status_code == 403
    assert "bo@example.nl" in text(response) or action != ACTIONS[0]
    assert Invitation.objects.get() == invitation
    assert Invitation.objects.waiting().exists()


def test_staff_of_another_region_removes_nobody(client: Client) -> None:
    member()
    membership = Membership.objects.get(user__email="pia@example.nl")
    enter(client, regional("GM0344"))
    assert client.post(f"{GREEN}mensen/{membership.pk}/weg/").status_code == 403
    assert Membership.objects.current().filter(pk=membership.pk).exists()


def test_change_without_a_second_factor_is_refused_and_given_back(client: Client) -> None:
    enter(client, regional("VB0001"), second_factor=False)
    response = client.post(f"{GREEN}uitnodigen/", {"email": "bo@example.nl"})
    assert response.status_code == 403
    assert "bo@example.nl" in text(response)
    assert not Invitation.objects.exists()


def test_invitation_of_another_list_is_not_found_here(client: Client) -> None:
    enter(client, national())
    other = green().contest.parties.exclude(pk=green().pk)[0]
    invitation = invited(other)
    for action in ACTIONS[1:]:
        assert client.post(f"{GREEN}{action.format(invitation.pk)}").status_code == 404


@pytest.mark.parametrize("address", [SEND, *(f"{GREEN}{each.format(1)}" for each in ACTIONS)])
def test_following_a_link_changes_nothing(client: Client, address: str) -> None:
    enter(client, national())
    assert client.get(address).status_code == 405


def test_wrong_address_leads_back_to_the_room(client: Client) -> None:
    enter(client, national())
    page = client.get("/redactie/lijsten/gr2022/voorbeeldstad/")
    assert page.status_code == 404
    assert "Naar de redactie" in text(page)
    assert "Zoek je gemeente" not in text(page)


@pytest.mark.parametrize("name", ["mfa_index", "usersessions_list", "account_logout"])
def test_own_account_leads_back_to_the_room_that_one_works_in(client: Client, name: str) -> None:
    desk, lists = f'href="{reverse("publication:desk")}"', f'href="{reverse("portal:lists")}"'
    enter(client, national())
    page = text(client.get(reverse(name)))
    assert desk in page
    assert lists not in page
    enter(client, member())
    page = text(client.get(reverse(name)))
    assert lists in page
    assert desk not in page


def test_account_with_a_second_proof_is_not_told_to_add_one(client: Client) -> None:
    enter(client, national())
    assert "en met een tweede bewijs" in text(client.get(reverse("mfa_index")))
    enter(client, member(), second_factor=False)
    assert "Wil je het veiliger?" in text(client.get(reverse("mfa_index")))


@pytest.mark.parametrize("page", [BULK, *(f"{GREEN}{page}" for page in OF_A_LIST)])
def test_crumbs_lead_to_the_room_and_never_to_the_page_itself(client: Client, page: str) -> None:
    close(green())
    enter(client, national())
    [crumbs] = re.findall(r'<nav class="crumbs".*?</nav>', text(client.get(page)))
    assert f'href="{ROOM}"' in crumbs
    assert f'href="{page}"' not in crumbs


def test_start_of_the_rooms_has_no_way_to_itself(client: Client) -> None:
    enter(client, national())
    assert 'class="crumbs"' not in text(client.get(reverse("publication:desk")))
