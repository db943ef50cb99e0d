"""The page that says how accessible the product is."""

import tomllib

import pytest
from django.conf import settings as configuration
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings

from stemhulp import VERSION
from tests.quiz.browser import text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rendered_anew")]
PAGE = "/toegankelijkheid/"
REPORT = "Werkt er iets niet?"


def test_page_names_the_norm_the_tests_and_what_falls_short(client: Client) -> None:
    page = text(client.get(PAGE))
    for said in ("WCAG 2.2, niveau A en AA", "axe", "400 %", "Wat nog niet goed is"):
        assert said in page


def test_every_page_leads_to_it(client: Client) -> None:
    for path in ("/", "/gr2022/utrecht/", "/account/", "/nergens/heen/"):
        assert f'href="{PAGE}">Toegankelijkheid</a>' in text(client.get(path))


def test_any_cache_may_keep_it_and_it_asks_the_database_nothing(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        response = client.get(PAGE)
    assert "public" in response["Cache-Control"]
    again = client.get(PAGE, headers={"If-None-Match": response["ETag"]})
    assert again.status_code == 304


def test_without_an_address_there_is_nowhere_to_report(client: Client) -> None:
    assert REPORT not in text(client.get(PAGE))


def test_with_an_address_it_says_where_to_report(client: Client, settings: Settings) -> None:
    settings.CONTACT_EMAIL = "toegang@example.nl"
    page = text(client.get(PAGE))
    assert REPORT in page
    assert '<a href="mailto:toegang@example.nl">toegang@example.nl</a>' in page


def test_it_says_of_which_day_and_version_it_is(client: Client) -> None:
    project = tomllib.loads((configuration.BASE_DIR / "pyproject.toml").read_text())
    assert project["project"]["version"] == VERSION
    assert f"Ze gaat over versie {VERSION} van de stemhulp." in text(client.get(PAGE))


def test_it_stands_in_every_language(client: Client) -> None:
    page = text(client.get(f"/ar{PAGE}"))
    assert '<html lang="ar" dir="rtl">' in page
    assert 'hreflang="en"' in page
