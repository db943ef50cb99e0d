"""A voter's result for a program: the same as on the page, and forgotten at once."""

import json
import logging
import re
from dataclasses import replace
from typing import Any

import hypothesis
import pytest
from django.core.cache import cache
from django.test import Client
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from stemhulp.editions import store
from stemhulp.editions.edition import Edition
from stemhulp.quiz.answers import COOKIE, Answers, encrypt
from tests.opendata.api.programs import TOWN, problem, read, send, voter, warm
from tests.quiz.browser import text

pytestmark = pytest.mark.django_db
KEY = "taalles-in-de-opvang"


def town() -> Edition:
    found = store.edition("gr2022", "voorbeeldstad")
    assert found
    return found


def page_of(answers: Answers) -> str:
    """The result page of this voter."""
    client = Client(headers={"Sec-Fetch-Site": "same-origin"})
    client.cookies[COOKIE] = encrypt(answers.told_of(1))
    response: Any = client.get("/gr2022/voorbeeldstad/uitslag/")
    assert response.status_code == 200
    return text(response)


def shown(page: str) -> list[tuple[str, ...]]:
    """Per party in the ranking: rank, name, its two scores, and how many were alike."""
    ranking = page.partition('<ol class="ranking">')[2].partition("</ol>")[0]
    rows = ranking.split('<span class="rank">')[1:]
    return [
        (
            *re.findall(r'^<span aria-hidden="true">(.*?)</span>', row),
            *re.findall(r"<h3><bdi>(.*?)</bdi>", row),
            *re.findall(r"<strong>(\d+)\s%</strong>", row),
            *re.findall(r"over (\d+) van de (\d+) stelling", row)[0],
        )
        for row in rows
    ]


def told(result: Any) -> list[tuple[str, ...]]:
    """The same of what the API answers."""
    return [
        (
            f"{each['rank']}{'=' if each['is_shared'] else ''}",
            each["name"],
            str(each["match"]["percent"]),
            str(each["friendliness"]["percent"]),
            str(each["agreed"]),
            str(each["compared"]),
        )
        for each in result["ranking"]
    ]


def percent_of(score: Any) -> str:
    return f"{score['percent']}\xa0%" if score else "–"


def asked_of(answers: Answers) -> dict[str, Any]:
    return voter(
        dict(answers.stances),
        weights={"statements": sorted(answers.statements), "themes": sorted(answers.themes)},
    )


@st.composite
def any_answers(draw: st.DrawFn) -> Answers:
    edition = town()
    stances = st.one_of(st.none(), st.integers(-2, 2))
    keys = [each.key for each in edition.statements]
    themes = [each.key for each in edition.questionnaire.themes]
    return Answers(
        edition.path,
        draw(st.dictionaries(st.sampled_from(keys), stances)),
        draw(st.frozensets(st.sampled_from(themes))),
        draw(st.frozensets(st.sampled_from(keys), max_size=5)),
    )


@hypothesis.settings(
    max_examples=25, suppress_health_check=[hypothesis.HealthCheck.function_scoped_fixture]
)
@hypothesis.given(data=st.data())
def test_result_is_that_of_the_page(data: st.DataObject) -> None:
    check(data.draw(any_answers()))


@pytest.mark.parametrize("stance", [2, 0, -2])
@pytest.mark.parametrize("theme", [frozenset[str](), frozenset({"opvang"})])
def test_result_of_who_always_answers_the_same_is_that_of_the_page(
    stance: int, theme: frozenset[str]
) -> None:
    edition = town()
    check(Answers(edition.path, {each.key: stance for each in edition.statements}, theme))


@pytest.mark.parametrize("slug", ["groen-voorbeeldstad"])
def test_who_answers_as_a_party_is_a_whole_match(slug: str) -> None:
    edition = town()
    party = next(each for each in edition.parties if each.slug == slug)
    stances = {key: each.stance for key, each in party.positions.items()}
    check(Answers(edition.path, stances))
    first = json.loads(send(voter(stances)).content)["ranking"][0]
    assert first["match"] == {"numerator": 1, "denominator": 1, "percent": 100}


VERDICTS = {
    "firm": "bovenaan, hoe je ook rekent.",
    "mostly": "staat meestal bovenaan, maar niet bij elke manier van rekenen.",
    "open": "zo dicht bij elkaar dat de rekenmethode beslist",
}


def check(answers: Answers) -> None:
    """Hold what the API answers against the page, part by part."""
    response = send(asked_of(answers))
    assert response.status_code == 200, response.content
    result, page = json.loads(response.content), page_of(answers)
    assert told(result) == shown(page)
    check_answered(result, page)
    check_certainty(result, page)
    apart = page.partition('<h2 id="apart">')[2].partition("</section>")[0]
    assert all(f"<bdi>{each['name']}</bdi>" in apart for each in result["apart"])
    listed = [each["slug"] for each in read(f"{TOWN}/parties")["items"]]
    assert sorted(each["party"] for each in result["ranking"] + result["apart"]) == sorted(listed)


