"""A local volunteer, from the invitation to what voters will see."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Dialog, Page, expect

from tests.journeys.keys import press_until
from tests.journeys.people import LIST, STAFF, accept, invite, newest_mail, sign_in
from tests.journeys.steps import fits


@pytest.fixture(scope="module")
def staff(browser: Browser, address: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Someone of the region who is signed in."""
    return signed_in(browser, address, STAFF, tmp_path_factory.mktemp("staff"))


def signed_in(browser: Browser, address: str, email: str, folder: Path) -> str:
    """A file that a context can begin with."""
    context = browser.new_context(base_url=address)
    sign_in(context.new_page(), email)
    context.storage_state(path=folder / "state.json")
    context.close()
    return str(folder / "state.json")


def another(browser: Browser, address: str) -> Page:
    """Somebody else's phone."""
    context = browser.new_context(base_url=address, viewport={"width": 360, "height": 740})
    return context.new_page()


def test_volunteer_answers_everything_on_a_phone(
    page: Page, browser: Browser, address: str, staff: str
) -> None:
    invite(browser, address, staff, "noor@demo.example", "gewoon-voorbeeldstad")
    accept(page, "noor@demo.example", "gewoon-voorbeeldstad")
    page.get_by_role("link", name="Begin met stelling 1").click()
    for number in range(1, 25):
        expect(page.get_by_text(f"Stelling {number} van 24")).to_be_visible()
        page.get_by_text("Mee eens" if number % 2 else "Helemaal mee oneens", exact=True).click()
        page.get_by_label("Toelichting").fill(f"Onze toelichting bij stelling {number}.")
        page.get_by_role("button", name="Bewaar en naar").click()
    expect(page.get_by_role("heading", name="Gewoon Voorbeeldstad")).to_be_visible()
    expect(page.get_by_text("24 van 24 stellingen beantwoord")).to_be_visible()
    page.get_by_role("link", name="Nakijken en indienen").click()
    expect(page.get_by_text("Onze toelichting bij stelling 24.")).to_be_visible()
    page.get_by_label("Jouw naam").fill("Noor Smit")
    page.get_by_role("button", name="Dien in namens Gewoon Voorbeeldstad").click()
    expect(page.get_by_text("met de naam van Noor Smit eronder")).to_be_visible()
    assert "zijn ingediend, door Noor Smit" in newest_mail(page.context, "noor@demo.example")
    page.get_by_role("link", name="Zo zien kiezers jullie").click()
    expect(page.get_by_text("Onze toelichting bij stelling 24.")).to_be_visible()
    assert fits(page)


def test_change_saves_itself_and_a_reload_shows_it(
    page: Page, browser: Browser, address: str, staff: str
) -> None:
    invite(browser, address, staff, "sam@demo.example", "samen-voorbeeldstad")
    accept(page, "sam@demo.example", "samen-voorbeeldstad")
    page.goto(LIST.format(slug="samen-voorbeeldstad") + "stelling/gemengd-wonen/")
    page.get_by_text("Neutraal", exact=True).click()
    expect(page.get_by_text("Opgeslagen om")).to_be_visible()
    said = page.locator(".saved").inner_text()
    page.get_by_label("Toelichting").press_sequentially("Nieuw", delay=20)
    expect(page.get_by_text("tekens.")).to_contain_text("Nog ")
    page.wait_for_function("said => document.querySelector('.saved').innerText != said", arg=said)
    page.reload()
    expect(page.get_by_label("Neutraal")).to_be_checked()
    assert "Nieuw" in page.get_by_label("Toelichting").input_value()


