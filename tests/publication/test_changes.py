"""What differs between two editions, in sentences for anyone."""

import copy
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from stemhulp.editions.changes import Change, compare
from stemhulp.editions.edition import Imprint
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
VOTING = FEATURE | {"key": "stemmen", "kind": "voting"}
CONTACT = {"region": "Midden", "email": "midden@example.nl", "phone": ""}
CORRECTION = {"on": "2022-03-01", "reason": "Typefout"}
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
        (lambda c: c["parties"][0].update(programme="https://b.example"), "naar het programma"),
        (lambda c: c["parties"][0].update(description="Nieuw"), "andere omschrijving"),
        (lambda c: position(c).update(motivation="", withheld="hate"), "1 toelichting weggelaten"),
        (lambda c: position(c).update(basis="programme"), "op basis van het verkiezingsprogramma"),
        (lambda c: position(c).update(motivation="Anders"), "1 toelichting veranderd"),
        (lambda c: position(c).update(source="Elders"), "1 bron veranderd"),
        (lambda c: position(c).update(stance=None), "1 antwoord veranderd"),
        (lambda c: position(c).update(correction=CORRECTION), "1 antwoord met een correctie"),
        (lambda c: c["parties"].reverse(), "De partijen staan in een andere volgorde"),
        (lambda c: c["parties"][0].update(number=77), "heeft nu lijstnummer 77"),
        (lambda c: c.update(seats=99), "Aantal zetels: 99, eerst"),
        (lambda c: c["statements"][0].update(theme=c["themes"][-1]["key"]), "Ander thema bij"),
        (lambda c: c["statements"][0]["source"].update(title="z"), "Andere bron bij"),
        (lambda c: c["statements"][0].update(backgrounds=[]), "Andere feiten op de achtergrond"),
        (lambda c: c["statements"].insert(0, c["statements"].pop()), "24 stellingen staan op een"),
        (lambda c: c["themes"][0].update(name="Anders"), "heet nu Anders"),
        (lambda c: c["themes"][0].update(summary="Anders"), "Andere uitleg bij het thema"),
        (lambda c: c["glossary"][0].update(explanation="x"), "in de woordenlijst: 1 veranderd"),
        (lambda c: c["election"].update(date="2030-01-02"), "nu op 2 januari 2030"),
        (lambda c: c.update(features=[*c.get("features", ()), FEATURE]), "Nieuw bij de stellingen"),
        (lambda c: c.update(features=[*c["features"], VOTING]), "Nieuw bij de uitslag: Een plek"),
        (lambda c: c.update(contact=CONTACT), "Ander contact met VluchtelingenWerk"),
        (lambda c: c["statements"][0]["texts"].update(uk=TEXTS), "het Oekraïens: 1 erbij"),
        (lambda c: c["statements"][0]["texts"].update(en=TEXTS), "het Engels: 1 veranderd"),
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


def test_every_difference_of_a_statement_is_said_together() -> None:
    before = compiled(contest()).content
    after = copy.deepcopy(before)
    old, new = before["statements"][0], after["statements"][0]
    old["recommendation"], new["recommendation"] = 2, -2
    texts = ("explanation", "argument_for", "argument_against", "reason")
    new["texts"]["nl"].update(dict.fromkeys(texts, "Anders."), text="Anders gezegd.")
    after["statements"][1]["texts"]["nl"].update(explanation="Anders.")
    after["statements"][1]["recommendation"] = -before["statements"][1]["recommendation"]
    lines = compare(before, after)
    assert lines[:6] == [
        f"Stelling veranderd: ‘{old['texts']['nl']['text']}’ werd ‘Anders gezegd.’",
        "Ander advies van VluchtelingenWerk bij ‘Anders gezegd.’: "
        "van ‘helemaal mee eens’ naar ‘helemaal mee oneens’.",
        "Andere uitleg bij ‘Anders gezegd.’",
        "Ander argument voor bij ‘Anders gezegd.’",
        "Ander argument tegen bij ‘Anders gezegd.’",
        "Andere reden van het advies bij ‘Anders gezegd.’",
    ]
    second = after["statements"][1]["texts"]["nl"]["text"]
    assert "Ander advies" in lines[6]
    assert lines[7] == f"Andere uitleg bij ‘{second}’"


def test_statements_that_changed_places_are_named_and_those_that_made_room_are_not() -> None:
    before = compiled(contest()).content
    after = copy.deepcopy(before)
    asked = after["statements"]
    asked[0], asked[1] = asked[1], asked[0]
    said = [line for line in compare(before, after) if "plaats" in line]
    assert len(said) == 2
    assert "is nu stelling 1, en was stelling 2." in said[0]
    asked[0], asked[1] = asked[1], asked[0]
    gone = asked.pop(0)["key"]
    for party in after["parties"]:
        party["positions"].pop(gone, None)
    for feature in after.get("features", ()):
        feature["statements"] = [key for key in feature["statements"] if key != gone]
    lines = compare(before, after)
    assert any("Stelling weg" in line for line in lines)
    assert not any("plaats" in line for line in lines)


def test_each_way_in_which_answers_of_a_party_differ_is_counted() -> None:
    before = compiled(contest()).content
    party = next(each for each in before["parties"] if len(each["positions"]) > 4)
    keys = sorted(party["positions"])[:5]
    first, second, third, fourth, gone = (party["positions"][key] for key in keys)
    for each in (first, second, third, fourth, gone):
        each.update(stance=1, motivation="Omdat", source="")
    after = copy.deepcopy(before)
    [there] = [each for each in after["parties"] if each["slug"] == party["slug"]]
    there["positions"][keys[0]].update(stance=-2, motivation="", withheld="hate")
    there["positions"][keys[1]].update(basis="programme", motivation="Gelezen")
    del there["positions"][keys[4]]
    del party["positions"][keys[3]]
    name = there["name"]
    assert compare(before, after) == [
        f"{name}: 1 antwoord erbij.",
        f"{name}: 1 antwoord weg.",
        f"{name}: 1 antwoord veranderd.",
        f"{name}: 1 antwoord nu op basis van het verkiezingsprogramma.",
        f"{name}: 1 toelichting veranderd.",
        f"{name}: 1 toelichting weggelaten.",
    ]


@pytest.mark.parametrize(
    ("reason", "said"), [("voor de proef.", "voor de proef."), ("Naam", "Naam."), ("Nu?", "Nu?")]
)
def test_reason_ends_in_one_full_stop(reason: str, said: str) -> None:
    imprint = Imprint(1, "0" * 64, timezone.now(), "Ans", reason)
    assert Change(imprint, ()).reason == said
