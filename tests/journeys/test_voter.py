"""From the first page to the result, the ways people really go."""

import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.journeys.keys import press_until
from tests.journeys.steps import (
    CALM,
    TOWN,
    answer,
    answer_all,
    begin,
    fits,
    to_result,
)

TOP = "(element) => element.getBoundingClientRect().top"


def test_voter_types_a_name_and_gets_a_result(page: Page) -> None:
    page.goto("/")
    page.get_by_label("Jouw gemeente of postcode").press_sequentially("voorbeeld")
    page.get_by_role("link", name="Voorbeeldstad Voorbeeldland").click()
    begin(page)
    answer_all(page)
    page.get_by_label("Dit hele onderwerp telt dubbel").first.check()
    to_result(page)
    expect(page.get_by_role("heading", name="Groen Voorbeeldstad")).to_be_visible()
    expect(page.get_by_text("Gewoon Voorbeeldstad").first).to_be_visible()
    expect(page).to_have_url(re.compile(f"{TOWN}uitslag/$"))
    assert page.title().startswith("Jouw uitslag in Voorbeeldstad")
    assert fits(page)


def test_only_one_cookie_and_nothing_else_is_kept_in_the_browser(page: Page) -> None:
    begin(page)
    answer(page, 1)
    cookies = {each["path"]: each for each in page.context.cookies()}
    assert {(each["name"], each["httpOnly"]) for each in cookies.values()} == {("antwoorden", True)}
    assert len(cookies.pop(TOWN)["value"]) > len("nl")
    assert {each["value"] for each in cookies.values()} == {"nl"}  # where to find the answers
    assert page.evaluate("[localStorage.length, document.cookie]") == [0, ""]
    # htmx remembers which page it is on, for the back button; the address holds no answer.
    assert page.evaluate("Object.entries(sessionStorage)") == [
        ["htmx-current-path-for-history", f"{TOWN}stelling/2/"]
    ]


def test_title_and_focus_follow_the_statement(page: Page) -> None:
    begin(page)
    answer(page, 1)
    expect(page).to_have_title(re.compile("^Stelling 2 van 24"))
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    page.wait_for_function("scrollY === 0")


def test_a_step_back_on_and_aside_says_where_one_is(page: Page) -> None:
    """The focus goes to the heading, which begins with the number (there is no live region)."""
    begin(page)
    answer(page, 1)
    for link, number in (("Vorige", 1), ("Volgende", 2)):
        page.get_by_role("link", name=link).click()
        expect(page.get_by_role("heading", level=1)).to_be_focused()
        expect(page.locator("h1")).to_contain_text(f"Stelling {number} van 24")
        assert page.title().startswith(f"Stelling {number} van 24")


def test_back_button_goes_one_statement_back_and_keeps_the_answer(page: Page) -> None:
    begin(page)
    answer(page, 1, "Neutraal")
    answer(page, 2)
    page.go_back()
    expect(page.get_by_text("Stelling 2 van 24")).to_be_visible()
    expect(page.get_by_role("button", name="Mee eens", exact=True)).to_have_attribute(
        "aria-pressed", "true"
    )
    page.go_back()
    expect(page.get_by_role("button", name="Neutraal")).to_have_attribute("aria-pressed", "true")


def test_reload_shows_the_same_statement(page: Page) -> None:
    begin(page)
    answer(page, 1)
    page.reload()
    expect(page.get_by_text("Stelling 2 van 24")).to_be_visible()


def test_two_tabs_add_up(page: Page) -> None:
    begin(page)
    other = page.context.new_page()
    other.goto(f"{TOWN}stelling/9/")
    answer(other, 9)
    answer(page, 1)
    page.goto(f"{TOWN}stelling/1/")
    expect(page.get_by_text("Alle stellingen (2 van 24 beantwoord)")).to_be_visible()


