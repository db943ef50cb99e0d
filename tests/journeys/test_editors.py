"""VluchtelingenWerk's own people, from an election that does not exist to what voters see."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.keys import press_until
from tests.journeys.people import accept, newest_mail, sign_in
from tests.journeys.steps import CALM, fits

# Long ago: it shows on no front page, where voters of other tests begin.
ELECTION = "hi2017"
TOWN = f"{ELECTION}/voorbeeldstad"
NATIONAL = ("gemengd-wonen", "kleine-opvang-in-de-wijk")
LOCAL = "Voorbeeldstad moet een taalcafé openen in het oude station."
KEES, ANOUK, PIA = "landelijk@demo.example", "tweede@demo.example", "pia@demo.example"
Enter = Callable[[str], Page]


@pytest.fixture(scope="module")
def enter(browser: Browser, address: str) -> Iterator[Enter]:
    """Someone's own browser, signed in the first time that it is asked for."""
    pages: dict[str, Page] = {}

    def of(email: str) -> Page:
        if email not in pages:
            context = browser.new_context(
                base_url=address, viewport={"width": 1280, "height": 900}, locale="nl-NL"
            )
            pages[email] = context.new_page()
            if email != PIA:
                sign_in(pages[email], email, "/redactie/")
        return pages[email]

    yield of
    for page in pages.values():
        page.context.close()


def test_from_an_empty_election_to_a_published_edition(enter: Enter, page: Page) -> None:
    kees, anouk, pia = enter(KEES), enter(ANOUK), enter(PIA)
    make_election(kees)
    add_list(kees, "Partij van de Proef")
    copy_statements(kees)
    for key in NATIONAL:
        hand_in(kees, f"/redactie/stellingen/{ELECTION}/{key}/")
        approve(anouk, f"/redactie/stellingen/{ELECTION}/{key}/")
    local = write_local(anouk)
    hand_in_without_scripts(anouk, local)
    approve_by_keyboard(kees, local)
    join(kees, pia, "partij-van-de-proef")
    answer_three(pia)
    propose(kees)
    walk_the_preview(anouk)
    publish(anouk)
    see_as_voter(page)


def make_election(page: Page) -> None:
    page.goto("/redactie/verkiezingen/nieuw/")
    page.get_by_label("Dag van de verkiezing").fill("2017-11-22")
    page.get_by_label("Naam").fill("Herindelingsverkiezing 2017")
    page.locator("summary", has_text="Meer instellingen").click()
    page.get_by_label("Adres").fill(ELECTION)
    page.get_by_label("Wat voor verkiezing?").select_option(index=1)
    page.get_by_role("button", name="Maak de verkiezing").click()
    page.get_by_label("Ja, deze dag is al geweest").check()
    page.get_by_role("button", name="Maak de verkiezing").click()
    expect(page.get_by_role("heading", name="Herindelingsverkiezing 2017")).to_be_visible()
    page.get_by_role("link", name="Gemeenten en lijsten").click()
    page.locator("summary", has_text="Verzonnen gemeenten").click()
    page.get_by_label("Voorbeeldstad").check()
    page.get_by_role("button", name="Voeg de gekozen gemeenten toe").click()
    expect(page.locator(".notice")).to_be_visible()


def add_list(page: Page, name: str) -> None:
    page.goto(f"/redactie/gemeenten/{TOWN}/")
    page.get_by_role("link", name="Voeg een lijst toe").click()
    page.get_by_label("Naam op het stembiljet").fill(name)
    page.get_by_label("Lijstnummer").fill("1")
    page.get_by_role("button", name="Voeg de lijst toe").click()
    expect(page.get_by_role("link", name=name).first).to_be_visible()


def copy_statements(page: Page) -> None:
    page.goto(f"/redactie/verkiezingen/{ELECTION}/stellingen/")
    page.get_by_label("Neem over van").select_option("gr2022")
    page.get_by_role("button", name="Neem over als concept").click()
    expect(page.locator(".notice")).to_contain_text("24")


