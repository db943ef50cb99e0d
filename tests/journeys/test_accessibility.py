"""axe on every page: no violation, in any language, on a phone and enlarged, in any colours.

And nothing has to be scrolled sideways; on the voter's pages nothing is too small for a thumb.
Mails, refusals and pages for people with an account are made by the product in this process, and
opened in Chromium as it would show them.
"""

import re
from collections.abc import Iterator
from datetime import timedelta
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
from django.urls import get_resolver, resolve
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django.fixtures import Settings

from parties import mail as sending
from parties import tasks as accounts
from parties.accounts.adapter import AccountAdapter
from parties.models import Contest, Membership
from statements.models import Statement, Withholding
from statements.portal import tasks as portal
from statements.portal.reminders import send_due
from tests import test_errors
from tests.curation.addresses import addresses, answer, patterns
from tests.curation.roles import nationally, not_signed_in, of_the_list
from tests.curation.staff import KEY, green, invited, member, national
from tests.curation.world import world
from tests.journeys.looks import PHONE, walk, wrong, wrong_with
from tests.journeys.pages import AFTER, BEFORE, COUNTRY, FILES, NO_PAGES, PROGRAMS, SAME
from tests.journeys.people import LIST, ask_for_a_code, give_the_code, sign_in
from tests.journeys.steps import CALM, TOWN, begin_and_answer
from tests.parties.people import BROWSER, ask_code, html_of
from tests.portal.changing import change
from tests.quiz.browser import Browser as Visitor

pytestmark = pytest.mark.usefixtures("database_beside_a_browser")
LANGUAGES = ["", "/en", "/ar"]
FOR_EVER = "window.setInterval = () => 0"  # a kiosk does not begin anew while it is looked at
JANS = LIST.format(slug="gewoon-voorbeeldstad")
TEMPLATES = configuration.BASE_DIR / "templates" / "mail"


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    context = browser.new_context(base_url=address, viewport=PHONE, reduced_motion="reduce")
    yield context.new_page()
    context.close()


# The voter's pages


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_wrong_with_a_page_for_voters(page: Page, language: str) -> None:
    public = [language + path for path in BEFORE]
    found = walk(page, public, is_for_thumbs=True)
    begin_and_answer(page, language)
    found += walk(page, [language + path for path in AFTER], is_for_thumbs=True)
    assert found == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_wrong_with_what_is_told_of_the_country(page: Page, language: str) -> None:
    public = [language + path for path in COUNTRY]
    assert walk(page, public, is_for_thumbs=True) == []
    assert walk(page, [] if language else PROGRAMS) == []


@pytest.mark.parametrize("venue", ["/embed", "/kiosk"])
def test_nothing_is_wrong_in_a_venue(page: Page, venue: str) -> None:
    page.add_init_script(FOR_EVER)
    found = walk(page, [f"{venue}{path}" for path in BEFORE], is_for_thumbs=True)
    begin_and_answer(page, venue)
    asked = [f"{TOWN}uitslag/nog-daar/"] if venue == "/kiosk" else []
    found += walk(page, [f"{venue}{path}" for path in [*AFTER, *asked]], is_for_thumbs=True)
    assert found == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_wrong_with_what_lies_on_a_page(page: Page, language: str) -> None:
    """What is opened, and what comes up by itself."""
    begin_and_answer(page, language)
    opened = {
        "the list of statements": ".jump",
        "an explained word": ".term",
        "the choice of a language": ".languages summary",
    }
    for name, button in opened.items():
        page.goto(f"{language}{TOWN}stelling/7/")
        page.locator(button).first.click()
        page.wait_for_timeout(CALM)
        assert wrong(page, is_for_thumbs=True) == [], name
    page.evaluate("document.getElementById('offline').hidden = false")
    assert wrong(page, is_for_thumbs=True) == [], "no connection"
    page.add_init_script(FOR_EVER)
    page.goto(f"/kiosk{language}{TOWN}")
    page.evaluate("document.getElementById('still-there').showModal()")
    assert wrong(page, is_for_thumbs=True) == [], "are you still there?"


# The doors, and what a list that did not hand in yet works with


def test_nothing_is_wrong_with_the_way_in(page: Page) -> None:
    """As a person of a list meets it, and as staff do: with a second factor."""
    found = walk(page, ["/account/", "/demo/post/"])
    for email in ("landelijk@demo.example", "partij@demo.example"):
        page.context.clear_cookies()
        ask_for_a_code(page, email)
        found += wrong(page)
        give_the_code(page, email)
        found += wrong(page)
    assert found == []


def test_nothing_is_wrong_while_a_list_answers(page: Page) -> None:
    sign_in(page, "partij@demo.example")
    found = walk(page, [JANS, f"{JANS}indienen/"])
    page.goto(f"{JANS}stelling/gemengd-wonen/")
    page.get_by_label("Toelichting").fill("a" * 501)
    expect(page.locator("#outcome .error")).to_be_visible()
    page.evaluate("document.getElementById('unsaved').hidden = false")
    assert found + wrong(page) == []


