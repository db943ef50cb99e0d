"""How often each page asks the database: when it is new to the process, and ever after."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings

from stemhulp.editions import store
from tests.quiz.browser import HTMX, TOWN, answer, begin

pytestmark = pytest.mark.django_db

ELECTIONS, GUIDE, EDITION = 2, 5, 7
PAGES = {
    "/": ELECTIONS + GUIDE,
    "/?plaats=bergen": ELECTIONS + GUIDE,
    "/gr2022/": ELECTIONS + GUIDE,
    "/gr2022/purmerend/": GUIDE,
    "/gr2022/atlantis/": GUIDE,
    "/gr1850/": ELECTIONS + 1,
    TOWN: GUIDE + EDITION,
    "/gr2022/utrecht/": GUIDE + EDITION,
    f"{TOWN}stelling/3/": GUIDE + EDITION,
    f"{TOWN}weging/": GUIDE + EDITION,
    f"{TOWN}uitslag/": GUIDE + EDITION,
    f"{TOWN}gewist/": GUIDE + EDITION,
}


@pytest.mark.parametrize("page", PAGES)
def test_new_page_asks_a_fixed_number_of_times(
    client: Client, page: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    begin(client)
    store.clear()
    with django_assert_num_queries(PAGES[page]):
        client.get(page)


@pytest.mark.parametrize("page", [page for page in PAGES if "gr1850" not in page])
def test_known_page_asks_the_database_nothing(
    client: Client, page: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    begin(client)
    client.get(page)
    with django_assert_num_queries(0):
        client.get(page)


def test_whole_quiz_asks_the_database_nothing(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.get(TOWN)
    with django_assert_num_queries(0):
        begin(client)
        for number in range(1, 25):
            answer(client, number, 1)
            client.post(f"{TOWN}stelling/{number}/", {"mening": "-1"}, headers=HTMX)
        client.post(f"{TOWN}weging/", {"thema": "werk"})
        client.get(f"{TOWN}uitslag/")
        client.post(f"{TOWN}wissen/")


def test_page_that_is_old_asks_again(
    client: Client, settings: Settings, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.get(TOWN)
    settings.EDITIONS_REFRESH_SECONDS = 0
    with django_assert_num_queries(GUIDE + EDITION):
        client.get(TOWN)
