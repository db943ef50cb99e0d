"""The voter's way in five languages: addresses, what is translated and what is not, the cookie."""

import datetime
import re

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from parties.models import User
from statements import translations
from statements.models import Statement, Translation
from stemhulp.editions import store
from stemhulp.editions.edition import Election
from stemhulp.quiz.addresses import in_language
from stemhulp.quiz.templatetags.languages import election_name
from stemhulp.quiz.venues import Venue, within
from tests.editions.republish import republish
from tests.quiz.browser import HTMX, TOWN, answer, begin, text

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


def switch(client: Client, code: str, page: str, place: str = TOWN) -> str:
    """Choose a language on a page of the contest: where that leads. The cookie goes along."""
    response = client.post(
        f"{place}taal/", {"taal": code}, headers={"Referer": f"http://testserver{place}{page}"}
    )
    assert response.status_code == 303, text(response)
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
    [
        *(("nl", "16 maart 2022"), ("en", "16 March 2022"), ("uk", "16 березня 2022")),
        ("ar", "16 مارس 2022"),
    ],
)
def test_date_is_written_as_the_language_does(client: Client, code: str, day: str) -> None:
    assert day in text(client.get(f"{'' if code == 'nl' else '/' + code}{TOWN}"))


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("", "Gemeenteraadsverkiezingen 2022"),
        ("/en", "Municipal council elections 2022"),
        ("/ar", "انتخابات المجلس البلدي 2022"),
        ("/uk", "Вибори до муніципальної ради 2022"),
        ("/tr", "2022 belediye meclisi seçimleri"),
    ],
)
def test_election_has_its_name_in_the_language(client: Client, code: str, name: str) -> None:
    assert f'<p class="eyebrow">{name}</p>' in text(client.get(code + TOWN))
    assert f"· {name}</title>" in text(client.get(f"{code}/")).replace(" </title>", "</title>")


def test_election_of_an_unknown_kind_keeps_its_name() -> None:
    day = datetime.date(2027, 3, 17)
    for name in ["Waterschapsverkiezingen 2027", "Verkiezing", ""]:
        assert election_name(Election("x", name, day)) == name


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


def in_browser(client: Client) -> dict[str, str]:
    """What the browser has, by path: "answers", or the language that a signpost names."""
    named = dict(settings.LANGUAGES)
    return {
        each["path"]: each.value if each.value in named else "answers"
        for each in client.cookies.values()
    }


def signposted(code: str, place: str = TOWN) -> dict[str, str]:
    """The answers in this language, and in every other a signpost to it."""
    paths = {each: place if each == "nl" else f"/{each}{place}" for each in ["nl", *OTHERS]}
    return {path: "answers" if each == code else code for each, path in paths.items()}


def test_answers_are_in_one_language_at_a_time_and_all_others_know(client: Client) -> None:
    begin(client)
    assert in_browser(client) == signposted("nl")
    switch(client, "en", "stelling/1/")
    assert in_browser(client) == signposted("en")
    client.get(f"/tr{TOWN}stelling/1/", follow=True)
    assert in_browser(client) == signposted("tr")
    client.post(f"/uk{TOWN}begin/", follow=True)
    assert in_browser(client) == signposted("uk")


def test_who_begins_in_another_language_goes_on_with_the_answers_given_before(
    client: Client,
) -> None:
    begin(client)
    answer(client, 1, -2)
    answer(client, 2, 1)
    response = client.post(f"/ar{TOWN}begin/", follow=True)
    assert response.redirect_chain[-1][0] == f"/ar{TOWN}stelling/3/"
    for place in [f"/ar{TOWN}", TOWN]:
        for number, opinion in [(1, -2), (2, 1)]:
            shown = text(client.get(f"{place}stelling/{number}/", follow=True))
            assert re.search(rf'value="{opinion}"[^>]*aria-pressed="true"', shown)


@pytest.mark.parametrize("page", ["stelling/1/", "uitslag/", "uitslag/afbeelding.png"])
def test_page_in_the_language_before_is_still_there_with_the_answers(
    client: Client, page: str
) -> None:
    """As after the browser's Back, or in another tab."""
    begin(client)
    answer(client, 1, -2)
    before = client.get(f"{TOWN}{page}").content
    where = switch(client, "ar", page)
    assert client.get(where).status_code == 200
    response = client.get(f"{TOWN}{page}", follow=True)
    assert response.redirect_chain[-1] == (f"{TOWN}{page}", 307)
    assert response.content == before


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_answer_on_a_page_in_the_language_before_is_not_lost(
    client: Client, headers: dict[str, str]
) -> None:
    begin(client)
    answer(client, 1, 2)
    switch(client, "ar", "stelling/2/")
    answer(client, 2, -1, f"/ar{TOWN}")
    client.post(f"{TOWN}stelling/3/", {"mening": "1"}, headers=headers, follow=True)
    for number, opinion in [(1, 2), (2, -1), (3, 1)]:
        shown = text(client.get(f"{TOWN}stelling/{number}/"))
        assert re.search(rf'value="{opinion}"[^>]*aria-pressed="true"', shown)


