"""How often each page asks the database: when it is new to the process, and ever after."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from stemhulp.editions import store
from tests.quiz.browser import HTMX, TOWN, answer, begin

pytestmark = pytest.mark.django_db

# The editions there are (1), the elections (2), and the guide to the one of 2022 (5).
NEW_PROCESS = 8
DOCUMENT = 1
PAGES = [
    *("/", "/?plaats=bergen", "/gr2022/", "/hoe-werkt-het/"),
    *("/gr2022/purmerend/", "/gr2022/atlantis/", "/gr2022/urk/", "/gr1850/"),
    *("/gr2022/utrecht/", TOWN, f"{TOWN}gewist/", f"{TOWN}editie/", f"{TOWN}editie/1.json"),
    *(f"{TOWN}delen/", f"{TOWN}delen/voorbeeld.png", f"{TOWN}delen/flyer-a4.pdf"),
    *(
        f"{TOWN}{path}"
        for path in (
            "stelling/3/",
            "stellingen/",
            "weging/",
            "uitslag/",
            "uitslag/3/",
            "uitslag/afbeelding/",
            "uitslag/afbeelding.png",
            "uitslag/partij/groen-voorbeeldstad/",
            "uitslag/vergelijk/",
            "uitslag/vergelijk/?partij=groen-voorbeeldstad&partij=samen-voorbeeldstad",
            "uitslag/profielen/",
            "uitslag/?onderwerp=werk",
            "hoe-werkt-het/",
        )
    ),
]


@pytest.mark.parametrize("page", PAGES)
def test_new_process_asks_a_fixed_number_of_times(client: Client, page: str) -> None:
    begin(client)
    store.clear()
    with CaptureQueriesContext(connection) as asked:
        client.get(page)
    if page == "/hoe-werkt-het/":
        assert len(asked) == 0
    else:
        fetched = [query for query in asked if '"document"' in query["sql"]]
        assert len(fetched) <= DOCUMENT
        assert len(asked) == NEW_PROCESS + len(fetched)


@pytest.mark.parametrize("page", PAGES)
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
