"""Texts with gaps: what is filled once, and what is filled for each voter."""

from html import unescape
from pathlib import Path

import pytest
from django.template import Context, Template
from django.test import Client
from django.utils.autoreload import file_changed
from django.utils.safestring import SafeString

from stemhulp.quiz import moulds
from stemhulp.quiz.moulds import Mould, mould_of
from tests.quiz.browser import TOWN, begin, text


def made(source: str, **context: object) -> Mould:
    return mould_of(Template("{% load moulds %}" + source).render(Context(context)))


def test_gap_is_filled_for_each_voter() -> None:
    mould = made('Dag {% gap "name" %}.')
    assert mould.fill({"name": "Anna"}) == "Dag Anna."
    assert mould.fill({"name": "Bilal"}) == "Dag Bilal."


def test_edition_is_filled_once_and_a_value_may_look_like_anything() -> None:
    mould = made('{{ party }} {% gap "score" %}', party="100 % {} %s {% gap %} <b>")
    assert mould.fill({"score": "%s {0}"}) == "100 % {} %s {% gap %} &lt;b&gt; %s {0}"


def test_value_is_escaped_unless_it_is_safe() -> None:
    mould = made('<p title="{% gap "a" %}">{% gap "b" %}{% gap "c" %}</p>')
    filled = mould.fill({"a": '"><script>', "b": SafeString("<i>"), "c": 5})
    assert filled == '<p title="&quot;&gt;&lt;script&gt;"><i>5</p>'
    assert isinstance(filled, SafeString)


def test_names_of_gaps_are_joined() -> None:
    mould = made('{% for n in numbers %}{% gap "answer" n %} {% endfor %}', numbers=[-1, 2])
    assert mould.fill({"answer--1": "a", "answer-2": "b"}) == "a b "


def test_conditions_nest() -> None:
    mould = made(
        '{% when "a" %}A{% when "b" %}B{% gap "x" %}{% endwhen %}{% unless "b" %}-{% endunless %}'
        '{% endwhen %}{% unless "a" %}geen{% endunless %}.'
    )
    assert mould.fill({"a": True, "b": 1, "x": "!"}) == "AB!."
    assert mould.fill({"a": True, "b": ""}) == "A-."  # a gap that does not stand needs no value
    assert mould.fill({"a": False, "b": True}) == "geen."


def test_forgotten_value_is_an_error_and_no_empty_place() -> None:
    with pytest.raises(KeyError, match="score"):
        made('{% gap "score" %}').fill({})


def test_text_that_looks_like_a_mark_is_text() -> None:
    mould = made("{{ motivation }}", motivation="[gap score] [0123456789abcdef gap score]")
    assert mould.fill({}) == "[gap score] [0123456789abcdef gap score]"


def test_marks_that_do_not_pair_are_refused() -> None:
    for marks in (moulds.mark("when", "a") + "tekst", "tekst" + moulds.mark("end")):
        with pytest.raises(ValueError, match="do not pair"):
            mould_of(marks)


def test_few_letters_with_accents_become_references() -> None:
    mould = made('Een lange zin met gewone letters en één pijl → {% gap "name" %}')
    assert mould.fill({"name": "Café Utrecht"}).isascii()
    assert unescape(mould.fill({"name": "Café Utrecht"})).endswith("één pijl → Café Utrecht")


def test_text_in_another_script_stays_as_it_is() -> None:
    arabic = "مرحبا بكم"
    assert made(arabic + '{% gap "name" %}').fill({"name": arabic}) == arabic * 2


def test_mould_is_filled_partly_for_a_contest_and_then_for_each_voter() -> None:
    mould = made(
        '<b>{% gap "party" %}</b>{% when "has_rank" %} {% gap "rank" %} in {% gap "place" %}'
        '{% endwhen %}{% when "is_example" %} (voorbeeld){% endwhen %}{% gap "score" %}'
    )
    partly = mould.partly({"party": "A & B", "place": "Urk", "is_example": True})
    assert partly.fill({"has_rank": 1, "rank": 2, "score": 3}) == (
        "<b>A &amp; B</b> 2 in Urk (voorbeeld)3"
    )
    assert partly.fill({"has_rank": 0, "score": "<"}) == "<b>A &amp; B</b> (voorbeeld)&lt;"
    with pytest.raises(KeyError):
        mould.fill({"has_rank": 0, "score": 3})  # the mould itself is as it was


def test_address_is_in_the_contest_of_the_voter() -> None:
    mould = made('<a href="{% address "statement" 3 %}">')
    assert mould.fill({"contest": "/gr2022/urk/"}) == '<a href="/gr2022/urk/stelling/3/">'


@pytest.mark.django_db
def test_changed_template_shows_at_the_next_request_while_developing(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin(client)
    client.get(f"{TOWN}stelling/1/")
    client.get("/hoe-werkt-het/")
    monkeypatch.setattr("stemhulp.quiz.moulds.render_to_string", lambda *_: "<p>Anders</p>")
    monkeypatch.setattr("stemhulp.quiz.views.public.render_to_string", lambda *_: "<p>Anders</p>")
    assert "Anders" not in text(client.get(f"{TOWN}stelling/1/"))
    file_changed.send(sender=None, file_path=Path("templates/quiz/statement.html"))
    assert "Anders" in text(client.get(f"{TOWN}stelling/1/"))
    assert "Anders" in text(client.get("/hoe-werkt-het/"))
    file_changed.send(sender=None, file_path=Path("templates/quiz/method.html"))
