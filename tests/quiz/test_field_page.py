"""The field on the page with a voter's result."""

import re

import pytest
from django.test import Client

from parties.models import Party
from statements.models import Position
from tests.editions.republish import republish
from tests.quiz.browser import TOWN, answer, answer_all, begin, text, words

pytestmark = pytest.mark.django_db
LONG = "Partijvoorvooruitgang" * 4  # 84 characters without a space


def field(client: Client, place: str = TOWN) -> str:
    """The section with the drawing; empty when there is none."""
    page = text(client.get(f"{place}uitslag/"))
    start = page.find('<section class="field"')
    return page[start : page.index("</section>", start)] if start >= 0 else ""


def names(drawn: str) -> list[str]:
    return re.findall(r"</svg>\s*<b>\w+</b>\s*<bdi>(.*?)</bdi>", drawn)


def test_every_ranked_party_has_a_dot_a_name_and_a_row(client: Client) -> None:
    begin(client)
    answer_all(client, 1)
    drawn = field(client)
    assert drawn.count("<circle") == drawn.count("<line x1") - 2 == len(names(drawn)) == 8
    rows = re.findall(r'<th scope="row"[^>]*><bdi>(.*?)</bdi></th>\s*<td[^>]*>(.*?)</td>', drawn)
    assert sorted(name for name, _ in rows) == sorted(names(drawn))
    shares = [int(share.split("\xa0")[0]) for _, share in rows]
    assert shares == sorted(shares, reverse=True)


def test_voter_stands_in_the_field_as_a_line_and_in_words(client: Client) -> None:
    begin(client)
    answer_all(client, 1)
    drawn = field(client)
    [level] = re.findall(r'<line class="you" x1="0" x2="100%" y1="(.*?)em"', drawn)
    assert 1 < float(level) < 20
    assert "De dikke lijn is wat je zelf antwoordde." in drawn
    assert re.search(r"\d van de 8 partijen staan erboven\.", drawn)
    assert "Jouw eigen antwoorden" in drawn


def test_few_answers_are_not_drawn_beside_parties_that_answered_them_all(client: Client) -> None:
    begin(client)
    answer(client, 1, 2)
    page, drawn = text(client.get(f"{TOWN}uitslag/")), field(client)
    assert 'class="you"' not in page
    assert "erboven" not in drawn
    assert "Jouw eigen antwoorden" not in page
    assert "Je gaf weinig antwoorden. Daarom zetten we jouw getal niet naast" in page
    for number in range(2, 9):  # a third of the statements
        answer(client, number, 2)
    page = text(client.get(f"{TOWN}uitslag/"))
    assert 'class="you"' in page
    assert "Je gaf weinig antwoorden" not in page


def test_drawing_is_for_the_eye_and_the_table_for_everyone(client: Client) -> None:
    begin(client)
    answer(client, 1, 2)
    drawn = field(client)
    assert '<div class="plot" aria-hidden="true">' in drawn
    assert drawn.index("<table") > drawn.index("</svg>")


def test_no_ranking_is_no_field(client: Client) -> None:
    begin(client)
    assert field(client) == ""
    answer_all(client, "geen")
    assert field(client) == ""
    begin(client, "/gr2022/utrecht/")
    answer_all(client, 1, "/gr2022/utrecht/")
    assert field(client, "/gr2022/utrecht/") == ""


def test_party_that_cannot_be_compared_is_not_in_the_drawing(client: Client) -> None:
    Position.objects.filter(
        party__slug="groen-voorbeeldstad", statement__key="containerwoning"
    ).delete()
    republish()
    begin(client)
    number = 10
    answer(client, number, 2)
    assert "Groen Voorbeeldstad" not in names(field(client))
    assert len(names(field(client))) == 7
    assert "Groen Voorbeeldstad" in words(client.get(f"{TOWN}uitslag/"))


def test_name_of_eighty_letters_is_whole_in_the_table(client: Client) -> None:
    Party.objects.filter(slug="groen-voorbeeldstad").update(name=LONG)
    republish()
    begin(client)
    answer_all(client, 1)
    drawn = field(client)
    assert LONG in names(drawn)
    assert f'<th scope="row" role="rowheader"><bdi>{LONG}</bdi></th>' in drawn


def test_each_letter_beside_a_dot_is_one_party_below(client: Client) -> None:
    """Where there is no room for names; from the party that stands furthest to the right."""
    begin(client)
    answer_all(client, 1)
    drawn = field(client)
    beside = re.findall(r"</svg>\s*<b>(\w+)</b>\s*<bdi>(.*?)</bdi>", drawn)
    below = re.findall(r"<li>\s*<b>(\w+)</b>\s*<bdi>(.*?)</bdi>", drawn)
    assert sorted(beside) == below
    assert [sign for sign, _ in below] == list("ABCDEFGH")
    rows = [drawn.index(f"<bdi>{name}</bdi></th>") for _, name in below]
    assert rows[0] == min(rows)


def test_all_parties_on_one_spot_are_all_named(client: Client) -> None:
    Position.objects.filter(party__contest__municipality__slug="voorbeeldstad").update(stance=1)
    republish()
    begin(client)
    answer_all(client, 1)
    drawn = field(client)
    assert len(set(names(drawn))) == 8
    assert len(set(re.findall(r'<circle cx="(.*?)"', drawn))) == 1
    assert len(set(re.findall(r'y2="(.*?)"', drawn.split('class="lines"')[1]))) > 4