# Everything else behind an account: by the addresses that there are

ROLES = [not_signed_in, of_the_list, nationally]
OF_VOTERS = ("quiz:", "country:", "downloads:", "use:", "api", "admin:")
LOCAL = ("", " (local)")
# Pages that only another state of things shows. They are looked at above, or are like another.
ELSEWHERE = {
    "account_confirm_login_code": "the way in",
    "mfa_authenticate": "the way in",
    "account_reauthenticate": "the way in: the same form",
    "mfa_view_recovery_codes": "like the list of new ones",
    "mfa_edit_webauthn": "one field; nobody has a key here",
    "mfa_remove_webauthn": "a question with a button; nobody has a key here",
    "portal:confirm": "a button on the statement",
    "publication:progress": "a table of a publication that is under way",
    "publication:preview_page": "the voter's pages, with a line above them",
    "curation:correction": "a form like the list's own, once its term is over",
    "curation:statement_review": "like the statement's page, with buttons",
}
LEADING = re.compile(
    r"curation:(progress|statements|translations|contests|set_audit|research|moderation)"
    r"|publication:publish|curation:translation \(local\)"
)


def answered(role: Any) -> dict[str, Any]:
    """What each address answers someone in this role, by its name."""
    client = Client()
    made = world()
    role(client, made)
    return {
        each.name: answer(client, "GET", each.path)
        for each in addresses(made)
        if not each.name.startswith(OF_VOTERS)
    }


def is_page(response: Any) -> bool:
    return response.status_code == 200 and "text/html" in response.get("Content-Type", "")


@pytest.fixture
def pages(db: None) -> dict[str, str]:
    """Each page behind an account as the first of the roles sees it that sees it at all.

    Every address must be looked at, take no looking, or lead elsewhere.
    """
    found: dict[str, str] = {}
    others: dict[str, set[int]] = {}
    for role in ROLES:
        with transaction.atomic():
            for name, response in answered(role).items():
                if is_page(response):
                    found.setdefault(name, response.content.decode())
                others.setdefault(name, set()).add(response.status_code)
            transaction.set_rollback(True)
        cache.clear()
    unseen = others.keys() - found.keys() - {f"{name}{of}" for name in ELSEWHERE for of in LOCAL}
    unknown = {
        f"{name}: {others[name]}"
        for name in unseen
        if 405 not in others[name] and not LEADING.fullmatch(name) and name not in FILES
    }
    assert not unknown, "pages that nobody looks at: say where they are looked at"
    return found


def test_nothing_is_wrong_with_any_page_behind_an_account(
    browser: Browser, pages: dict[str, str]
) -> None:
    assert wrong_with(browser, pages) == []


@pytest.mark.django_db
def test_no_address_of_voters_is_forgotten() -> None:
    paths = [*BEFORE, *AFTER, *COUNTRY, *PROGRAMS]
    looked_at = {resolve(urlsplit(path).path).view_name for path in paths}
    known = looked_at | {name for name, as_ in SAME.items() if as_ in looked_at} | NO_PAGES
    there = {name for name, _ in patterns(get_resolver())}
    ours = {name for name in there if name.startswith(OF_VOTERS[:4])} | {"api_documentation"}
    assert ours - known == set()


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
def test_nothing_is_wrong_with_a_mail(browser: Browser, mails: dict[str, str]) -> None:
    assert set(mails) == {file.stem for file in TEMPLATES.glob("[!_]*.html")}
    assert wrong_with(browser, mails) == []


# Refusals


class Abroad(Visitor):
    """Asks for every page in a language."""

    def __init__(self, prefix: str) -> None:
        super().__init__(headers={"Sec-Fetch-Site": "same-origin"})
        self.prefix = prefix

    def generic(self, method: str, path: Any, *arguments: Any, **options: Any) -> Any:
        return super().generic(method, self.prefix + path, *arguments, **options)


def refused(refusals: dict[str, tuple[int, test_errors.Provoke]], prefix: str) -> dict[str, str]:
    """The page of each refusal, in a product as it was."""
    pages = {}
    for what, (status, provoke) in refusals.items():
        with transaction.atomic():
            response = provoke(Abroad(prefix))
            transaction.set_rollback(True)
        assert response.status_code == status, what
        pages[what] = response.content.decode()
        cache.clear()
    return pages


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_wrong_with_a_refusal(browser: Browser, language: str) -> None:
    pages = refused(test_errors.VOTERS, language)
    code = language.strip("/") or "nl"
    assert all(f'lang="{code}"' in page for page in pages.values())
    assert wrong_with(browser, pages, is_for_thumbs=True) == []


@pytest.mark.django_db
def test_nothing_is_wrong_with_a_refusal_to_someone_with_an_account(browser: Browser) -> None:
    assert wrong_with(browser, refused(test_errors.PEOPLE, "")) == []
