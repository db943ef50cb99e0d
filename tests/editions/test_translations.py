"""Translations in a published document: beside the Dutch, and only those that were reviewed."""

import copy
import json
from typing import Any

import pytest
from django.utils import timezone

from parties.models import Contest, User
from statements import translations
from statements.models import Feature, Source, Statement, Term, Theme, Translation
from statements.translations import Texts
from stemhulp.editions import document, store
from stemhulp.editions.compile import compile_content
from tests.curation.staff import KEY, green

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("untranslated")]


def content() -> dict[str, Any]:
    contest = Contest.objects.select_related("election", "municipality").get(
        election__slug="gr2022", municipality__slug="voorbeeldstad"
    )
    return compile_content(contest)


def subjects() -> dict[str, Texts]:
    """One of each kind."""
    statement = Statement.objects.get(key=KEY, election__slug="gr2022")
    theme, term = Theme.objects.get(pk=statement.theme_id), Term.objects.all()[0]
    told = Feature.objects.get(key="taalcafe")
    position = green().positions.get(statement=statement)
    texts = translations.statement_texts(statement, list(statement.backgrounds.all()))
    return {
        f"statement:{statement.pk}": texts,
        f"theme:{theme.key}": translations.theme_texts(theme),
        f"term:{term.key}": translations.term_texts(term),
        f"feature:{told.pk}": translations.feature_texts(told),
        f"motivation:{position.pk}": translations.motivation_texts(position.motivation),
    }


@pytest.fixture(autouse=True)
def told() -> None:
    Feature.objects.create(
        key="taalcafe",
        kind="story",
        title="Het taalcafé",
        text="Elke week Nederlands oefenen.",
        source=Source.objects.all()[0],
        written_at=timezone.now(),
        approved_at=timezone.now(),
    )


def translate(*, reviewed: bool = True, stale: bool = False) -> None:
    """One of each kind, into English: every text with "en: " before it."""
    reader, _ = User.objects.get_or_create(email="lezer@example.nl")
    at = timezone.now()
    for subject, dutch in subjects().items():
        Translation.objects.create(
            language="en",
            subject=subject,
            texts={name: f"en: {text}" for name, text in dutch.items()},
            source_digest="0" * 64 if stale else translations.digest(dutch),
            written_at=at,
            reviewed_at=at if reviewed else None,
            reviewed_by=reader if reviewed else None,
        )


def first(rows: list[dict[str, Any]], key: str = "key", value: str = "") -> dict[str, Any]:
    return next(row for row in rows if row[key] == value)


def test_reviewed_translations_of_every_kind_stand_beside_the_dutch() -> None:
    before = content()
    translate()
    after = content()
    statement = first(after["statements"], value=KEY)
    assert statement["texts"]["en"] == {
        name: f"en: {statement['texts']['nl'][name]}" for name in document.TEXTS
    }
    for background in statement["backgrounds"]:
        assert background["translations"]["en"] == {"text": f"en: {background['text']}"}
    theme = first(after["themes"], value=statement["theme"])
    assert theme["translations"]["en"]["question"] == f"en: {theme['question']}"
    term = after["glossary"][0]
    assert term["translations"]["en"]["explanation"] == f"en: {term['explanation']}"
    assert first(after["features"], value="taalcafe")["translations"]["en"]["title"] == (
        "en: Het taalcafé"
    )
    position = first(after["parties"], "slug", "groen-voorbeeldstad")["positions"][KEY]
    assert position["translations"]["en"] == {"motivation": f"en: {position['motivation']}"}
    assert document.canonical(before) != document.canonical(after)


def test_document_with_translations_is_accepted() -> None:
    plain = document.read(content())
    translate()
    assert document.check(document.canonical(content())) == plain


@pytest.mark.parametrize("values", [{"reviewed": False}, {"stale": True}], ids=["draft", "stale"])
def test_drafts_and_stale_ones_are_left_out(values: dict[str, bool]) -> None:
    before = document.canonical(content())
    translate(**values)
    assert document.canonical(content()) == before


def test_document_without_translations_is_as_before() -> None:
    assert b"translations" not in document.canonical(content())


def test_what_the_demo_publishes_is_in_english_too() -> None:
    """All but the motivations: those are the parties' own words."""
    published = json.loads(store.document(store.imprints("gr2022", "voorbeeldstad")[-1]))
    assert len(published["statements"]) == 24
    for statement in published["statements"]:
        assert list(statement["texts"]) == ["en", "nl"]
        for background in statement["backgrounds"]:
            assert background["translations"]["en"]["text"] != background["text"]
    for kind in ("themes", "glossary", "features"):
        assert all(list(each["translations"]) == ["en"] for each in published[kind])


def breakages() -> list[Any]:
    """How a document can be broken: the path to what is replaced, and by what."""
    beside: list[tuple[Any, ...]] = [
        ("themes", 0),
        ("glossary", 0),
        ("features", 0),
        ("statements", 0, "backgrounds", 0),
        ("parties", 0, "positions", KEY),
    ]
    broken: list[Any] = [None, [], "en", {"en": "x"}, {"en": {"text": 1}}, {"en": {"text": None}}]
    return [((*path, "translations"), value) for path in beside for value in broken] + [
        (("statements", 0, "texts", "en"), value) for value in (None, "x", {}, {"text": "x"})
    ]


def test_broken_translations_are_refused() -> None:
    whole = content()
    statement = first(whole["statements"], value=KEY)
    whole["statements"].remove(statement)
    whole["statements"].insert(0, statement)
    document.read(whole)
    for path, value in breakages():
        broken = copy.deepcopy(whole)
        place: Any = broken
        for step in path[:-1]:
            place = place[step]
        place[path[-1]] = value
        with pytest.raises(document.InvalidDocumentError, match=str(path[-1])):
            document.read(broken)
