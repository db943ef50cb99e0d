"""What staff see of how the statements work."""

import re
from collections.abc import Sequence
from unittest.mock import patch

import numpy as np
import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from parties.models import Contest, Election, Party
from statements.curation.set_audit import queries
from statements.curation.set_audit.numbers import percent
from statements.matching import NO_ANSWER, Drawing, set_audit
from statements.models import Position, Research, Statement, Submission
from statements.portal.actions import current_answers, reopen, unlocked
from stemhulp.editions.compile import compile_edition
from stemhulp.quiz import result
from tests.curation.staff import colleague, enter, green, member, national, region, regional
from tests.quiz.browser import text

pytestmark = pytest.mark.django_db

FRONT = "/redactie/doorlichting/"
ALL = f"{FRONT}gr2022/"
OURS = f"{ALL}voorbeeldstad/"
VOTERS = f"{OURS}kiezers/"
UTRECHT = f"{ALL}utrecht/"
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def few_voters() -> object:
    """A count that takes a moment; the full one is in the benchmark."""
    queries._simulations.cache_clear()
    with patch.object(queries, "VOTERS", 2_000):
        yield
    queries._simulations.cache_clear()


def lists(count: int) -> list[Party]:
    """Lists in Utrecht, that answered nothing yet."""
    found = Party.objects.filter(contest__municipality__slug="utrecht").order_by("number")
    return list(found[:count])


def asked() -> list[Statement]:
    return list(Statement.objects.asked_in(Contest.objects.get(municipality__slug="utrecht")))


def answer(party: Party, stances: Sequence[int | None]) -> None:
    """As drafts, to the first statements."""
    with unlocked():
        for statement, stance in zip(asked(), stances, strict=False):
            Position.objects.create(party=party, statement=statement, stance=stance)


def hand_in(party: Party, stances: Sequence[int | None]) -> None:
    answer(party, stances)
    Submission.objects.create(
        party=party,
        name="Otto Ondertekenaar",
        at=timezone.now(),
        answers=current_answers(party),
    )


def plain(page: str) -> str:
    """Its words, without tags."""
    words = re.sub(r"<[^>]*>", " ", page).replace("&#x27;", "'")
    return re.sub(r"\s+", " ", words)


def test_front_leads_to_the_first_election(client: Client) -> None:
    enter(client, national())
    response = client.get(FRONT)
    assert (response.status_code, response["Location"]) == (302, ALL)


def test_statements_of_a_contest_are_counted(client: Client) -> None:
    for party, first, second in zip(lists(3), (2, 1, 1), (1, 0, None), strict=True):
        hand_in(party, [first, second, 2, -1])
    enter(client, national())
    page = plain(text(client.get(UTRECHT)))
    one, two = (each.text for each in asked()[:2])
    assert f"1. {one} 3 eens, 0 neutraal, 0 oneens, 0 geen antwoord 3 0 0 0 0,47" in page
    assert f"2. {two} 1 eens, 1 neutraal, 0 oneens, 1 geen antwoord 1 1 0 1 0,50" in page
    assert "Dat zijn stelling 1, 3 en 4." in page
    assert "20 stellingen bleven het vaakst zonder antwoord: elk bij 3 van de 3 partijen." in page
    assert "pas te zien bij 5 partijen" in page


def test_statement_on_which_all_agree_is_said(client: Client) -> None:
    for party, first in zip(lists(3), (2, -1, 0), strict=True):
        hand_in(party, [first, -1])
    enter(client, national())
    page = plain(text(client.get(UTRECHT)))
    assert "Eén stelling beslist niets, stelling 2: alle 3 partijen zijn het ermee oneens." in page
    assert "verdeeld zijn de partijen over stelling 1: 1 eens, 1 neutraal, 1 oneens." in page