def test_overview_leads_to_any_statement_and_to_the_result_so_far(page: Page) -> None:
    begin(page)
    answer(page, 1, "Mee oneens")
    page.goto(f"{TOWN}stellingen/")
    expect(page.get_by_role("listitem").filter(has_text="Mee oneens")).to_have_count(1)
    page.get_by_role("link", name="Eén grote opvanglocatie").click()
    expect(page.get_by_text("Stelling 4 van 24")).to_be_visible()
    page.go_back()
    page.get_by_role("link", name="Naar de uitslag tot nu toe").click()
    expect(page.get_by_text("over 1 van de 24 stellingen")).to_be_visible()


def test_list_of_statements_lies_on_the_page_and_jumps_to_any(page: Page) -> None:
    begin(page)
    answer(page, 1, "Mee oneens")
    page.get_by_role("link", name="Alle stellingen").click()
    sheet = page.get_by_role("dialog", name="Alle stellingen")
    expect(sheet.get_by_text("Je hebt 1 van de 24 stellingen beantwoord")).to_be_visible()
    expect(sheet.locator("[aria-current]")).to_be_focused()
    expect(sheet.get_by_role("listitem").filter(has_text="Mee oneens")).to_have_count(1)
    expect(sheet.locator("[aria-current]")).to_have_attribute("href", f"{TOWN}stelling/2/")
    assert page.title().startswith("Stelling 2 van 24")
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    expect(page.get_by_role("link", name="Alle stellingen")).to_be_focused()
    page.get_by_role("link", name="Alle stellingen").click()
    sheet.get_by_role("link", name="vaste afspraken").click()
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    expect(page.get_by_text("Stelling 7 van 24")).to_be_visible()
    expect(sheet).to_be_hidden()
    page.go_back()
    expect(page.get_by_text("Stelling 2 van 24")).to_be_visible()


def test_difficult_word_is_explained_where_it_stands(page: Page) -> None:
    begin(page)
    page.goto(f"{TOWN}stelling/7/")
    word = page.get_by_role("button", name="woningcorporaties")
    word.focus()
    page.keyboard.press("Enter")
    explained = page.get_by_text("Een organisatie zonder winstdoel")
    expect(explained).to_be_visible()
    expect(page.locator(".word:popover-open")).to_be_focused()  # once it says that it opened
    page.keyboard.press("Escape")
    expect(explained).to_be_hidden()
    expect(word).to_be_focused()


@pytest.mark.parametrize("width", [360, 768, 1280])
def test_answers_stay_in_their_place_from_one_statement_to_the_next(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 740})
    begin(page)
    places = set()
    for number in range(1, 25):
        page.goto(f"{TOWN}stelling/{number}/")
        box = page.locator(".answer").first.bounding_box()
        assert box
        places.add((box["x"], box["y"]))
    assert len(places) == 1


def test_nothing_moves_for_who_asks_for_no_motion(page: Page) -> None:
    moving = "document.getAnimations().length"
    page.emulate_media(reduced_motion="reduce")
    begin(page)
    page.wait_for_timeout(CALM)
    page.get_by_role("button", name="Neutraal").hover()
    assert page.evaluate(moving) == 0
    page.evaluate(
        """() => document.addEventListener('htmx:afterSwap', () =>
             requestAnimationFrame(() => window.moving = document.getAnimations().length))"""
    )
    page.get_by_role("button", name="Neutraal").click()
    expect(page.get_by_text("Stelling 2 van 24")).to_be_visible()
    page.wait_for_function("window.moving !== undefined")
    assert page.evaluate("window.moving") == 0


VOICES = """
window.said = [];
window.stopped = 0;
class Said { constructor(text) { this.text = text; } }
window.SpeechSynthesisUtterance = Said;
Object.defineProperty(window, "speechSynthesis", {
  value: {
    speaking: false,
    getVoices: () => [%s],
    speak(utterance) { window.said.push(utterance.text.trim()); this.speaking = true; },
    cancel() { window.stopped += 1; this.speaking = false; },
    addEventListener() {},
  },
});
"""


