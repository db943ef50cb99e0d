"""What a voter does with a result: see why, compare, filter; with scripts, and without."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.steps import TOWN, answer, begin, begin_and_answer, fits, names_in_the_field

RESULT = f"{TOWN}uitslag/"
COLOUR = "(element) => getComputedStyle(element).color"


@pytest.fixture
def result(page: Page) -> Page:
    """A phone with a result."""
    begin(page)
    for number in range(1, 5):
        answer(page, number, "Helemaal mee eens" if number % 2 else "Mee oneens")
    page.goto(RESULT)
    return page


@pytest.fixture
def plain(browser: Browser, address: str, result: Page) -> Iterator[Page]:
    """The same result in a browser without scripts."""
    context = browser.new_context(
        base_url=address, viewport={"width": 360, "height": 740}, java_script_enabled=False
    )
    context.add_cookies(result.context.cookies())  # type: ignore[arg-type]
    page = context.new_page()
    page.set_default_timeout(10_000)
    page.goto(RESULT)
    yield page
    context.close()


def test_filters_change_the_list_and_the_address_in_place(result: Page) -> None:
    result.get_by_label("Onderwerp").select_option("opvang")
    expect(result.locator("#gevonden")).to_have_text("6 van de 24 stellingen passen bij je keuze.")
    expect(result.locator(".statements > li")).to_have_count(6)
    expect(result).to_have_url(re.compile("onderwerp=opvang"))
    result.locator(".statements summary").first.click()
    expect(result.get_by_text("VluchtelingenWerk zelf kiest")).to_be_visible()
    result.get_by_role("link", name="Toon alle stellingen").click()
    expect(result.locator(".statements > li")).to_have_count(24)
    result.go_back()
    expect(result.locator(".statements > li")).to_have_count(6)


def test_choices_stand_on_one_line_where_there_is_room(result: Page) -> None:
    result.set_viewport_size({"width": 768, "height": 740})
    top = "(each) => each.getBoundingClientRect().top"
    assert len({result.locator(name).evaluate(top) for name in ("#onderwerp", "#oneens")}) == 1


def test_back_leads_to_where_one_was_with_what_was_ticked(result: Page) -> None:
    boxes = result.get_by_label("Vergelijk")
    boxes.nth(3).check()
    boxes.nth(5).check()
    result.get_by_role("link", name="Waarom?").nth(5).click()
    expect(result.get_by_role("heading", level=1)).to_be_focused()
    result.wait_for_function("window.scrollY === 0")
    result.go_back()
    expect(result.get_by_role("link", name="Waarom?").nth(5)).to_be_focused()
    expect(result.get_by_role("link", name="Waarom?").nth(5)).to_be_in_viewport()
    expect(result.locator(".comparing :checked")).to_have_count(2)
    result.get_by_role("button", name="Vergelijk de aangekruiste partijen").click()
    expect(result.get_by_role("heading", level=1)).to_have_text("Partijen naast elkaar")
    result.go_back()
    expect(boxes.nth(3)).to_be_checked()
    expect(result.get_by_role("button", name="Vergelijk de aangekruiste")).to_be_in_viewport()
    result.wait_for_function("window.scrollY > 500")


def test_back_from_a_link_within_the_page_stays_on_it(result: Page) -> None:
    asked: list[str] = []
    result.on("request", lambda request: asked.append(request.resource_type))
    boxes = result.get_by_label("Vergelijk")
    boxes.first.check()
    result.get_by_role("link", name="Het veld").click()
    expect(result.get_by_role("heading", name="Het veld")).to_be_in_viewport()
    result.go_back()
    expect(result.get_by_role("heading", level=1)).to_be_in_viewport()
    expect(boxes.first).to_be_checked()
    assert not {"document", "xhr", "fetch"} & set(asked)  # Chromium asks for the icon
    result.get_by_role("link", name="Het veld").click()
    result.get_by_role("link", name="Waarom?").first.click()
    expect(result.get_by_role("heading", level=1)).to_contain_text("en jij")
    result.go_back()  # as far as the field, on a page that is fetched again
    expect(result.get_by_role("link", name="Waarom?").first).to_be_in_viewport()
    expect(boxes.first).to_be_checked()


def test_place_that_back_leads_to_is_not_that_of_a_fragment(result: Page) -> None:
    """A browser may go to the fragment of an address last, as WebKit does after a reload."""
    result.get_by_role("link", name="Per stelling").click()
    expect(result).to_have_url(re.compile("#stellingen$"))
    why = result.get_by_role("link", name="Waarom?").nth(1)
    why.click()
    expect(result.get_by_role("heading", level=1)).to_be_focused()
    result.go_back()
    expect(why).to_be_focused()
    expect(why).to_be_in_viewport()
    expect(result).to_have_url(re.compile("/uitslag/$"))


def test_page_whose_answers_were_erased_elsewhere_says_so_once(result: Page) -> None:
    """In another tab, or because the cookie came to its end."""
    result.context.clear_cookies()
    result.get_by_role("link", name="Waarom?").first.click()
    expect(result.get_by_role("heading", name="Je bent nog niet begonnen")).to_be_visible()
    expect(result.locator("main, header.top, footer")).to_have_count(3)
    expect(result.locator(".ranking")).to_have_count(0)
    begin(result)
    result.context.clear_cookies()
    result.get_by_role("link", name="Alle stellingen").click()  # which takes a part of what it gets
    expect(result.get_by_role("heading", name="Je bent nog niet begonnen")).to_be_visible()
    expect(result.locator("main, header.top, footer")).to_have_count(3)


def test_changed_answer_keeps_what_was_ticked(result: Page) -> None:
    result.get_by_label("Vergelijk").first.check()
    slug = result.locator(".comparing :checked").get_attribute("value")
    result.locator(".statements summary").first.click()
    result.locator(".change").get_by_role("button", name="Helemaal mee oneens").click()
    expect(result.get_by_text("Je uitslag is aangepast.")).to_be_visible()
    expect(result.locator(".comparing :checked")).to_have_attribute("value", slug or "")


def test_changed_answer_keeps_the_choice_of_statements_and_is_no_step_in_the_history(
    result: Page,
) -> None:
    steps = result.evaluate("history.length")
    result.get_by_label("Onderwerp").select_option("opvang")
    expect(result.locator(".statements > li")).to_have_count(6)
    result.locator(".statements summary").first.click()
    result.locator(".change").get_by_role("button", name="Helemaal mee oneens").click()
    expect(result.get_by_text("Je uitslag is aangepast.")).to_be_visible()
    expect(result.locator(".statements > li")).to_have_count(6)
    expect(result.locator(".statements summary").first).to_be_focused()
    expect(result).to_have_url(re.compile(r"\?onderwerp=opvang$"))
    assert result.evaluate("history.length") == steps + 1  # that of the choice
    result.reload()
    expect(result.locator(".statements > li")).to_have_count(6)


def test_links_on_the_result_are_links_in_colours_that_someone_chose(result: Page) -> None:
    """The colour of what is selected is for behind letters: as theirs it may be too pale."""
    result.emulate_media(forced_colors="active")
    links = (".bottom a", ".ranking a", ".ranking summary")
    colours = [result.locator(link).first.evaluate(COLOUR) for link in links]
    assert len(set(colours)) == 1


def test_button_to_compare_comes_along_once_a_party_is_ticked(result: Page) -> None:
    button = result.get_by_role("button", name="Vergelijk de aangekruiste partijen")
    result.get_by_label("Vergelijk").first.scroll_into_view_if_needed()
    expect(button).not_to_be_in_viewport()
    result.get_by_label("Vergelijk").first.check()
    expect(button).to_be_in_viewport()


def test_why_leads_to_the_party_and_back_with_title_and_focus(result: Page) -> None:
    name = result.locator(".ranking h3").first.inner_text()
    result.get_by_role("link", name=f"Waarom? {name}").click()
    expect(result.get_by_role("heading", level=1)).to_have_text(f"{name} en jij")
    expect(result.get_by_role("heading", level=1)).to_be_focused()
    assert result.title().startswith(f"{name} en jij")
    assert fits(result)
    result.go_back()
    expect(result.get_by_role("heading", name="Jouw uitslag in")).to_be_visible()


def test_two_ticked_parties_stand_side_by_side(result: Page) -> None:
    for place in (0, 2):
        result.locator(".ranking").get_by_role("checkbox").nth(place).check()
    result.get_by_role("button", name="Vergelijk de aangekruiste partijen").click()
    expect(result.get_by_role("heading", level=1)).to_be_focused()
    expect(result.locator(".columns > li")).to_have_count(2)
    some = result.locator(".pairs > li").count()
    result.get_by_role("link", name="Toon alle stellingen").click()
    expect(result.locator(".pairs > li")).to_have_count(24)
    assert some < 24
    assert fits(result)
    folded = result.locator(".sides details").first
    folded.locator("summary").press("Enter")
    expect(folded.locator(".motivation")).to_be_visible()
    result.get_by_role("link", name="Toon alle toelichtingen").click()
    expect(result.get_by_role("heading", name="Alle stellingen")).to_be_in_viewport()
    expect(result.locator(".sides details")).to_have_count(0)
    expect(result.locator(".pairs > li")).to_have_count(24)
    result.get_by_role("link", name="Verberg de toelichtingen").click()
    expect(result.locator(".sides details").first).to_be_visible()


def test_one_party_alone_is_asked_for_another(result: Page) -> None:
    result.locator(".ranking").get_by_role("checkbox").first.check()
    result.get_by_role("button", name="Vergelijk de aangekruiste partijen").click()
    expect(result.get_by_role("alert").first).to_contain_text("Kies nog een partij")
    result.locator(".choosing").get_by_role("checkbox", checked=False).first.check()
    result.get_by_role("button", name="Vergelijk", exact=True).click()
    expect(result.locator(".columns > li")).to_have_count(2)


def test_everything_about_a_result_works_without_scripts(plain: Page) -> None:
    plain.get_by_label("Onderwerp").select_option("werk")
    plain.get_by_role("button", name="Toon").click()
    expect(plain.locator(".statements > li")).to_have_count(6)
    plain.goto(RESULT)
    for place in (0, 1, 2):
        plain.locator(".ranking").get_by_role("checkbox").nth(place).check()
    plain.get_by_role("button", name="Vergelijk de aangekruiste partijen").click()
    expect(plain.locator(".columns > li")).to_have_count(3)
    plain.locator(".columns a").first.click()
    expect(plain.get_by_role("heading", name="Alle stellingen, naast elkaar")).to_be_visible()
    plain.get_by_role("link", name="Alleen waar we het oneens zijn").click()
    expect(plain.locator("#gevonden")).to_contain_text("bij je keuze")
    plain.goto(RESULT)
    plain.get_by_role("link", name="Bekijk de profielen").click()
    expect(plain.locator(".profiles > li")).to_have_count(9)


def test_every_column_of_the_count_is_in_view_on_a_phone(result: Page) -> None:
    result.goto(f"{TOWN}hoe-werkt-het/")
    outside = result.evaluate(
        """() => {
          const cells = [...document.querySelectorAll(".method :is(td, tbody th)")];
          return [cells.length, ...cells.filter((each) => {
            const box = each.getBoundingClientRect();
            return box.width < 20 || box.left < 0 || box.right > innerWidth;
          }).map((each) => each.textContent)];
        }"""
    )
    assert outside == [8 * 5 + 4 * 7 + 2]


@pytest.mark.parametrize("width", [320, 360, 768, 1280])
@pytest.mark.parametrize("prefix", ["", "/ar"])
def test_no_name_in_the_field_covers_another_or_leaves_the_screen(
    browser: Browser, address: str, width: int, prefix: str
) -> None:
    context = browser.new_context(base_url=address, viewport={"width": width, "height": 800})
    page = context.new_page()
    begin_and_answer(page, prefix)
    page.goto(f"{prefix}{RESULT}")
    assert names_in_the_field(page) == [8]
    context.close()
