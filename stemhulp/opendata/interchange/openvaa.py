"""A contest in the data model of OpenVAA, a voting aid that others can set up.

The form is `FullVaaData` of the package `@openvaa/data` (dataRoot.type.ts in the repository
OpenVAA/voting-advice-application), with every translated text as its `LocalizedObject`
(localized.ts in the same package): what `translate` makes of it for one language goes into `new
DataRoot({data})`. Each key at the top is also one file of its local data folder. What that model
has no word for stands in `customData`, under "stemhulp".
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC
from functools import cache, cached_property
from typing import Any

from django.utils.translation import gettext, override

from statements.models import Stance
from stemhulp.editions.edition import DUTCH, Imprint

Content = dict[str, Any]
TRANSLATIONS = "__translations__"
OURS = "stemhulp"  # in `customData`
ORGANIZATION = "organization"
LICENCE = "CC BY 4.0"
ATTRIBUTION = "VluchtelingenWerk Nederland, Stemhulp"
ABOUT_A_POSITION = ("source", "correction", "withheld")  # what is told of it beside stance and why


def full_data(document: Content, imprint: Imprint) -> Content:
    """All of a contest, from the content of its edition's document."""
    contest = _Contest(document)
    asked, lists = document["statements"], document["parties"]
    return {
        "elections": [contest.election(imprint)],
        "constituencies": {
            "groups": [contest.group()],
            "constituencies": [contest.constituency()],
        },
        "questions": {
            "categories": [
                contest.category(order, each) for order, each in enumerate(document["themes"], 1)
            ],
            "questions": [contest.question(order, each) for order, each in enumerate(asked, 1)],
        },
        "entities": [contest.organization(order, each) for order, each in enumerate(lists, 1)],
        "nominations": [contest.nomination(order, each) for order, each in enumerate(lists, 1)],
    }


@dataclass(frozen=True)
class _Contest:
    """Names everything with an id that stays when it is published anew, and no other contest has.

    An id holds no white space and does not begin with "__" (packages/core/src/id/isValidId.ts and
    `DataRoot.checkId`).
    """

    document: Content

    @property
    def slug(self) -> str:
        slug: str = self.document["election"]["slug"]
        return slug

    @property
    def code(self) -> str:
        code: str = self.document["municipality"]["code"]
        return code

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """Into which any statement is translated, Dutch first."""
        found = {code for each in self.document["statements"] for code in each["texts"]}
        return (DUTCH, *sorted(found - {DUTCH}))

    def election(self, imprint: Imprint) -> Content:
        election = self.document["election"]
        return {
            "id": self.slug,
            "name": election["name"],
            "date": election["date"],
            "constituencyGroupIds": [self._group],
            "customData": {OURS: self._provenance(imprint)},
        }

    def _provenance(self, imprint: Imprint) -> Content:
        return {
            "edition": imprint.number,
            "sha256": imprint.digest,
            "publishedAt": imprint.published_at.astimezone(UTC).isoformat(),
            "licence": LICENCE,
            "attribution": ATTRIBUTION,
            "seats": self.document["seats"],
            "isExample": self.document["municipality"]["is_example"],
        }

    @property
    def _group(self) -> str:
        return f"{self.slug}-municipalities"

    def group(self) -> Content:
        return {"id": self._group, "constituencyIds": [self.code]}

    def constituency(self) -> Content:
        place = self.document["municipality"]
        invented = {"subtype": "example"} if place["is_example"] else {}
        own = {"slug": place["slug"], "province": place["province"]}
        return {"id": self.code, "name": place["name"], **invented, "customData": {OURS: own}}

    def _category(self, theme: str) -> str:
        return f"{self.slug}-theme-{theme}"

    def category(self, order: int, theme: Content) -> Content:
        return {
            "id": self._category(theme["key"]),
            "type": "opinion",
            "name": _text(theme, "name"),
            "info": _text(theme, "summary"),
            "order": order,
            "customData": {OURS: {"key": theme["key"], "question": _text(theme, "question")}},
        }

    def _question(self, statement: str) -> str:
        return f"{self.slug}-{statement}"

    def question(self, order: int, statement: Content) -> Content:
        """A statement of one municipality is asked in that constituency only."""
        local = {"constituencyIds": [self.code]} if statement["is_local"] else {}
        by_language = statement["texts"]
        return {
            "id": self._question(statement["key"]),
            "type": "singleChoiceOrdinal",
            "name": _localized(by_language, "text"),
            "info": _localized(by_language, "explanation"),
            "categoryId": self._category(statement["theme"]),
            "order": order,
            **local,
            "choices": _choices(self.languages),
            "customData": {
                "infoSections": list(_sections(statement, self.languages)),
                OURS: {
                    "key": statement["key"],
                    # Beside the question, so that nobody sees it before answering.
                    "recommendation": {
                        "by": "VluchtelingenWerk Nederland",
                        "stance": statement["recommendation"],
                        "reason": _localized(by_language, "reason"),
                    },
                    "source": statement["source"],
                    "backgrounds": [
                        {"text": _text(each, "text"), "source": each["source"]}
                        for each in statement["backgrounds"]
                    ],
                },
            },
        }

    def _organization(self, party: str) -> str:
        return f"{self.slug}-{self.code}-{party}"

    def organization(self, order: int, party: Content) -> Content:
        links = {name: party[name] for name in ("website", "programme") if name in party}
        about = {
            self._question(key): _about(position) for key, position in party["positions"].items()
        }
        return {
            "id": self._organization(party["slug"]),
            "type": ORGANIZATION,
            "name": party["name"],
            "info": party["description"],
            "order": order,
            "answers": {
                self._question(key): _answer(position)
                for key, position in party["positions"].items()
            },
            "customData": {
                OURS: {"slug": party["slug"], "seats": party["seats"], **links, "positions": about}
            },
        }

    def nomination(self, order: int, party: Content) -> Content:
        number = party["number"]
        return {
            "id": f"{self._organization(party['slug'])}-nomination",
            "entityType": ORGANIZATION,
            "entityId": self._organization(party["slug"]),
            "electionId": self.slug,
            "constituencyId": self.code,
            **({} if number is None else {"electionSymbol": str(number)}),
            "order": order,
        }


