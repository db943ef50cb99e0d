"""A contest in OpenVAA's format: its loader takes it, and nothing is lost on the way."""

import json
from typing import Any

import pytest
from hypothesis import given
from pydantic import ValidationError

from stemhulp.editions import store
from stemhulp.editions.document import read
from stemhulp.opendata.contests import Published, published
from stemhulp.opendata.interchange.openvaa import full_data
from tests.opendata.interchange.documents import documents, imprint_of
from tests.opendata.interchange.openvaa_types import loaded, stance


def contest(slug: str) -> Published:
    store.catch_up()
    [found] = [each for each in published("gr2022") if each.municipality.slug == slug]
    return found


def exported(slug: str) -> Any:
    of = contest(slug)
    return full_data(of.content, of.imprint)


def through_json(document: Any) -> Any:
    return json.loads(json.dumps(full_data(document, imprint_of(document))))


@pytest.mark.django_db
@pytest.mark.parametrize("slug", ["voorbeeldstad", "utrecht"])
@pytest.mark.parametrize("language", ["nl", "en", "ar"])
def test_published_contest_opens_in_the_loader(slug: str, language: str) -> None:
    data = loaded(exported(slug), language)
    edition = read(contest(slug).content, language)
    assert [each.name for each in data.questions.questions] == [
        each.text for each in edition.statements
    ]
    assert [each.name for each in data.entities] == [each.name for each in edition.parties]
    assert len(data.nominations) == len(edition.parties)


@pytest.mark.django_db
def test_choices_are_the_five_answers_in_every_language() -> None:
    for language, labels in {
        "nl": ["Helemaal mee oneens", "Mee oneens", "Neutraal", "Mee eens", "Helemaal mee eens"],
        "en": ["Completely disagree", "Disagree", "Neutral", "Agree", "Completely agree"],
    }.items():
        question = loaded(exported("voorbeeldstad"), language).questions.questions[0]
        assert [each.label for each in question.choices] == labels
        assert [each.normalizableValue for each in question.choices] == [-2, -1, 0, 1, 2]


@pytest.mark.django_db
def test_recommendation_is_told_beside_the_question_and_not_as_a_party() -> None:
    data = exported("voorbeeldstad")
    edition = contest("voorbeeldstad").edition
    told = [each["customData"]["stemhulp"] for each in data["questions"]["questions"]]
    assert [each["recommendation"]["stance"] for each in told] == [
        each.recommendation for each in edition.statements
    ]
    shown = [each["customData"]["infoSections"] for each in data["questions"]["questions"]]
    assert not any(each.reason in json.dumps(shown) for each in edition.statements)
    assert not any("VluchtelingenWerk" in each["name"] for each in data["entities"])


@pytest.mark.django_db
def test_invented_municipality_says_so_and_a_real_one_does_not() -> None:
    for slug, invented in [("voorbeeldstad", True), ("utrecht", False)]:
        data = exported(slug)
        assert data["elections"][0]["customData"]["stemhulp"]["isExample"] is invented
        [place] = data["constituencies"]["constituencies"]
        assert place.get("subtype") == ("example" if invented else None)


@pytest.mark.django_db
def test_which_edition_it_was_made_of_can_be_checked() -> None:
    told = exported("voorbeeldstad")["elections"][0]["customData"]["stemhulp"]
    imprint = contest("voorbeeldstad").imprint
    assert (told["edition"], told["sha256"]) == (imprint.number, imprint.digest)
    assert told["licence"] == "CC BY 4.0"


@given(documents())
def test_any_edition_comes_back_with_its_texts_stances_and_motivations(document: Any) -> None:
    content = through_json(document)
    for language in ("nl", "en"):
        data = loaded(content, language)
        keys = [each["key"] for each in document["statements"]]
        questions = dict(zip(keys, data.questions.questions, strict=True))
        for each in document["statements"]:
            texts = each["texts"].get(language, each["texts"]["nl"])
            assert questions[each["key"]].name == texts["text"]
            assert questions[each["key"]].info == texts["explanation"]
        for party, entity in zip(document["parties"], data.entities, strict=True):
            assert set(entity.answers or {}) == {questions[key].id for key in party["positions"]}
            for key, position in party["positions"].items():
                assert stance(data, entity, questions[key]) == position["stance"]
                answer = (entity.answers or {})[questions[key].id]
                assert answer is not None
                told = position.get("translations", {}).get(language, position)["motivation"]
                assert (answer.info or "") == told


@given(documents())
def test_what_the_format_has_no_word_for_stands_in_custom_data(document: Any) -> None:
    content = through_json(document)
    for party, entity in zip(document["parties"], content["entities"], strict=True):
        ours = entity["customData"]["stemhulp"]
        assert ours["seats"] == party["seats"]
        for position, about in zip(
            party["positions"].values(), ours["positions"].values(), strict=True
        ):
            assert about["provenance"] == position.get("basis", "party")
            assert about.get("source", "") == position["source"]
            assert about.get("correction") == position.get("correction")
            assert about.get("withheld") == position.get("withheld")
    for statement, question in zip(
        document["statements"], content["questions"]["questions"], strict=True
    ):
        ours = question["customData"]["stemhulp"]
        assert ours["source"] == statement["source"]
        assert [each["source"] for each in ours["backgrounds"]] == [
            each["source"] for each in statement["backgrounds"]
        ]


@given(documents())
def test_statement_of_one_municipality_is_asked_there_only(document: Any) -> None:
    code = document["municipality"]["code"]
    for statement, question in zip(
        document["statements"], loaded(through_json(document)).questions.questions, strict=True
    ):
        assert question.constituencyIds == ([code] if statement["is_local"] else None)


@pytest.mark.django_db
def test_ids_stay_when_the_texts_change() -> None:
    document = contest("voorbeeldstad").content
    imprint = contest("voorbeeldstad").imprint
    before = loaded(full_data(document, imprint))
    document["statements"].reverse()
    document["statements"][0]["texts"]["nl"]["text"] = "Anders"
    after = loaded(full_data(document, imprint))
    assert {each.id for each in before.questions.questions} == {
        each.id for each in after.questions.questions
    }


@pytest.mark.django_db
@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: data["elections"][0].pop("name"),
        lambda data: data["entities"][0].update(id="met een spatie"),
        lambda data: data["entities"][0].update(party="x"),
        lambda data: data["nominations"][0].update(name="Een naam"),
        lambda data: data["questions"]["questions"][0].update(type="likert"),
    ],
)
def test_description_of_the_types_is_strict(spoil: Any) -> None:
    """Without this, everything above would say nothing."""
    data = exported("voorbeeldstad")
    spoil(data)
    with pytest.raises(ValidationError):
        loaded(data)
