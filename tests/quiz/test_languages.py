"""The voter's way in five languages: addresses, what is translated and what is not, the cookie."""

import re

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from parties.models import User
from statements import translations
from statements.models import Statement, Translation
from stemhulp.editions import store
from stemhulp.quiz.addresses import in_language
from stemhulp.quiz.venues import Venue, within
from tests.editions.republish import republish
from tests.quiz.browser import TOWN, answer, begin, text

pytestmark = pytest.mark.django_db
OTHERS = [code for code, _ in settings.LANGUAGES if code != "nl"]


def translate(code: str, order: int = 1) -> Statement:
    """The statement that is asked first, in this language; published."""
    statement = Statement.objects.get(election__slug="gr2022", order=order, municipality=None)
    dutch = translations.statement_texts(statement, list(statement.backgrounds.all()))
    reader, _ = User.objects.get_or_create(email="lezer@example.nl")
    at = timezone.now()
    Translation.objects.update_or_create(
        language=code,
        subject=f"statement:{statement.pk}",
        defaults={
            "texts": {name: f"{code}: {content}" for name, content in dutch.items()},
            "source_digest": translations.digest(dutch),
            "written_at": at,
            "reviewed_at": at,
            "reviewed_by": reader,
        },
    )
    republish()
    return statement


def one_cookie(client: Client) -> None:
    """A browser tells cookies of one name apart by their paths; the test client does not."""
    for name in [each for each in client.cookies if each.startswith("antwoorden-")]:
        del client.cookies[name]


def switch(client: Client, code: str, page: str, place: str = TOWN) -> str:
    """Choose a language on a page of the contest: where that leads. The cookie goes along."""
    response = client.post(
        f"{place}taal/", {"taal": code}, headers={"Referer": f"http://testserver{place}{page}"}
    )
    assert response.status_code == 303, text(response)
    one_cookie(client)
    return str(response["Location"])


@pytest.mark.parametrize("code", OTHERS)
@pytest.mark.parametrize("page", ["", "gr2022/", "gr2022/voorbeeldstad/", "hoe-werkt-het/"])
def test_page_says_its_language_and_direction(client: Client, code: str, page: str) -> None:
    response = client.get(f"/{code}/{page}")
    assert response.status_code == 200
    direction = "rtl" if code == "ar" else "ltr"
    assert f'<html lang="{code}" dir="{direction}">' in text(response)
    assert response["Content-Language"] == code


def test_dutch_has_no_prefix_whatever_the_browser_prefers(client: Client) -> None:
    response = client.get(TOWN, headers={"Accept-Language": "ar"})
    assert '<html lang="nl" dir="ltr">' in text(response)
    assert "Accept-Language" not in response.get("Vary", "")
    assert client.get("/nl/").status_code == 404


@pytest.mark.parametrize(
    ("code", "day"),
    [("nl", "16 maart 2022"), ("en", "16 March 2022"), ("uk", "16 березня 2022")],
)
def test_date_is_written_as_the_language_does(client: Client, code: str, day: str) -> None:
    assert day in text(client.get(f"{'' if code == 'nl' else '/' + code}{TOWN}"))


def test_language_that_we_do_not_have_is_no_page(client: Client) -> None:
    assert client.get("/de/").status_code == 404
    assert client.get("/de/gr2022/utrecht/").status_code == 404


def test_people_with_an_account_stay_in_dutch(client: Client) -> None:
    assert client.get("/en/account/").status_code == 404
    assert '<details class="languages"' not in text(client.get("/account/"))


def test_pages_of_languages_are_kept_apart(client: Client) -> None:
    pages = {client.get(f"{prefix}{TOWN}").content for prefix in ["", "/en", "/ar", ""]}
    assert len(pages) == 3
    tags = {client.get(f"{prefix}/hoe-werkt-het/")["ETag"] for prefix in ["", "/en", "/ar", ""]}
    assert len(tags) == 3


def test_links_stay_in_the_language(client: Client) -> None:
    begin(client, f"/en{TOWN}")
    for page in ["", "stelling/1/", "stellingen/", "weging/", "uitslag/", "editie/"]:
        shown = text(client.get(f"/en{TOWN}{page}"))
        assert not re.findall(r'(?:href|action|hx-get|hx-post)="(/gr2022[^"]*)"', shown), page


def test_statement_is_in_the_language_as_far_as_it_was_reviewed(client: Client) -> None:
    statement = translate("ar")
    begin(client, f"/ar{TOWN}")
    shown = text(client.get(f"/ar{TOWN}stelling/1/"))
    assert f"ar: {statement.text}" in shown
    assert f"ar: {statement.argument_for}" in shown


def test_who_will_read_statements_in_dutch_is_told_before(client: Client) -> None:
    told = '<p class="message">De stellingen'
    assert text(client.get(f"/ar{TOWN}")).count('<p class="message">') == 1
    assert told not in text(client.get(TOWN))
    assert '<p class="message">' not in text(client.get(f"/en{TOWN}"))


