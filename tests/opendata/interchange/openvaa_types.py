"""What OpenVAA publishes about its data: its types as models of our own, and what its loader asks.

Entered by hand as facts, from github.com/OpenVAA/voting-advice-application, in `packages/data/src`
at these commits:

- root/dataRoot.type.ts, `FullVaaData`, at 0561295; root/dataRoot.ts at 0b5e72c
- core/dataObject.type.ts at 0438863; i18n/localized.ts at c95b55a; i18n/translate.ts at 7267ec6
- objects/election/election.type.ts at 5fe924a
- objects/constituency/constituency.type.ts and constituencyGroup.type.ts at 7711ce7
- objects/questions/base: question.type.ts at 59607e5, questionAndCategoryBase.type.ts and
  choice.type.ts at 26428b0, choiceQuestion.type.ts and answer.type.ts at 5fe924a, question.ts at
  0438863, choiceQuestion.ts at 25d5481
- objects/questions/category/questionCategory.type.ts at 5fe924a
- objects/questions/variants/singleChoiceOrdinalQuestion.ts at 25d5481
- objects/entities/base/entity.type.ts at 60aecf4; variants/organization.type.ts at 5fe924a
- objects/nominations/base/nomination.type.ts at 26428b0; variants/organizationNomination.type.ts
  at 66a34f9

and `packages/core/src/id/isValidId.ts` at 6fe18dd, `packages/app-shared/src/data/
customData.type.ts` at 31f8cea (which fields of `customData` its pages show), and
`frontend/src/lib/server/api/adapters/local/localPaths.ts` at c33e0ac (the same five parts, each
with localized texts, as files that its local adapter reads).
"""

# ruff: noqa: N815  # the names are theirs
import re
from collections.abc import Sequence
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field


def _valid(value: str) -> str:
    """No white space, and nothing that looks like an id that `DataRoot` makes by itself."""
    if not value or re.search(r"\s", value) or value.startswith("__"):
        raise ValueError("no valid id")
    return value


Id = Annotated[str, AfterValidator(_valid)]
FilterOfIds = Id | list[Id] | None


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class DataObject(Strict):
    """All are optional but the id."""

    id: Id
    color: dict[str, str] | None = None
    image: dict[str, str] | None = None
    name: str | None = None
    shortName: str | None = None
    info: str | None = None
    order: float | None = None
    subtype: str | None = None
    customData: dict[str, Any] | None = None
    isGenerated: bool | None = None


class Election(DataObject):
    name: str
    constituencyGroupIds: list[Id]
    date: str | None = None
    multipleRounds: bool | None = None
    round: int | None = None


class ConstituencyGroup(DataObject):
    constituencyIds: list[Id]


class Constituency(DataObject):
    name: str
    keywords: list[str] | None = None
    parentId: Id | None = None


class Constituencies(Strict):
    groups: list[ConstituencyGroup]
    constituencies: list[Constituency]


class QuestionAndCategoryBase(DataObject):
    electionIds: FilterOfIds = None
    electionRounds: int | list[int] | None = None
    constituencyIds: FilterOfIds = None
    entityType: str | list[str] | None = None


class QuestionCategory(QuestionAndCategoryBase):
    type: Literal["info", "opinion", "default"] | None = None


class Choice(Strict):
    id: Id
    label: str
    normalizableValue: float


class InfoSection(Strict):
    title: str | None = None
    content: str | None = None
    visible: bool | None = None


class QuestionCustomData(BaseModel):
    """What its pages know of; anything may stand beside it."""

    model_config = ConfigDict(extra="allow")
    infoSections: list[InfoSection] | None = None


class OrdinalQuestion(QuestionAndCategoryBase):
    type: Literal["singleChoiceOrdinal"]
    name: str
    categoryId: Id
    required: bool | None = None
    choices: list[Choice] = Field(min_length=2)
    customData: QuestionCustomData | None = None  # type: ignore[assignment]  # narrower


class Questions(Strict):
    categories: list[QuestionCategory]
    questions: list[OrdinalQuestion]


class Answer(Strict):
    """`value` is the id of a choice; null is a missing answer (`Question.ensureValue`)."""

    value: Id | None
    info: str | None = None


class Organization(DataObject):
    type: Literal["organization"]
    name: str
    answers: dict[Id, Answer | None] | None = None


class OrganizationNomination(DataObject):
    """The name is the entity's: it may not have one."""

    id: Id | None = None  # type: ignore[assignment]  # the loader makes one
    name: None = None
    shortName: None = None
    entityType: Literal["organization"]
    entityId: Id
    electionId: Id
    electionRound: int | None = None
    constituencyId: Id
    electionSymbol: str | None = None
    candidates: list[Any] | None = None
    factions: list[Any] | None = None


class FullVaaData(Strict):
    elections: list[Election]
    constituencies: Constituencies
    questions: Questions
    entities: list[Organization]
    nominations: list[OrganizationNomination]


def translated(value: Any, language: str) -> Any:
    """Every localized text in one language; where it is not in that one, in the first it is in."""
    if isinstance(value, dict) and isinstance(value.get("__translations__"), dict):
        texts = value["__translations__"]
        return texts.get(language) or next(iter(texts.values()), None)
    if isinstance(value, dict):
        return {name: translated(each, language) for name, each in value.items()}
    return [translated(each, language) for each in value] if isinstance(value, list) else value


def loaded(content: Any, language: str = "nl") -> FullVaaData:
    """As its loader takes it: translated, typed, and everything that is named is there."""
    data = FullVaaData.model_validate(translated(content, language))
    everything: list[Sequence[DataObject]] = [
        *(data.elections, data.constituencies.groups, data.constituencies.constituencies),
        *(data.questions.categories, data.questions.questions, data.entities, data.nominations),
    ]
    for objects in everything:
        ids = [each.id for each in objects]
        assert len(set(ids)) == len(ids), "an object would take the place of another"
    _check_places(data)
    _check_questions(data)
    _check_nominations(data)
    return data


def _check_places(data: FullVaaData) -> None:
    groups = {each.id for each in data.constituencies.groups}
    places = {each.id for each in data.constituencies.constituencies}
    assert all(groups.issuperset(each.constituencyGroupIds) for each in data.elections)
    assert all(places.issuperset(each.constituencyIds) for each in data.constituencies.groups)


def _check_questions(data: FullVaaData) -> None:
    categories = {each.id for each in data.questions.categories}
    places = {each.id for each in data.constituencies.constituencies}
    for each in data.questions.questions:
        assert each.categoryId in categories
        assert places.issuperset(each.constituencyIds or [])
        ids = [choice.id for choice in each.choices]
        assert len(set(ids)) == len(ids)
        values = [choice.normalizableValue for choice in each.choices]
        assert min(values) < max(values), "the range must be greater than 0"


def _check_nominations(data: FullVaaData) -> None:
    entities = {each.id for each in data.entities}
    elections = {each.id for each in data.elections}
    places = {each.id for each in data.constituencies.constituencies}
    for each in data.nominations:
        assert each.entityId in entities
        assert each.electionId in elections
        assert each.constituencyId in places


def stance(data: FullVaaData, entity: Organization, question: OrdinalQuestion) -> float | None:
    """What counts in the matching: the value of the chosen choice; None for a missing answer."""
    answer = (entity.answers or {}).get(question.id)
    if answer is None or answer.value is None:
        return None
    [chosen] = [each for each in question.choices if each.id == answer.value]
    return chosen.normalizableValue
