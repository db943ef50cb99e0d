"""What was published of a contest, in the shapes in which it is answered."""

from collections.abc import Iterable
from fractions import Fraction
from typing import Literal

from django.urls import reverse

from stemhulp.editions import edition as published
from stemhulp.editions.edition import Edition, Imprint
from stemhulp.opendata.api import shapes
from stemhulp.opendata.api.finding import imprint_of
from stemhulp.opendata.api.outlines import outline
from stemhulp.quiz.result import Friendliness, participation
from stemhulp.quiz.scores import whole_percent

Standing = Literal["ranked", "few_answers", "no_answers"]


def contest(election: str, place: published.Municipality, imprint: Imprint) -> shapes.Contest:
    """By its current edition. Raises ApiProblem.

    An address of the API says nothing of a language, so that of the page is in Dutch as well.
    """
    return shapes.Contest(
        election=election,
        municipality=place_of(place),
        is_example=place.is_example,
        **outline(election, imprint)._asdict(),
        edition=edition_of(election, place.slug, imprint, is_current=True),
        page=reverse("quiz:introduction", args=[election, place.slug]),
    )


def place_of(place: published.Municipality) -> shapes.Place:
    return shapes.Place(slug=place.slug, code=place.code, name=place.name)


def edition_of(
    election: str, municipality: str, imprint: Imprint, *, is_current: bool
) -> shapes.Edition:
    return shapes.Edition(
        number=imprint.number,
        digest=imprint.digest,
        published_at=imprint.published_at,
        reason=imprint.reason,
        repeats=imprint.repeats,
        is_current=is_current,
        document=f"/api/v1/elections/{election}/contests/{municipality}/editions/{imprint.number}",
    )


def current(edition: Edition) -> shapes.Edition:
    place = edition.municipality.slug
    return edition_of(edition.election.slug, place, imprint_of(edition), is_current=True)


def score(value: Fraction | float | None) -> shapes.Score | None:
    if value is None:
        return None
    numerator, denominator = value.as_integer_ratio()
    return shapes.Score(numerator=numerator, denominator=denominator, percent=whole_percent(value))


def friendliness(found: Friendliness) -> dict[str, shapes.Score | None]:
    """Per theme, by its key."""
    return {theme: score(each) for theme, each in found.themes.items()}


def party(edition: Edition, each: published.Party) -> shapes.Party:
    found = participation(edition).friendliness.get(each.slug)
    return shapes.Party(
        slug=each.slug,
        name=each.name,
        number=each.number,
        seats=each.seats,
        description=each.description,
        website=each.website,
        programme=each.programme,
        statements=len(edition.statements),
        answered=each.answered,
        answered_itself=each.answered_itself,
        from_programme=each.from_programme,
        standing=_standing(edition, each),
        friendliness=score(found.score) if found else None,
        themes=friendliness(found) if found else {},
    )


def _standing(edition: Edition, each: published.Party) -> Standing:
    if each.slug in participation(edition).ranking:
        return "ranked"
    return "few_answers" if each.answered else "no_answers"


def theme(each: published.Theme, asked: Iterable[published.Statement]) -> shapes.Theme:
    """With the statements that are asked of it."""
    return shapes.Theme(
        key=each.key,
        name=each.name,
        question=each.question,
        summary=each.summary,
        statements=[statement.key for statement in asked],
        language=each.language,
    )


def statement(each: published.Statement) -> shapes.Statement:
    return shapes.Statement(
        key=each.key,
        number=each.number,
        theme=each.theme.key,
        text=each.text,
        explanation=each.explanation,
        argument_for=each.argument_for,
        argument_against=each.argument_against,
        recommendation=each.recommendation,
        reason=each.reason,
        source=_source(each.source),
        backgrounds=[
            shapes.Background(text=fact.text, source=_source(fact.source), language=fact.language)
            for fact in each.backgrounds
        ],
        terms=[term(word) for word in each.terms],
        language=each.language,
    )


def term(word: published.Term) -> shapes.Term:
    return shapes.Term(term=word.term, explanation=word.explanation, language=word.language)


def glossary(edition: Edition) -> list[published.Term]:
    """Each word once, though it stands in many statements."""
    words = {word.term: word for each in edition.statements for word in each.terms}
    return [words[each] for each in sorted(words, key=str.casefold)]


def positions(
    edition: Edition, party: str | None, statement: str | None
) -> list[tuple[str, str, published.Position]]:
    """Slug of the party, key of the statement, and what it holds; in the order of the list."""
    return [
        (one.slug, asked.key, one.positions[asked.key])
        for one in edition.parties
        if party in {None, one.slug}
        for asked in edition.statements
        if statement in {None, asked.key} and asked.key in one.positions
    ]


def position(party: str, statement: str, each: published.Position) -> shapes.Position:
    mended = each.correction
    return shapes.Position(
        party=party,
        statement=statement,
        stance=each.stance,
        motivation=each.motivation,
        basis="programme" if each.from_programme else "party",
        source=each.source,
        correction=shapes.Correction(on=mended.on, reason=mended.reason) if mended else None,
        withheld=each.withheld or None,
        language=each.language,
    )


def feature(each: published.Feature) -> shapes.Feature:
    return shapes.Feature(
        key=each.key,
        kind=each.kind,
        title=each.title,
        text=each.text,
        link=each.link,
        source=_source(each.source),
        is_local=each.is_local,
        statements=list(each.statements),
        language=each.language,
    )


def _source(source: published.Source) -> shapes.Source:
    return shapes.Source(title=source.title, publisher=source.publisher, year=source.year)