def test_pairs_that_say_the_same_are_shown(client: Client) -> None:
    for party, stance in zip(lists(5), (2, 1, 0, -1, -2), strict=True):
        hand_in(party, [stance, -stance, 1])
    enter(client, national())
    page = plain(text(client.get(UTRECHT)))
    assert "Stelling 1 en stelling 2 zijn elkaars tegendeel: samenhang −1,00" in page
    assert "In totaal is één paar zo sterk verbonden." in page
    assert "1 paar, sterkste eerst" in page
    assert "−1,00 omgekeerd 5" in page


def test_drafts_count_for_nothing(client: Client) -> None:
    one, two, three = lists(3)
    hand_in(one, [1, 1])
    answer(two, [2, 2])
    enter(client, national())
    assert "nog maar 1 partij met genoeg antwoorden" in plain(text(client.get(UTRECHT)))
    hand_in(three, [-1, 1])
    page = plain(text(client.get(UTRECHT)))
    assert "Hoe 2 partijen antwoordden" in page


def test_list_that_is_opened_again_counts_as_it_was_handed_in() -> None:
    party = lists(1)[0]
    pia = member()
    hand_in(party, [2, 1])
    Submission.objects.filter(party=party).update(by=pia)
    reopen(party, by=pia, at=timezone.now())
    Position.objects.filter(party=party).update(stance=-2)
    contest = party.contest
    assert queries.contest_answers(contest).stances[0, :3].tolist() == [2, 1, NO_ANSWER]
    nina = national()
    before = queries.election_answers(nina, contest.election).parties
    Submission.objects.filter(party=party).update(reopened_at=None, reopened_by=None)
    assert queries.election_answers(nina, contest.election).parties == before + 1


def test_what_a_second_person_read_in_a_programme_counts() -> None:
    party, nina = lists(1)[0], national()
    Research.objects.create(
        party=party,
        statement=asked()[0],
        meaning=1,
        stance=-1,
        quotation="Zo staat het er.",
        source="Programma, blz. 3",
        entered_by=nina,
        entered_at=timezone.now(),
        checked_by=colleague(),
        checked_at=timezone.now(),
    )
    assert queries.contest_answers(party.contest).stances[0, 0] == -1
    page = queries.contests(nina, party.contest.election, municipality="utrecht")
    assert {row.contest.municipality_id: row.lists for row in page}["GM0344"] == 1


def test_withdrawn_list_is_left_out() -> None:
    party, nina = green(), national()
    Party.objects.filter(pk=party.pk).update(
        withdrawn_at=timezone.now(), withdrawn_by=nina, withdrawal="Doet niet mee.", number=None
    )
    assert str(party) not in queries.contest_answers(party.contest).names
    page = queries.contests(nina, party.contest.election, municipality="voorbeeldstad")
    assert page.object_list[0].lists == len(queries.contest_answers(party.contest).names)


@pytest.mark.parametrize("address", [UTRECHT, f"{UTRECHT}kiezers/"])
def test_contest_without_answers_says_so(client: Client, address: str) -> None:
    enter(client, national())
    response = client.get(address)
    assert response.status_code == 200
    assert "Nog geen partij diende antwoorden in." in text(response)
    assert "<table" not in text(response)


def test_voters_page_wants_two_parties_with_enough_answers(client: Client) -> None:
    one, two = lists(2)
    hand_in(one, [1] * 24)
    hand_in(two, [1] * 17)
    enter(client, national())
    page = plain(text(client.get(f"{UTRECHT}kiezers/")))
    assert "nog maar 1 partij met genoeg antwoorden" in page


def test_party_with_few_answers_is_named_and_not_played(client: Client) -> None:
    one, two, three = lists(3)
    hand_in(one, [1] * 24)
    hand_in(two, [-1] * 18)
    hand_in(three, [2] * 17)
    enter(client, national())
    page = plain(text(client.get(f"{UTRECHT}kiezers/")))
    assert f"Niet meegeteld: {three}." in page
    assert f"{one} komt" in page or f"{two} komt" in page


