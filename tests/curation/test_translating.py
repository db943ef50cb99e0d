"""Translating: how far each language is, and the way from one text to the next."""

import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings

from statements.models import Statement, Theme
from tests.curation.staff import enter, national
from tests.curation.translating import (
    ARABIC,
    ELECTION,
    ENGLISH,
    ROOM,
    address,
    feature,
    local_statement,
    statement,
    write,
    written,
)
from tests.quiz.browser import text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("untranslated")]


def test_front_leads_to_the_first_election(client: Client) -> None:
    enter(client, national())
    assert client.get(ROOM)["Location"] == ELECTION


def test_languages_are_those_of_the_configuration(client: Client, settings: Settings) -> None:
    settings.TRANSLATED_INTO = ["fa", "pl"]
    enter(client, national())
    page = text(client.get(ELECTION))
    assert "Perzisch" in page
    assert 'lang="fa" dir="rtl"' in page
    assert "Pools" in page
    assert "Arabisch" not in page
    assert client.get(ARABIC).status_code == 404


def test_overview_counts_every_state(client: Client) -> None:
    written(client)
    enter(client, national())
    page = text(client.get(ELECTION))
    total = int(re.findall(r"Engels.*?<td>(\d+)</td><td>1</td><td>0</td><td>0</td>", page)[0])
    assert total > 100
    assert f"<td>{total}</td><td>1</td><td>0</td><td>0</td> <td>{total + 1}</td>" in page


def test_list_counts_by_kind_and_filters_by_kind_and_state(client: Client) -> None:
    written(client)
    enter(client, national())
    page = text(client.get(ENGLISH))
    assert "?soort=statement&amp;stand=ontbreekt" in page
    assert ">23<span" in page
    drafts = text(client.get(ENGLISH, {"soort": "statement", "stand": "concept"}))
    assert statement().text in drafts
    assert "1 tot en met 1 van 1 tekst" in drafts
    assert "Hier zijn geen teksten bij" in text(
        client.get(ENGLISH, {"soort": "theme", "stand": "verouderd"})
    )


def test_list_ends_with_the_motivations_of_a_municipality(client: Client) -> None:
    enter(client, national())
    page = text(client.get(ENGLISH, {"soort": "motivation", "gemeente": "voorbeeld"}))
    assert "Groen Voorbeeldstad, Voorbeeldstad" in page
    total = int(re.findall(r"1 tot en met 50 van (\d+) teksten", page)[0])
    last = text(client.get(ENGLISH, {"soort": "motivation", "pagina": "99"}))
    assert f"tot en met {total} van {total} teksten" in last
    assert "Hier zijn geen teksten bij" in text(client.get(ENGLISH, {"gemeente": "atlantis"}))


@pytest.mark.parametrize(
    "query", ["stand=af", "soort=roman", "gemeente=%00", f"gemeente={'x' * 81}"]
)
def test_filter_that_makes_no_sense_is_said(client: Client, query: str) -> None:
    enter(client, national())
    response = client.get(f"{ENGLISH}?{query}")
    assert response.status_code == 400
    assert 'class="error"' in text(response)
    assert client.get(f"{address()}?{query}").status_code == 200


def test_statement_in_review_is_folded_apart_and_a_draft_is_not_there(client: Client) -> None:
    enter(client, national())
    local = local_statement(state="draft")
    assert local.text not in text(client.get(ENGLISH))
    assert client.get(f"{ENGLISH}statement-{local.pk}/").status_code == 404
    Statement.objects.filter(pk=local.pk).update(state="in-review")
    page = text(client.get(ENGLISH))
    assert "Stellingen die nog worden nagelezen (1)" in page
    assert "leest het Nederlands van deze stelling nog na" in text(
        client.get(f"{ENGLISH}statement-{local.pk}/")
    )


@pytest.mark.parametrize(
    "subject",
    [
        "statement-0",
        f"statement-{'9' * 30}",
        "statement-x",
        "theme-nergens",
        "motivation-0",
        "roman-1",
    ],
)
def test_text_that_is_not_there_is_not_found(client: Client, subject: str) -> None:
    enter(client, national())
    assert client.get(f"{ENGLISH}{subject}/").status_code == 404


def follow(client: Client, page: str, word: str) -> list[str]:
    """The addresses that one passes with this link, to the end."""
    passed: list[str] = []
    while len(passed) < 400:
        found = re.search(f'href="([^"]+)">{word}</a>', client.get(page).content.decode())
        if found is None:
            return passed
        page = found[1].replace("&amp;", "&")
        passed.append(page.split("?")[0].split("/")[-2])
    raise AssertionError("no end to it")


def test_previous_and_next_pass_everything_in_the_filter(client: Client) -> None:
    enter(client, national())
    themes = [f"theme-{each.key}" for each in Theme.objects.all()]
    first = f"{ENGLISH}{themes[0]}/?soort=theme"
    assert follow(client, first, "Volgende →") == themes[1:]
    last = f"{ENGLISH}{themes[-1]}/?soort=theme"
    assert follow(client, last, "← Vorige") == themes[-2::-1]


def test_next_skips_what_the_filter_leaves_out_also_after_saving(client: Client) -> None:
    enter(client, national())
    first, second = Theme.objects.all()[:2]
    query = "?soort=theme&stand=ontbreekt"
    texts = {"name": "N", "question": "Q", "summary": "S"}
    response = write(client, f"{ENGLISH}theme-{first.key}/{query}", **texts)
    assert response["Location"].endswith(query)
    page = client.get(response["Location"]).content.decode()
    assert f'{second.key}/?soort=theme&amp;stand=ontbreekt">Volgende →' in page
    page = client.get(f"{ENGLISH}theme-{second.key}/{query}").content.decode()
    assert "← Vorige" not in page


def test_motivations_follow_the_other_texts(client: Client) -> None:
    enter(client, national())
    feature()
    [after, *_] = re.findall(r"motivation-\d+", text(client.get(f"{ENGLISH}?soort=motivation")))
    page = text(client.get(f"{ENGLISH}{after}/"))
    [told] = re.findall(r'en/(feature-\d+)/">← Vorige', page)
    assert f'en/{after}/">Volgende' in text(client.get(f"{ENGLISH}{told}/"))
    assert re.search(r'en/motivation-\d+/">Volgende', page)
    only = text(client.get(f"{ENGLISH}{after}/?soort=motivation"))
    assert "← Vorige" not in only


@pytest.mark.parametrize(
    "page", [ELECTION, ENGLISH, f"{ENGLISH}?stand=ontbreekt&gemeente=voorbeeld"]
)
def test_lists_ask_the_database_a_fixed_number_of_times(
    client: Client, page: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    feature()
    enter(client, national())
    client.get(page)  # the process knows which editions there are
    with django_assert_max_num_queries(15):
        client.get(page)
