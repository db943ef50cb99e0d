"""Saving, handing in, opening again, correcting: what is kept, and what is refused."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import Error, IntegrityError, connection, transaction
from django.utils import timezone

from parties.models import Contest, Party, User
from statements.models import Position, Revision, Stance, Statement, Submission, Way
from statements.portal import actions
from statements.portal.actions import (
    ClosedError,
    ConflictError,
    NothingAnsweredError,
    NotSubmittedError,
    SubmittedError,
)
from statements.portal.answers import Answer
from tests.portal.conftest import AT, close, hand_in, open_for, the_list

AGREE = Answer(1, "Wij vinden van wel.", "Programma, bladzijde 3")
DISAGREE = Answer(-1)


@pytest.fixture
def asked(db: None) -> list[Statement]:
    return list(Statement.objects.order_by("order")[:3])


def save(party: Party, statement: Statement, answer: Answer, seen: int, by: User) -> Position:
    [position] = actions.save_answers(party, {statement: (answer, seen)}, by=by, at=AT)
    return position


def test_each_save_is_one_revision_with_before_and_after(
    party: Party, fatima: User, asked: list[Statement]
) -> None:
    save(party, asked[0], AGREE, 0, fatima)
    position = save(party, asked[0], DISAGREE, 1, fatima)
    assert (position.stance, position.version) == (-1, 2)
    first, second = Revision.objects.order_by("pk")
    assert (first.before, first.after) == (None, AGREE.content)
    assert (second.before, second.after) == (AGREE.content, DISAGREE.content)
    assert (second.by, second.at, second.way) == (fatima, AT, Way.SCREEN)


def test_same_answer_again_changes_nothing(
    party: Party, fatima: User, jan: User, asked: list[Statement]
) -> None:
    save(party, asked[0], AGREE, 0, fatima)
    assert save(party, asked[0], AGREE, 0, jan).version == 1  # what he saw is older, but the same
    assert Revision.objects.count() == 1


def test_no_position_is_an_answer(party: Party, fatima: User, asked: list[Statement]) -> None:
    save(party, asked[0], Answer(None), 0, fatima)
    assert party.positions.get().stance is None
    assert Revision.objects.get().after["stance"] is None


def test_later_of_two_is_told_and_nothing_is_overwritten(
    party: Party, fatima: User, jan: User, asked: list[Statement]
) -> None:
    save(party, asked[0], AGREE, 0, fatima)
    with pytest.raises(ConflictError) as conflict:
        save(party, asked[0], DISAGREE, 0, jan)
    assert conflict.value.theirs.stance == 1
    assert party.positions.get().motivation == AGREE.motivation
    assert save(party, asked[0], DISAGREE, 1, jan).stance == -1  # having seen it, he chooses


def test_several_answers_are_saved_all_or_none(
    party: Party, fatima: User, asked: list[Statement]
) -> None:
    save(party, asked[2], AGREE, 0, fatima)
    answers = dict.fromkeys(asked, (DISAGREE, 0))
    with pytest.raises(ConflictError):
        actions.save_answers(party, answers, by=fatima, at=AT, way=Way.SPREADSHEET)
    assert party.positions.count() == Revision.objects.count() == 1


@pytest.mark.parametrize("late", [timedelta(0), timedelta(seconds=1)])
def test_nothing_changes_from_the_deadline_on(
    party: Party, fatima: User, asked: list[Statement], late: timedelta
) -> None:
    save(party, asked[0], AGREE, 0, fatima)
    Contest.objects.filter(pk=party.contest_id).update(own_deadline=AT)
    at = AT + late
    changes: list[Callable[[], object]] = [
        lambda: actions.save_answers(party, {asked[0]: (DISAGREE, 1)}, by=fatima, at=at),
        lambda: hand_in(party, name="Fatima", by=fatima, at=at),
        lambda: actions.reopen(party, by=fatima, at=at),
    ]
    for change in changes:
        with pytest.raises(ClosedError):
            change()
    assert party.positions.get().stance == 1
    assert not party.submissions.exists()


def test_one_second_before_the_deadline_everything_goes(
    party: Party, fatima: User, asked: list[Statement]
) -> None:
    at = open_for(party, timedelta(minutes=5)) - timedelta(seconds=1)
    actions.save_answers(party, {asked[0]: (AGREE, 0)}, by=fatima, at=at)
    hand_in(party, name="Fatima", by=fatima, at=at)
    actions.reopen(party, by=fatima, at=at)
    hand_in(party, name="Fatima", by=fatima, at=at)
    assert Submission.objects.current().get(party=party).name == "Fatima"


def test_database_holds_the_deadline_for_a_clock_that_is_behind(
    party: Party, fatima: User, asked: list[Statement]
) -> None:
    save(party, asked[0], AGREE, 0, fatima)
    close(party)
    elsewhere = Party.objects.filter(contest__municipality__slug="utrecht")[0]
    behind = timezone.now() - timedelta(minutes=1)
    with pytest.raises(ClosedError):
        actions.save_answers(party, {asked[0]: (DISAGREE, 1)}, by=fatima, at=behind)
    with pytest.raises(ClosedError):
        hand_in(party, name="Fatima", by=fatima, at=behind)
    for write in (
        lambda: Position.objects.filter(party=party).update(stance=0),
        lambda: Position.objects.filter(party=party).delete(),
        lambda: Position.objects.filter(party=party).update(party=elsewhere),
        lambda: Position.objects.create(party=party, statement=asked[1]),
        lambda: Submission.objects.create(party=party, name="X", at=AT, answers={}),
    ):
        with pytest.raises(IntegrityError, match="deadline has passed"), transaction.atomic():
            write()
    assert Position.objects.get(party=party).stance == 1


def test_own_deadline_of_a_council_goes_before_that_of_the_election(party: Party) -> None:
    contest = party.contest
    contest.election.deadline = AT
    assert contest.is_closed(AT)
    contest.own_deadline = AT + timedelta(days=1)
    assert not contest.is_closed(AT)
    contest.own_deadline = contest.election.deadline = None
    assert not contest.is_closed(AT)


def test_handed_in_cannot_be_changed_until_it_is_opened_again(
    party: Party, fatima: User, asked: list[Statement]
) -> None:
    save(party, asked[0], AGREE, 0, fatima)
    submission = hand_in(party, name="Fatima", by=fatima, at=AT)
    assert submission.answers == {asked[0].key: AGREE.content}
    assert hand_in(party, name="Jan", by=fatima, at=AT) == submission  # a double click
    with pytest.raises(SubmittedError):
        save(party, asked[0], DISAGREE, 1, fatima)
    actions.reopen(party, by=fatima, at=AT)
    save(party, asked[0], DISAGREE, 1, fatima)
    with pytest.raises(NotSubmittedError):
        actions.reopen(party, by=fatima, at=AT)


def test_nothing_answered_cannot_be_handed_in(party: Party, fatima: User) -> None:
    with pytest.raises(NothingAnsweredError):
        hand_in(party, name="Fatima", by=fatima, at=AT)


def test_correction_after_the_deadline_has_a_reason_and_a_revision(
    fatima: User, asked: list[Statement]
) -> None:
    party = the_list("groen-voorbeeldstad")
    close(party)
    position = party.positions.get(statement=asked[0])
    answer = Answer(-2, "Toch niet.")
    actions.correct(
        party, asked[0], answer, seen=1, by=fatima, at=AT, reason="Plus en min verwisseld"
    )
    position.refresh_from_db()
    assert (position.stance, position.corrected_at) == (-2, AT)
    assert position.correction == "Plus en min verwisseld"
    revision = Revision.objects.get()
    assert (revision.way, revision.reason) == (Way.CORRECTION, "Plus en min verwisseld")
    with pytest.raises(IntegrityError, match="deadline"), transaction.atomic():
        Position.objects.filter(party=party).update(stance=0)  # it is locked again
    with pytest.raises(ConflictError):  # who still saw what was there before
        actions.correct(party, asked[0], Answer(2), seen=1, by=fatima, at=AT, reason="Toch anders")


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE statements_revision SET reason = 'x'",
        "DELETE FROM statements_revision",
        "TRUNCATE statements_revision",
    ],
)
def test_revisions_cannot_be_changed_or_removed(
    party: Party, fatima: User, asked: list[Statement], change: str
) -> None:
    save(party, asked[0], AGREE, 0, fatima)
    connection.check_constraints()  # else PostgreSQL has another reason not to truncate
    with pytest.raises(Error, match="appended"), transaction.atomic():
        connection.cursor().execute(change)
    assert Revision.objects.count() == 1


def test_stance_is_one_of_five(party: Party, asked: list[Statement]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Position.objects.create(party=party, statement=asked[0], stance=max(Stance.values) + 1)