def test_those_who_are_ranked_are_those_of_the_voters_result() -> None:
    edition = compile_edition("gr2022", "voorbeeldstad")
    assert edition
    known = result.participation(edition)
    answers = queries.contest_answers(green().contest)
    assert answers.ranked().names == [party.name for party in known.ranking.values()]
    assert answers.unranked().names == [party.name for party in known.few_answers]
    stances = [
        [NO_ANSWER if each is None else each for each in row] for row in known.stances.values()
    ]
    assert np.array_equal(answers.ranked().stances, stances)


def test_voters_page_tells_who_comes_first_and_what_moves(client: Client) -> None:
    enter(client, national())
    page = text(client.get(VOTERS))
    words = plain(page)
    ranked = queries.contest_answers(green().contest).ranked()
    found = set_audit.simulate(ranked.stances, Drawing.UNIFORM, voters=2_000)
    best = max(zip(found.shares, ranked.names, strict=True))
    assert f"{best[1]} komt het vaakst bovenaan: bij {plain(percent(best[0]))} van" in words
    assert "Kiezers die zomaar antwoorden" in words
    assert "Kiezers die op een partij lijken" in words
    assert "in totaal het meest: laat je" in words
    assert "Alle getallen gaan over dezelfde 2.000 kiezers." in words
    assert "bij 200 keer 16 van de 24 stellingen" in words
    assert "Walgrave, Nuytemans en Pepermans (2009)" in words
    assert page.count('<svg class="range"') == 2 * len(ranked.names)
    assert 'role="img"' in page
    assert "style=" not in page
    for name in ranked.names:
        assert name in words


def test_party_that_is_never_first_alone_is_named(client: Client) -> None:
    for party, stance in zip(lists(3), (2, 2, -2), strict=True):
        hand_in(party, [stance] * 24)
    enter(client, national())
    words = plain(text(client.get(f"{UTRECHT}kiezers/")))
    one, two, three = lists(3)
    assert f"{one} komt in 2.000 gespeelde kiezers nooit alleen bovenaan" in words
    assert (
        f"Wie precies zo antwoordt als {one}, krijgt die partij niet alleen bovenaan, "
        f"maar samen met {two}." in words
    )
    assert f"antwoordt als {three}" not in words


def test_voters_come_into_the_page_by_themselves_or_by_a_link(client: Client) -> None:
    enter(client, national())
    page = text(client.get(OURS))
    assert f'href="{VOTERS}"' in page
    assert f'hx-get="{VOTERS}"' in page
    assert "Bezig met rekenen" in page
    part = text(client.get(VOTERS, headers=HTMX))
    assert part.lstrip().startswith("<h2>Welke partij komt bovenaan?")
    assert "<html" not in part


def test_same_answers_are_counted_once(client: Client) -> None:
    enter(client, national())
    client.get(VOTERS)
    client.get(VOTERS)
    assert queries._simulations.cache_info().misses == 1
    with unlocked():
        green().positions.filter(stance=2).update(stance=1)
    client.get(VOTERS)
    assert queries._simulations.cache_info().misses == 2


def test_national_statements_are_counted_over_all_lists(client: Client) -> None:
    for party in lists(2):
        hand_in(party, [2, 1, -1, -2])
    enter(client, national())
    page = plain(text(client.get(ALL)))
    handed_in = Submission.objects.current().values("party").distinct().count()
    assert f"Hoe {handed_in} partijen antwoordden op 24 stellingen" in page
    assert "De verzonnen partijen van het voorbeeld tellen hier wel mee." in page


def test_election_and_contest_give_the_same_numbers() -> None:
    contest = green().contest
    region("midden", "VB0001")
    one = queries.contest_answers(contest)
    other = queries.election_answers(regional("VB0001"), contest.election)
    assert one.parties > 2
    assert sorted(one.stances.tolist()) == sorted(other.stances.tolist())


def test_answer_to_an_earlier_meaning_is_left_out() -> None:
    election, nina = Election.objects.get(slug="gr2022"), national()
    before = set_audit.spreads(queries.election_answers(nina, election).stances)[0]
    Statement.objects.filter(pk=asked()[0].pk).update(meaning=2, meaning_since=timezone.now())
    after = set_audit.spreads(queries.election_answers(nina, election).stances)[0]
    assert before.answered > 0
    assert after.answered == 0


