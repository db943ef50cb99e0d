"""The country by municipality, in a browser."""

from playwright.sync_api import Page, expect


def test_table_is_sorted_in_place_and_the_address_follows(page: Page) -> None:
    page.goto("/kaart/")
    first = page.locator("#tabel tbody tr").first
    expect(first).to_be_hidden()
    page.locator("#tabel summary").first.click()
    expect(first).to_be_visible()
    page.evaluate("window.isTheSamePage = true")
    page.locator("#volgorde-naam").click()
    expect(page).to_have_url("/kaart/gr2022/?volgorde=naam")
    expect(page.locator("#volgorde-naam")).to_have_attribute("aria-current", "true")
    expect(page.locator("#volgorde-naam")).to_be_focused()
    expect(first).to_contain_text("Aa en Hunze")
    page.locator("#volgorde-naam").click()
    expect(first).to_contain_text("Zwolle")
    assert page.evaluate("window.isTheSamePage")
    page.go_back()
    expect(first).to_contain_text("Aa en Hunze")


def test_names_are_found_while_typing(page: Page) -> None:
    page.goto("/partijen/")
    page.get_by_label("Naam van een partij").press_sequentially("d66", delay=20)
    found = page.locator("#namen a")
    expect(page.locator("#namen")).not_to_contain_text("CDA")
    found.first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("D66")
