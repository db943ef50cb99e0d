"""From the database to what a voter sees, in a fixed number of queries."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.db.models import Prefetch

from parties import models as parties
from statements import models as statements
from statements import published, translations
from statements.translations import Published, Texts
from stemhulp.editions.document import FORMAT, TEXTS, read
from stemhulp.editions.edition import DUTCH, Edition, Questionnaire

MUNICIPALITY = ("code", "name", "slug", "province", "is_example")


def compile_edition(election_slug: str, municipality_slug: str) -> Edition | None:
    """The contest as its rows stand now; None when there is no such contest."""
    contest = (
        parties.Contest.objects.select_related("election", "municipality__region")
        .filter(election__slug=election_slug, municipality__slug=municipality_slug)
        .first()
    )
    return None if contest is None else read(compile_content(contest))


def compile_preview(party: parties.Party) -> Edition:
    """The contest as voters would see it with this list's answers as they stand, handed in or not.

    Nothing of the other lists is in it, and no recommendation: a party that still answers sees
    neither.
    """
    content = _content(
        party.contest,
        lambda row, asked: published.drafts(row, asked) if row.pk == party.pk else {},
        *published.FETCHED_FOR_DRAFTS,
    )
    content["parties"] = [each for each in content["parties"] if each["slug"] == party.slug]
    edition = read(content)
    silent = tuple(replace(each, recommendation=0, reason="") for each in edition.statements)
    return replace(edition, questionnaire=Questionnaire(silent, shows_recommendation=False))


def compile_content(contest: parties.Contest) -> dict[str, Any]:
    """The content of a document (`editions.document`) as the contest's rows stand now.

    Of a party, what may be published (`statements.published`).
    """
    return _content(contest, published.positions, *published.FETCHED)


def _content(
    contest: parties.Contest,
    positions: Callable[[parties.Party, Sequence[statements.Statement]], dict[str, Any]],
    *prefetched: str | Prefetch[Any],
) -> dict[str, Any]:
    """With the positions that this makes of a party, given the statements that are asked."""
    asked = list(
        statements.Statement.objects.asked_in(contest)
        .select_related("theme", "source")
        .prefetch_related("backgrounds__source")
    )
    lists = list(contest.parties.on_ballot().prefetch_related(*prefetched))
    terms = list(statements.Term.objects.all())
    features = list(statements.Feature.objects.shown_in(contest).select_related("source"))
    themes = {row.theme.key: row.theme for row in asked}
    answers = {row.slug: positions(row, asked) for row in lists}
    reviewed = _translations(asked, themes.values(), terms, features, lists, answers)
    content = {
        "format": FORMAT,
        "election": _election(contest.election),
        "municipality": _fields(contest.municipality, *MUNICIPALITY),
        "seats": contest.seats,
        "themes": [_theme(theme, reviewed) for theme in themes.values()],
        "glossary": [_term(term, reviewed) for term in terms],
        "statements": [_statement(row, reviewed) for row in asked],
        "parties": _parties(lists, answers),
    }
    shown = _features(features, {row.key for row in asked}, reviewed)
    contact = _contact(contest.municipality.region)
    return (
        content | ({"features": shown} if shown else {}) | ({"contact": contact} if contact else {})
    )


def _translations(
    asked: Iterable[statements.Statement],
    themes: Iterable[statements.Theme],
    terms: Iterable[statements.Term],
    features: Iterable[statements.Feature],
    lists: Iterable[parties.Party],
    answers: dict[str, dict[str, Any]],
) -> Published:
    """Of all texts of a contest, in one query; motivations get theirs written beside them."""
    subjects: dict[str, Texts] = {}
    for row in asked:
        texts = translations.statement_texts(row, list(row.backgrounds.all()))
        subjects[f"statement:{row.pk}"] = texts
    subjects |= {f"theme:{row.key}": translations.theme_texts(row) for row in themes}
    subjects |= {f"term:{row.key}": translations.term_texts(row) for row in terms}
    subjects |= {f"feature:{row.pk}": translations.feature_texts(row) for row in features}
    keys = {row.key: row.pk for row in asked}
    motivations = {}
    for party in lists:
        for key, subject in published.motivation_subjects(party, keys).items():
            found = answers[party.slug].get(key)
            if found and found["motivation"]:
                motivations[subject] = found
                subjects[subject] = translations.motivation_texts(found["motivation"])
    reviewed = Published(subjects)
    for subject, found in motivations.items():
        _translate(found, reviewed.of(subject))
    return reviewed


def _translate(content: dict[str, Any], by_language: Mapping[str, Texts]) -> dict[str, Any]:
    """Put the translations of these texts beside them, if there are any."""
    if by_language:
        content["translations"] = {code: dict(texts) for code, texts in by_language.items()}
    return content


def _theme(row: statements.Theme, reviewed: Published) -> dict[str, Any]:
    content = _fields(row, "key", "name", "question", "summary")
    return _translate(content, reviewed.of(f"theme:{row.key}"))


def _term(row: statements.Term, reviewed: Published) -> dict[str, Any]:
    content = _fields(row, "key", "term", "forms", "explanation")
    return _translate(content, reviewed.of(f"term:{row.key}"))


def _features(
    rows: Iterable[statements.Feature], keys: set[str], reviewed: Published
) -> list[dict[str, Any]]:
    """What is told beside the statements; of its statements, those that are asked here."""
    return [
        _translate(
            _fields(row, "key", "kind", "title", "text", "link")
            | {
                "source": _source(row.source),
                "is_local": row.municipality_id is not None,
                "statements": [key for key in row.statements if key in keys],
            },
            reviewed.of(f"feature:{row.pk}"),
        )
        for row in rows
    ]


def _contact(region: parties.Region | None) -> dict[str, Any]:
    """How voters reach the team of the region, if there is a way."""
    if region is None or not (region.public_email or region.public_phone):
        return {}
    return {"region": region.name, "email": region.public_email, "phone": region.public_phone}


def _fields(row: object, *names: str) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}


def elections_content() -> list[dict[str, Any]]:
    """All elections, and whether anything is asked in them."""
    rows = statements.Statement.objects.asked().order_by()
    asked = set(rows.values_list("election", flat=True))
    return [
        _election(row) | {"is_asked": row.pk in asked} for row in parties.Election.objects.all()
    ]


def guide_content(election_slug: str) -> dict[str, Any]:
    """What `guide.read_guide` takes, for an election that exists."""
    election = parties.Election.objects.get(slug=election_slug)
    contests = [row.municipality for row in election.contests.select_related("municipality")]
    absences = list(election.absences.select_related("municipality"))
    known = {row.code: row for row in [*contests, *(each.municipality for each in absences)]}
    places = parties.Place.objects.filter(
        municipality__in=known, since__lte=election.municipality_year
    )
    return {
        "election": _election(election),
        "municipalities": [_fields(row, *MUNICIPALITY) for row in known.values()],
        "places": list(places.values_list("name", "municipality_id")),
        "postcodes": _postcodes(election),
        "absences": [
            {
                "municipality": row.municipality_id,
                "reason": row.reason,
                "next_election": row.next_election.isoformat() if row.next_election else None,
                "votes_in": row.votes_in_id,
            }
            for row in absences
        ],
        "contests": sum(not row.is_example for row in contests),
    }


def _postcodes(election: parties.Election) -> list[tuple[int, str]] | None:
    if election.postcode_year is None:
        return None
    table = parties.Postcode.objects.filter(year=election.postcode_year)
    return list(table.values_list("number", "municipality_id"))


def _election(row: parties.Election) -> dict[str, Any]:
    return _fields(row, "slug", "name") | {"date": row.date.isoformat()}


def _source(row: statements.Source) -> dict[str, Any]:
    return _fields(row, "key", "title", "publisher", "year")


def _statement(row: statements.Statement, reviewed: Published) -> dict[str, Any]:
    by_language = reviewed.of(f"statement:{row.pk}")
    others = {code: {name: texts[name] for name in TEXTS} for code, texts in by_language.items()}
    return {
        "key": row.key,
        "theme": row.theme.key,
        "is_local": row.municipality_id is not None,
        "texts": {DUTCH: _fields(row, *TEXTS)} | others,
        "recommendation": row.recommendation,
        "source": _source(row.source),
        "backgrounds": [
            _translate(
                {"text": background.text, "source": _source(background.source)},
                {
                    code: {"text": texts[f"background-{background.order}"]}
                    for code, texts in by_language.items()
                },
            )
            for background in row.backgrounds.all()
        ],
    }


def _parties(rows: list[parties.Party], answers: dict[str, dict[str, Any]]) -> list[dict[str, Any]]:
    """In the order of the ballot; by name where not every number is known, nameless ones last."""
    numbered = all(row.number for row in rows)
    rows = sorted(rows, key=lambda row: (row.number or 0) if numbered else 0)
    if not numbered:
        rows.sort(key=lambda row: (not row.name, row.name.casefold(), row.slug))
    names = _names(rows)
    return [_party(row, names[row.slug], answers[row.slug]) for row in rows]


def _party(row: parties.Party, name: str, positions: dict[str, Any]) -> dict[str, Any]:
    content = _fields(row, "slug", "description", "number", "seats")
    content |= {"name": name, "positions": positions}
    links = {"website": row.website, "programme": row.programme}
    return content | {name: link for name, link in links.items() if link}


def _names(rows: Sequence[parties.Party]) -> dict[str, str]:
    """A name for every list, by its slug: a blanco lijst is told apart by number, else a letter."""
    blank = [row for row in rows if not row.name]
    names = {row.slug: row.name for row in rows if row.name}
    for index, row in enumerate(blank):
        if row.number:
            names[row.slug] = f"Blanco lijst (lijst {row.number})"
        elif len(blank) == 1:
            names[row.slug] = "Blanco lijst"
        else:
            names[row.slug] = f"Blanco lijst {chr(ord('A') + index)}"
    return names