def test_signpost_that_leads_to_no_answers_is_removed(client: Client) -> None:
    begin(client)
    [answers] = [key for key, each in client.cookies.items() if each["path"] == TOWN]
    del client.cookies[answers]
    response = client.get(f"/en{TOWN}uitslag/", follow=True)
    assert "You have not started yet" in text(response)
    assert in_browser(client) == dict.fromkeys([f"/{code}{TOWN}" for code in OTHERS[1:]], "nl")
    begin(client, f"/en{TOWN}")


def test_answers_too_old_to_read_are_said_to_be_so_in_any_language(
    client: Client, settings: Settings
) -> None:
    begin(client)
    settings.ANSWERS_MAX_AGE_SECONDS = -1
    response = client.get(f"/en{TOWN}uitslag/", follow=True)
    assert response.status_code == 400
    assert in_browser(client) == {}


def test_fetching_is_kept_by_no_cache(client: Client) -> None:
    begin(client)
    there = client.get(f"/en{TOWN}uitslag/")
    back = client.get(there["Location"])
    assert [each.status_code for each in (there, back)] == [307, 307]
    assert [each["Cache-Control"] for each in (there, back)] == ["no-store", "no-store"]
    assert (there["Location"], back["Location"]) == (
        f"{TOWN}taal/en/uitslag/",
        f"/en{TOWN}uitslag/",
    )


@pytest.mark.parametrize(
    "page", ["../../account/logout/", "/elders.example/", "bestaat/niet/", "stelling/x/"]
)
def test_fetching_leads_to_no_page_but_the_contests(client: Client, page: str) -> None:
    response = client.get(f"{TOWN}taal/en/{page}")
    assert response["Location"] == f"/en{TOWN}"
    assert client.get(f"{TOWN}taal/xx/uitslag/").status_code == 400


COMPARED = "partij=groen-voorbeeldstad&partij=samen-voorbeeldstad"


@pytest.mark.parametrize("page", [f"uitslag/vergelijk/?{COMPARED}", "uitslag/?onderwerp=werk"])
def test_what_was_chosen_on_a_page_is_kept_in_another_language(client: Client, page: str) -> None:
    begin(client)
    assert switch(client, "tr", page) == f"/tr{TOWN}{page}"
    there = client.get(f"{TOWN}{page}")["Location"]
    assert client.get(there)["Location"] == f"{TOWN}{page}"


@pytest.mark.parametrize("language", ["", "/en"])
def test_erasing_forgets_everything_in_all_languages(client: Client, language: str) -> None:
    """Also from a page in another language than the answers are in."""
    begin(client)
    response = client.post(f"{language}{TOWN}wissen/", follow=True)
    assert in_browser(client) == {}
    assert "nog niet gewist" not in text(response)
    assert "not been erased" not in text(response)


def test_answering_sets_one_cookie_and_no_signposts(client: Client) -> None:
    """They are there since the start; an answer stays small."""
    begin(client)
    response = client.post(f"{TOWN}stelling/1/", {"mening": 2})
    assert [*response.cookies] == ["antwoorden"]


def test_signposts_in_a_frame_are_kept_apart_for_that_page(client: Client) -> None:
    begin(client, f"/embed{TOWN}")
    assert in_browser(client) == {
        f"/embed{path}": value for path, value in signposted("nl").items()
    }
    for cookie in client.cookies.values():
        for attribute in ["Partitioned", "Secure", "SameSite=None", "HttpOnly"]:
            assert attribute in cookie.OutputString()
    client.post(f"/embed/ar{TOWN}begin/", follow=True)
    assert in_browser(client)[f"/embed/ar{TOWN}"] == "answers"


def test_kiosk_has_one_cookie_for_all_languages(client: Client) -> None:
    begin(client, f"/kiosk{TOWN}")
    answer(client, 1, 2, f"/kiosk{TOWN}")
    assert in_browser(client) == {"/kiosk/": "answers"}
    shown = text(client.get(f"/kiosk/ar{TOWN}stelling/1/"))
    assert re.search(r'value="2"[^>]*aria-pressed="true"', shown)


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
    begin(client)
    for place, marked in [(TOWN, False), (f"/ar{TOWN}", True)]:
        page = text(client.get(f"{place}stelling/1/", follow=True))
        claim = page[page.index('class="claim"') :]
        assert (claim[: claim.index(">")].rstrip().endswith('lang="nl" dir="ltr"')) is marked


@pytest.mark.parametrize("path", ["/ar/gr2022/s-gravenhage/", "/ar/?plaats=gravenh"])
def test_apostrophe_of_a_name_stays_with_it_from_right_to_left(client: Client, path: str) -> None:
    page = text(client.get(path))
    assert "<bdi>&#x27;s-Gravenhage</bdi>" in page
    body = page[page.index("<main") :]
    assert body.count("&#x27;s-Gravenhage") == body.count("<bdi>&#x27;s-Gravenhage</bdi>")


def test_name_is_not_set_apart_where_it_need_not_be(client: Client) -> None:
    page = text(client.get("/gr2022/s-gravenhage/"))
    assert "&#x27;s-Gravenhage" in page
    assert "<bdi>&#x27;" not in page
