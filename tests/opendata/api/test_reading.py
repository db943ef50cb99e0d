"""What was published, read by a program: whole, exact, and without asking the database."""

import hashlib
import json

import brotli  # type: ignore[import-untyped]
import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from parties.models import Contest
from stemhulp.editions import store
from stemhulp.editions.publishing import publish
from stemhulp.quiz.result import participation
from stemhulp.quiz.scores import whole_percent
from tests.opendata.api.programs import ELECTION, ROOT, TOWN, ask, everything, problem, read, warm

pytestmark = pytest.mark.django_db
PLACES = f"{ELECTION}/municipalities"
ADDRESSES = [
    f"{ROOT}/elections",
    ELECTION,
    f"{ELECTION}/municipalities",
    f"{ELECTION}/municipalities?q=utrecht",
    f"{ELECTION}/municipalities/utrecht",
    f"{ELECTION}/contests",
    TOWN,
    *(
        f"{TOWN}/{part}"
        for part in (
            *("parties", "parties/groen-voorbeeldstad", "themes", "statements", "positions"),
            *("statements/taalles-in-de-opvang", "glossary", "features", "editions", "editions/1"),
        )
    ),
]


@pytest.mark.parametrize("path", ADDRESSES)
def test_nothing_is_asked_of_the_database(
    path: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    warm()
    with django_assert_num_queries(0):
        assert ask(path).status_code == 200


@pytest.mark.parametrize("path", [*ADDRESSES, f"{ROOT}/openapi.json"])
def test_who_has_it_already_is_sent_nothing(path: str) -> None:
    first = ask(path)
    again = ask(path, If_None_Match=first["ETag"])
    assert (again.status_code, again.content) == (304, b"")
    assert again["ETag"] == first["ETag"]
    assert again["Cache-Control"] == first["Cache-Control"]
    assert first["Cache-Control"].startswith("public, max-age=")


def test_what_is_known_already_is_not_made_again(monkeypatch: pytest.MonkeyPatch) -> None:
    etag = ask(f"{TOWN}/positions")["ETag"]
    store.clear()
    monkeypatch.setattr("stemhulp.opendata.api.content.position", None)  # calling it would fail
    assert ask(f"{TOWN}/positions", If_None_Match=etag).status_code == 304


def test_next_edition_has_another_tag() -> None:
    paths = [TOWN, f"{TOWN}/positions", f"{TOWN}/editions", f"{ELECTION}/contests", ELECTION]
    before = {path: ask(path)["ETag"] for path in paths}
    contest = Contest.objects.get(election__slug="gr2022", municipality__slug="voorbeeldstad")
    contest.parties.update(description="Iets anders")
    publish(contest, "Iemand", timezone.now(), "Omschrijving verbeterd")
    store.catch_up()
    assert read(TOWN)["edition"]["number"] == 2
    for path, etag in before.items():
        assert ask(path, If_None_Match=etag).status_code == 200, path


def test_languages_and_pages_have_tags_of_their_own() -> None:
    paths = [
        f"{TOWN}/statements",
        f"{TOWN}/statements?language=en",
        f"{TOWN}/statements?limit=1",
        f"{TOWN}/statements?limit=1&offset=1",
        f"{TOWN}/themes",
    ]
    assert len({ask(path)["ETag"] for path in paths}) == len(paths)


def test_brotli_is_smaller_and_the_same() -> None:
    plain, small = ask(f"{TOWN}/positions"), ask(f"{TOWN}/positions", Accept_Encoding="br")
    assert small["Content-Encoding"] == "br"
    assert brotli.decompress(small.content) == plain.content
    assert len(small.content) < len(plain.content) / 3
    assert small["ETag"] != plain["ETag"]
    assert "Accept-Encoding" in small["Vary"]
    assert (
        ask(f"{TOWN}/positions", Accept_Encoding="br", If_None_Match=small["ETag"]).status_code
        == 304
    )


def test_any_site_may_read_and_nothing_else() -> None:
    response = ask(TOWN, Origin="https://krant.example")
    assert response["Access-Control-Allow-Origin"] == "*"
    assert "etag" in response["Access-Control-Expose-Headers"]
    assert "Access-Control-Allow-Credentials" not in response
    refused = ask(f"{ROOT}/nothing", Origin="https://krant.example")
    assert refused["Access-Control-Allow-Origin"] == "*"
    preflight = Client().options(
        f"{ROOT}/match",
        headers={"Origin": "https://krant.example", "Access-Control-Request-Method": "POST"},
    )
    assert preflight["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize("path", ["/", "/gr2022/utrecht/", "/account/", "/health/live"])
def test_other_sites_may_read_no_other_page(path: str) -> None:
    assert "Access-Control-Allow-Origin" not in ask(path, Origin="https://krant.example")


@pytest.mark.parametrize("path", ADDRESSES)
def test_program_gets_no_cookie(path: str) -> None:
    response = ask(path)
    assert not response.cookies
    assert "Cookie" not in response["Vary"]


def test_pages_of_a_list_are_the_whole_list_once() -> None:
    whole = everything(f"{TOWN}/positions")
    pages = [read(f"{TOWN}/positions?limit=7&offset={at}") for at in range(0, len(whole), 7)]
    assert [each for page in pages for each in page["items"]] == whole
    assert {page["count"] for page in pages} == {len(whole)}
    assert read(f"{TOWN}/positions?offset=100000") == {"count": len(whole), "items": []}


def test_link_leads_from_page_to_page() -> None:
    path, seen = f"{PLACES}?limit=100", []
    while path:
        response = ask(path)
        seen += [each["slug"] for each in json.loads(response.content)["items"]]
        following = [each for each in response.get("Link", "").split(", ") if 'rel="next"' in each]
        path = following[0].partition(">")[0].lstrip("<") if following else ""
    assert len(seen) == len(set(seen)) == read(PLACES)["count"] > 300


def test_each_place_says_whether_it_votes_and_where_else() -> None:
    weesp, purmerend, utrecht = (
        read(f"{PLACES}/{slug}") for slug in ("weesp", "purmerend", "utrecht")
    )
    assert weesp["absence"]["votes_in"]["slug"] == "amsterdam"
    assert purmerend["absence"]["votes_in"] is None
    assert purmerend["absence"]["reason"]
    assert utrecht["absence"] is None
    assert utrecht["is_published"]
    assert not purmerend["is_published"]
    assert utrecht["code"] == "GM0344"


@pytest.mark.parametrize(
    ("query", "outcome", "slugs"),
    [
        ("q=den%20haag", "found", {"s-gravenhage"}),
        ("q=sneek", "found", {"sudwest-fryslan"}),
        ("postcode=3511", "found", {"utrecht"}),
        ("postcode=3511%20AB", "found", {"utrecht"}),
        ("q=utrehct", "suggestion", {"utrecht"}),
        ("q=atlantis", "nothing", set()),
        ("q=%20", "nothing", set()),
        ("q=amsterdam&postcode=3511", "nothing", set()),
        ("q=utrecht&postcode=3511", "found", {"utrecht"}),
    ],
)
def test_searching(query: str, outcome: str, slugs: set[str]) -> None:
    found = read(f"{PLACES}?{query}")
    assert found["outcome"] == outcome
    assert {each["slug"] for each in found["items"]} >= slugs
    assert bool(found["items"]) == bool(slugs)


def test_split_postcode_gives_several_and_a_place_says_by_which_name() -> None:
    split = read(f"{PLACES}?postcode=7351")
    assert split["outcome"] == "split_postcode"
    assert split["count"] == 2
    [sneek] = read(f"{PLACES}?q=sneek")["items"]
    assert sneek["found_by"] == "Sneek"


def test_search_gives_more_than_a_page_would_show() -> None:
    found = everything(f"{PLACES}?q=b")
    assert len(found) > 8
    assert len({each["slug"] for each in found}) == len(found)


def test_contest_tells_its_edition_and_how_many_answered() -> None:
    edition = store.edition("gr2022", "voorbeeldstad")
    assert edition
    told = read(TOWN)
    assert told in everything(f"{ELECTION}/contests")
    assert told["is_example"] is True
    assert told["parties"] == len(edition.parties)
    assert told["answered"] == sum(party.answered > 0 for party in edition.parties)
    assert told["ranked"] == len(participation(edition).ranking)
    assert told["edition"]["digest"] == edition.imprint.digest if edition.imprint else ""
    assert told["page"] == "/gr2022/voorbeeldstad/"


def test_document_has_the_digest_that_is_told() -> None:
    for each in everything(f"{TOWN}/editions"):
        response = ask(each["document"])
        assert hashlib.sha256(response.content).hexdigest() == each["digest"]
        assert response["ETag"] == f'"{each["digest"]}"'
        assert "immutable" in response["Cache-Control"]
    assert response.content == ask("/gr2022/voorbeeldstad/editie/1.json").content


def test_parties_are_told_as_the_count_has_them() -> None:
    edition = store.edition("gr2022", "voorbeeldstad")
    assert edition
    known, told = participation(edition), everything(f"{TOWN}/parties")
    assert [each["slug"] for each in told] == [each.slug for each in edition.parties]
    assert {each["standing"] for each in told} == {"ranked", "few_answers", "no_answers"}
    for each in told:
        found = known.friendliness.get(each["slug"])
        assert (found is None) == (each["friendliness"] is None) == (each["themes"] == {})
        if found:
            exact = each["friendliness"]
            assert found.score is not None
            assert (exact["numerator"], exact["denominator"]) == found.score.as_integer_ratio()
            assert exact["percent"] == whole_percent(found.score)
        assert read(f"{TOWN}/parties/{each['slug']}") == each


def test_texts_come_in_the_language_that_is_asked_and_say_which() -> None:
    dutch, english = read(f"{TOWN}/statements"), read(f"{TOWN}/statements?language=en")
    assert {each["language"] for each in dutch["items"]} == {"nl"}
    assert {each["language"] for each in english["items"]} == {"en"}
    assert dutch["items"][0]["text"] != english["items"][0]["text"]
    turkish = read(f"{TOWN}/positions?language=tr")["items"]
    assert all(each["language"] in {"nl", "tr"} for each in turkish)


def test_positions_are_those_of_the_edition() -> None:
    edition = store.edition("gr2022", "voorbeeldstad")
    assert edition
    told = {(each["party"], each["statement"]): each for each in everything(f"{TOWN}/positions")}
    for party in edition.parties:
        for key, position in party.positions.items():
            each = told.pop((party.slug, key))
            assert each["stance"] == position.stance
            assert each["motivation"] == position.motivation
            assert each["basis"] == ("programme" if position.from_programme else "party")
            assert each["withheld"] == (position.withheld or None)
            assert (each["correction"] is None) == (position.correction is None)
    assert not told


def test_positions_of_one_party_or_on_one_statement() -> None:
    [one] = read(f"{TOWN}/positions?party=groen-voorbeeldstad&statement=taalles-in-de-opvang")[
        "items"
    ]
    assert (one["party"], one["statement"]) == ("groen-voorbeeldstad", "taalles-in-de-opvang")
    problem(ask(f"{TOWN}/positions?party=bestaat-niet"), 404)
    problem(ask(f"{TOWN}/positions?statement=bestaat-niet"), 404)


def test_real_municipality_tells_nothing_that_no_party_said() -> None:
    utrecht = f"{ELECTION}/contests/utrecht"
    assert read(utrecht)["answered"] == 0
    assert read(f"{utrecht}/positions") == {"count": 0, "items": []}
    assert {each["standing"] for each in everything(f"{utrecht}/parties")} == {"no_answers"}


def test_head_is_as_get_without_the_body() -> None:
    response = Client().head(TOWN)
    assert response.status_code == 200
    assert response["ETag"] == ask(TOWN)["ETag"]
    assert response.content == b""