def check_answered(result: Any, page: str) -> None:
    counted = f"Je gaf je mening over {result['answered']} van de {result['statements']} stellingen"
    assert (counted in page) == (result["answered"] > 0)
    assert ("Dat is weinig" in page) == (result["says_little"] and result["answered"] > 0)
    if result["answered"]:
        own = percent_of(result["friendliness"]["score"])
        assert f"liggen: <strong>{own}</strong>" in page


def check_certainty(result: Any, page: str) -> None:
    certainty = result["certainty"]
    figure = page.partition('<figure class="certainty">')[2].partition("</figure>")[0]
    assert bool(certainty) == bool(figure)
    if not certainty:
        return
    assert f"We telden op {certainty['ways']} manieren" in figure
    assert VERDICTS[certainty["verdict"]] in figure
    names = {each["party"]: each["name"] for each in result["ranking"]}
    firsts = re.findall(r"<bdi>([^<]*)</bdi>(?:</span>)?\s*<svg.*?>(\d+) keer bovenaan<", figure)
    if certainty["verdict"] != "firm":
        contenders = [
            (names[each["party"]], str(each["first"])) for each in certainty["contenders"]
        ]
        assert firsts == contenders[:6]
    leaders = [each["party"] for each in result["ranking"] if each["rank"] == 1]
    assert certainty["leaders"] == leaders


def test_score_per_theme_is_over_its_statements_only() -> None:
    themes = {each["key"]: each["statements"] for each in read(f"{TOWN}/themes")["items"]}
    result = json.loads(send(voter(dict.fromkeys(themes["werk"], 2))).content)
    for each in result["ranking"]:
        assert each["themes"]["werk"] == each["match"]
        assert each["themes"]["opvang"] is None


def test_nothing_answered_ranks_nobody() -> None:
    result = json.loads(send(voter({})).content)
    assert result["ranking"] == []
    assert result["certainty"] is None
    assert result["says_little"] is True
    assert result["friendliness"]["score"] is None
    reasons = {each["why"] for each in result["apart"]}
    assert reasons == {"not_comparable", "few_answers", "no_answers"}


def test_no_opinion_is_as_no_answer() -> None:
    assert send(voter({KEY: None})).content == send(voter({})).content


def test_weight_by_theme_and_by_statement_is_still_double() -> None:
    stances = {each.key: 1 for each in town().statements}
    both = {"themes": ["opvang"], "statements": [KEY]}
    assert (
        send(voter(stances, weights=both)).content
        == send(voter(stances, weights={"themes": ["opvang"]})).content
    )


def test_names_of_themes_come_in_the_language_that_is_asked() -> None:
    result = json.loads(send(voter({KEY: 1}, language="en")).content)
    assert {each["language"] for each in result["themes"]} == {"en"}


def test_edition_may_be_named_by_number_or_digest() -> None:
    edition = read(TOWN)["edition"]
    for name in (edition["number"], edition["digest"], None):
        assert send(voter({KEY: 1}, edition=name)).status_code == 200


def test_answers_to_an_earlier_edition_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    now = store.imprints("gr2022", "voorbeeldstad")[-1]
    later = (now, replace(now, number=2, digest="f" * 64))
    monkeypatch.setattr(store, "imprints", lambda *_: later)
    told = problem(send(voter({KEY: 1}, edition=1)), 409)
    assert "edition 2" in told["detail"]
    assert told["errors"][0]["where"] == ["body", "edition"]
    problem(send(voter({KEY: 1}, edition=now.digest)), 409)


def test_nothing_of_it_is_kept(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    warm()
    for language in ("nl", "en"):
        send(voter({KEY: 1}, language=language))
    edition, english = town(), store.edition("gr2022", "voorbeeldstad", "en")
    kept = [dict(each.beside) for each in (edition, english) if each]
    cache.clear()
    with django_assert_num_queries(0):
        response = send(voter({KEY: 2}))
    assert response.status_code == 200
    assert response["Cache-Control"] == "no-store"
    assert "ETag" not in response
    assert not response.cookies
    assert [dict(each.beside) for each in (edition, english) if each] == kept


@pytest.mark.parametrize(
    "body",
    [
        voter({KEY: -2}),
        voter({KEY: -2, "een-grote-opvang": 7}),
        voter({KEY: -2, "geheim": 1}),
        b'{"stances": {"taalles-in-de-opvang": -2',
    ],
)
def test_nothing_of_it_is_logged(
    body: Any, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    for name in ("django", "django.request", "stemhulp", "ninja"):
        caplog.set_level(logging.DEBUG, logger=name)
    response = send(body)
    assert response.status_code in {200, 400, 409, 422}
    written = caplog.text + "".join(capsys.readouterr())
    for each in (KEY, "geheim", "een-grote-opvang", "stances", "voorbeeldstad"):
        assert each not in written
