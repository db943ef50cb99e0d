"""Django's admin: for the technical administrator, behind our own way of signing in."""

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
from django.test import Client
from django.urls import reverse

from parties.models import Contest, Event, Place, User
from stemhulp.administration import site
from tests.curation.staff import enter, national
from tests.quiz.browser import text

pytestmark = pytest.mark.django_db

FRONT = "/beheer/"
TABLES = [
    *("parties/user", "parties/region", "parties/municipality", "parties/place"),
    *("parties/election", "parties/contest", "django_tasks_database/dbtaskresult"),
]


def tess() -> User:
    return User.objects.create_superuser("tess@example.nl", name="Tess Technisch")


@pytest.mark.parametrize("page", [FRONT, f"{FRONT}parties/user/", f"{FRONT}wat/dan/ook/"])
def test_stranger_signs_in_at_our_own_page(client: Client, page: str) -> None:
    response = client.get(page)
    assert response.status_code == 302
    assert response["Location"] == f"{reverse('account_login')}?next={page}"
    assert client.post(page).status_code == 401


def test_there_is_no_form_for_a_password_anywhere(client: Client) -> None:
    response = client.get(f"{FRONT}login/")
    assert response["Location"] == f"{reverse('account_login')}?next={FRONT}"
    assert client.post(f"{FRONT}login/", {"username": "a", "password": "b"}).status_code == 302
    user = enter(client, tess())
    assert client.get(f"{FRONT}login/")["Location"] == FRONT
    for page in ("password_change/", f"parties/user/{user.pk}/password/"):
        assert client.get(f"{FRONT}{page}", follow=True).status_code == 404 or (
            'type="password"' not in text(client.get(f"{FRONT}{page}", follow=True))
        )
    assert 'type="password"' not in text(client.get(f"{FRONT}parties/user/{user.pk}/change/"))


def test_administrator_without_a_second_factor_sets_one_up_first(client: Client) -> None:
    enter(client, tess(), second_factor=False)
    assert client.get(FRONT)["Location"] == reverse("mfa_activate_totp")
    assert client.post(FRONT).status_code == 403


def test_staff_that_is_no_administrator_is_told_so(client: Client) -> None:
    enter(client, national())
    response = client.get(FRONT)
    assert response.status_code == 403
    assert "Dit is voor de technisch beheerder" in text(response)


def test_administrator_that_is_no_colleague_has_nothing_to_do_with_the_editors(
    client: Client,
) -> None:
    enter(client, tess())
    assert client.get(FRONT).status_code == 200
    for page in ("/redactie/", "/redactie/logboek/", "/redactie/regios/"):
        response = client.get(page)
        assert response.status_code == 403
        assert "Dit is voor medewerkers van VluchtelingenWerk" in text(response)


def test_only_these_tables_are_there(client: Client) -> None:
    enter(client, tess())
    shown = {model._meta.model_name for model in site._registry}
    assert shown == {each.split("/")[1] for each in TABLES}


@pytest.mark.parametrize("table", TABLES)
def test_each_table_opens_under_our_policy(client: Client, table: str) -> None:
    enter(client, tess())
    response = client.get(f"{FRONT}{table}/")
    assert response.status_code == 200
    assert "script-src 'self'" in response["Content-Security-Policy"]
    assert response["Cache-Control"] == "no-store"
    page = text(response)
    assert "<style" not in page
    assert staticfiles_storage.url("admin/css/base.css") in page


def test_tasks_are_only_looked_at(client: Client) -> None:
    enter(client, tess())
    assert client.get(f"{FRONT}django_tasks_database/dbtaskresult/add/").status_code == 403


def test_what_is_changed_stands_in_our_log(client: Client) -> None:
    user = enter(client, tess())
    contest = Contest.objects.get(municipality="VB0001", election__slug="gr2022")
    page = f"{FRONT}parties/contest/{contest.pk}/change/"
    form = {"seats": "21", "own_deadline_0": "01-03-2022", "own_deadline_1": "17:00"}
    assert client.post(page, form).status_code == 302
    contest.refresh_from_db()
    assert contest.own_deadline is not None
    event = Event.objects.get(act="administration-changed")
    assert (event.by, event.details["key"]) == (user, str(contest.pk))


def test_place_is_added_and_removed_with_a_trace(client: Client) -> None:
    enter(client, tess())
    form = {"name": "Pleinstad", "municipality": "GM0344", "since": "0"}
    client.post(f"{FRONT}parties/place/add/", form)
    place = Place.objects.get(name="Pleinstad")
    client.post(f"{FRONT}parties/place/{place.pk}/delete/", {"post": "yes"})
    acts = set(Event.objects.values_list("act", flat=True))
    assert acts == {"administration-added", "administration-deleted"}


def test_account_that_is_closed_is_signed_out(client: Client) -> None:
    enter(client, tess())
    other = Client()
    nina = enter(other, national())
    page = f"{FRONT}parties/user/{nina.pk}/change/"
    form = {"email": "NINA@example.nl", "name": "Nina", "is_national": "on"}
    assert client.post(page, form).status_code == 302
    nina.refresh_from_db()
    assert (nina.is_active, nina.email) == (False, "nina@example.nl")
    assert other.get("/redactie/").status_code == 302


def test_signing_out_is_ours(client: Client) -> None:
    enter(client, tess())
    assert client.post(f"{FRONT}logout/")["Location"] == reverse("account_logout")
