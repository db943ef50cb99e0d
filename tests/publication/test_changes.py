"""What differs between two editions, in sentences for anyone."""

import copy
from collections.abc import Callable
from typing import Any

import pytest

from stemhulp.editions.changes import compare
from stemhulp.editions.publishing import compiled
from tests.publication.staging import contest

pytestmark = pytest.mark.django_db
TEXTS = {"text": "x", "explanation": "x", "argument_for": "x", "argument_against": "x"}
TEXTS |= {"reason": "x"}
FEATURE = {
    "key": "voorbeeld-een",
    "kind": "example",
    "title": "Een plek",
    "text": "x",
    "link": "",
    "source": {"key": "a", "title": "a", "publisher": "b", "year": None},
    "is_local": False,
    "statements": [],
}
Edit = Callable[[dict[str, Any]], object]


def position(content: dict[str, Any]) -> dict[str, Any]:
    """The first position with a motivation."""
    found: dict[str, Any] = next(
        each
        for party in content["parties"]
        for each in party["positions"].values()
        if each["motivation"]
    )
    return found


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (lambda c: c["parties"][0].update(website="https://a.example"), "andere website"),
        (lambda c: c["parties"][0].update(description="Nieuw"), "andere omschrijving"),
        (lambda c: position(c).update(motivation="", withheld="hate"), "1 toelichting weggelaten"),
        (lambda c: position(c).update(basis="programme"), "op basis van het verkiezingsprogramma"),
        (lambda c: position(c).update(motivation="Anders"), "1 antwoord veranderd"),
        (lambda c: c.update(features=[*c.get("features", ()), FEATURE]), "Nieuw bij de stellingen"),
        (lambda c: c["statements"][0]["texts"].update(en=TEXTS), "het Engels: 1 erbij"),
        (lambda c: c["themes"][0].update(translations={"ar": TEXTS}), "het Arabisch: 1 erbij"),
        (lambda c: position(c).update(translations={"tr": {}}), "het Turks: 1 erbij"),
        (lambda c: position(c).update(translations={"qq": {}}), "het qq: 1 erbij"),
        (lambda c: c["statements"][0]["source"].update(key="z"), "iets veranderd in de bronnen"),
    ],
)
def test_difference_is_said(edit: Edit, said: str) -> None:
    before = compiled(contest()).content
    after = copy.deepcopy(before)
    edit(after)
    lines = compare(before, after)
    assert any(said in line for line in lines), lines
    assert compare(after, before)
    assert compare(before, copy.deepcopy(before)) == []


def test_motivation_that_is_shown_again_is_said() -> None:
    after = compiled(contest()).content
    before = copy.deepcopy(after)
    position(before).update(motivation="", withheld="hate")
    assert any("weer te lezen" in line for line in compare(before, after))


def test_feature_that_went_or_changed_is_said() -> None:
    content = compiled(contest()).content | {"features": [FEATURE]}
    changed = content | {"features": [FEATURE | {"text": "y"}]}
    assert compare(content, changed) == ["Veranderd bij de stellingen: Een plek"]
    assert compare(content, content | {"features": []}) == ["Niet meer bij de stellingen: Een plek"]


def test_older_document_without_what_came_later_is_compared() -> None:
    before = compiled(contest()).content
    after = copy.deepcopy(before)
    before.pop("features", None)
    for term in before["glossary"]:
        term.pop("key", None)
    assert isinstance(compare(before, after), list)
