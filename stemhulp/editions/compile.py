"""From the database to what a voter sees, in a fixed number of queries."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.db.models import prefetch_related_objects
from django.utils import timezone

from parties import models as parties
from statements import models as statements
from statements.portal.actions import current_answers
from stemhulp.editions.document import FORMAT, LANGUAGE, TEXTS, read
from stemhulp.editions.edition import Edition, Questionnaire

MUNICIPALITY = ("code", "name", "slug", "province", "is_example")


def compile_edition(election_slug: str, municipality_slug: str) -> Edition | None:
    """The contest as its rows stand now; None when there is no such contest."""
    contest = (
        parties.Contest.objects.select_related("election", "municipality")
        .filter(election__slug=election_slug, municipality__slug=municipality_slug)
        .first()
    )
    return None if contest is None else read(compile_content(contest))


def compile_preview(party: parties.Party) -> Edition:
    """The contest as voters would see it with this list's answers as they stand, handed in or not.

    Nothing of the other lists is in it, and no recommendation: a party that still answers sees
    neither.
    """
    prefetch_related_objects([party], "positions__statement")
    drafts = {party.pk: current_answers(party)}
    content = _content(party.contest, lambda row, keys: drafts.get(row.pk, {}))
    content["parties"] = [each for each in content["parties"] if each["slug"] == party.slug]
    edition = read(content)
    silent = tuple(replace(each, recommendation=0, reason="") for each in edition.statements)
    return replace(edition, questionnaire=Questionnaire(silent, shows_recommendation=False))


def compile_content(contest: parties.Contest) -> dict[str, Any]:
    """The content of a document (`editions.document`) as the contest's rows stand now.

    Of a party, what it handed in; of what it opened again, what it had handed in before.
    """
    return _content(contest, _handed_in, "positions", "submissions")


def _content(
    contest: parties.Contest,
    positions: Callable[[parties.Party, Mapping[int, str]], dict[str, Any]],
    *prefetched: str,
) -> dict[str, Any]:
    """With the positions that this makes of a party, given statement keys by their row."""
    asked = list(
        statements.Statement.objects.asked_in(contest)
        .select_related("theme", "source")
        .prefetch_related("backgrounds__source")
    )
    lists = contest.parties.prefetch_related(*prefetched)
    keys = {row.pk: row.key for row in asked}
    themes = {row.theme.key: row.theme for row in asked}
    return {
        "format": FORMAT,
        "election": _election(contest.election),
        "municipality": _fields(contest.municipality, *MUNICIPALITY),
        "seats": contest.seats,
        "themes": [
            _fields(theme, "key", "name", "question", "summary") for theme in themes.values()
        ],
        "glossary": [
            _fields(term, "key", "term", "forms", "explanation")
            for term in statements.Term.objects.all()
        ],
        "statements": [_statement(row) for row in asked],
        "parties": _parties(lists, lambda row: positions(row, keys)),
    }


def _fields(row: object, *names: str) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}


def elections_content() -> list[dict[str, Any]]:
    """All elections, and whether anything is asked in them."""
    asked = set(statements.Statement.objects.order_by().values_list("election", flat=True))
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


def _statement(row: statements.Statement) -> dict[str, Any]:
    return {
        "key": row.key,
        "theme": row.theme.key,
        "is_local": row.municipality_id is not None,
        "texts": {LANGUAGE: _fields(row, *TEXTS)},
        "recommendation": row.recommendation,
        "source": _source(row.source),
        "backgrounds": [
            {"text": background.text, "source": _source(background.source)}
            for background in row.backgrounds.all()
        ],
    }


def _parties(
    rows: Iterable[parties.Party], positions: Callable[[parties.Party], dict[str, Any]]
) -> list[dict[str, Any]]:
    """In the order of the ballot; by name where not every number is known, nameless ones last."""
    rows = list(rows)
    numbered = all(row.number for row in rows)
    rows.sort(key=lambda row: (row.number or 0) if numbered else 0)
    if not numbered:
        rows.sort(key=lambda row: (not row.name, row.name.casefold(), row.slug))
    names = _names(rows)
    return [
        _fields(row, "slug", "description", "number", "seats")
        | {
            "name": names[row.slug],
            "positions": positions(row),
        }
        for row in rows
    ]


def _handed_in(row: parties.Party, statement_keys: Mapping[int, str]) -> dict[str, Any]:
    """By statement key: as the rows stand while it is handed in, else as it was handed in last."""
    submissions = row.submissions.all()
    if not submissions:
        return {}
    if any(each.reopened_at is None for each in submissions):
        return {
            statement_keys[position.statement_id]: _position(position)
            for position in row.positions.all()
            if position.statement_id in statement_keys
        }
    last = max(submissions, key=lambda each: each.at)
    known = set(statement_keys.values())
    mended = {
        statement_keys[position.statement_id]: _position(position)
        for position in row.positions.all()
        if position.corrected_at is not None and position.statement_id in statement_keys
    }
    return {key: answer for key, answer in last.answers.items() if key in known} | mended


def _position(row: statements.Position) -> dict[str, Any]:
    """With what staff mended after the deadline, if they did: voters see that too."""
    content = _fields(row, "stance", "motivation", "source")
    if row.corrected_at is not None:
        on = timezone.localdate(row.corrected_at).isoformat()
        content["correction"] = {"on": on, "reason": row.correction}
    return content


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
