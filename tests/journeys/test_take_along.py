"""Taking the result along and sharing the quiz, in a browser."""

import json
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, expect

from tests.journeys.steps import TOWN, answer, begin

# What a phone has and Chromium on Linux has not: sharing. It notes what it was given.
SHARING = """
    navigator.canShare = ({ files }) => files.every((file) => file.type === "image/png");
    navigator.share = async (data) => {
      const files = data.files?.map(({ name, size }) => ({ name, size }));
      document.body.dataset.shared = JSON.stringify({ ...data, files });
    };
"""


def to_result(page: Page) -> None:
    begin(page)
    answer(page, 1)
    page.goto(f"{TOWN}uitslag/")


def given_away(page: Page) -> dict[str, Any]:
    """What was handed to another app."""
    page.locator("body[data-shared]").wait_for()
    shared: dict[str, Any] = json.loads(page.locator("body").get_attribute("data-shared") or "")
    return shared


def test_result_is_saved_as_a_document_and_as_an_image(page: Page, tmp_path: Path) -> None:
    to_result(page)
    with page.expect_download() as document:
        page.get_by_role("button", name="Bewaar als pdf").click()
    assert document.value.suggested_filename == "stemhulp-voorbeeldstad.pdf"
    document.value.save_as(tmp_path / "result.pdf")
    assert (tmp_path / "result.pdf").read_bytes().startswith(b"%PDF")
    page.get_by_role("link", name="Maak een afbeelding").click()
    image = page.get_by_role("img", name="Mijn uitslag in Voorbeeldstad")
    expect(image).to_be_visible()
    assert image.evaluate("image => image.decode().then(() => image.naturalWidth)") == 1080
    with page.expect_download() as picture:
        page.get_by_role("link", name="Bewaar de afbeelding").click()
    assert picture.value.suggested_filename == "stemhulp-voorbeeldstad.png"


def test_image_is_shared_as_a_file_and_never_as_a_link(page: Page) -> None:
    page.add_init_script(SHARING)
    to_result(page)
    page.goto(f"{TOWN}uitslag/afbeelding/")
    page.get_by_role("button", name="Deel de afbeelding").click()
    shared = given_away(page)
    assert shared["files"][0]["name"] == "stemhulp-voorbeeldstad.png"
    assert shared["files"][0]["size"] > 10_000
    assert "url" not in shared


def test_image_is_not_offered_for_sharing_where_that_is_not_possible(page: Page) -> None:
    to_result(page)
    page.goto(f"{TOWN}uitslag/afbeelding/")
    expect(page.get_by_role("link", name="Bewaar de afbeelding")).to_be_visible()
    expect(page.get_by_role("button", name="Deel de afbeelding")).to_be_hidden()


def test_quiz_is_shared_from_the_result_by_its_address_alone(page: Page, address: str) -> None:
    page.add_init_script(SHARING)
    to_result(page)
    page.get_by_role("link", name="Deel de stemhulp").click()
    shared = given_away(page)
    assert shared["url"] == f"{address}{TOWN}"
    assert "Voorbeeldstad" in shared["title"]


def test_address_is_copied_where_nothing_can_be_shared(browser: Browser, address: str) -> None:
    context = browser.new_context(base_url=address, permissions=["clipboard-write"])
    page = context.new_page()
    to_result(page)
    page.get_by_role("link", name="Deel de stemhulp").click()
    expect(page.get_by_role("status").filter(has_text="gekopieerd")).to_be_visible()
    page.goto("/")
    place = page.get_by_role("searchbox")
    place.focus()
    page.keyboard.press("Control+V")  # no page may read it by itself
    expect(place).to_have_value(f"{address}{TOWN}")
    page.goto(f"{TOWN}delen/")
    page.get_by_role("button", name="Deel de link").click()
    expect(page.get_by_role("status").filter(has_text="gekopieerd")).to_be_visible()
    context.close()


def test_link_leads_to_the_page_for_sharing_where_nothing_can_be_copied(page: Page) -> None:
    page.add_init_script("navigator.clipboard.writeText = () => Promise.reject(new Error())")
    to_result(page)
    page.get_by_role("link", name="Deel de stemhulp").click()
    expect(page.get_by_role("heading", name="Help mee: deel en print")).to_be_visible()


def test_result_is_printed_without_what_is_there_to_press(page: Page) -> None:
    page.add_init_script("window.print = () => { document.body.dataset.printed = true; }")
    to_result(page)
    page.get_by_role("button", name="Print").click()
    page.locator("body[data-printed]").wait_for()
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", name="Jouw uitslag in Voorbeeldstad")).to_be_visible()
    expect(page.get_by_role("button", name="Bewaar als pdf")).to_be_hidden()
    expect(page.get_by_text("Per onderwerp").first).to_be_hidden()
    expect(page.locator(".statements summary").first).to_be_visible()


def test_everything_is_there_without_scripts(browser: Browser, address: str) -> None:
    context = browser.new_context(base_url=address, java_script_enabled=False)
    page = context.new_page()
    page.goto(TOWN)
    page.get_by_role("button", name="Begin met de stellingen").click()
    page.get_by_role("button", name="Mee eens", exact=True).click()
    page.goto(f"{TOWN}uitslag/")
    expect(page.get_by_role("button", name="Print")).to_be_hidden()
    with page.expect_download() as document:
        page.get_by_role("button", name="Bewaar als pdf").click()
    assert document.value.suggested_filename == "stemhulp-voorbeeldstad.pdf"
    page.get_by_role("link", name="Deel de stemhulp").click()
    field = page.get_by_label("Het adres van de stemhulp")
    expect(field).to_have_value(f"{address}{TOWN}")
    expect(page.get_by_role("button", name="Deel de link")).to_be_hidden()
    context.close()
