"""The steps of people with an account, in a browser. The demo's post stands in for their mail."""

import re

from playwright.sync_api import Browser, BrowserContext, Page, expect

POST = "/demo/post/"
LIST = "/partij/gr2022/voorbeeldstad/{slug}/"
STAFF = "regio@demo.example"
STAFF_BEGIN = ("regio@", "landelijk@", "tweede@")  # with a second factor


def newest_mail(context: BrowserContext, to: str) -> str:
    """The text of the newest mail to this address."""
    page = context.new_page()
    page.goto(POST)
    page.locator("ul.choices a", has_text=to).first.click()
    expect(page.get_by_text(f"Aan {to}")).to_be_visible()
    text = page.locator(".typed").inner_text()
    page.close()
    return text


def sign_in(page: Page, email: str, then: str = "/partij/") -> None:
    """With a code from the mail; staff with the code of their second factor as well."""
    ask_for_a_code(page, email, then)
    give_the_code(page, email)
    if email.startswith(STAFF_BEGIN):
        _second_factor(page)
    expect(page.get_by_role("link", name="Log uit")).to_be_visible()


def ask_for_a_code(page: Page, email: str, then: str = "/partij/") -> None:
    page.goto(then)
    page.get_by_label("e-mailadres").fill(email)
    page.get_by_role("button", name="Stuur mij een code").click()
    expect(page.get_by_role("heading", name="Vul je code in")).to_be_visible()


def give_the_code(page: Page, email: str) -> None:
    """That of the mail; what comes next is on the screen when this returns."""
    [code] = re.findall(r"^[A-Z0-9]{4}-[A-Z0-9]{4}$", newest_mail(page.context, email), re.M)
    page.get_by_label("Code").fill(code)
    page.get_by_role("button", name="Log in", exact=True).click()
    expect(page.get_by_role("heading", name="Vul je code in")).to_be_hidden()


def _second_factor(page: Page) -> None:
    """A code may be used once: wait for the next when another test was here just now."""
    field = page.get_by_label("Code")
    expect(field).to_be_visible()
    for _ in range(3):
        post = page.context.new_page()
        post.goto(POST)
        shown = post.locator("main .message").inner_text()
        post.close()
        code, seconds = re.findall(r"\b(\d{6})\b.*?(\d+) tellen", shown, re.S)[0]
        field.fill(code)
        page.keyboard.press("Enter")
        outcome = page.get_by_role("link", name="Log uit").or_(page.get_by_role("alert"))
        expect(outcome.first).to_be_visible()
        if not field.is_visible():
            return
        page.wait_for_timeout(1000 * int(seconds) + 500)
    raise AssertionError("no code of the second factor was taken")


def invite(browser: Browser, address: str, staff: str, email: str, slug: str) -> None:
    """Staff (a state that was stored) invite someone to a list of Voorbeeldstad."""
    context = browser.new_context(base_url=address, storage_state=staff)
    page = context.new_page()
    page.goto(f"/redactie/lijsten/gr2022/voorbeeldstad/{slug}/")
    page.get_by_label("E-mailadres").fill(email)
    page.get_by_role("button", name="Nodig uit").click()
    expect(page.locator(".invitations strong", has_text=email)).to_be_visible()
    context.close()


def accept(page: Page, email: str, slug: str, contest: str = "gr2022/voorbeeldstad") -> None:
    """Open the mail, follow its link, join; leaves the list open for changes."""
    [link] = re.findall(r"\S+/account/uitnodiging/\S+", newest_mail(page.context, email))
    page.goto(link)
    page.get_by_label("Je naam").fill(email.split("@", maxsplit=1)[0].title())
    page.get_by_role("button", name="Ja, ik doe mee").click()
    expect(page.get_by_role("heading", name="Jouw lijsten")).to_be_visible()
    page.goto(f"/partij/{contest}/{slug}/")
    again = page.get_by_role("button", name="Weer openen")
    if again.is_visible():
        again.click()
        expect(page.get_by_text("Weer open.")).to_be_visible()
