"""What nobody should send: a clear refusal each, in the one shape, and nothing of it in a log."""

import json
from typing import Any

import pytest
from django.test import Client

from stemhulp.editions import store
from tests.opendata.api.programs import (
    ELECTION,
    MATCH,
    ROOT,
    TOWN,
    ask,
    problem,
    send,
    voter,
)

pytestmark = pytest.mark.django_db
KEY = "taalles-in-de-opvang"


@pytest.mark.parametrize(
    ("path", "status"),
    [
        (f"{ROOT}/nothing", 404),
        ("/api/", 404),
        ("/api/v2/elections", 404),
        (f"{ROOT}/elections/", 404),
        (f"{ROOT}/elections/gr1999", 404),
        (f"{ELECTION}/contests/atlantis", 404),
        (f"{ELECTION}/contests/purmerend", 404),
        (f"{ELECTION}/contests/eindhoven", 404),
        (f"{TOWN}/parties/x", 404),
        (f"{TOWN}/statements/x", 404),
        (f"{TOWN}/editions/99", 404),
        (f"{TOWN}/editions/0", 422),
        (f"{TOWN}/editions/{'9' * 5000}", 422),
        (f"{TOWN}/editions/x", 422),
        (f"{TOWN}/editions/01", 422),
        (f"{TOWN}/editions/1.0", 422),
        (f"{TOWN}/editions/%201", 422),
        (f"{TOWN}/editions/1_0", 422),
        (f"{ELECTION}/contests/utr%00echt", 422),
        (f"{ELECTION}/contests/utr%ffecht", 422),
        (f"{ELECTION}/contests/{'x' * 101}", 422),
        (f"{TOWN}/positions?limit=0", 422),
        (f"{TOWN}/positions?limit=101", 422),
        (f"{TOWN}/positions?limit={'9' * 5000}", 422),
        (f"{TOWN}/positions?limit=NaN", 422),
        (f"{TOWN}/positions?limit=", 422),
        (f"{TOWN}/positions?limit=1_0", 422),
        (f"{TOWN}/positions?limit=5.0", 422),
        (f"{TOWN}/positions?limit=+5", 422),
        (f"{TOWN}/positions?offset=%D9%A1", 422),
        (f"{TOWN}/positions?offset=-1", 422),
        (f"{TOWN}/positions?offset=100001", 422),
        (f"{TOWN}/positions?offset=1&offset=2", 422),
        (f"{TOWN}/positions?language=xx", 422),
        (f"{TOWN}/positions?Language=nl", 422),
        (f"{TOWN}/positions?party=a%00b", 422),
        (f"{TOWN}?language=nl", 422),
        (f"{ROOT}/elections?x%00=1", 422),
        (f"{ELECTION}/municipalities?q=", 422),
        (f"{ELECTION}/municipalities?q={'x' * 81}", 422),
        (f"{ELECTION}/municipalities?postcode=0123", 422),
        (f"{ELECTION}/municipalities?postcode=35111", 422),
    ],
)
def test_address_that_leads_nowhere_or_asks_wrongly(path: str, status: int) -> None:
    problem(ask(path), status)


def test_number_that_is_mistyped_is_refused_in_words_that_help() -> None:
    told = problem(ask(f"{TOWN}/positions?limit=1_0"), 422)
    assert "in digits" in told["errors"][0]["message"]


def test_search_for_nul_finds_nothing() -> None:
    response = ask(f"{ELECTION}/municipalities?q=%00")
    assert json.loads(response.content)["outcome"] == "nothing"


def test_refusal_says_where_and_what() -> None:
    told = problem(ask(f"{TOWN}/positions?limit=0&offset=x"), 422)
    assert [each["where"] for each in told["errors"]] == [["query", "limit"], ["query", "offset"]]
    assert "greater than or equal to 1" in told["errors"][0]["message"]
    assert "den-haag" not in problem(ask(f"{ELECTION}/contests/x"), 404)["detail"]
    assert "'s-gravenhage'" in problem(ask(f"{ELECTION}/contests/den-haag"), 404)["detail"]


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE", "OPTIONS", "BREW"])
def test_other_methods_are_refused_and_told_which_are_not(method: str) -> None:
    response = Client().generic(method, TOWN)
    problem(response, 405)
    assert set(response["Allow"].split(", ")) == {"GET", "HEAD"}


def test_match_takes_only_post() -> None:
    response = ask(MATCH)
    problem(response, 405)
    assert response["Allow"] == "POST"


def _nested(depth: int) -> str:
    return '{"stances":' * depth + "1" + "}" * depth


