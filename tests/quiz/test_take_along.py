"""A voter's own result to take along: on paper and as an image, for this voter only."""

import html
import re
from dataclasses import fields, is_dataclass, replace
from typing import Any

import pytest
from django.test import Client
from django.utils.translation import override
from pytest_django import DjangoAssertNumQueries

from parties.models import Contest, Party
from statements.models import Position
from stemhulp.editions import store
from stemhulp.editions.edition import Contact, Edition
from stemhulp.handouts.characters import ISOLATED, isolated, plain
from stemhulp.handouts.result import ResultSheet, result_pdf
from stemhulp.quiz.answers import Answers
from stemhulp.quiz.leaflets import flyer_of
from stemhulp.quiz.result import Result, calculate, participation
from stemhulp.quiz.result_image import FIRST, LINES, result_card
from stemhulp.quiz.sheets import result_sheet
from tests.editions.republish import republish
from tests.handouts.samples import AT
from tests.handouts.test_handouts import pages, size
from tests.quiz.browser import HTMX, TOWN, answer, answer_all, begin, text

pytestmark = pytest.mark.django_db
UTRECHT = "/gr2022/utrecht/"
PDF, IMAGE, PNG = "uitslag/pdf/", "uitslag/afbeelding/", "uitslag/afbeelding.png"


@pytest.fixture
def edition() -> Edition:
    found = store.edition("gr2022", "voorbeeldstad")
    assert found is not None
    return found


def sheet_of(edition: Edition, given: Answers) -> ResultSheet:
    return result_sheet(edition, calculate(edition, given))


def agreeing(edition: Edition, stance: int | None = 1) -> Answers:
    return Answers(edition.path, {each.key: stance for each in edition.statements})


def texts(value: Any) -> list[str]:
    """Everything that a handout says."""
    if isinstance(value, str):
        return [value]
    if is_dataclass(value):
        return [text for each in fields(value) for text in texts(getattr(value, each.name))]
    return [text for each in value for text in texts(each)] if isinstance(value, list) else []


# On paper


@pytest.mark.parametrize("prefix", ["", "/en", "/ar", "/uk", "/tr", "/embed"])
def test_result_is_a_document_that_nobody_keeps(client: Client, prefix: str) -> None:
    town = prefix + TOWN
    begin(client, town)
    answer_all(client, 1, town)
    response = client.post(town + PDF)
    assert response.content.startswith(b"%PDF-1.7")
    assert pages(response.content) == 2
    assert response["Content-Type"] == "application/pdf"
    assert response["Cache-Control"] == "no-store"
    filename = 'attachment; filename="stemhulp-voorbeeldstad.pdf"'
    assert response["Content-Disposition"] == filename
    language = prefix.strip("/") if prefix not in {"", "/embed"} else "nl"
    assert f"/Lang({language})".encode() in response.content
    assert not response.cookies


