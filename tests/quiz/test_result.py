"""The result page: every party, two scores that stay apart, and the voter's own answers."""

import re
from fractions import Fraction
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from parties.models import Contest, Party
from statements.matching import match
from statements.models import Position, Statement
from statements.versions import keep_loaded
from stemhulp.editions import store
from stemhulp.editions.edition import Edition
from stemhulp.quiz.answers import Answers
from stemhulp.quiz.result import RankedParty, Result, calculate, participation
from tests.editions.republish import republish
from tests.quiz.browser import HTMX, TOWN, answer, answer_all, begin, text

pytestmark = pytest.mark.django_db
UTRECHT = "/gr2022/utrecht/"


@pytest.fixture
def edition() -> Edition:
    found = store.edition("gr2022", "voorbeeldstad")
    assert found is not None
    return found


def like(edition: Edition, slug: str) -> Answers:
    """A voter who answers exactly as this party did."""
    party = next(party for party in edition.parties if party.slug == slug)
    stances = {key: position.stance for key, position in party.positions.items()}
    return Answers(edition.path, stances)


def score(result: Result, row: RankedParty) -> Fraction:
    found = result.score_of(row)
    assert isinstance(found, Fraction)
    return found


def test_voter_who_answers_like_a_party_agrees_with_it_wholly(edition: Edition) -> None:
    result = calculate(edition, like(edition, "veilig-voorbeeldstad"))
    first, *others = result.ranked
    assert first.party.slug == "veilig-voorbeeldstad"
    assert score(result, first) == 1
    assert (first.rank, first.match.alike, first.match.compared) == (1, 24, 24)
    assert all(score(result, other) < 1 for other in others)


def test_voter_has_the_friendliness_of_the_party_with_the_same_answers(edition: Edition) -> None:
    result = calculate(edition, like(edition, "groen-voorbeeldstad"))
    party = participation(edition).friendliness[result.ranked[0].party.slug]
    assert party == result.voter


def test_weights_change_the_match_and_never_the_friendliness(edition: Edition) -> None:
    plain = like(edition, "samen-voorbeeldstad")
    weighed = plain.weighing(frozenset(["opvang"]), frozenset(["plan-voor-werk"]))
    before, after = calculate(edition, plain), calculate(edition, weighed)
    scores = [
        {row.party.slug: score(result, row) for row in result.ranked} for result in (before, after)
    ]
    assert scores[0] != scores[1]
    assert before.voter == after.voter


def test_result_is_what_the_matching_core_says(edition: Edition) -> None:
    voter = like(edition, "samen-voorbeeldstad").weighing(frozenset(["werk"]), frozenset())
    result = calculate(edition, voter)
    parties = {
        party.slug: [
            position.stance if (position := party.positions.get(each.key)) else None
            for each in edition.statements
        ]
        for party in edition.parties
        if party.slug in participation(edition).ranking
    }
    expected = match(voter.stances_on(edition), parties, voter.weights_on(edition))
    assert [(row.party.slug, row.rank, score(result, row)) for row in result.ranked] == [
        (each.key, each.rank, each.score) for each in expected
    ]


def test_party_with_too_few_answers_and_one_with_none_stand_apart(edition: Edition) -> None:
    found = participation(edition)
    assert [party.slug for party in found.few_answers] == ["jong-voorbeeldstad"]
    assert [party.slug for party in found.no_answers] == ["gewoon-voorbeeldstad"]
    assert len(calculate(edition, like(edition, "groen-voorbeeldstad")).ranked) == 8


def test_party_at_exactly_three_quarters_is_ranked(edition: Edition) -> None:
    party = Party.objects.get(contest__municipality__slug="voorbeeldstad", number=9)
    answered = party.positions.values_list("statement_id", flat=True)
    missing = Statement.objects.filter(election__slug="gr2022").exclude(pk__in=answered)
    for statement in missing[:6]:
        Position.objects.create(party=party, statement=statement, stance=1)
    republish()
    now = store.edition("gr2022", "voorbeeldstad")
    assert now is not None
    assert not participation(now).few_answers