def test_edition_in_another_language_is_held_beside_the_dutch_one() -> None:
    translate("en")
    dutch, english = (store.edition("gr2022", "voorbeeldstad", code) for code in ["nl", "en"])
    assert dutch
    assert english
    assert english.language == "en"
    assert english.statements[0].language == "en"
    assert english.statements[0].text == f"en: {dutch.statements[0].text}"
    assert dutch.statements[0].language == "nl"
    assert english is store.edition("gr2022", "voorbeeldstad", "en")
    assert english.imprint == dutch.imprint


def test_answers_go_along_to_another_language(client: Client) -> None:
    begin(client)
    answer(client, 1, -2)
    where = switch(client, "en", "stelling/1/")
    assert where == f"/en{TOWN}stelling/1/"
    shown = text(client.get(where))
    assert re.search(r'value="-2"[^>]*aria-pressed="true"', shown)


def test_cookie_is_at_one_address_at_a_time(client: Client) -> None:
    begin(client)
    response = client.post(f"{TOWN}taal/", {"taal": "en"})
    moved, left = response.cookies["antwoorden"], response.cookies["antwoorden-nl"]
    assert (moved["path"], bool(moved.value)) == (f"/en{TOWN}", True)
    assert (left.key, left["path"], left.value, left["max-age"]) == ("antwoorden", TOWN, "", 0)


def test_erasing_forgets_what_was_begun_in_other_languages_too(client: Client) -> None:
    begin(client, f"/en{TOWN}")
    response = client.post(f"/en{TOWN}wissen/")
    paths = {each["path"]: each["max-age"] for each in response.cookies.values()}
    assert paths == dict.fromkeys([TOWN, *(f"/{code}{TOWN}" for code in OTHERS)], 0)


def test_language_is_chosen_without_answers_too(client: Client) -> None:
    assert switch(client, "uk", "") == f"/uk{TOWN}"
    assert switch(client, "nl", "editie/", f"/uk{TOWN}") == f"{TOWN}editie/"


@pytest.mark.parametrize(
    "referer", ["", "https://elders.example/", f"{TOWN}bestaat/niet/", "/gr2022/utrecht/uitslag/"]
)
def test_page_that_is_none_of_ours_leads_to_the_first(client: Client, referer: str) -> None:
    response = client.post(f"{TOWN}taal/", {"taal": "tr"}, headers={"Referer": referer})
    assert response["Location"] == f"/tr{TOWN}"


def test_unknown_language_is_refused_and_nothing_is_lost(client: Client) -> None:
    begin(client)
    answer(client, 1, 2)
    response = client.post(f"{TOWN}taal/", {"taal": "xx"})
    assert response.status_code == 400
    assert "Deze taal hebben we niet" in text(response)
    assert 'aria-pressed="true"' in text(client.get(f"{TOWN}stelling/1/"))


def test_page_names_itself_in_every_language_for_search_engines(client: Client) -> None:
    shown = text(client.get(f"/ar{TOWN}"))
    for code, _ in settings.LANGUAGES:
        prefix = "" if code == "nl" else f"/{code}"
        assert f'hreflang="{code}" href="http://testserver{prefix}{TOWN}"' in shown


def test_address_in_another_language_stays_in_the_venue() -> None:
    assert in_language("/ar/gr2022/", "nl") == "/gr2022/"
    assert in_language("/", "ar") == "/ar/"
    with within(Venue.KIOSK):
        assert in_language("/kiosk/ar/gr2022/", "en") == "/kiosk/en/gr2022/"
        assert in_language("/kiosk/gr2022/", "en") == "/kiosk/en/gr2022/"


def test_untranslated_statements_still_stand_between_words_of_the_language() -> None:
    """Nothing that was made for a page in one language is kept for a page in another."""
    dutch, turkish = (store.edition("gr2022", "voorbeeldstad", code) for code in ["nl", "tr"])
    assert dutch
    assert turkish
    assert dutch.statements == turkish.statements
    assert dutch.questionnaire is not turkish.questionnaire
    utrecht = store.edition("gr2022", "utrecht", "tr")
    assert utrecht
    assert utrecht.questionnaire is turkish.questionnaire


def test_statement_that_is_still_in_dutch_says_so_whoever_came_first(client: Client) -> None:
    """Both languages ask the same Dutch statements, on pages that are rendered once for each."""
    for place, marked in [(TOWN, False), (f"/ar{TOWN}", True)]:
        begin(client, place)
        page = text(client.get(f"{place}stelling/1/"))
        claim = page[page.index('class="claim"') :]
        assert (claim[: claim.index(">")].rstrip().endswith('lang="nl" dir="ltr"')) is marked


@pytest.mark.parametrize("path", ["/ar/gr2022/s-gravenhage/", "/ar/?plaats=gravenh"])
def test_apostrophe_of_a_name_stays_with_it_from_right_to_left(client: Client, path: str) -> None:
    page = text(client.get(path))
    assert "<bdi>&#x27;s-Gravenhage</bdi>" in page
    body = page[page.index("<main") :]
    assert body.count("&#x27;s-Gravenhage") == body.count("<bdi>&#x27;s-Gravenhage</bdi>")


def test_name_is_not_set_apart_where_it_need_not_be(client: Client) -> None:
    assert "<bdi>" not in text(client.get("/gr2022/s-gravenhage/"))
