"""What voters read: short, plain, balanced, explained and sourced."""

import re
from collections import Counter
from collections.abc import Iterator

import pytest

from statements.models import Background, Statement, Term, Theme
from stemhulp.editions import edition as editions
from stemhulp.editions import store

pytestmark = pytest.mark.django_db
NEGATIONS = r"\b(niet|geen|nooit|niemand|niets|nergens|zonder)\b"
BESIDE_THE_TEXT = ("explanation", "argument_for", "argument_against", "reason")


def asked() -> tuple[editions.Statement, ...]:
    """The statements as voters of 2022 meet them."""
    edition = store.edition("gr2022", "voorbeeldstad")
    assert edition is not None
    return edition.statements


def sentences(text: str) -> list[str]:
    return [part for part in re.split(r"(?<=[.!?])\s+", text) if part]


def all_texts() -> Iterator[str]:
    for statement in asked():
        yield statement.text
        for field in BESIDE_THE_TEXT:
            yield getattr(statement, field)
    for theme in Theme.objects.all():
        yield from (theme.question, theme.summary)
    yield from Background.objects.values_list("text", flat=True)
    yield from Term.objects.values_list("explanation", flat=True)


def test_four_themes_have_six_statements_or_more_each() -> None:
    counts = Counter(statement.theme.key for statement in asked())
    assert len(counts) == 4
    assert min(counts.values()) >= 6
    assert counts.total() >= 24


def test_statement_is_one_sentence_of_at_most_140_characters() -> None:
    texts = [statement.text for statement in asked()]
    assert [text for text in texts if len(text) > 140] == []
    assert [text for text in texts if not re.fullmatch(r"[^.!?;]+[.]", text)] == []


def test_statement_denies_at_most_once() -> None:
    texts = [statement.text for statement in asked()]
    assert [text for text in texts if len(re.findall(NEGATIONS, text, re.IGNORECASE)) > 1] == []


def test_about_half_of_the_recommendations_is_against() -> None:
    against = sum(statement.recommendation < 0 for statement in asked()[:24])
    assert 10 <= against <= 14


def test_every_statement_is_explained_argued_and_sourced() -> None:
    for statement in asked():
        for field in BESIDE_THE_TEXT:
            assert len(sentences(getattr(statement, field))) >= 2, (statement.key, field)
        assert statement.source.title
        assert statement.source.publisher
        assert all(background.source.title for background in statement.backgrounds)


def test_every_statement_has_a_word_that_the_glossary_explains() -> None:
    assert [statement.key for statement in asked() if not statement.terms] == []


@pytest.mark.parametrize("word", ["statushouder", "azc", "inburgering", "taakstelling", "COA"])
def test_word_is_in_the_glossary(word: str) -> None:
    term = Term.objects.get(term=word)
    assert word.lower() in term.forms
    assert term.explanation


def test_every_term_is_lower_case_in_its_forms() -> None:
    forms = [form for term in Term.objects.all() for form in term.forms]
    assert [form for form in forms if form != form.lower()] == []
    assert [form for form, count in Counter(forms).items() if count > 1] == []


def test_sentences_are_short() -> None:
    lengths = {text: len(text.split()) for body in all_texts() for text in sentences(body)}
    assert [text for text, length in lengths.items() if length > 25] == []
    assert sum(lengths.values()) / len(lengths) <= 15


def test_no_explanation_or_argument_is_used_twice() -> None:
    texts = [
        text
        for statement in asked()
        for text in (statement.explanation, statement.argument_for, statement.argument_against)
    ]
    assert [text for text, count in Counter(texts).items() if count > 1] == []


def test_national_statements_belong_to_no_municipality() -> None:
    assert not Statement.objects.exclude(municipality=None).exists()
