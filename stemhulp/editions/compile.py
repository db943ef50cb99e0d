"""From the database to what a voter sees, in a fixed number of queries."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.db.models import Q

from parties import models as parties
from parties.search import Gazetteer, Locality
from statements import models as statements
from stemhulp.editions.edition import (
    Absence,
    Background,
    Edition,
    Election,
    Municipality,
    Party,
    Position,
    Source,
    Statement,
    Term,
    Theme,
)
from stemhulp.editions.guide import Guide


def compile_edition(election_slug: str, municipality_slug: str) -> Edition | None:
    """The contest as its rows stand now; None when there is no such contest."""
    contest = (
        parties.Contest.objects.select_related("election", "municipality")
        .filter(election__slug=election_slug, municipality__slug=municipality_slug)
        .first()
    )
    if contest is None:
        return None
    asked = list(
        statements.Statement.objects.filter(
            Q(municipality=None) | Q(municipality=contest.municipality_id),
            election=contest.election_id,
        )
        .select_related("theme", "source")
        .prefetch_related("backgrounds__source")
        .order_by("theme__order", "order")
    )
    terms = [_term(term) for term in statements.Term.objects.all()]
    lists = contest.parties.prefetch_related("positions")
    return Edition(
        election=_election(contest.election),
        municipality=_municipality(contest.municipality),
        seats=contest.seats,
        statements=tuple(_statement(row, number, terms) for number, row in enumerate(asked, 1)),
        parties=_parties(lists, {row.pk: row.key for row in asked}),
    )


def compile_elections(on: str) -> tuple[Election, ...] | None:
    """All elections, the one to show on this day (2022-03-16) first; None without any.

    Those in which nothing is asked come after those in which something is.
    """
    asked = set(statements.Statement.objects.order_by().values_list("election", flat=True))
    rows = parties.Election.objects.by_interest(date.fromisoformat(on))
    rows.sort(key=lambda row: row.pk not in asked)
    return tuple(_election(row) for row in rows) or None


def compile_guide(election_slug: str) -> Guide | None:
    """What is needed to find one's way in an election; None when there is no such election."""
    election = parties.Election.objects.filter(slug=election_slug).first()
    if election is None:
        return None
    contests = election.contests.select_related("municipality")
    absences = election.absences.select_related("municipality", "votes_in")
    known = {
        row.code: row
        for row in [
            *(contest.municipality for contest in contests),
            *(absence.municipality for absence in absences),
        ]
    }
    gazetteer = Gazetteer(
        (Locality(row.code, row.name, row.slug, row.province) for row in known.values()),
        places=parties.Place.objects.filter(
            municipality__in=known, since__lte=election.municipality_year
        ).values_list("name", "municipality_id"),
        postcodes=_postcodes(election),
    )
    shown = _election(election)
    return Guide(
        election=shown,
        gazetteer=gazetteer,
        municipalities={row.slug: _municipality(row) for row in known.values()},
        examples=tuple(_municipality(row) for row in known.values() if row.is_example),
        contests=sum(not contest.municipality.is_example for contest in contests),
        absences={
            row.municipality.slug: Absence(
                election=shown,
                municipality=_municipality(row.municipality),
                reason=row.reason,
                next_election=row.next_election,
                votes_in=_municipality(row.votes_in) if row.votes_in else None,
            )
            for row in absences
        },
    )


def _postcodes(election: parties.Election) -> Iterable[tuple[int, str]] | None:
    if election.postcode_year is None:
        return None
    table = parties.Postcode.objects.filter(year=election.postcode_year)
    return table.values_list("number", "municipality_id")


def _election(row: parties.Election) -> Election:
    return Election(slug=row.slug, name=row.name, date=row.date)


def _municipality(row: parties.Municipality) -> Municipality:
    return Municipality(row.code, row.name, row.slug, row.province, row.is_example)


def _source(row: statements.Source) -> Source:
    return Source(title=row.title, publisher=row.publisher, year=row.year)


def _term(row: statements.Term) -> Term:
    return Term(term=row.term, forms=tuple(row.forms), explanation=row.explanation)


def _statement(row: statements.Statement, number: int, terms: Sequence[Term]) -> Statement:
    theme = row.theme
    shown = (row.text, row.explanation, row.argument_for, row.argument_against)
    return Statement(
        key=row.key,
        number=number,
        theme=Theme(theme.key, theme.name, theme.question, theme.summary),
        text=row.text,
        explanation=row.explanation,
        argument_for=row.argument_for,
        argument_against=row.argument_against,
        recommendation=row.recommendation,
        reason=row.reason,
        source=_source(row.source),
        backgrounds=tuple(
            Background(text=background.text, source=_source(background.source))
            for background in row.backgrounds.all()
        ),
        terms=terms_in(" ".join(shown), terms),
    )


def terms_in(text: str, terms: Iterable[Term]) -> tuple[Term, ...]:
    """The terms of which a form stands in the text as a whole word, in order of appearance."""
    found = [
        (position.start(), term)
        for term in terms
        if (position := re.search(_whole_word(term.forms), text, re.IGNORECASE))
    ]
    return tuple(term for _, term in sorted(found, key=lambda pair: pair[0]))


def _whole_word(forms: Sequence[str]) -> str:
    return r"(?<!\w)(?:" + "|".join(re.escape(form) for form in forms) + r")(?!\w)"


def _parties(rows: Iterable[parties.Party], statement_keys: Mapping[int, str]) -> tuple[Party, ...]:
    """In the order of the ballot; by name where not every number is known, nameless ones last."""
    rows = list(rows)
    numbered = all(row.number for row in rows)
    rows.sort(key=lambda row: (row.number or 0) if numbered else 0)
    if not numbered:
        rows.sort(key=lambda row: (not row.name, row.name.casefold(), row.slug))
    names = _names(rows)
    return tuple(
        Party(
            slug=row.slug,
            name=names[row.slug],
            description=row.description,
            number=row.number,
            seats=row.seats,
            positions={
                statement_keys[position.statement_id]: Position(
                    position.stance, position.motivation, position.source
                )
                for position in row.positions.all()
                if position.statement_id in statement_keys
            },
        )
        for row in rows
    )


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
