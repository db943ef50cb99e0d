"""axe where a walk through the product does not come: mails, refusals, and colours of one's own.

Mails and refusals are made by the product in this process, and opened in Chromium as it would show
them: a mail from its HTML alone, a page with its own styles.
"""

import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import time_machine
from django.conf import settings as configuration
from django.core import mail
from django.core.cache import cache
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, Route, ViewportSize
from pytest_django.fixtures import Settings

from parties import mail as sending
from parties import tasks as accounts
from parties.accounts.adapter import AccountAdapter
from parties.models import Contest, Membership
from statements.models import Statement, Withholding
from statements.portal import tasks as portal
from statements.portal.reminders import send_due
from tests import test_errors
from tests.curation.staff import KEY, green, invited, member, national
from tests.journeys.steps import TOWN, answer, begin, fits, unfold
from tests.journeys.test_accessibility import AFTER, BEFORE, violations
from tests.journeys.test_editors import KEES as NATIONAL
from tests.journeys.test_editors import ROOMS
from tests.journeys.test_party import PAGES, signed_in
from tests.parties.people import BROWSER, ask_code, html_of
from tests.portal.changing import change

# How a page is looked at: in light and in dark, and in colours that someone chose themselves.
PHONE, DESK = ViewportSize(width=360, height=740), ViewportSize(width=1280, height=900)
OWN_COLOURS: list[dict[str, Any]] = [
    {"forced_colors": "active", "color_scheme": "light"},
    {"forced_colors": "active", "color_scheme": "dark"},
]
LOOKS = [
    {"color_scheme": "light", "viewport": PHONE},
    {"color_scheme": "dark", "viewport": DESK},
    *({**look, "viewport": PHONE} for look in OWN_COLOURS),
]
ANYWHERE = "http://testserver"
TEMPLATES = configuration.BASE_DIR / "templates" / "mail"


@pytest.fixture(scope="module", autouse=True)
def database_beside_a_browser() -> Iterator[None]:
    """Playwright's loop runs in this thread too; Django would take its queries for mistakes."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    yield
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


def shown(context: BrowserContext, html: str) -> Page:
    """A page that holds this, with the product's own styles and fonts."""

    def fulfil(route: Route) -> None:
        path = urlsplit(route.request.url).path
        if path.startswith(configuration.STATIC_URL):
            file = Path(configuration.STATIC_ROOT) / path.removeprefix(configuration.STATIC_URL)
            route.fulfill(path=file)
        else:
            route.fulfill(body=html, content_type="text/html; charset=utf-8")

    page = context.new_page()
    page.route("**/*", fulfil)
    page.goto(ANYWHERE)
    return page


def check(browser: Browser, pages: dict[str, str], look: dict[str, Any]) -> None:
    context = browser.new_context(**look)
    for name, html in pages.items():
        page = shown(context, html)
        assert not violations(page), name
        assert fits(page), name
        page.close()
    context.close()


# Mails