def test_statement_is_read_aloud_where_the_device_has_a_voice(page: Page) -> None:
    page.add_init_script(VOICES % '{ lang: "nl-NL", localService: true }')
    begin(page)
    page.get_by_text("Waar gaat dit over?").click()
    page.get_by_role("button", name="Lees voor").click()
    [claim, explanation] = page.evaluate("window.said")
    assert claim.startswith("De gemeente moet kleine opvanglocaties")
    assert explanation.startswith("Het COA regelt")
    expect(page.get_by_role("button", name="Stop met voorlezen")).to_be_visible()
    before = page.evaluate("window.stopped")
    answer(page, 1)
    assert page.evaluate("window.stopped") > before
    expect(page.get_by_role("button", name="Lees voor")).to_be_visible()


@pytest.mark.parametrize(
    "voice",
    ["", '{ lang: "en-GB", localService: true }', '{ lang: "nl-NL", localService: false }'],
)
def test_no_voice_of_its_own_no_button(page: Page, voice: str) -> None:
    """A voice that is not on the device would tell somebody else what is read."""
    page.add_init_script(VOICES % voice)
    begin(page)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator(".aloud")).to_be_hidden()


def test_opened_statement_shows_what_others_hold_and_works_offline_again(page: Page) -> None:
    begin(page)
    answer(page, 1)
    page.goto(f"{TOWN}uitslag/")
    page.locator("#stelling-1 summary").click()
    expect(page.locator("#stelling-1").get_by_text("VluchtelingenWerk zelf kiest")).to_be_visible()
    assert page.title().startswith("Jouw uitslag")
    page.context.set_offline(True)
    page.locator("#stelling-2 summary").click()
    expect(page.get_by_text("Er is geen verbinding")).to_be_visible()
    page.context.set_offline(False)
    page.locator("#stelling-2 summary").click()
    page.locator("#stelling-2 summary").click()  # opened again, it is fetched again
    expect(page.locator("#stelling-2").get_by_text("VluchtelingenWerk zelf kiest")).to_be_visible()
    expect(page.get_by_text("Er is geen verbinding")).to_be_hidden()


def test_answers_stay_in_their_own_municipality(page: Page) -> None:
    begin(page)
    answer(page, 1)
    begin(page, "/gr2022/utrecht/")
    expect(page.get_by_text("(0 van 24 beantwoord)")).to_be_visible()
    page.goto(f"{TOWN}stelling/1/")
    expect(page.get_by_text("(1 van 24 beantwoord)")).to_be_visible()
    paths = {each["path"] for each in page.context.cookies() if len(each["value"]) > len("nl")}
    assert paths == {TOWN, "/gr2022/utrecht/"}


def test_changed_answer_moves_the_result_under_ones_eyes(page: Page) -> None:
    begin(page)
    answer_all(page)
    to_result(page)
    before = page.locator(".ranking").inner_text()
    page.locator(".ranking summary").first.click()  # what is folded again when the result changes
    page.locator("#stelling-7 summary").click()
    page.locator("#stelling-7").get_by_role("button", name="Helemaal mee oneens").hover()
    top = page.locator("#stelling-7").evaluate(TOP)
    page.locator("#stelling-7").get_by_role("button", name="Helemaal mee oneens").click()
    expect(page.locator("#stelling-7")).to_contain_text("Jij: helemaal mee oneens")
    expect(page.locator("#stelling-7 summary")).to_be_focused()
    assert page.locator(".ranking").inner_text() != before
    assert abs(page.locator("#stelling-7").evaluate(TOP) - top) < 2


def test_erasing_leaves_nothing(page: Page) -> None:
    begin(page)
    answer(page, 1)
    page.get_by_text("Wis mijn antwoorden").click()
    page.get_by_role("button", name="Ja, wis alles").click()
    expect(page.get_by_role("heading", name="zijn gewist")).to_be_visible()
    assert page.context.cookies() == []


