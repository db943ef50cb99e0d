"""The voter's own way on what is not published yet; nothing of it reaches a voter."""

import pytest
from django.test import Client
from django.urls import get_urlconf
from pytest_django import DjangoAssertNumQueries

from statements.models import Statement
from tests.curation.staff import enter, national, regional
from tests.publication.staging import TOWN, local_statement, rename
from tests.quiz.browser import HTMX, Browser, answer_all, begin, text

pytestmark = pytest.mark.django_db
TRIAL = f"{TOWN}proef/"
VOTER = "/gr2022/voorbeeldstad/"
BANNER = "Proef: dit is nog niet gepubliceerd."
PUBLIC = ["", "editie/", "stelling/1/", "stellingen/", "weging/", "uitslag/", "hoe-werkt-het/"]


def voters_pages(voter: Client) -> list[bytes]:
    return [voter.get(f"{VOTER}{page}").content for page in PUBLIC] + [
        voter.get("/").content,
        voter.get("/hoe-werkt-het/").content,
    ]


def test_whole_way_shows_what_is_not_published(client: Client) -> None:
    enter(client, national())
    rename()
    assert "Andere naam" in text(client.get(TRIAL))
    begin(client, TRIAL)
    answer_all(client, 2, TRIAL)
    client.post(f"{TRIAL}weging/", {"thema": "werk"})
    page = text(client.get(f"{TRIAL}uitslag/"))
    assert "24 van de 24 stellingen" in page
    assert "Andere naam" in page
    assert "editie 1" not in page


@pytest.mark.parametrize(
    "page",
    [*PUBLIC, "gewist/", "uitslag/3/", "stelling/99/"],
)
def test_every_page_has_the_banner_and_leads_nowhere_else(client: Client, page: str) -> None:
    enter(client, national())
    begin(client, TRIAL)
    response = client.get(f"{TRIAL}{page}")
    assert response["Cache-Control"] == "no-store"
    assert "ETag" not in response
    shown = text(response)
    assert BANNER in shown
    for address in ('"/gr2022/', '"/"', '"/hoe-werkt-het/"', '"/#wie'):
        assert address not in shown


@pytest.mark.parametrize("page", ["begin/x", "stelling/een/", "proef/", "../publiceer/"])
def test_page_that_voters_do_not_have_is_not_in_the_trial(client: Client, page: str) -> None:
    enter(client, national())
    assert client.get(f"{TRIAL}{page}").status_code == 404


def test_pages_of_voters_stay_the_same_byte_for_byte(client: Client) -> None:
    voter = Browser(headers={"Sec-Fetch-Site": "same-origin"})
    begin(voter)
    before = voters_pages(voter)
    enter(client, national())
    rename()
    begin(client, TRIAL)
    answer_all(client, 1, TRIAL)
    for page in [*PUBLIC, "gewist/"]:
        client.get(f"{TRIAL}{page}")
        client.get(f"{TRIAL}{page}", headers=HTMX)
    client.get("/redactie/publiceren/proef/hoe-werkt-het/")
    assert voters_pages(voter) == before
    assert get_urlconf() in (None, "stemhulp.urls")


def test_pages_that_voters_are_first_to_see_after_a_preview_are_theirs(client: Client) -> None:
    enter(client, national())
    begin(client, TRIAL)
    for page in PUBLIC:
        client.get(f"{TRIAL}{page}")
    client.get("/redactie/publiceren/proef/hoe-werkt-het/")
    voter = Browser(headers={"Sec-Fetch-Site": "same-origin"})
    begin(voter)
    for shown in voters_pages(voter):
        assert b"redactie" not in shown
        assert b"Proef" not in shown


def test_answers_of_the_trial_and_of_the_voter_are_two_cookies(client: Client) -> None:
    enter(client, national())
    started = client.post(f"{TRIAL}begin/")
    assert started.cookies["antwoorden"]["path"] == TRIAL
    assert started.cookies["antwoorden"]["httponly"]
    taken = started.cookies["antwoorden"].value
    voter = Browser(headers={"Sec-Fetch-Site": "same-origin"})
    voter.cookies["antwoorden"] = taken
    assert voter.get(f"{VOTER}stelling/1/").status_code == 400
    erased = client.post(f"{TRIAL}wissen/")
    assert erased.cookies["antwoorden"]["path"] == TRIAL


def test_problem_in_the_trial_stays_in_the_trial(client: Client) -> None:
    enter(client, national())
    begin(client, TRIAL)
    for response in (
        client.post(f"{TRIAL}stelling/1/", {"mening": "9"}),
        client.put(f"{TRIAL}stelling/1/"),
        client.post(f"{TRIAL}begin/", headers={"Sec-Fetch-Site": "cross-site"}),
    ):
        assert response.status_code in {400, 403, 405}
        assert BANNER in text(response)
        assert '"/gr2022/' not in text(response)


def test_contest_that_was_never_published_can_be_tried(client: Client) -> None:
    enter(client, national())
    trial = "/redactie/publiceren/gr2022/urk/proef/"
    assert BANNER in text(client.get(trial))
    begin(client, trial)
    assert "Stelling 1 van 24" in text(client.get(f"{trial}stelling/1/"))


def test_trial_without_statements_says_so(client: Client) -> None:
    enter(client, national())
    Statement.objects.update(state="draft", approved=None, approved_at=None)
    assert "nog geen stellingen" in text(client.get(TRIAL))


def test_statement_that_nobody_approved_is_not_in_the_trial(client: Client) -> None:
    enter(client, national())
    waiting = local_statement()
    begin(client, TRIAL)
    assert waiting.text not in text(client.get(f"{TRIAL}stellingen/"))


@pytest.mark.parametrize("page", ["", "stelling/1/", "uitslag/"])
def test_trial_is_for_staff_of_this_place_only(client: Client, page: str) -> None:
    assert client.get(f"{TRIAL}{page}").status_code == 302
    assert client.post(f"{TRIAL}begin/").status_code == 401
    enter(client, regional("GM0344"))
    assert client.get(f"{TRIAL}{page}").status_code == 403


def test_regional_staff_tries_their_own_place(client: Client) -> None:
    enter(client, regional("VB0001"))
    assert BANNER in text(client.get(TRIAL))


def test_trial_asks_the_database_a_fixed_number_of_times(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    enter(client, regional("VB0001"))
    begin(client, TRIAL)
    with django_assert_max_num_queries(19):
        client.get(f"{TRIAL}uitslag/")
