"""The rows of the tables of one contest, made of its edition: a value for each column."""

import hashlib
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from statements.matching import Score
from statements.models import Stance
from stemhulp.editions.document import canonical
from stemhulp.editions.edition import Party, Statement, Theme
from stemhulp.opendata.contests import Published
from stemhulp.quiz.result import Participation, participation
from stemhulp.quiz.scores import whole_percent

Row = dict[str, Any]  # by the name of the column, in the order of the columns
DIGITS_OF_DIGEST = 16
WITHOUT_SCORE: Row = {
    "friendliness_percent": None,
    "friendliness_numerator": None,
    "friendliness_denominator": None,
}


class ContestRows:
    """One contest, read once. Raises UnreachableError."""

    def __init__(self, contest: Published) -> None:
        self.contest = contest
        self.content: Mapping[str, Any] = contest.content
        self.edition = contest.edition

    @cached_property
    def known(self) -> Participation:
        return participation(self.edition)

    @cached_property
    def labels(self) -> dict[int | None, str]:
        return {None: "", **{stance.value: stance.in_dutch for stance in Stance}}

    def of(self, table: str) -> Iterator[Row]:
        """All rows of the table with this name."""
        rows: Iterator[Row] = getattr(self, table)()
        return rows

    def lists(self) -> Iterator[Row]:
        for party in self.edition.parties:
            found = self.known.friendliness.get(party.slug)
            yield {
                **self._of_contest,
                **_list(party),
                "list_seats": party.seats,
                "council_seats": self.edition.seats,
                "description": party.description,
                "website": party.website,
                "programme": party.programme,
                "statements_asked": len(self.edition.statements),
                "statements_answered": party.answered,
                "statements_from_programme": party.from_programme,
                "standing": self._standing(party),
                **_score(found.score if found else None),
            }

    def friendliness(self) -> Iterator[Row]:
        for party in self.edition.parties:
            found = self.known.friendliness.get(party.slug)
            for theme, asked in self.edition.questionnaire.by_theme:
                yield {
                    **self._of_contest,
                    **_list(party),
                    **_theme(theme),
                    "statements_asked": len(asked),
                    "statements_answered": _answered(party, asked),
                    **_score(found.themes[theme.key] if found else None),
                }

    def statements(self) -> Iterator[Row]:
        themes = {each["key"]: each for each in self.content["themes"]}
        for statement, content in zip(
            self.edition.statements, self.content["statements"], strict=True
        ):
            yield {
                **self._place_of(content),
                **self._which(statement),
                "explanation": statement.explanation,
                "argument_for": statement.argument_for,
                "argument_against": statement.argument_against,
                "recommendation": statement.recommendation,
                "recommendation_label": self.labels[statement.recommendation],
                "reason": statement.reason,
                "translations": {
                    code: texts for code, texts in content["texts"].items() if code != "nl"
                },
                **_theme(statement.theme),
                "theme_question": statement.theme.question,
                "theme_summary": statement.theme.summary,
                "theme_translations": themes[statement.theme.key].get("translations", {}),
                **_source(content["source"]),
                "backgrounds": content["backgrounds"],
            }

    def positions(self) -> Iterator[Row]:
        asked = [
            (statement, {**self._which(statement), "theme_key": statement.theme.key})
            for statement in self.edition.statements
        ]
        by_slug = {each["slug"]: each["positions"] for each in self.content["parties"]}
        for party in self.edition.parties:
            who = {**self._of_contest, **_list(party)}
            for statement, which in asked:
                content = by_slug[party.slug].get(statement.key, {})
                yield {**who, **which, **self._position(party, statement, content)}

    def _position(self, party: Party, statement: Statement, content: Mapping[str, Any]) -> Row:
        position = party.positions.get(statement.key)
        correction = position.correction if position else None
        translated = content.get("translations", {})
        return {
            "stance": position.stance if position else None,
            "stance_label": self.labels[position.stance] if position else "",
            "provenance": _provenance(from_programme=position.from_programme) if position else "",
            "motivation": position.motivation if position else "",
            "motivation_translations": {
                code: texts["motivation"]
                for code, texts in translated.items()
                if "motivation" in texts
            },
            "position_source": position.source if position else "",
            "correction_on": correction.on if correction else None,
            "correction_reason": correction.reason if correction else "",
            "withheld": position.withheld if position else "",
        }

    @cached_property
    def _of_election(self) -> Row:
        election = self.edition.election
        return {"election": election.slug, "election_date": election.date}

    @cached_property
    def _of_contest(self) -> Row:
        place, imprint = self.edition.municipality, self.contest.imprint
        return {
            **self._of_election,
            "municipality_code": place.code,
            "municipality": place.name,
            "municipality_slug": place.slug,
            "province": place.province,
            "is_example": place.is_example,
            "edition": imprint.number,
            "edition_digest": imprint.digest,
            "published_at": imprint.published_at.replace(microsecond=0),
        }

    def _place_of(self, statement: Mapping[str, Any]) -> Row:
        """Where a statement is asked: everywhere, or in this municipality only."""
        place, is_local = self.edition.municipality, _is_local(statement)
        return {
            **self._of_election,
            "is_local": is_local,
            "municipality_code": place.code if is_local else "",
            "municipality": place.name if is_local else "",
            "municipality_slug": place.slug if is_local else "",
            "is_example": place.is_example,
        }

    def _which(self, statement: Statement) -> Row:
        return {
            "statement_key": statement.key,
            "statement_number": statement.number,
            "statement_digest": self._digests[statement.key],
            "statement_text": statement.text,
        }

    @cached_property
    def _digests(self) -> dict[str, str]:
        """By the key of the statement: of all that is told of it, whatever its place."""
        themes = {each["key"]: each for each in self.content["themes"]}
        return {
            each["key"]: hashlib.sha256(
                canonical(
                    {
                        "election": self.edition.election.slug,
                        "municipality": self.edition.municipality.code if _is_local(each) else None,
                        "statement": each,
                        "theme": themes[each["theme"]],
                    }
                )
            ).hexdigest()[:DIGITS_OF_DIGEST]
            for each in self.content["statements"]
        }

    def _standing(self, party: Party) -> str:
        if party.slug in self.known.ranking:
            return "ranked"
        return "few_answers" if party.answered else "no_answers"


def _is_local(statement: Mapping[str, Any]) -> bool:
    """The first documents did not say so: all their statements were national."""
    return bool(statement.get("is_local", False))


def _list(party: Party) -> Row:
    return {"list_slug": party.slug, "list_name": party.name, "list_number": party.number}


def _theme(theme: Theme) -> Row:
    return {"theme_key": theme.key, "theme_name": theme.name}


def _source(content: Mapping[str, Any]) -> Row:
    return {
        "source_key": content.get("key", ""),
        "source_title": content["title"],
        "source_publisher": content["publisher"],
        "source_year": content["year"],
    }


def _score(score: Score) -> Row:
    if score is None:
        return WITHOUT_SCORE
    numerator, denominator = score.as_integer_ratio()
    return {
        "friendliness_percent": whole_percent(score),
        "friendliness_numerator": numerator,
        "friendliness_denominator": denominator,
    }


def _answered(party: Party, asked: tuple[Statement, ...]) -> int:
    found = (party.positions.get(each.key) for each in asked)
    return sum(each is not None and each.stance is not None for each in found)


def _provenance(*, from_programme: bool) -> str:
    return "programme" if from_programme else "party"