BODIES: dict[str, tuple[Any, int]] = {
    "empty": (b"", 400),
    "no JSON": (b"{", 400),
    "no object": (b"[]", 422),
    "a text": (b'"x"', 422),
    "null": (b"null", 422),
    "NaN": (b'{"stances": {"a": NaN}}', 400),
    "Infinity": (b'{"stances": {"a": -Infinity}}', 400),
    "1e999": (b'{"stances": {"a": 1e999}}', 400),
    "many digits": (b'{"stances": {"a": ' + b"9" * 5000 + b"}}", 400),
    "a member twice": (b'{"election": "gr2022", "election": "gr2018"}', 400),
    "a stance twice": (b'{"stances": {"a": 1, "a": 2}}', 400),
    "no UTF-8": (b'{"election": "\xff"}', 400),
    "UTF-16": ('{"election": "gr2022"}'.encode("utf-16"), 400),
    "nested 5,000 deep": (_nested(5000), 400),
    "nested 10,000 lists deep": (b"[" * 10_000 + b"]" * 10_000, 400),
    "more than 64 KiB": (b" " * 65_537, 413),
    "10 MB": (b'{"stances": {"' + b"x" * 10_000_000 + b'": 1}}', 413),
    "a member too many": (voter({}, naam="x"), 422),
    "no stances": ({"election": "gr2022", "municipality": "voorbeeldstad"}, 422),
    "a stance of 3": (voter({KEY: 3}), 422),
    "a stance of 1.5": ({**voter({}), "stances": {KEY: 1.5}}, 422),
    "a stance that is true": ({**voter({}), "stances": {KEY: True}}, 422),
    "a stance that is a text": ({**voter({}), "stances": {KEY: "1"}}, 422),
    "stances in a list": ({**voter({}), "stances": [1]}, 422),
    "a key of two words": (voter({"a b": 1}), 422),
    "a key with NUL": (voter({"a\0": 1}), 422),
    "a key without end": (voter({"x" * 101: 1}), 422),
    "300 stances": (voter({f"s-{each}": 1 for each in range(300)}), 422),
    "weights of another kind": (voter({}, weights={"x": []}), 422),
    "300 weights": (voter({}, weights={"statements": [KEY] * 300}), 422),
    "an edition of 0": (voter({}, edition=0), 422),
    "an edition without end": (voter({}, edition=10**9), 422),
    "half a digest": (voter({}, edition="abc"), 422),
    "a language of nobody": (voter({}, language="xx"), 422),
    "an unknown election": ({**voter({}), "election": "gr1999"}, 404),
    "an unknown municipality": ({**voter({}), "municipality": "atlantis"}, 404),
    "no contest": ({**voter({}), "municipality": "purmerend"}, 404),
    "an edition that never was": (voter({}, edition=99), 404),
    "a statement that is not asked": (voter({"onbekend": 1}), 409),
    "a theme that is not asked": (voter({}, weights={"themes": ["onbekend"]}), 409),
}


@pytest.mark.parametrize("name", BODIES)
def test_body_that_cannot_be_served(name: str) -> None:
    body, status = BODIES[name]
    problem(send(body), status)


def test_place_of_a_mistake_is_one_that_was_sent() -> None:
    told = problem(send(voter({}, edition="abc")), 422)
    assert {tuple(each["where"]) for each in told["errors"]} == {("body", "edition")}


@pytest.mark.parametrize(
    "content_type", ["", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data"]
)
def test_body_of_another_type(content_type: str) -> None:
    problem(send(voter({KEY: 1}), content_type=content_type), 415)


def test_body_may_name_its_characters() -> None:
    assert send(voter({KEY: 1}), "application/json; charset=utf-8").status_code == 200


def test_match_knows_no_parameters() -> None:
    problem(send(voter({KEY: 1}), path=f"{MATCH}?language=en"), 422)


def test_refusal_names_what_is_wrong_in_a_body() -> None:
    told = problem(send({**voter({KEY: 3}), "naam": "x"}), 422)
    assert [each["where"] for each in told["errors"]] == [
        ["body", "stances", KEY],
        ["body", "naam"],
    ]
    told = problem(send(voter({"onbekend": 1}, weights={"statements": ["ook"]})), 409)
    assert [each["where"] for each in told["errors"]] == [
        ["body", "stances", "onbekend"],
        ["body", "weights", "statements", 0],
    ]


def test_body_without_a_length_is_not_waited_for() -> None:
    response = Client().generic(
        "POST",
        MATCH,
        b"",
        "application/json",
        CONTENT_LENGTH="",
        headers={"Transfer-Encoding": "chunked"},
    )
    problem(response, 411)


def test_mistake_of_ours_is_told_as_such(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: object) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr("stemhulp.opendata.api.content.party", fail)
    client = Client(raise_request_exception=False)
    response: Any = client.get(f"{TOWN}/parties")
    assert "secret" not in problem(response, 500)["detail"]


def test_edition_out_of_reach_is_told_as_such(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: object) -> None:
        raise store.UnreachableError

    monkeypatch.setattr(store, "document", fail)
    monkeypatch.setattr(store, "edition", fail)
    for path in (TOWN, f"{TOWN}/editions/1", f"{TOWN}/parties"):
        response = ask(path)
        problem(response, 503)
        assert response["Retry-After"] == "60"


def test_election_that_may_be_there_is_not_denied_without_a_database(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(store, "stale_since", lambda: "nu")
    problem(ask(f"{ROOT}/elections/gr1999"), 503)
