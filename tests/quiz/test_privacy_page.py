"""The page that says what happens with data about people, and that it is true of the code."""

import pytest
from django.core import checks
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings

from stemhulp.quiz import answers
from tests.quiz.browser import text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rendered_anew")]
PAGE = "/privacy/"


def test_page_says_what_the_law_wants_said(client: Client) -> None:
    """AVG, art. 13: who, why, how long, one's rights, where to complain."""
    page = text(client.get(PAGE))
    for said in (
        *(
            "Wie is verantwoordelijk?",
            "Begin met de stellingen",
            "na 24 uur",
            "Wis mijn antwoorden",
        ),
        *("Heb je een account?", "Wat je mag vragen", "autoriteitpersoonsgegevens.nl"),
    ):
        assert said in page


def test_every_page_leads_to_it(client: Client) -> None:
    for path in ("/", "/gr2022/utrecht/", "/account/", "/nergens/heen/", "/kiosk/gr2022/utrecht/"):
        assert 'privacy/">Privacy</a>' in text(client.get(path))


def test_who_is_asked_to_agree_can_read_it_first(client: Client) -> None:
    page = text(client.get("/gr2022/utrecht/"))
    consent = page[page.index('id="prive"') : page.index("Begin met de stellingen")]
    assert f'href="{PAGE}"' in consent


def test_any_cache_may_keep_it_and_it_asks_the_database_nothing(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        response = client.get(PAGE)
    assert "public" in response["Cache-Control"]
    assert client.get(PAGE, headers={"If-None-Match": response["ETag"]}).status_code == 304


def test_it_says_who_is_responsible_and_how_to_reach_them(
    client: Client, settings: Settings
) -> None:
    settings.RESPONSIBLE = "Stichting Voorbeeld, Dorpsstraat 1, Voorbeeldstad"
    settings.CONTACT_EMAIL = "privacy@example.nl"
    page = text(client.get(PAGE))
    assert "Stichting Voorbeeld, Dorpsstraat 1, Voorbeeldstad beslist" in page
    assert '<a href="mailto:privacy@example.nl">privacy@example.nl</a>' in page


def test_what_was_not_configured_is_not_made_up(client: Client) -> None:
    page = text(client.get(PAGE))
    assert "nog geen naam en adres ingevuld" in page
    assert "mailto:" not in page


@pytest.mark.parametrize(
    ("is_counted", "said"),
    [(True, "We tellen hoe vaak"), (False, "We tellen niet hoe vaak de stemhulp is gedaan")],
)
def test_it_says_of_counting_what_is_so(
    client: Client, settings: Settings, *, is_counted: bool, said: str
) -> None:
    settings.COUNT_USE = is_counted
    assert said in text(client.get(PAGE))


def test_times_are_those_of_the_code(client: Client, settings: Settings) -> None:
    settings.ANSWERS_MAX_AGE_SECONDS = 2 * 3600
    page = text(client.get(PAGE))
    assert "na 2 uur" in page
    assert f"na {answers.LONGEST_PAUSE // 60} minuten" in page
    assert f"log je {settings.SESSION_COOKIE_AGE // 86400} dagen niet in" in page


@pytest.mark.parametrize("place", ["/ar", "/en", "/kiosk/uk", "/embed/tr"])
def test_it_stands_in_every_language_and_venue(client: Client, place: str) -> None:
    assert client.get(f"{place}{PAGE}").status_code == 200


def test_server_that_does_not_say_who_is_responsible_is_warned(settings: Settings) -> None:
    def missing() -> set[str | None]:
        found = checks.run_checks(include_deployment_checks=True)
        return {each.id for each in found if str(each.id).startswith("stemhulp.")}

    assert {"stemhulp.RESPONSIBLE", "stemhulp.CONTACT_EMAIL"} <= missing()
    settings.RESPONSIBLE, settings.CONTACT_EMAIL = "Wij, hier", "wij@example.nl"
    assert not {"stemhulp.RESPONSIBLE", "stemhulp.CONTACT_EMAIL"} & missing()