def test_utrecht_says_that_the_parties_have_not_answered(page: Page) -> None:
    begin(page, "/gr2022/utrecht/")
    answer_all(page)
    expect(page.get_by_text("Wij hebben geen antwoorden van de partijen")).to_be_visible()
    expect(page.get_by_role("heading", name="Hoe vluchtelingvriendelijk")).to_be_visible()


def test_weesp_postcode_leads_to_amsterdam(page: Page) -> None:
    page.goto("/")
    page.get_by_label("Jouw gemeente of postcode").fill("1381 AB")
    page.get_by_label("Jouw gemeente of postcode").press("Enter")
    expect(page.get_by_role("heading", name="Amsterdam")).to_be_visible()


def test_purmerend_hears_why_there_is_no_election(page: Page) -> None:
    page.goto("/")
    page.get_by_label("Jouw gemeente of postcode").press_sequentially("purmer")
    page.get_by_role("link", name="Purmerend").click()
    expect(page.get_by_text("24 november 2021")).to_be_visible()


def test_lost_connection_is_said_and_the_answer_can_be_given_again(page: Page) -> None:
    begin(page)
    page.context.set_offline(True)
    page.wait_for_timeout(CALM)
    page.get_by_role("button", name="Neutraal").click()
    expect(page.get_by_role("alert")).to_contain_text("geen verbinding")
    page.context.set_offline(False)
    answer(page, 1, "Neutraal")
    expect(page.get_by_role("alert")).to_be_hidden()


def test_broken_cookie_in_the_middle_is_explained_and_mended(page: Page) -> None:
    begin(page)
    answer(page, 1)
    [cookie] = [each for each in page.context.cookies() if each["path"] == TOWN]
    page.context.add_cookies([{**cookie, "value": "kapot"}])  # type: ignore[typeddict-item]
    page.wait_for_timeout(CALM)
    page.get_by_role("button", name="Neutraal").click()
    expect(page.get_by_role("heading", name="niet meer lezen")).to_be_visible()
    page.get_by_role("link", name="Lees de uitleg en begin").click()
    page.get_by_role("button", name="Begin met de stellingen").click()
    expect(page.get_by_text("Stelling 1 van 24")).to_be_visible()


@pytest.mark.parametrize("pause", [20, 700], ids=["quick", "as slow as the device allows"])
def test_double_tap_answers_one_statement(page: Page, pause: int) -> None:
    begin(page)
    page.wait_for_timeout(CALM)
    page.get_by_role("button", name="Neutraal").hover()
    for count in (1, 2):
        page.mouse.down(click_count=count)
        page.mouse.up(click_count=count)
        page.wait_for_timeout(pause)
    expect(page.get_by_text("Stelling 2 van 24")).to_be_visible()
    expect(page.get_by_text("(1 van 24 beantwoord)")).to_be_visible()


def test_tap_at_once_on_what_comes_up_answers_nothing(page: Page) -> None:
    """As two thumbs do it, or a browser that does not count: each is a first click for it."""
    begin(page)
    page.wait_for_timeout(CALM)
    page.evaluate(
        """() => {
          const tap = () => document.querySelector(".answers button").click();
          document.addEventListener("htmx:afterSettle", tap, {once: true});
          tap();
        }"""
    )
    expect(page.get_by_text("(1 van 24 beantwoord)")).to_be_visible()
    page.wait_for_timeout(2 * CALM)
    expect(page.get_by_text("Stelling 2 van 24")).to_be_visible()


def test_slow_network_takes_one_answer_and_shows_which(page: Page) -> None:
    begin(page)
    page.wait_for_timeout(500)
    held: list[Route] = []
    page.route("**/stelling/1/", lambda route: held.append(route))  # noqa: PLW0108  # wants a function
    page.get_by_role("button", name="Mee oneens", exact=True).click()
    for button in page.locator(".answer").all():
        expect(button).to_be_disabled()
    expect(page.locator(".answer.busy")).to_contain_text("Mee oneens")
    held[0].continue_()
    expect(page.get_by_text("Stelling 2 van 24")).to_be_visible()