def hand_in(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("button", name=re.compile("^Lever versie")).click()
    expect(page.get_by_text("Wordt nagelezen.")).to_be_visible()


def approve(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("link", name="Lees na").click()
    page.get_by_role("button", name="Keur goed").click()
    expect(page.locator(".notice")).to_be_visible()
    page.goto(address)
    expect(page.get_by_text("Goedgekeurd")).to_be_visible()


def hand_in_without_scripts(page: Page, address: str) -> None:
    """Better its explanation first, in a browser of the same person that runs none."""
    browser = page.context.browser
    assert browser
    context = browser.new_context(
        storage_state=page.context.storage_state(), java_script_enabled=False
    )
    plain = context.new_page()
    plain.goto(f"{address}schrijf/")
    plain.get_by_label("Uitleg").fill("In een taalcafé oefen je de taal met elkaar.")
    plain.get_by_role("button", name="Bewaar").click()
    expect(plain.get_by_text("oefen je de taal")).to_be_visible()
    hand_in(plain, address)
    context.close()


def approve_by_keyboard(page: Page, address: str) -> None:
    page.goto(address)
    press_until(page, "Lees na", steps=120)
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Keur goed")).to_be_visible()
    press_until(page, "Keur goed", steps=120)
    page.keyboard.press("Enter")
    expect(page.locator(".notice")).to_be_visible()
    page.goto(address)
    expect(page.get_by_text("Goedgekeurd")).to_be_visible()


def write_local(page: Page) -> str:
    """An extra statement for Voorbeeldstad, with advice while it is typed; its address."""
    page.goto(f"/redactie/stellingen/{ELECTION}/nieuw/")
    page.get_by_label("Waar wordt dit gevraagd?").select_option(label="Voorbeeldstad")
    page.get_by_label("Speerpunt", exact=True).select_option(index=3)
    page.get_by_label("Stelling", exact=True).fill("Er moet en/of kan voldoende taalles zijn.")
    expect(page.get_by_text("en/of").last).to_be_visible()
    page.get_by_label("Stelling", exact=True).fill(LOCAL)
    page.get_by_label("Uitleg").fill("In een taalcafé oefenen mensen de taal met elkaar.")
    page.get_by_label("Argument voor").fill("Wie oefent, leert sneller.")
    page.get_by_label("Argument tegen").fill("Het station is ook nodig voor iets anders.")
    page.get_by_label("Mee eens", exact=True).check()
    page.get_by_label("Waarom").first.fill("Oefenen helpt bij inburgeren.")
    page.get_by_label("Bron van de stelling").select_option(index=1)
    page.get_by_role("button", name="Bewaar").click()
    expect(page.get_by_role("heading", name=LOCAL)).to_be_visible()
    return page.url


def join(staff: Page, member: Page, slug: str) -> None:
    staff.goto(f"/redactie/lijsten/{TOWN}/{slug}/")
    staff.get_by_label("E-mailadres").fill(PIA)
    staff.get_by_role("button", name="Nodig uit").click()
    expect(staff.locator(".invitations strong", has_text=PIA)).to_be_visible()
    assert "Partij van de Proef" in newest_mail(member.context, PIA)
    accept(member, PIA, slug, TOWN)


def answer_three(page: Page) -> None:
    page.get_by_role("link", name="Begin met stelling 1").click()
    for number in (1, 2, 3):
        expect(page.get_by_text(f"Stelling {number} van 3")).to_be_visible()
        page.get_by_text("Mee eens", exact=True).click()
        page.get_by_role("button", name="Bewaar en naar").click()
    page.get_by_role("link", name="Nakijken en indienen").click()
    page.get_by_label("Jouw naam").fill("Pia Proef")
    page.get_by_role("button", name="Dien in namens Partij van de Proef").click()
    expect(page.get_by_text("met de naam van Pia Proef eronder")).to_be_visible()


def propose(page: Page) -> None:
    page.goto(f"/redactie/publiceren/{TOWN}/")
    expect(page.get_by_text("3 goedgekeurde stellingen")).to_be_visible()
    page.get_by_label("Waarom publiceer je dit?").fill("De eerste editie")
    page.get_by_role("button", name="Stel voor").click()
    expect(page.get_by_text("Vraag een collega om dit goed te keuren")).to_be_visible()


def walk_the_preview(page: Page) -> None:
    page.goto(f"/redactie/publiceren/{TOWN}/proef/")
    page.get_by_role("button", name="Begin met de stellingen").click()
    for number in (1, 2, 3):
        expect(page.get_by_text(f"Stelling {number} van 3")).to_be_visible()
        expect(page.get_by_text("nog niet gepubliceerd").first).to_be_visible()
        page.wait_for_timeout(CALM)
        page.get_by_role("button", name="Mee eens", exact=True).click()
    page.get_by_role("button", name="Naar mijn uitslag").click()
    expect(page.get_by_role("heading", name="Jouw uitslag in")).to_be_visible()
    expect(page.get_by_text("Partij van de Proef").first).to_be_visible()
    assert "/proef/" in page.url


def publish(page: Page) -> None:
    page.goto(f"/redactie/publiceren/{TOWN}/")
    page.get_by_role("button", name="Keur goed en publiceer").click()
    expect(page.get_by_role("heading", name="Editie 1")).to_be_visible()


def see_as_voter(page: Page) -> None:
    """On a phone. A worker that is asked for something asks what is new, every five seconds."""
    for _ in range(8):
        page.goto(f"/{TOWN}/")
        page.wait_for_timeout(1_000)
    page.get_by_role("button", name="Begin met de stellingen").click()
    expect(page.get_by_text("Stelling 1 van 3")).to_be_visible()
    assert fits(page)
    page.goto(f"/{TOWN}/editie/")
    expect(page.get_by_text("De eerste editie")).to_be_visible()