@cache
def _choices(languages: tuple[str, ...]) -> list[Content]:
    """The same for every question; whoever gets them only writes them down."""
    labels: dict[str, dict[str, str]] = {}
    for language in languages:
        with override(language):
            labels[language] = {str(each.value): str(each.label) for each in Stance}
    return [
        {
            "id": str(each.value),
            "label": _localized(labels, str(each.value)),
            "normalizableValue": each.value,
        }
        for each in sorted(Stance)
    ]


def _sections(statement: Content, languages: tuple[str, ...]) -> Iterable[Content]:
    """What is told of a statement beside its explanation, in the words of our own pages."""
    titles = _titles(languages)
    for field in ("argument_for", "argument_against"):
        if content := _localized(statement["texts"], field):
            yield {"title": _localized(titles, field), "content": content, "visible": True}


@cache
def _titles(languages: tuple[str, ...]) -> dict[str, dict[str, str]]:
    titles = {}
    for language in languages:
        with override(language):
            titles[language] = {
                "argument_for": gettext("Wie het eens is, zegt"),
                "argument_against": gettext("Wie het oneens is, zegt"),
            }
    return titles


def _answer(position: Content) -> Content:
    """The choice, and why. No opinion is null, which is a missing answer there."""
    stance = position["stance"]
    info = {"info": _text(position, "motivation")} if position["motivation"] else {}
    return {"value": None if stance is None else str(stance), **info}


def _about(position: Content) -> Content:
    """Who said so: the list itself, or its programme; and what was done about it since."""
    told = {name: position[name] for name in ABOUT_A_POSITION if position.get(name)}
    return {"provenance": position.get("basis", "party"), **told}


def _text(content: Content, name: str) -> Any:
    """A text that stands in Dutch, with its translations beside it."""
    return _localized({DUTCH: content, **content.get("translations", {})}, name)


def _localized(by_language: Mapping[str, Mapping[str, str]], name: str) -> Any:
    """One text in all languages that it is in: Dutch first, which others fall back on.

    A plain text where there is nothing but Dutch.
    """
    dutch = by_language[DUTCH][name]
    others = {
        language: texts[name]
        for language, texts in sorted(by_language.items())
        if language != DUTCH and texts.get(name)
    }
    return {TRANSLATIONS: {DUTCH: dutch, **others}} if others else dutch