def test_link_saves_first_what_was_just_typed(
    page: Page, browser: Browser, address: str, staff: str
) -> None:
    invite(browser, address, staff, "ina@demo.example", "groen-voorbeeldstad")
    accept(page, "ina@demo.example", "groen-voorbeeldstad")
    statement = LIST.format(slug="groen-voorbeeldstad") + "stelling/gemengd-wonen/"
    page.goto(statement)
    page.get_by_label("Toelichting").fill("Net getypt.")
    page.get_by_role("link", name="Volgende").click()
    expect(page.get_by_text("Stelling 10 van 24")).to_be_visible()
    page.goto(statement)
    assert page.get_by_label("Toelichting").input_value() == "Net getypt."
    page.get_by_label("Toelichting").fill("a" * 501)
    page.get_by_role("link", name="Volgende").click()
    expect(page.get_by_text("1 teken te lang: 501 van de 500")).to_be_in_viewport()
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    page.get_by_role("link", name="Volgende").click()  # who has read why may leave, but is asked
    page.wait_for_timeout(500)
    assert asked == ["beforeunload"]
    assert len(page.get_by_label("Toelichting").input_value()) == 501


def test_too_long_a_text_is_kept_and_told(
    page: Page, browser: Browser, address: str, staff: str
) -> None:
    invite(browser, address, staff, "els@demo.example", "sociaal-voorbeeldstad")
    accept(page, "els@demo.example", "sociaal-voorbeeldstad")
    page.goto(LIST.format(slug="sociaal-voorbeeldstad") + "stelling/gemengd-wonen/")
    page.get_by_label("Toelichting").fill("a" * 501)
    expect(page.locator("#motivation-hint")).to_have_text("1 tekens te lang (501 van 500)")
    expect(page.get_by_text("1 teken te lang: 501 van de 500")).to_be_visible()
    page.get_by_role("button", name="Bewaar en naar").click()
    assert len(page.get_by_label("Toelichting").input_value()) == 501


def test_two_people_on_one_statement(
    page: Page, browser: Browser, address: str, staff: str
) -> None:
    other = another(browser, address)
    statement = LIST.format(slug="veilig-voorbeeldstad") + "stelling/gemengd-wonen/"
    for phone, email in ((page, "een@demo.example"), (other, "twee@demo.example")):
        invite(browser, address, staff, email, "veilig-voorbeeldstad")
        accept(phone, email, "veilig-voorbeeldstad")
        phone.goto(statement)
    page.get_by_label("Toelichting").fill("Van de eerste.")
    page.get_by_text("Neutraal", exact=True).click()
    expect(page.get_by_text("Opgeslagen om")).to_be_visible()
    other.get_by_label("Toelichting").fill("Van de tweede.")
    expect(other.get_by_text("intussen veranderd")).to_be_visible()
    expect(other.locator("blockquote")).to_contain_text("Van de eerste.")
    assert other.get_by_label("Toelichting").input_value() == "Van de tweede."
    other.get_by_role("button", name="Bewaar wat ik schreef").click()
    expect(other.get_by_text("Stelling 10 van 24")).to_be_visible()
    other.goto(statement)
    assert other.get_by_label("Toelichting").input_value() == "Van de tweede."
    other.context.close()


def test_signed_out_or_offline_while_typing_loses_nothing(
    page: Page, browser: Browser, address: str, staff: str
) -> None:
    invite(browser, address, staff, "ton@demo.example", "voorbeeldstad-vooruit")
    accept(page, "ton@demo.example", "voorbeeldstad-vooruit")
    page.goto(LIST.format(slug="voorbeeldstad-vooruit") + "stelling/gemengd-wonen/")
    page.context.set_offline(True)
    page.get_by_label("Toelichting").fill("Getypt in de trein.")
    expect(page.locator("#unsaved")).to_be_visible()
    page.context.set_offline(False)
    page.context.clear_cookies(name="sessionid")
    page.get_by_label("Toelichting").fill("Getypt in de tram.")
    expect(page.get_by_text("je bent uitgelogd")).to_be_visible()
    tab = page.context.new_page()
    sign_in(tab, "ton@demo.example")
    tab.close()
    page.get_by_text("Neutraal", exact=True).click()
    expect(page.get_by_text("Opgeslagen om")).to_be_visible()
    expect(page.locator("#unsaved")).to_be_hidden()
    page.reload()
    assert page.get_by_label("Toelichting").input_value() == "Getypt in de tram."


