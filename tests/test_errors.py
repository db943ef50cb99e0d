"""When something is not as it should be: every page of one family, with the right status.

For voters and for people with an account: where they are, what is wrong, and a way on.
"""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings as configuration
from django.template.loader import get_template
from django.test import Client
from django.urls import reverse

from stemhulp.editions import store
from tests.curation.staff import enter, national
from tests.quiz.browser import HTMX, TOWN, begin, text

pytestmark = pytest.mark.django_db
FRAME = (
    '<a class="skip" href="#page">Naar de inhoud</a>',
    '<header class="top">',
    '<main id="page" tabindex="-1">',
    '<footer class="bottom">',
    'type="image/svg+xml"',
)
Provoke = Callable[[Client], Any]


def too_much(path: str) -> Provoke:
    return lambda client: client.post(
        path, b"x", content_type="text/plain", headers={"Content-Length": "9" * 9}
    )


def without_database(client: Client) -> Any:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(store, "health", lambda: {"stale_since": "nu"})
        return client.get("/partij/")


def unreachable_edition(client: Client) -> Any:
    def fail(*args: object) -> None:
        raise store.UnreachableError

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(store, "document", fail)
        return client.get(f"{TOWN}editie/1.json")


def mistake_of_ours(path: str, where: str) -> Provoke:
    def provoke(client: Client) -> Any:
        def fail(*args: object, **kwargs: object) -> None:
            raise RuntimeError("secret detail")

        client.raise_request_exception = False
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(where, fail)
            return client.get(path)

    return provoke


def often(client: Client) -> Any:
    """With a passkey, which may be tried ten times a minute."""
    for _ in range(11):
        response = client.post(reverse("mfa_login_webauthn"))
    return response


def changed_meanwhile(client: Client) -> Any:
    enter(client, national())
    client.post("/redactie/inhoud/khaled-natuurkunde/intrekken/")
    return client.get("/redactie/inhoud/khaled-natuurkunde/bewerken/")


def opened_button(client: Client) -> Any:
    enter(client, national())
    return client.get("/redactie/inhoud/khaled-natuurkunde/goedkeuren/")


def no_answer(client: Client) -> Any:
    begin(client)
    return client.post(f"{TOWN}stelling/1/", {"mening": "9"})


def moved(client: Client) -> Any:
    begin(client)
    return client.post(f"{TOWN}stelling/1/", {"stelling": "een-andere", "mening": "1"})


VOTERS: dict[str, tuple[int, Provoke]] = {
    "an answer that is none": (400, no_answer),
    "another host": (400, lambda client: client.get("/", headers={"Host": "elders.example"})),
    "another site": (
        403,
        lambda client: client.post(f"{TOWN}begin/", headers={"Sec-Fetch-Site": "cross-site"}),
    ),
    "no such page": (404, lambda client: client.get("/nergens/heen/")),
    "no such election": (404, lambda client: client.get("/gr1999/")),
    "another method": (405, lambda client: client.delete(TOWN)),
    "a new edition": (409, moved),
    "too much": (413, too_much(f"{TOWN}weging/")),
    "our mistake": (500, mistake_of_ours("/gr2022/", "stemhulp.editions.store.guide")),
    "no edition to be had": (503, unreachable_edition),
}
PEOPLE: dict[str, tuple[int, Provoke]] = {
    "another host": (400, lambda client: client.get("/account/", headers={"Host": "x.example"})),
    "not signed in any more": (
        401,
        lambda client: client.post("/partij/gr2022/voorbeeldstad/groen-voorbeeldstad/indienen/"),
    ),
    "an expired form": (
        403,
        lambda _: Client(enforce_csrf_checks=True).post("/account/", {"email": "a@example.nl"}),
    ),
    "no such page": (404, lambda client: client.get("/redactie/nergens/heen/")),
    "a button's address": (405, opened_button),
    "changed meanwhile": (409, changed_meanwhile),
    "too large a file": (413, too_much("/partij/")),
    "too often": (429, often),
    "our mistake": (500, mistake_of_ours("/account/", "parties.accounts.screens.SignInView.get")),
    "no database": (503, without_database),
}


def check(response: Any, status: int) -> str:
    page = text(response)
    assert response.status_code == status
    for part in FRAME:
        assert part in page, part
    assert page.count("<h1") == 1
    main = page[page.index("<main") : page.index("</main>")]
    assert re.search(r'<a class="primary" href="[^"]*">', main), "no way on"
    assert "secret detail" not in page
    assert "public" not in response.get("Cache-Control", "")
    return page


@pytest.mark.parametrize("what", VOTERS)
def test_voter_sees_what_is_wrong_and_a_way_on(client: Client, what: str) -> None:
    status, provoke = VOTERS[what]
    page = check(provoke(client), status)
    assert "voor partijen" not in page


@pytest.mark.parametrize("what", PEOPLE)
def test_person_with_an_account_sees_what_is_wrong_and_a_way_on(client: Client, what: str) -> None:
    status, provoke = PEOPLE[what]
    page = check(provoke(client), status)
    assert status == 500 or "css/people" in page


def test_page_about_a_method_says_which_it_takes(client: Client) -> None:
    response = opened_button(client)
    assert response["Allow"] == "POST"
    assert 'href="/redactie/">Naar de redactie</a>' in text(response)


def test_who_tries_too_often_hears_how_long_to_wait(client: Client) -> None:
    response = often(client)
    assert response["Retry-After"] == "300"
    assert "Wacht 5 minuten" in text(response)


def test_error_of_ours_needs_nothing_to_be_said() -> None:
    """No request, no database, no collected files: whatever broke may have been one of these."""
    template = get_template("500.html")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            "django.contrib.staticfiles.storage.staticfiles_storage.url", lambda name: 1 / 0
        )
        page = " ".join(template.render().split())
    assert 'href="/static/css/stemhulp.css"' in page
    for name in re.findall(r'"/static/([^"]*)"', page):
        assert (configuration.BASE_DIR / "static" / name).is_file()


def test_error_of_ours_is_in_the_language_of_the_page(client: Client) -> None:
    response = mistake_of_ours("/ar/gr2022/", "stemhulp.editions.store.guide")(client)
    assert response.status_code == 500
    assert '<html lang="ar" dir="rtl">' in text(response)
    assert 'href="/ar/"' in text(response)


def test_part_of_a_page_that_fails_becomes_a_whole_page(client: Client) -> None:
    """htmx puts it in the place of the body (`htmx-config` in base.html)."""
    begin(client)
    response = client.post(f"{TOWN}stelling/1/", {"mening": "9"}, headers=HTMX)
    check(response, 400)
