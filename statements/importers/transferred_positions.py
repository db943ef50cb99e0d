"""Positions that were published by another Stemhulp, or here for another election.

What a list said elsewhere, it did not say here. So its own answers become drafts: it finds them
filled in, and nobody else sees them before it hands them in. What staff read in its programme
becomes research that a second person has yet to check.

Only for the very election that they were published for, a whole edition can be taken over as it
was: handed in, with the edition named where a signature would be, and checked.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone

from parties.importers.tables import Row, unique
from parties.models import Contest, Election, Party, User
from statements.models import (
    Position,
    Research,
    Revision,
    Statement,
    Submission,
    Translation,
    Way,
)
from statements.portal.actions import current_answers, unlocked
from statements.portal.answers import Answer, clean_motivation, clean_source
from statements.translations import digest, motivation_texts

# The columns without which there is no position.
NEEDED = (
    *("election", "municipality_code", "is_example", "edition", "edition_digest", "published_at"),
    *("list_slug", "statement_key", "stance", "provenance", "motivation", "position_source"),
)
PROGRAMME = "programme"
LONGEST_REASON = 300
BATCH = 1000


@dataclass(frozen=True)
class Terms:
    """Who takes it over, when, and as what."""

    by: User
    at: datetime
    as_published: bool = False  # not as drafts
    checked_by: User | None = None  # someone else, who read what came from programmes
    only_known: bool = False  # leave out lists that do not stand here


@dataclass
class Positions:
    """What came of a file: how many of each, and what was left out."""

    answers: int = 0
    readings: int = 0
    same: int = 0  # were here already
    unknown: list[str] = field(default_factory=list)  # lists that do not stand here
    withheld: int = 0  # motivations that are in no file


def load(election: Election, rows: Iterable[Row], terms: Terms) -> Positions:
    """Take these over. Raises FixtureError; whoever calls undoes what was done.

    Nothing that a list or a colleague entered here is overwritten.
    """
    loading = _Loading(election, terms)
    key = ("municipality_code", "list_slug", "statement_key")
    loading.take(unique(iter(rows), *key))
    if not terms.as_published:
        loading.keep()
        return loading.done
    with unlocked():  # it was published: no deadline is ahead of it
        loading.keep()
        loading.hand_in()
    return loading.done


class _Loading:
    def __init__(self, election: Election, terms: Terms) -> None:
        self.election, self.terms = election, terms
        self.done = Positions()
        contests = election.contests.select_related("municipality", "election")
        self.contests = {each.municipality_id: each for each in contests}
        lists = Party.objects.on_ballot().filter(contest__election=election)
        self.lists = {
            (self._code(each), each.slug): each
            for each in lists.select_related("contest__municipality", "contest__election")
        }
        self.statements = {each.key: each for each in election.statements.all()}
        self.answers = {
            (row.party_id, row.statement_id): row
            for row in Position.objects.filter(party__contest__election=election)
        }
        self.readings = {
            (row.party_id, row.statement_id): row
            for row in Research.objects.current().filter(party__contest__election=election)
        }
        self.signed = set(
            Submission.objects.filter(party__contest__election=election).values_list(
                "party", flat=True
            )
        )
        self.handed_in: dict[int, Row] = {}  # by list, a row of the edition it comes from
        self.new: list[tuple[Position, Row]] = []
        self.new_readings: list[Research] = []

    @staticmethod
    def _code(party: Party) -> str:
        return party.contest.municipality_id

    def take(self, rows: Iterable[Row]) -> None:
        for row in rows:
            self._check(row)
            contest = row.one_of("municipality_code", self.contests)
            if row.values["is_example"] != contest.municipality.is_example:
                raise row.error("an invented municipality is not a real one, nor the other way")
            party = self._list(row)
            if party is None or not row.values["provenance"]:
                continue
            statement = self._statement(row, contest)
            if row.values["provenance"] == PROGRAMME:
                self._read(row, party, statement)
            else:
                self._answer(row, party, statement)

    def _check(self, row: Row) -> None:
        if self.terms.as_published and row.values["election"] != self.election.slug:
            raise row.error(
                f"was published for {row.values['election']}; for {self.election.slug} it can only "
                "be taken over as a draft"
            )

    def _list(self, row: Row) -> Party | None:
        key = (row.text("municipality_code"), row.text("list_slug"))
        party = self.lists.get(key)
        if party is None and not self.terms.only_known:
            raise row.error(f"list_slug is {key[1]!r}, which does not stand in {key[0]} here")
        if party is None and " ".join(key) not in self.done.unknown:
            self.done.unknown.append(" ".join(key))
        return party

    def _statement(self, row: Row, contest: Contest) -> Statement:
        statement = row.one_of("statement_key", self.statements)
        if statement.municipality_id not in {None, contest.municipality_id}:
            raise row.error(f"{statement.key} is not asked in {contest.municipality}")
        return statement

    # What a list said itself

    def _answer(self, row: Row, party: Party, statement: Statement) -> None:
        answer = _answer_of(row)
        self.done.withheld += bool(row.values.get("withheld"))
        known = self.answers.get((party.pk, statement.pk))
        if self.terms.as_published and party.pk not in self.signed:
            self.handed_in.setdefault(party.pk, row)
        if known is not None:
            if Answer.of(known) != answer:
                raise row.error(f"{party} answered {statement.key} otherwise here; that stays")
            self.done.same += 1
            return
        self._refuse_late(row, party)
        corrected = _correction(row) if self.terms.as_published else {}
        position = Position(
            party=party,
            statement=statement,
            meaning=statement.meaning,
            **answer.content,
            **corrected,
        )
        self.new.append((position, row))
        self.done.answers += 1

    def _refuse_late(self, row: Row, party: Party) -> None:
        if party.pk in self.signed:
            raise row.error(f"{party} handed in already, without this; that stays")
        if not self.terms.as_published and party.contest.is_closed(self.terms.at):
            raise row.error(f"the deadline of {party} has passed: it could not hand in a draft")

    def keep(self) -> None:
        """All at once: an election has some hundred thousand."""
        positions = [position for position, _ in self.new]
        Position.objects.bulk_create(positions, batch_size=BATCH)
        revisions = [self._revision(*each) for each in self.new]
        Revision.objects.bulk_create(revisions, batch_size=BATCH)
        translations = [each for new in self.new for each in self._translations(*new)]
        Translation.objects.bulk_create(translations, batch_size=BATCH)
        Research.objects.bulk_create(self.new_readings, batch_size=BATCH)

    def _revision(self, position: Position, row: Row) -> Revision:
        return Revision(
            party_id=position.party_id,
            statement_id=position.statement_id,
            by=self.terms.by,
            at=self.terms.at,
            way=Way.TRANSFER,
            before=None,
            after=Answer.of(position).content,
            reason=_edition(row),
        )

    def _translations(self, position: Position, row: Row) -> Iterable[Translation]:
        for language, text in (row.values.get("motivation_translations") or {}).items():
            if not isinstance(text, str) or not position.motivation:
                raise row.error("motivation_translations: expected a text by language")
            if language not in settings.TRANSLATED_INTO:
                raise row.error(f"{language!r} is not a language of TRANSLATED_INTO")
            yield Translation(
                language=language,
                subject=f"motivation:{position.pk}",
                texts=motivation_texts(text),
                source_digest=digest(motivation_texts(position.motivation)),
                written_at=self.terms.at,
                reviewed_at=self.terms.at,
            )

    def hand_in(self) -> None:
        """With the edition under it that it comes from, for each list that answered."""
        lists = Party.objects.filter(pk__in=self.handed_in).prefetch_related("positions__statement")
        Submission.objects.bulk_create(
            Submission(
                party=party,
                name=_edition(self.handed_in[party.pk]),
                at=self.handed_in[party.pk].values["published_at"],
                answers=current_answers(party),
            )
            for party in lists
        )

    # What staff read

    def _read(self, row: Row, party: Party, statement: Statement) -> None:
        stance, answer = row.values["stance"], _answer_of(row)
        if row.values.get("withheld"):
            self.done.withheld += 1  # without its words there is nothing to check it by
            return
        if stance is None or not answer.motivation or not answer.source:
            raise row.error("from a programme: needs a stance, the quotation and its place")
        known = self.readings.get((party.pk, statement.pk))
        if known is not None:
            if Answer(known.stance, known.quotation, known.source) != answer:
                raise row.error(f"{statement.key} was read otherwise here for {party}; that stays")
            self.done.same += 1
            return
        self.new_readings.append(
            Research(
                party=party,
                statement=statement,
                meaning=statement.meaning,
                stance=stance,
                quotation=answer.motivation,
                source=answer.source,
                entered_by=self.terms.by,
                entered_at=self.terms.at,
                **self._checked(),
            )
        )
        self.done.readings += 1

    def _checked(self) -> dict[str, Any]:
        if not self.terms.as_published or self.terms.checked_by is None:
            return {}
        return {"checked_by": self.terms.checked_by, "checked_at": self.terms.at}


def _answer_of(row: Row) -> Answer:
    """As a list would have entered it here."""
    try:
        motivation = clean_motivation(row.values["motivation"])
        source = clean_source(row.values["position_source"])
    except ValidationError as error:
        raise row.error(" ".join(error.messages)) from error
    return Answer(row.values["stance"], motivation, source)


def _correction(row: Row) -> dict[str, Any]:
    on = row.values.get("correction_on")
    if on is None:
        return {}
    reason = row.text("correction_reason", LONGEST_REASON)
    return {"corrected_at": _noon(on), "correction": reason}


def _noon(day: date) -> datetime:
    """A moment that is on this day here."""
    return timezone.make_aware(datetime.combine(day, time(12)))


def _edition(row: Row) -> str:
    """Where it comes from, in Dutch: a signature that everyone can look up."""
    return (
        f"Overgenomen uit editie {row.values['edition']} ({row.values['election']}, "
        f"{row.values['edition_digest'][:16]})"
    )