def test_everything_by_keyboard(page: Page, browser: Browser, address: str, staff: str) -> None:
    invite(browser, address, staff, "kim@demo.example", "jong-voorbeeldstad")
    accept(page, "kim@demo.example", "jong-voorbeeldstad")
    press_until(page, "Verder met stelling")
    page.keyboard.press("Enter")
    for _ in range(12):
        expect(page.locator("form.position")).to_be_visible()
        title = page.title()
        while not page.evaluate("document.activeElement.type === 'radio'"):
            page.keyboard.press("Tab")
        page.keyboard.press("Space")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Tab")
        page.keyboard.type("Met het toetsenbord.")
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.wait_for_function("title => document.title != title", arg=title)
    page.goto(LIST.format(slug="jong-voorbeeldstad"))
    press_until(page, "Nakijken en indienen")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Tekenen")).to_be_visible()
    press_until(page, "Dien in namens", steps=120)
    page.keyboard.press("Enter")
    expect(page.get_by_text("Ingediend. Dank je wel!")).to_be_visible()


@pytest.fixture
def plain(browser: Browser, address: str) -> Iterator[Page]:
    """A browser without JavaScript."""
    context = browser.new_context(
        base_url=address, java_script_enabled=False, viewport={"width": 360, "height": 740}
    )
    yield context.new_page()
    context.close()


def test_everything_without_javascript(
    plain: Page, browser: Browser, address: str, staff: str
) -> None:
    invite(browser, address, staff, "bas@demo.example", "ondernemend-voorbeeldstad")
    accept(plain, "bas@demo.example", "ondernemend-voorbeeldstad")
    statement = LIST.format(slug="ondernemend-voorbeeldstad") + "stelling/gemengd-wonen/"
    plain.goto(statement)
    plain.get_by_label("Neutraal").check()
    plain.get_by_label("Toelichting").fill("Zonder script.")
    plain.get_by_label("Bron").fill("javascript:alert(1)")
    plain.get_by_role("button", name="Bewaar en naar").click()
    expect(plain.get_by_text("Een link begint met https://")).to_be_visible()
    assert plain.get_by_label("Toelichting").input_value() == "Zonder script."
    plain.get_by_label("Bron").fill("https://voorbeeld.example/programma")
    plain.get_by_role("button", name="Bewaar en naar").click()
    plain.goto(statement)
    assert plain.get_by_label("Toelichting").input_value() == "Zonder script."
    plain.goto(LIST.format(slug="ondernemend-voorbeeldstad") + "indienen/")
    plain.get_by_label("Jouw naam").fill("Bas")
    plain.get_by_role("button", name="Dien in namens").click()
    expect(plain.get_by_text("met de naam van Bas eronder")).to_be_visible()


def test_spreadsheet_goes_out_and_comes_back(
    page: Page, browser: Browser, address: str, staff: str, tmp_path: Path
) -> None:
    invite(browser, address, staff, "ria@demo.example", "christelijk-voorbeeldstad")
    accept(page, "ria@demo.example", "christelijk-voorbeeldstad")
    page.get_by_role("link", name="Spreadsheet").click()
    with page.expect_download() as downloading:
        page.get_by_role("link", name="Download de spreadsheet").click()
    file = tmp_path / "antwoorden.xlsx"
    downloading.value.save_as(file)
    page.get_by_label("Bestand").set_input_files(file)
    page.get_by_role("button", name="Bekijk de verschillen").click()
    expect(page.get_by_text("hetzelfde als wat er al is")).to_be_visible()
    page.get_by_role("link", name="Kies een ander bestand").click()
    large = tmp_path / "groot.xlsx"
    large.write_bytes(b"x" * 100 * 2**20)
    page.get_by_label("Bestand").set_input_files(large)
    page.get_by_role("button", name="Bekijk de verschillen").click()
    expect(page.get_by_role("heading", name="Dit bestand is te groot")).to_be_visible()