def test_equal_parties_share_a_place_in_the_order_of_the_ballot(edition: Edition) -> None:
    result = calculate(edition, Answers(edition.path, {"containerwoning": 0}))
    ranks = [row.rank for row in result.ranked]
    assert result.has_ties
    for rank in set(ranks):
        numbers = [row.party.number for row in result.ranked if row.rank == rank]
        assert numbers == sorted(numbers, key=lambda number: number or 0)


def test_page_shows_every_party_of_the_ballot(client: Client) -> None:
    begin(client)
    answer_all(client, 1)
    page = text(client.get(f"{TOWN}uitslag/"))
    edition = store.edition("gr2022", "voorbeeldstad")
    assert edition is not None
    for party in edition.parties:
        assert party.name in page


def test_opened_statement_shows_positions_and_the_recommendation(client: Client) -> None:
    begin(client)
    answer(client, 1, 2)
    part = text(client.get(f"{TOWN}uitslag/1/", headers=HTMX))
    position = Position.objects.exclude(motivation="").earliest("pk")
    assert position.motivation.split(".")[0] in part
    assert part.count("VluchtelingenWerk zelf kiest") == 1
    assert "<title>" not in part  # it would become the page's
    assert part.count('aria-pressed="true"') == 1


def test_statement_of_the_result_is_a_page_without_javascript(client: Client) -> None:
    begin(client)
    answer(client, 1, 2)
    assert f'href="{TOWN}uitslag/1/"' in text(client.get(f"{TOWN}uitslag/"))
    response = client.get(f"{TOWN}uitslag/1/")
    page = text(response)
    assert page.count("<h1") == 1
    assert "VluchtelingenWerk zelf kiest" in page
    assert f'href="{TOWN}uitslag/#stelling-1"' in page
    assert response["Cache-Control"] == "no-store"


def test_statement_of_the_result_that_does_not_exist(client: Client) -> None:
    begin(client)
    assert client.get(f"{TOWN}uitslag/25/").status_code == 404
    assert client.get(f"{TOWN}uitslag/0/").status_code == 404


def test_statement_of_the_result_needs_answers(client: Client) -> None:
    assert "nog niet begonnen" in text(client.get(f"{TOWN}uitslag/1/", headers=HTMX))


def test_whole_result_is_small_enough_for_a_phone(client: Client) -> None:
    begin(client)
    answer_all(client, 1)
    assert len(client.get(f"{TOWN}uitslag/").content) < 70_000


def test_page_names_what_was_skipped(client: Client) -> None:
    begin(client)
    answer_all(client, 1)
    answer(client, 4, "geen")
    page = text(client.get(f"{TOWN}uitslag/"))
    assert "Je gaf je mening over 23 van de 24 stellingen" in page
    assert "Over 1 stelling gaf je geen mening" in page


def test_nothing_answered_is_no_ranking(client: Client) -> None:
    begin(client)
    page = text(client.get(f"{TOWN}uitslag/"))
    assert "nog geen mening gegeven" in page
    assert 'class="ranking"' not in page
    assert "Groen Voorbeeldstad" in page


def test_only_no_opinions_is_no_ranking_either(client: Client) -> None:
    begin(client)
    answer_all(client, "geen")
    assert 'class="ranking"' not in text(client.get(f"{TOWN}uitslag/"))


def test_one_answer_is_a_result_that_says_how_thin_it_is(client: Client) -> None:
    begin(client)
    answer(client, 1, 2)
    page = text(client.get(f"{TOWN}uitslag/"))
    assert 'class="ranking"' in page
    assert "met meer antwoorden zegt de uitslag meer" in page


def test_real_municipality_shows_the_voters_own_profile_and_is_honest(client: Client) -> None:
    begin(client, UTRECHT)
    answer_all(client, 1, UTRECHT)
    page = text(client.get(f"{UTRECHT}uitslag/"))
    assert "Wij hebben geen antwoorden van de partijen" in page
    assert "Hoe vluchtelingvriendelijk antwoordde je zelf?" in page
    assert 'class="ranking"' not in page
    assert "Student &amp; Starter" in page


