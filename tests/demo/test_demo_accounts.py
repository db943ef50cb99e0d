"""What only a demo has: accounts that anyone may use, and a page with every mail."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from allauth.mfa.utils import is_mfa_enabled
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import clear_url_caches, include, path
from django.utils import timezone
from pytest_django.fixtures import Settings

from parties.models import Contest, Invitation, Membership, Municipality, User
from stemhulp import urls
from stemhulp.demo.accounts import ACCOUNTS, load_accounts, load_region
from stemhulp.demo.mail import FolderBackend
from stemhulp.editions.compile import compile_edition


@pytest.fixture
def demo(settings: Settings, tmp_path: Path) -> Iterator[Settings]:
    settings.DEMO = True
    settings.MAIL_FOLDER = tmp_path / "mail"
    settings.EMAIL_BACKEND = "stemhulp.demo.mail.FolderBackend"
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    demo_urls = path("demo/", include("stemhulp.demo.urls"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(urls, "urlpatterns", [demo_urls, *urls.urlpatterns])
        clear_url_caches()
        yield settings
    clear_url_caches()


def test_accounts_are_made_once_and_the_deadline_lies_ahead(demo: Settings, db: None) -> None:
    for _ in range(2):
        call_command("load_demo_accounts")
    assert User.objects.count() == len(ACCOUNTS)
    assert Membership.objects.count() == 3
    assert Invitation.objects.count() == 1
    contest = Contest.objects.get(municipality__slug="voorbeeldstad")
    assert contest.own_deadline is not None
    assert contest.own_deadline > timezone.now() + timedelta(days=10)
    load_accounts(contest.own_deadline)  # a demo that is started again much later
    contest.refresh_from_db()
    assert contest.own_deadline > timezone.now() + timedelta(days=20)


def test_what_the_demo_publishes_says_how_to_reach_the_region(demo: Settings, db: None) -> None:
    place = Municipality.objects.get(slug="voorbeeldstad")
    assert load_region(place).public_email == "voorbeeldland@demo.example"
    edition = compile_edition("gr2022", "voorbeeldstad")
    assert edition is not None
    assert edition.contact is not None
    assert edition.contact.region == "Voorbeeldland"


def test_staff_have_a_second_factor(demo: Settings, db: None) -> None:
    load_accounts(timezone.now())
    staff = [each for each in User.objects.all() if each.is_national or each.regions.exists()]
    assert len(staff) == 3
    assert all(is_mfa_enabled(each) for each in staff)


def test_product_without_demo_has_neither(db: None, client: Client) -> None:
    with pytest.raises(CommandError, match="only a demo"):
        call_command("load_demo_accounts")
    assert not User.objects.exists()
    assert client.get("/demo/post/").status_code == 404


def test_every_mail_stands_on_a_page(demo: Settings, client: Client) -> None:
    message = EmailMultiAlternatives(
        "Vraag & antwoord",
        "Zie https://voorbeeld.example/a <b>x</b>",
        to=["fatima@voorbeeld.example"],
    )
    message.attach_alternative("<p class='x'>Zie dit</p>", "text/html")
    message.attach("antwoorden.txt", "x", "text/plain")
    connection = get_connection()
    assert isinstance(connection, FolderBackend)
    connection.send_messages([message])
    listed = client.get("/demo/post/").content.decode()
    assert "Vraag &amp; antwoord" in listed
    found = re.search(r'href="(/demo/post/[0-9-]+/)"', listed)
    assert found
    page = client.get(found[1]).content.decode()
    assert '<a href="https://voorbeeld.example/a"' in page
    assert "&lt;b&gt;x&lt;/b&gt;" in page
    assert "antwoorden.txt" in page
    as_html = client.get(f"{found[1]}?als=html")
    assert "<p class='x'>" in as_html.content.decode()
    assert "script-src" not in as_html.headers["Content-Security-Policy"]


@pytest.mark.parametrize("name", ["..", "0000", "x", "%2e%2e%2fknown"])
def test_mail_that_is_not_there_is_not_found(demo: Settings, client: Client, name: str) -> None:
    assert client.get(f"/demo/post/{name}/").status_code == 404
