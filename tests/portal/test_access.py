"""Who may open what: every address of the portal, tried as everyone who may not."""

import pytest
from django.test import Client
from django.utils import timezone

from parties import invitations
from parties.models import Municipality, Party, Region, User
from statements.models import Position, Revision
from statements.portal import urls
from tests.portal.conftest import LIST, member_of, signed_in, the_list

PAGES = [
    "",
    "stelling/gemengd-wonen/",
    "stelling/gemengd-wonen/bevestigen/",
    "geschiedenis/",
    "indienen/",
    "heropenen/",
    "mensen/",
    "spreadsheet/",
    "spreadsheet/bestand/",
    "spreadsheet/toepassen/",
    "voorbeeld/",
]
FORM = {"stance": "1", "name": "X", "email": "x@voorbeeld.example", "payload": "x"}


@pytest.fixture(params=PAGES)
def page(request: pytest.FixtureRequest) -> str:
    return LIST + str(request.param)


def test_all_pages_of_a_list_are_tried_here() -> None:
    """One address without a list, and the preview, which is mounted beside the others."""
    assert len(PAGES) == len(urls.urlpatterns) - 1 + 1


def refused(browser: Client, page: str, status: int) -> None:
    before = Position.objects.count(), Revision.objects.count()
    for answer in (browser.get(page), browser.post(page, FORM)):
        # A page that takes only the other method says that; it shows nothing either way.
        assert answer.status_code in {status, 405}
        assert "gemengd" not in answer.content.decode().split("<main")[-1]
    assert (Position.objects.count(), Revision.objects.count()) == before


def test_stranger_is_asked_to_sign_in(party: Party, page: str) -> None:
    browser = Client(headers={"Sec-Fetch-Site": "same-origin"})
    answer = browser.get(page)
    assert answer.status_code in {302, 405}
    if answer.status_code == 302:
        assert answer.headers["Location"] == f"/account/?next={page}"
    assert browser.post(page, FORM).status_code in {401, 405}
    assert not party.positions.exists()


def test_member_of_another_list_in_the_same_council(party: Party, page: str) -> None:
    other = member_of(the_list("groen-voorbeeldstad"), "groen@voorbeeld.example", "Groen")
    refused(signed_in(other), page, 403)


def test_former_member(party: Party, fatima: User, page: str) -> None:
    """Her session was ended; signed in anew she may not either."""
    browser = signed_in(fatima)
    membership = party.memberships.get(user=fatima)
    invitations.remove(membership, by=fatima, at=timezone.now())
    refused(signed_in(User.objects.get(pk=fatima.pk)), page, 403)
    assert browser.get("/partij/").status_code == 302


@pytest.mark.parametrize("kind", ["this region", "another region", "national", "administrator"])
def test_staff_do_not_look_at_what_a_party_drafts(party: Party, page: str, kind: str) -> None:
    user = User.objects.create_user(
        "staf@voorbeeld.example",
        is_national=kind == "national",
        is_superuser=kind == "administrator",
    )
    region = Region.objects.create(slug="r", name="R")
    user.regions.add(region)
    if kind == "this region":
        Municipality.objects.filter(slug="voorbeeldstad").update(region=region)
    refused(signed_in(user), page, 403)


def test_suspended_account_is_signed_out(client: Client, fatima: User, page: str) -> None:
    User.objects.filter(pk=fatima.pk).update(is_active=False)
    assert client.get(page).status_code in {302, 405}
    assert client.post(page, FORM).status_code in {401, 405}


def test_member_of_two_lists_keeps_them_apart(client: Client, fatima: User) -> None:
    green = the_list("groen-voorbeeldstad")
    green.memberships.create(user=fatima, since=timezone.now())
    before = green.positions.count()
    client.post(f"{LIST}stelling/gemengd-wonen/", {"stance": "1", "version": "0"})
    assert green.positions.count() == before
    assert Revision.objects.get().party != green
