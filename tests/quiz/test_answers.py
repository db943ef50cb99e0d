"""The cookie that is all there is of a voter."""

from base64 import urlsafe_b64encode
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from pytest_django.fixtures import Settings

from stemhulp.quiz.answers import (
    COOKIE,
    LARGEST_COOKIE,
    Answers,
    UnreadableAnswers,
    decrypt,
    encrypt,
)
from tests.quiz.browser import TOWN, answer, begin

PLACE = "gr2022/voorbeeldstad"
GIVEN = Answers(
    PLACE, {"gemengd-wonen": 2, "plan-voor-werk": None}, frozenset(["werk"]), frozenset(["x-y"])
)


def test_what_goes_in_comes_out() -> None:
    assert decrypt(encrypt(GIVEN), PLACE) == GIVEN


def test_contents_cannot_be_read_without_the_key() -> None:
    token = encrypt(GIVEN)
    assert "gemengd" not in token
    assert encrypt(GIVEN) != token  # nor can two voters who think alike be told to


def test_cookie_is_for_this_contest_this_session_and_no_script(client: Client, db: None) -> None:
    begin(client)
    cookie = client.cookies[COOKIE]
    assert cookie["path"] == TOWN
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["max-age"] == ""
    assert cookie["expires"] == ""


def test_cookie_is_secure_where_the_site_is(client: Client, db: None, settings: Settings) -> None:
    settings.HTTPS = True
    begin(client)
    assert client.cookies[COOKIE]["secure"]


def test_it_is_the_only_cookie_and_tells_other_languages_nothing_but_where(
    client: Client, db: None
) -> None:
    client.get("/")
    client.get(TOWN)
    assert not client.cookies
    begin(client)
    answer(client, 1, 2)
    assert {each.key for each in client.cookies.values()} == {COOKIE}
    there = {each["path"]: each.value for each in client.cookies.values()}
    assert decrypt(there.pop(TOWN), PLACE).stances
    assert there == dict.fromkeys([f"/{code}{TOWN}" for code in ("ar", "en", "tr", "uk")], "nl")


def sealed(key: bytes) -> str:
    """What somebody else's key made."""
    return urlsafe_b64encode(bytes(12) + AESGCM(key).encrypt(bytes(12), b"{}", b"")).decode()


@pytest.mark.parametrize(
    "change",
    [
        lambda token: token[:-1],
        lambda token: token[:40],
        lambda token: token[:50] + ("A" if token[50] != "A" else "B") + token[51:],
        lambda token: "",
        lambda token: "niet van ons",
        lambda token: "é🙂",
        lambda token: token * 20,
        lambda token: token + token,
        lambda token: sealed(bytes(32)),
    ],
    ids=[
        "cut",
        "cut short",
        "changed",
        "empty",
        "foreign",
        "unicode",
        "huge",
        "twice",
        "other key",
    ],
)
def test_cookie_that_is_not_ours_is_unreadable(change: Callable[[str], str]) -> None:
    with pytest.raises(UnreadableAnswers):
        decrypt(change(encrypt(GIVEN)), PLACE)


@given(st.text(max_size=200))
def test_no_text_breaks_the_reader(token: str) -> None:
    with pytest.raises(UnreadableAnswers):
        decrypt(token, PLACE)


def test_answers_of_another_contest_are_unreadable() -> None:
    with pytest.raises(UnreadableAnswers):
        decrypt(encrypt(GIVEN), "gr2022/utrecht")


def test_answers_grow_old(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    token = encrypt(GIVEN)
    later = datetime.now(UTC) + timedelta(seconds=settings.ANSWERS_MAX_AGE_SECONDS + 5)
    monkeypatch.setattr("time.time", later.timestamp)
    with pytest.raises(UnreadableAnswers):
        decrypt(token, PLACE)


@pytest.mark.parametrize("hours", [-1, 1])
def test_clock_that_jumps_an_hour_loses_no_answers(
    hours: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = encrypt(GIVEN)
    jumped = datetime.now(UTC) + timedelta(hours=hours)
    monkeypatch.setattr("time.time", jumped.timestamp)
    assert decrypt(token, PLACE) == GIVEN


def test_answers_from_the_future_are_unreadable(monkeypatch: pytest.MonkeyPatch) -> None:
    token = encrypt(GIVEN)
    earlier = datetime.now(UTC) - timedelta(hours=3)
    monkeypatch.setattr("time.time", earlier.timestamp)
    with pytest.raises(UnreadableAnswers):
        decrypt(token, PLACE)


def test_answers_outlive_a_change_of_key(settings: Settings) -> None:
    old, new = "the-old-key-" + "a" * 50, "the-new-key-" + "b" * 50
    settings.SECRET_KEY = old
    token = encrypt(GIVEN)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = new, [old]
    assert decrypt(token, PLACE) == GIVEN
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(UnreadableAnswers):
        decrypt(token, PLACE)


def test_unreadable_answers_tell_nothing_about_themselves() -> None:
    with pytest.raises(UnreadableAnswers) as caught:
        decrypt(encrypt(GIVEN), "gr2022/utrecht")
    assert "gemengd" not in repr(caught.value)
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None or caught.value.__suppress_context__


def test_sixty_answers_with_long_names_and_weights_fit_in_one_cookie() -> None:
    keys = [f"{number:02}-" + "k" * 27 for number in range(60)]
    full = Answers("gr2022/nuenen-gerwen-en-nederwetten", dict.fromkeys(keys, -2))
    assert len(COOKIE) + len(encrypt(full)) < LARGEST_COOKIE