def test_staff_of_a_region_sees_its_own_contests_only(client: Client) -> None:
    for party in lists(2):
        hand_in(party, [2, 1])
    enter(client, regional("VB0001"))
    page = plain(text(client.get(ALL)))
    assert "Utrecht" not in page
    assert "1 tot en met 1 van 1 gemeente" in page
    assert "in jouw gemeenten" in page
    own = Submission.objects.current().filter(party__contest=green().contest).count()
    assert f"Hoe {own} partijen" in page


@pytest.mark.parametrize("address", [UTRECHT, f"{UTRECHT}kiezers/"])
def test_contest_of_another_region_is_refused(client: Client, address: str) -> None:
    enter(client, regional("VB0001"))
    assert client.get(address).status_code == 403


@pytest.mark.parametrize("address", [FRONT, ALL, OURS, VOTERS])
def test_party_and_staff_without_second_factor_are_kept_out(client: Client, address: str) -> None:
    enter(client, member())
    assert client.get(address).status_code == 403
    enter(client, national(), second_factor=False)
    assert client.get(address).status_code == 302
    assert "beveiliging" in client.get(address)["Location"]


@pytest.mark.parametrize("address", [ALL, OURS, VOTERS])
def test_nothing_can_be_sent_here(client: Client, address: str) -> None:
    enter(client, national())
    assert client.post(address).status_code == 405


@pytest.mark.parametrize("address", ["gr1850/", "gr2022/atlantis/", "gr2022/atlantis/kiezers/"])
def test_what_is_not_there_is_said(client: Client, address: str) -> None:
    enter(client, national())
    assert client.get(f"{FRONT}{address}").status_code == 404


def test_contests_with_answers_come_first() -> None:
    page = queries.contests(national(), Election.objects.get(slug="gr2022"))
    assert page.object_list[0].contest.municipality_id == "VB0001"
    names = [row.contest.municipality.slug for row in page.object_list[1:]]
    assert names == sorted(names)


@pytest.mark.parametrize(
    ("written", "shown"),
    [("utrecht", "Utrecht"), ("den haag", "'s-Gravenhage"), ("SUDWEST", "Súdwest-Fryslân")],
)
def test_contest_is_found_as_people_write_it(client: Client, written: str, shown: str) -> None:
    enter(client, national())
    assert shown in plain(text(client.get(ALL, {"gemeente": written})))


def test_municipality_that_is_not_there_is_said(client: Client) -> None:
    enter(client, national())
    page = plain(text(client.get(ALL, {"gemeente": "atlantis"})))
    assert "Hier zijn geen gemeenten bij" in page


@pytest.mark.parametrize("query", ["gemeente=%00", f"gemeente={'a' * 81}", "pagina=1234567"])
def test_search_that_makes_no_sense_is_said(client: Client, query: str) -> None:
    enter(client, national())
    response = client.get(f"{ALL}?{query}")
    assert response.status_code == 400
    assert 'class="error"' in text(response)


def test_too_long_a_search_is_not_cut_off(client: Client) -> None:
    enter(client, national())
    response = client.get(ALL, {"gemeente": "a" * 10_000})
    page = text(response)
    assert response.status_code == 400
    assert "9920 tekens te lang" in page
    assert "a" * 10_000 in page
    assert "maxlength" not in page


@pytest.mark.parametrize("number", ["0", "99", "twee"])
def test_page_that_does_not_exist_is_the_nearest_one(client: Client, number: str) -> None:
    enter(client, national())
    assert client.get(ALL, {"pagina": number}).status_code == 200


@pytest.mark.parametrize(("address", "most"), [(ALL, 10), (OURS, 11), (VOTERS, 11)])
def test_page_asks_the_database_a_fixed_number_of_times(
    client: Client, address: str, most: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    enter(client, national())
    client.get(address)  # the process knows which editions there are
    with django_assert_max_num_queries(most):
        client.get(address)