def test_document_is_only_made_for_our_own_page(client: Client) -> None:
    begin(client)
    answer(client, 1, 2)
    assert client.get(TOWN + PDF)["Location"] == f"{TOWN}uitslag/"
    assert client.post(TOWN + PDF, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403


def test_document_needs_answers(client: Client) -> None:
    assert client.post(TOWN + PDF).status_code == 403
    client.cookies["antwoorden"] = "onleesbaar"
    assert client.post(TOWN + PDF).status_code == 400


def test_nothing_to_take_along_asks_the_database(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    begin(client)
    answer_all(client, 1)
    with django_assert_num_queries(0):
        client.post(TOWN + PDF)
        client.get(TOWN + IMAGE)
        client.get(TOWN + PNG)


@pytest.mark.parametrize("opinions", [[], ["geen"], [2], ["geen"] * 24])
def test_little_or_nothing_answered_is_a_document_too(client: Client, opinions: list[Any]) -> None:
    for place in (TOWN, UTRECHT):
        begin(client, place)
        for number, opinion in enumerate(opinions, 1):
            answer(client, number, opinion, place)
        assert client.post(place + PDF).content.startswith(b"%PDF")


def test_sheet_ranks_as_the_page_does(edition: Edition) -> None:
    result = calculate(edition, agreeing(edition))
    sheet = result_sheet(edition, result)
    assert sheet.ranking
    said = [plain(row.party) for row in sheet.ranking.rows]
    assert said == [row.party.name for row in result.ranked]
    assert sheet.ranking.own == float(result.voter.score or 0)
    for row, ranked in zip(sheet.ranking.rows, result.ranked, strict=True):
        assert row.match.share == float(result.score_of(ranked) or 0)
        known = participation(edition).friendliness[ranked.party.slug].score
        assert row.friendliness
        assert row.friendliness.share == float(known or 0)
        assert re.fullmatch(r"\d+\xa0%", row.match.text)
        assert row.alike == f"{ranked.match.alike} van {ranked.match.compared}"


def test_sheet_names_every_party_of_the_ballot(edition: Edition) -> None:
    for given in (agreeing(edition), Answers(edition.path)):
        said = map(plain, texts(sheet_of(edition, given)))
        assert {party.name for party in edition.parties} <= set(said)


def test_sheet_holds_every_answer_and_what_counts_double(edition: Edition) -> None:
    given = agreeing(edition).weighing(frozenset(["werk"]), frozenset(["gemengd-wonen"]))
    given = given.answering(edition.statements[0].key, None)
    sheet = sheet_of(edition, given)
    answers = [
        each for column in sheet.answers.columns for theme in column for each in theme.answers
    ]
    assert [each.text.text for each in answers] == [each.text for each in edition.statements]
    assert [each.opinion for each in answers] == ["Geen mening"] + ["Mee eens"] * 23
    assert [each.mark for each in answers] == [None] + [4] * 23
    assert sum(each.remark == "telt dubbel" for each in answers) == 7
    assert "Over 1 stelling gaf je geen mening" in sheet.answers.paragraphs[0]


def test_sheet_tells_no_opinion_from_no_answer(edition: Edition) -> None:
    first, second, *_ = edition.statements
    said = texts(sheet_of(edition, Answers(edition.path, {first.key: None, second.key: 2})))
    assert said.count("Geen mening") == 1
    assert said.count("Niet beantwoord") == 22
    assert "Dat is weinig: met meer antwoorden zegt de uitslag meer." in said


def test_sheet_names_its_edition(edition: Edition) -> None:
    assert edition.imprint
    said = plain(" ".join(texts(sheet_of(edition, agreeing(edition)))))
    assert f"Dit is editie {edition.imprint.number}" in said
    assert edition.imprint.digest[:12] in said


def test_sheet_leads_to_the_team_nearby_and_to_how_to_vote(edition: Edition) -> None:
    voting = next(each for each in edition.features if each.kind == "voting")
    told = replace(
        edition,
        contact=Contact("Midden", "midden@voorbeeld.example", ""),
        features=(replace(voting, link="https://stemmen.example/"),),
    )
    links = {each.url for each in sheet_of(told, agreeing(edition)).onward.links}
    assert {"mailto:midden@voorbeeld.example", "https://stemmen.example/"} <= links


def test_sheet_never_adds_the_two_scores_up_and_says_so(edition: Edition) -> None:
    said = " ".join(texts(sheet_of(edition, agreeing(edition))))
    assert "Die twee getallen tellen we nooit bij elkaar op." in said


def test_sheet_without_answers_of_parties_says_so() -> None:
    edition = store.edition("gr2022", "utrecht")
    assert edition
    sheet = sheet_of(edition, agreeing(edition))
    assert sheet.ranking is None
    assert sheet.profile
    assert sheet.apart
    assert "Wij hebben geen antwoorden van de partijen in Utrecht." in map(plain, sheet.lead)


def test_addresses_on_the_sheet_hold_no_answer(edition: Edition) -> None:
    said = texts(sheet_of(edition, agreeing(edition)))
    addresses = [each for each in said if each.startswith("http://testserver")]
    assert len(addresses) == 3
    assert not [each for each in addresses if "?" in each or "#" in each or "uitslag" in each]


def test_sheet_is_in_the_language_of_the_page() -> None:
    with override("ar"):
        edition = store.edition("gr2022", "voorbeeldstad", "ar")
        assert edition
        sheet = sheet_of(edition, agreeing(edition))
    assert (sheet.lang, sheet.is_rtl) == ("ar", True)
    statement = sheet.answers.columns[0][0].answers[0].text
    assert (statement.lang, statement.is_rtl) == (edition.statements[0].language, False)


@pytest.mark.parametrize("language", ["nl", "en", "ar", "uk", "tr"])
def test_names_stand_apart_from_the_direction_of_the_sentence(language: str) -> None:
    with override(language):
        edition = store.edition("gr2022", "voorbeeldstad", language)
        assert edition
        edition = replace(edition, contact=Contact("Voorbeeldland", "v@demo.example", ""))
        result = calculate(edition, agreeing(edition))
        said = [
            *texts(result_sheet(edition, result)),
            *texts(result_card(edition, result)),
            *texts(flyer_of(edition, is_current=True)),
        ]
    names = ["Voorbeeldland", "Voorbeeldstad", *(party.name for party in edition.parties)]
    for name in names:
        assert any(isolated(name) in each for each in said)
        assert not any(name in ISOLATED.sub("", each) for each in said)


@pytest.mark.parametrize("language", ["nl", "en", "ar", "uk", "tr"])
def test_fullest_result_takes_two_pages(language: str) -> None:
    with override(language):
        edition = store.edition("gr2022", "voorbeeldstad", language)
        assert edition
        all_themes = frozenset(theme.key for theme in edition.questionnaire.themes)
        given = agreeing(edition, -2).weighing(all_themes, frozenset())
        sheet = result_sheet(edition, calculate(edition, given))
    assert pages(result_pdf(sheet, AT)) == 2


def test_few_answers_are_not_drawn_beside_those_of_parties(edition: Edition) -> None:
    """As on the page: what a party answered to all, is not compared with an answer to one."""
    line = "Het streepje op de lijn"
    sheet = sheet_of(edition, Answers(edition.path, {edition.statements[0].key: 2}))
    few, many = sheet.ranking, sheet_of(edition, agreeing(edition)).ranking
    assert sheet.profile
    assert "Daarom zetten we jouw getal niet naast dat van de partijen." in sheet.profile.text
    assert few
    assert many
    assert few.own is None
    assert line not in few.notes[0]
    assert line in many.notes[0]


def test_sheet_without_an_opinion_says_what_the_page_says(edition: Edition) -> None:
    apart = sheet_of(edition, Answers(edition.path)).apart
    assert apart
    assert apart.groups[0].text == "Van deze partijen kennen we antwoorden:"


def test_ballot_as_long_as_that_of_amsterdam_fits(client: Client) -> None:
    contest = Contest.objects.get(municipality__slug="voorbeeldstad", election__slug="gr2022")
    like = Party.objects.get(contest=contest, number=1)
    for number in range(11, 27):
        name = "Z" * 80 if number == 11 else f"Partij van de Lange Namen, nummer {number}"
        party = Party.objects.create(contest=contest, number=number, name=name, slug=f"p{number}")
        Position.objects.bulk_create(
            Position(party=party, statement_id=each.statement_id, stance=each.stance)
            for each in like.positions.all()
        )
    republish()
    begin(client)
    answer_all(client, 1)
    assert pages(client.post(TOWN + PDF).content) == 2
    assert size(client.get(TOWN + PNG).content) == (1080, 1350)


# As an image


def test_voter_sees_the_image_first_and_hears_what_is_on_it(client: Client) -> None:
    begin(client)
    answer_all(client, 1)
    response = client.get(TOWN + IMAGE)
    page = text(response)
    assert response["Cache-Control"] == "no-store"
    assert f'src="{TOWN}{PNG}"' in page
    assert f'href="{TOWN}{PNG}" download="stemhulp-voorbeeldstad.png"' in page
    (said,) = re.findall(r'<img[^>]* alt="([^"]*)"', page)
    edition = store.edition("gr2022", "voorbeeldstad")
    assert edition
    for row in calculate(edition, agreeing(edition)).ranked[:5]:
        assert f"{row.rank}. {row.party.name}: " in html.unescape(said).replace("=. ", ". ")
    assert "alleen mijn eigen uitslag" in said


def test_image_comes_from_an_address_without_answers_and_for_us_only(client: Client) -> None:
    begin(client)
    answer_all(client, 1)
    response = client.get(TOWN + PNG)
    assert size(response.content) == (1080, 1350)
    assert response["Content-Type"] == "image/png"
    assert response["Cache-Control"] == "no-store"
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "ETag" not in response
    answer(client, 1, -2)
    assert client.get(TOWN + PNG).content != response.content


def test_image_holds_no_answer(edition: Edition) -> None:
    said = texts(result_card(edition, calculate(edition, agreeing(edition))))
    for statement in edition.statements:
        assert statement.text not in said
    assert not {"Mee eens", "Neutraal", "Geen mening"} & set(said)


def equals(result: Result, count: int, first: int) -> Result:
    """A result in which so many parties share a place, which so many others come before."""
    row = result.ranked[0]
    shared = [row._replace(is_shared=True, match=row.match._replace(rank=first + 1))] * count
    above = [row._replace(match=row.match._replace(rank=rank)) for rank in range(1, first + 1)]
    return replace(result, ranked=[*above, *shared])


def test_image_shows_whoever_shares_the_last_place(edition: Edition) -> None:
    result = calculate(edition, agreeing(edition))
    for first in range(FIRST):
        for count in range(1, LINES + 3):
            card = result_card(edition, equals(result, count, first))
            on_it = [len(each.party.split("·")) for each in card.parties]
            assert sum(on_it) == first + count
            is_together = first + count > LINES
            assert on_it == [1] * first + ([count] if is_together else [1] * count)
            assert len({each.place for each in card.parties[first:]}) == 1


def test_image_counts_the_parties_that_are_not_on_it(edition: Edition) -> None:
    for each in edition.statements:
        for stance in (-2, 0, 2):
            result = calculate(edition, Answers(edition.path, {each.key: stance}))
            card = result_card(edition, result)
            on_it = plain(" · ".join(row.party for row in card.parties)).replace("\xa0", " ")
            shown = on_it.split(" · ")
            assert shown == [row.party.name for row in result.ranked[: len(shown)]]
            after = result.ranked[len(shown) :]
            assert not after or after[0].rank != result.ranked[len(shown) - 1].rank
            assert f"{len(edition.parties) - len(shown)} andere" in card.more


def test_image_says_on_how_much_it_rests(edition: Edition, client: Client) -> None:
    little = "Dat is weinig: met meer antwoorden zegt de uitslag meer."
    few = Answers(edition.path, {edition.statements[0].key: 2})
    for given, count, caution in ((few, 1, little), (agreeing(edition), 24, "")):
        card = result_card(edition, calculate(edition, given))
        assert card.basis == f"Ik gaf mijn mening over {count} van de 24 stellingen."
        assert card.caution == caution
    begin(client)
    answer(client, 1, 2)
    page = html.unescape(text(client.get(TOWN + IMAGE)))
    assert "Je gaf je mening over 1 van de 24 stellingen." in page
    assert page.count(little) == 2  # before the image, and in the words for who cannot see it
    assert "Dat staat ook op de afbeelding." in page
    answer_all(client, 1)
    assert little not in text(client.get(TOWN + IMAGE))


def test_without_a_ranking_there_is_no_image(client: Client) -> None:
    begin(client)
    assert "nog geen lijst van partijen" in text(client.get(TOWN + IMAGE))
    assert client.get(TOWN + PNG).status_code == 404
    begin(client, UTRECHT)
    answer_all(client, 1, UTRECHT)
    assert "<img" not in text(client.get(UTRECHT + IMAGE))


def test_image_needs_answers(client: Client) -> None:
    assert "nog niet begonnen" in text(client.get(TOWN + IMAGE))
    assert client.get(TOWN + PNG)["Content-Type"].startswith("text/html")


# From the result


def test_result_offers_all_of_it(client: Client) -> None:
    begin(client)
    answer_all(client, 1)
    for page in (
        text(client.get(f"{TOWN}uitslag/")),
        text(client.post(f"{TOWN}weging/", headers=HTMX)),
    ):
        assert f'action="{TOWN}{PDF}"' in page
        assert f'href="{TOWN}{IMAGE}"' in page
        assert f'href="{TOWN}delen/"' in page
        assert f'data-share="http://testserver{TOWN}"' in page
        assert "needs-script" in page[page.index("data-print") - 80 : page.index("data-print")]


def test_result_without_a_ranking_offers_no_image(client: Client) -> None:
    begin(client, UTRECHT)
    answer_all(client, 1, UTRECHT)
    page = text(client.get(f"{UTRECHT}uitslag/"))
    assert f'action="{UTRECHT}{PDF}"' in page
    assert IMAGE not in page


def test_shared_screen_keeps_nothing_behind(client: Client) -> None:
    begin(client, f"/kiosk{TOWN}")
    answer_all(client, 1, f"/kiosk{TOWN}")
    assert "take-along" not in text(client.get(f"/kiosk{TOWN}uitslag/"))


def test_frame_shares_the_address_of_our_own_site(client: Client) -> None:
    begin(client, f"/embed{TOWN}")
    answer_all(client, 1, f"/embed{TOWN}")
    page = text(client.get(f"/embed{TOWN}uitslag/"))
    assert f'data-share="http://testserver{TOWN}"' in page
    assert f'action="/embed{TOWN}{PDF}"' in page