@pytest.fixture
def mails(client: Client, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """The HTML of every mail that the product sends, each really sent."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    found: dict[str, str] = {}
    send = sending.send

    def keep(to: str, name: str, *arguments: Any, **options: Any) -> None:
        send(to, name, *arguments, **options)
        message = mail.outbox[-1]
        assert isinstance(message, EmailMultiAlternatives)
        found[name] = html_of(message)

    monkeypatch.setattr(sending, "send", keep)
    _about_accounts(client)
    _about_lists()
    return found


def _about_accounts(client: Client) -> None:
    user = national()
    ask_code(client, user.email)
    ask_code(Client(), "niemand@example.nl")
    accounts.deliver_welcome.call(user.pk)
    accounts.deliver_invitation.call(invited(green()).pk)
    told = {"timestamp": timezone.now(), "user_agent": BROWSER}
    for name in ("totp_activated", "totp_deactivated", "webauthn_added", "webauthn_removed"):
        AccountAdapter().send_mail(f"mfa/email/{name}", user.email, told)
    AccountAdapter().send_mail("mfa/email/recovery_codes_generated", user.email, told)


def _about_lists() -> None:
    """Received, changed, a motivation withheld, reminded of another list, and thanked."""
    pia, at, party = member(), timezone.now(), green()
    silent = party.contest.parties.get(slug="gewoon-voorbeeldstad")
    Membership.objects.update(since=at - timedelta(days=60))
    Membership.objects.create(party=silent, user=pia, since=at - timedelta(days=60))
    Contest.objects.filter(pk=party.contest_id).update(own_deadline=at + timedelta(days=6))
    portal.deliver_received.call(party.submissions.current().get().pk, pia.pk)
    statement = change(Statement.objects.get(key=KEY), "De gemeente doet het anders.", at)
    portal.deliver_changed.call(party.pk, statement.pk, pia.pk)
    about: dict[str, Any] = {"party": party, "statement": statement}
    why = {"motivation": "x", "ground": "hate", "explanation": "Dit mag niet.", "by": pia, "at": at}
    portal.deliver_withheld.call(Withholding.objects.create(**about, **why).pk, pia.pk)
    send_due(at)
    with time_machine.travel(at + timedelta(days=7), tick=False):
        send_due(timezone.now())


@pytest.mark.django_db
@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_no_mail_has_a_violation(
    browser: Browser, mails: dict[str, str], look: dict[str, Any]
) -> None:
    assert set(mails) == {file.stem for file in TEMPLATES.glob("[!_]*.html")}
    check(browser, mails, look)


# Refusals


@pytest.mark.django_db
@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_no_refusal_has_a_violation(browser: Browser, look: dict[str, Any]) -> None:
    provoked = {"voters": test_errors.VOTERS, "people": test_errors.PEOPLE}
    pages = {}
    for whom, refusals in provoked.items():
        for what, (_, provoke) in refusals.items():
            client = Client(headers={"Sec-Fetch-Site": "same-origin"})
            with transaction.atomic():  # each in a product as it was
                pages[f"{whom}: {what}"] = provoke(client).content.decode()
                transaction.set_rollback(True)
            cache.clear()
    check(browser, pages, look)


# Colours that someone chose themselves: the product as it runs


@pytest.mark.parametrize("look", OWN_COLOURS, ids=str)
def test_no_page_of_a_voter_has_a_violation_in_own_colours(
    browser: Browser, address: str, look: dict[str, Any]
) -> None:
    context = browser.new_context(base_url=address, viewport=PHONE, **look)
    page = context.new_page()
    walk(page, BEFORE)
    begin(page)
    answer(page, 1)
    walk(page, [TOWN + path for path in AFTER])
    context.close()


@pytest.fixture(scope="module")
def party(browser: Browser, address: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Someone of a list who is signed in."""
    return signed_in(browser, address, "collega@demo.example", tmp_path_factory.mktemp("party"))


@pytest.fixture(scope="module")
def staff(browser: Browser, address: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Someone of the national office who is signed in."""
    return signed_in(browser, address, NATIONAL, tmp_path_factory.mktemp("staff"))


@pytest.mark.parametrize("look", OWN_COLOURS, ids=str)
@pytest.mark.parametrize("who", ["party", "staff"])
def test_no_page_behind_an_account_has_a_violation_in_own_colours(
    browser: Browser,
    address: str,
    request: pytest.FixtureRequest,
    who: str,
    look: dict[str, Any],
) -> None:
    context = browser.new_context(
        base_url=address,
        viewport=PHONE,
        storage_state=request.getfixturevalue(who),
        **look,
    )
    rooms = ["/redactie/", *(f"/redactie/{room}" for room in ROOMS)]
    walk(context.new_page(), PAGES if who == "party" else rooms)
    context.close()


def test_no_page_of_staff_has_a_violation_in_the_dark(
    browser: Browser, address: str, staff: str
) -> None:
    """In light: test_editors."""
    context = browser.new_context(
        base_url=address,
        viewport=DESK,
        color_scheme="dark",
        storage_state=staff,
    )
    walk(context.new_page(), ["/redactie/", *(f"/redactie/{room}" for room in ROOMS)])
    context.close()


def walk(page: Page, paths: list[str]) -> None:
    """Look at each page, unfolded."""
    for path in paths:
        page.goto(path)
        unfold(page)
        assert not violations(page), path
        assert fits(page), path
