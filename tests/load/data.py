"""`python -m tests.load.data 333`: an election of which every party and position is invented.

Runs in a process of its own, with DJANGO_SETTINGS_MODULE and an empty, migrated database; writes
the addresses of its contests, the largest council first.
"""
# ruff: noqa: E402  # Django is set up before its models can be imported

import io
import random
import sys
from collections import defaultdict
from typing import Any

import django

django.setup()

from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from parties.models import Contest, Election, Party
from statements.models import (
    Background,
    Position,
    Source,
    Stance,
    Statement,
    Submission,
    Term,
    Theme,
)
from statements.portal.answers import Answer
from statements.versions import keep_loaded
from tests.load.matching import PARTIES, STATEMENTS

ELECTION = "2022"
THEMES = ["opvang", "wonen", "inburgering", "werk"]
TERMS = 20
MOTIVATION = 170  # characters
WORDS = [
    *("de", "het", "een", "gemeente", "raad", "wijk", "dorp", "mensen", "opvang", "wonen", "leren"),
    *("werken", "taal", "school", "sport", "bus", "plek", "geld", "jaar", "samen", "snel", "groot"),
    *("klein", "nieuw", "ander", "vaak", "soms", "rustig", "helpen", "bouwen", "vinden"),
]


@transaction.atomic
def build(contests: int) -> None:
    """The real contests of 2022; in the largest of them, this many, invented parties take part."""
    for command, arguments in (
        ("load_municipalities", []),
        ("load_postcodes", [ELECTION]),
        ("load_election", [ELECTION]),
    ):
        call_command(command, *arguments, stdout=io.StringIO())
    Party.objects.all().delete()
    election = Election.objects.get()
    drawn = random.Random(2022)  # noqa: S311  # a benchmark wants the same texts each time
    statements = _statements(election, drawn)
    for contest in largest(contests):
        _positions(contest, statements, drawn)


def largest(contests: int) -> list[Contest]:
    """The contests that have parties: those with the most seats, at most this many."""
    rows = Contest.objects.select_related("election", "municipality")
    return list(rows.order_by("-seats", "municipality__slug")[:contests])


def _statements(election: Election, drawn: random.Random) -> list[Statement]:
    source = Source.objects.create(key="verzonnen", title="Verzonnen bron", publisher="Niemand")
    themes = _themes(drawn)
    _terms(drawn)
    statements = [
        Statement(
            election=election,
            key=f"stelling-{number}",
            theme=themes[number * len(themes) // STATEMENTS],
            order=number,
            text=_text(drawn, 95),
            explanation=_text(drawn, 230),
            argument_for=_text(drawn, 150),
            argument_against=_text(drawn, 150),
            recommendation=drawn.choice(Stance.values),
            reason=_text(drawn, 170),
            source=source,
        )
        for number in range(STATEMENTS)
    ]
    made = Statement.objects.bulk_create(statements)
    for each in made:
        keep_loaded(each, timezone.now())
    Background.objects.bulk_create(
        Background(statement=each, order=1, text=_text(drawn, 110), source=source) for each in made
    )
    return made


def _themes(drawn: random.Random) -> list[Theme]:
    return Theme.objects.bulk_create(
        Theme(
            key=key, name=key.title(), question=_text(drawn, 70), summary=_text(drawn, 150), order=n
        )
        for n, key in enumerate(THEMES)
    )


def _terms(drawn: random.Random) -> None:
    """A glossary of words of which most stand in no statement, as in the real one."""
    Term.objects.bulk_create(
        Term(
            key=f"woord-{number}",
            term=WORDS[-1 - number] if number < 2 else f"begrip {number}",
            forms=[WORDS[-1 - number] if number < 2 else f"begrip{number}", f"begrippen{number}"],
            explanation=_text(drawn, 140),
        )
        for number in range(TERMS)
    )


def _positions(contest: Contest, statements: list[Statement], drawn: random.Random) -> None:
    parties = Party.objects.bulk_create(
        Party(
            contest=contest,
            slug=f"verzonnen-{number}",
            name=party_name(number),
            description=_text(drawn, 60),
            number=number,
        )
        for number in range(1, PARTIES + 1)
    )
    positions = Position.objects.bulk_create(
        Position(
            party=party,
            statement=statement,
            stance=drawn.choice(Stance.values),
            motivation=_text(drawn, MOTIVATION),
            source="verzonnen",
        )
        for party in parties
        for statement in statements
    )
    answers: dict[int, dict[str, Any]] = defaultdict(dict)
    for each in positions:
        answers[each.party_id][each.statement.key] = Answer.of(each).content
    Submission.objects.bulk_create(
        Submission(party=each, name="Niemand", at=timezone.now(), answers=answers[each.pk])
        for each in parties
    )


def party_name(number: int) -> str:
    return f"Verzonnen partij {number}"


def _text(drawn: random.Random, length: int) -> str:
    """Words without meaning, of exactly this many characters."""
    words = " ".join(drawn.choices(WORDS, k=length // 2))
    return words[: length - 1].strip().capitalize().ljust(length - 1, "n") + "."


if __name__ == "__main__":
    build(int(sys.argv[1]))
    for each in largest(int(sys.argv[1])):
        sys.stdout.write(f"{each.election.slug}/{each.municipality.slug}\n")