def test_changed_answer_changes_the_result_at_once(client: Client) -> None:
    begin(client)
    answer_all(client, 2)
    before = text(client.get(f"{TOWN}uitslag/"))
    data = {"mening": "-2", "daarna": "uitslag"}
    response = client.post(f"{TOWN}stelling/5/", data, headers=HTMX)
    after = text(response)
    assert "<html" not in after
    assert 'id="stelling-5"' in after
    assert after.count("<details open>") == 1
    assert "Je uitslag is aangepast. Bovenaan staat nu" in after
    assert scores(before) != scores(after)
    assert response["HX-Push-Url"] == f"{TOWN}uitslag/#stelling-5"


def test_changed_answer_without_htmx_leads_back_to_the_result(client: Client) -> None:
    begin(client)
    response = client.post(f"{TOWN}stelling/5/", {"mening": "-2", "daarna": "uitslag"})
    assert (response.status_code, response["Location"]) == (303, f"{TOWN}uitslag/#stelling-5")


def test_what_is_further_down_is_led_to(client: Client) -> None:
    begin(client)
    answer_all(client, 2)
    page = text(client.get(f"{TOWN}uitslag/"))
    hops = page[page.index('<nav class="hops"') : page.index('id="partijen"')]
    assert re.findall(r'href="#([\w-]+)"', hops) == ["meenemen", "veld", "stellingen", "wat-nu"]
    for place in ("meenemen", "veld", "stellingen", "wat-nu"):
        assert page.count(f'id="{place}"') == 1


def test_weights_are_kept_and_shown(client: Client) -> None:
    begin(client)
    answer_all(client, 2)
    response = client.post(f"{TOWN}weging/", {"thema": "werk", "stelling": "gemengd-wonen"})
    assert response["Location"] == f"{TOWN}uitslag/"
    assert text(client.get(f"{TOWN}uitslag/")).count("· telt dubbel") == 7
    assert "7 stellingen tellen dubbel." in text(client.get(f"{TOWN}uitslag/"))
    page = text(client.get(f"{TOWN}weging/"))
    assert page.count(" checked") == 2


def test_all_that_counts_double_is_said_to_change_nothing(client: Client) -> None:
    begin(client)
    answer_all(client, 2)
    client.post(f"{TOWN}weging/", {"thema": ["opvang", "doorstroom", "inburgering", "werk"]})
    said = "Alles telt dubbel. Dat is hetzelfde als niets dubbel."
    assert said in text(client.get(f"{TOWN}uitslag/"))
    client.post(f"{TOWN}weging/", {})
    assert "dubbel." not in text(client.get(f"{TOWN}uitslag/")).partition('id="partijen"')[0]


def test_order_by_alphabet_is_said_where_numbers_are_unknown(client: Client) -> None:
    Party.objects.filter(contest__municipality__slug="voorbeeldstad").update(number=None)
    republish()
    begin(client)
    answer(client, 1, 0)
    assert "in de volgorde van het alfabet" in text(client.get(f"{TOWN}uitslag/"))


def test_motivation_is_text_and_never_markup(client: Client) -> None:
    Position.objects.update(motivation="<script>alert(1)</script>")
    republish()
    begin(client)
    page = text(client.get(f"{TOWN}uitslag/1/"))
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_page_names_its_edition_and_leads_to_the_file(client: Client, edition: Edition) -> None:
    begin(client)
    page = text(client.get(f"{TOWN}uitslag/"))
    assert edition.imprint is not None
    assert "editie 1" in page
    assert edition.imprint.digest[:12] in page
    assert f'href="{TOWN}editie/1.json"' in page


def test_local_statement_is_asked_in_its_own_municipality_only(client: Client) -> None:
    first = Statement.objects.earliest("pk")
    contest = Contest.objects.get(municipality__slug="voorbeeldstad")
    fields = {f.attname: getattr(first, f.attname) for f in first._meta.fields if f.name != "id"}
    local = Statement.objects.create(
        **{**fields, "key": "lokaal", "order": 99, "municipality_id": contest.municipality_id}
        | {"latest": 0, "approved": None, "approved_at": None, "state": "draft"}
    )
    keep_loaded(local, timezone.now())
    republish()
    republish("utrecht")
    assert counted("voorbeeldstad") == 25
    assert counted("utrecht") == 24


def counted(slug: str) -> int:
    edition = store.edition("gr2022", slug)
    assert edition is not None
    return len(edition.statements)


def scores(page: str) -> Any:
    return [part.split("<")[0] for part in page.split("<strong>")[1:]]