def test_everything_works_with_the_keyboard_alone(page: Page) -> None:
    """Tab, Enter, Space and arrows: nothing is clicked, and nothing is given the focus."""
    page.goto("/gr2022/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Naar de inhoud")).to_be_focused()
    press_until(page, "Jouw gemeente of postcode")
    page.keyboard.type("voorbeeldstad")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Voorbeeldstad")).to_be_visible()
    enter_at(page, "Begin met de stellingen")
    answers = ["Helemaal mee eens", "Mee eens", "Neutraal", "Mee oneens", "Geen mening"]
    for number in range(1, 25):
        expect(page.get_by_text(f"Stelling {number} van 24")).to_be_visible()
        page.wait_for_timeout(CALM)
        press_until(page, answers[number % 5])
        page.keyboard.press("Space")
    expect(page.get_by_role("heading", name="Wat vind je extra belangrijk?")).to_be_visible()
    press_until(page, "Dit hele onderwerp telt dubbel")
    page.keyboard.press("Space")
    enter_at(page, "Naar mijn uitslag")
    expect(page.get_by_text("Je gaf je mening over 19 van de 24 stellingen")).to_be_visible()
    look_into_the_result_by_keyboard(page)
    enter_at(page, "Wis mijn antwoorden", steps=200)
    enter_at(page, "Ja, wis alles")
    expect(page.get_by_role("heading", name="zijn gewist")).to_be_visible()
    assert page.context.cookies() == []


def look_into_the_result_by_keyboard(page: Page) -> None:
    """Why, two parties side by side, and one subject alone."""
    enter_at(page, "Waarom?")
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    enter_at(page, "Naar je uitslag", steps=120)
    expect(page.get_by_role("heading", name="Jouw uitslag in")).to_be_visible()
    for _ in range(2):
        press_until(page, "Vergelijk")
        page.keyboard.press("Space")
    enter_at(page, "Vergelijk de aangekruiste partijen")
    expect(page.locator(".columns > li")).to_have_count(2)
    enter_at(page, "Naar je uitslag", steps=120)
    expect(page.get_by_role("heading", name="Jouw uitslag in")).to_be_visible()
    press_until(page, "Onderwerp", steps=120)
    page.keyboard.press("ArrowDown")
    expect(page.locator("#gevonden")).to_contain_text("6 van de 24")


def enter_at(page: Page, name: str, steps: int = 60) -> None:
    press_until(page, name, steps=steps)
    page.keyboard.press("Enter")


def test_everything_works_without_javascript(plain: Page) -> None:
    plain.goto("/")
    plain.get_by_label("Jouw gemeente of postcode").fill("Bergen")
    plain.get_by_role("button", name="Zoek").click()
    expect(plain.get_by_role("link", name="Bergen (NH.)")).to_be_visible()
    begin(plain)
    answer_all(plain)
    plain.get_by_label("Dit hele onderwerp telt dubbel").first.check()
    to_result(plain)
    plain.locator("#stelling-2 summary").click()
    plain.locator("#stelling-2").get_by_role("link", name="Verander je antwoord").click()
    expect(plain.get_by_text("VluchtelingenWerk zelf kiest")).to_be_visible()
    plain.get_by_role("button", name="Neutraal").click()
    expect(plain.locator("#stelling-2")).to_contain_text("Jij: neutraal")
    plain.goto(f"{TOWN}stelling/3/")
    plain.get_by_role("link", name="Alle stellingen (24 van 24 beantwoord)").click()
    expect(plain.get_by_role("heading", name="Alle stellingen")).to_be_visible()
    plain.get_by_text("Wis mijn antwoorden").click()
    plain.get_by_role("button", name="Ja, wis alles").click()
    expect(plain.get_by_role("heading", name="zijn gewist")).to_be_visible()
