"""What staff do with the lists on a ballot."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from parties import ballots
from parties.ballots import Change, Details
from parties.models import Contest, Event, Invitation, Membership, Party, User
from statements.models import Position
from tests.curation.staff import green, invited, member, national
from tests.parties.ballot_files import council, numbers
from tests.parties.mistakes import contents

pytestmark = pytest.mark.django_db
AT = timezone.now()


@pytest.fixture
def nina() -> User:
    return national()


@pytest.fixture
def contest() -> Contest:
    return council((1, "Dorpsbelang"), (2, "Jong Proefdam"), (None, "Oud en Wijs"))


def named(contest: Contest, name: str) -> Party:
    return contest.parties.get(name=name)


def last(act: str) -> Event:
    return Event.objects.filter(act=act).latest("pk")


def seen(contest: Contest) -> str:
    return ballots.digest(contest.parties.all())


def add(contest: Contest, by: User, **details: Any) -> Party:
    return ballots.add(contest, Details(**details), by=by, at=AT)


def edit(party: Party, by: User, **details: Any) -> Party:
    return ballots.edit(party, Details(**details), seen=ballots.digest([party]), by=by, at=AT)


def test_list_gets_a_slug_of_its_own_from_its_name(contest: Contest, nina: User) -> None:
    made = add(contest, nina, name="Lijst 1")
    assert made.slug == "lijst-1-2"
    assert add(contest, nina, name="!!!").slug == "lijst"
    assert add(contest, nina, is_blank=True).slug == "blanco-lijst"
    assert add(contest, nina, is_blank=True).slug == "blanco-lijst-2"
    assert len(add(contest, nina, name="x" * 120).slug) <= 60
    event = last("party-added")
    assert (event.by, event.municipality) == (nina, contest.municipality)


def test_slug_stays_when_the_name_changes(contest: Contest, nina: User) -> None:
    party = named(contest, "Dorpsbelang")
    saved = edit(party, nina, name="Dorp Eerst", number=4, website="https://dorp.example")
    saved.refresh_from_db()
    assert (saved.slug, saved.name, saved.number) == (party.slug, "Dorp Eerst", 4)
    assert last("party-edited").details["changes"]["name"] == ["Dorpsbelang", "Dorp Eerst"]


def test_edit_that_changes_nothing_is_not_in_the_log(contest: Contest, nina: User) -> None:
    edit(named(contest, "Dorpsbelang"), nina, name="Dorpsbelang", number=1)
    assert not Event.objects.filter(act="party-edited").exists()


@pytest.mark.parametrize(
    ("details", "error"),
    [
        ({"name": "jong  PROEFDAM"}, ballots.NameTakenError),
        ({"name": "Dorp Eerst", "number": 2}, ballots.NumberTakenError),
        ({"name": ""}, ballots.NamelessError),
        ({"name": "Dorp Eerst", "is_blank": True}, ballots.NamelessError),
    ],
)
def test_what_another_list_has_is_refused(
    contest: Contest, nina: User, details: dict[str, Any], error: type[Exception]
) -> None:
    before = contents(Party, Event)
    with pytest.raises(error):
        add(contest, nina, **details)
    with pytest.raises(error):
        edit(named(contest, "Dorpsbelang"), nina, **details)
    assert contents(Party, Event) == before


def test_second_of_two_editors_is_told(contest: Contest, nina: User) -> None:
    party = named(contest, "Dorpsbelang")
    edit(Party.objects.get(pk=party.pk), nina, name="Dorp Eerst")
    with pytest.raises(ballots.ChangedError):
        edit(party, nina, name="Dorp Laatst")


def test_withdrawn_list_keeps_people_and_answers_and_frees_its_number(nina: User) -> None:
    pia, party = member(), green()
    answers = party.positions.count()
    number = party.number or 40
    Party.objects.filter(pk=party.pk).update(number=number)
    withdrawn = ballots.withdraw(party, "Doet niet mee.", by=nina, at=AT)
    withdrawn.refresh_from_db()
    assert (withdrawn.number, withdrawn.withdrawal) == (None, "Doet niet mee.")
    assert party.positions.count() == answers > 0
    assert party.memberships.current().get().user == pia
    assert party not in Party.objects.on_ballot()
    assert "Doet niet mee" not in last("party-withdrawn").what
    add(party.contest, nina, name="Een Ander", number=number)
    with pytest.raises(ballots.WithdrawnError):
        ballots.withdraw(party, "Nog eens.", by=nina, at=AT)
    with pytest.raises(ballots.WithdrawnError):
        edit(withdrawn, nina, name="Anders")


def test_withdrawn_list_comes_back_without_a_number(contest: Contest, nina: User) -> None:
    party = named(contest, "Dorpsbelang")
    ballots.withdraw(party, "Vergissing.", by=nina, at=AT)
    ballots.restore(party, by=nina, at=AT)
    assert numbers(contest)["Dorpsbelang"] is None
    assert last("party-restored").by == nina
    with pytest.raises(ballots.NotWithdrawnError):
        ballots.restore(party, by=nina, at=AT)


def test_list_does_not_come_back_beside_one_of_its_name(contest: Contest, nina: User) -> None:
    party = named(contest, "Dorpsbelang")
    ballots.withdraw(party, "Vergissing.", by=nina, at=AT)
    add(contest, nina, name="Dorpsbelang")
    with pytest.raises(ballots.NameTakenError):
        ballots.restore(party, by=nina, at=AT)


def test_merging_moves_people_ends_invitations_and_leaves_answers(
    contest: Contest, nina: User
) -> None:
    source, into = named(contest, "Dorpsbelang"), named(contest, "Jong Proefdam")
    pia, bo = member(), User.objects.create_user("bo@example.nl", "Bo Bos")
    for user, party in [(pia, source), (bo, source), (bo, into)]:
        Membership.objects.create(user=user, party=party, since=AT - timedelta(days=1))
    invitation = invited(source)
    statement = green().positions.all()[0].statement
    source.positions.create(statement=statement, stance=2)
    ballots.merge(source, into, by=nina, at=AT)
    source.refresh_from_db()
    invitation.refresh_from_db()
    assert (source.merged_into, source.number) == (into, None)
    assert source.withdrawal == "Samengevoegd met Jong Proefdam."
    assert not source.memberships.current().exists()
    assert source.memberships.count() == 2
    current = into.memberships.current().order_by("pk")
    assert [each.user for each in current] == [bo, pia]
    assert (invitation.revoked_by, Invitation.objects.waiting().count()) == (nina, 0)
    assert (source.positions.count(), into.positions.count()) == (1, 0)
    assert last("party-merged").details["members"] == 2


def test_merging_with_what_makes_no_sense_is_refused(contest: Contest, nina: User) -> None:
    source, into = named(contest, "Dorpsbelang"), named(contest, "Jong Proefdam")
    for target, error in [(source, ballots.SameListError), (green(), ballots.OtherContestError)]:
        with pytest.raises(error):
            ballots.merge(source, target, by=nina, at=AT)
    ballots.withdraw(into, "Doet niet mee.", by=nina, at=AT)
    before = contents(Party, Event)
    for one, other in [(source, into), (into, source)]:
        with pytest.raises(ballots.WithdrawnError):
            ballots.merge(one, other, by=nina, at=AT)
    assert contents(Party, Event) == before


def test_council_gets_a_deadline_of_its_own_and_loses_it(contest: Contest, nina: User) -> None:
    deadline = timezone.make_aware(datetime(2022, 3, 16, 23, 59))  # noqa: DTZ001
    with pytest.raises(ballots.PastDeadlineError):
        ballots.set_deadline(contest, deadline, by=nina, at=AT)
    ballots.set_deadline(contest, deadline, by=nina, at=AT, closes_now=True)
    contest.refresh_from_db()
    assert contest.deadline == deadline
    assert "16 maart 2022 23.59" in last("contest-deadline").what
    ballots.set_deadline(contest, None, by=nina, at=AT)
    ballots.set_deadline(contest, None, by=nina, at=AT)
    assert Event.objects.filter(act="contest-deadline").count() == 2
    late = deadline + timedelta(minutes=1)
    with pytest.raises(ballots.TooLateError):
        ballots.set_deadline(contest, late, by=nina, at=AT)


def test_reading_in_swaps_numbers_and_adds_lists(contest: Contest, nina: User) -> None:
    one, two = named(contest, "Dorpsbelang"), named(contest, "Jong Proefdam")
    changes = [
        Change(2, None, one.pk),
        Change(1, "Jong", two.pk),
        Change(3, "Nieuw"),
        Change(4, ""),
    ]
    before = Position.objects.count()
    outcome = ballots.read_in(contest, changes, seen=seen(contest), by=nina, at=AT)
    assert (outcome.added, outcome.numbered, outcome.renamed) == (2, 2, 1)
    assert numbers(contest) == {"Dorpsbelang": 2, "Jong": 1, "Nieuw": 3, "": 4, "Oud en Wijs": None}
    assert last("ballot-read").details["changed"][one.slug] == {"number": [1, 2]}
    assert Position.objects.count() == before
    again = [Change(2, None, one.pk), Change(1, None, two.pk)]
    assert ballots.read_in(contest, again, seen=seen(contest), by=nina, at=AT).is_nothing
    assert Event.objects.filter(act="ballot-read").count() == 1


@pytest.mark.parametrize(
    ("change", "error"),
    [
        (Change(2, "Nieuw"), ballots.NumberTakenError),
        (Change(5, "OUD-EN-WIJS"), ballots.NameTakenError),
        (Change(5, None, 0), ballots.ChangedError),
    ],
)
def test_reading_in_is_all_or_nothing(
    contest: Contest, nina: User, change: Change, error: type[Exception]
) -> None:
    before = contents(Party, Event)
    first = Change(9, None, named(contest, "Dorpsbelang").pk)
    with pytest.raises(error):
        ballots.read_in(contest, [first, change], seen=seen(contest), by=nina, at=AT)
    assert contents(Party, Event) == before


def test_reading_in_what_changed_since_is_refused(contest: Contest, nina: User) -> None:
    before = seen(contest)
    add(contest, nina, name="Nieuw")
    with pytest.raises(ballots.ChangedError):
        ballots.read_in(contest, [Change(5, "Ander")], seen=before, by=nina, at=AT)
