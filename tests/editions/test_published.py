"""What of a party's answers may be published, and in which form."""

from datetime import timedelta

import pytest
from django.db.models import prefetch_related_objects
from django.utils import timezone

from parties.models import Party, User
from statements import published
from statements.models import Research, Statement, Withholding
from statements.portal import actions
from statements.portal.answers import Answer
from stemhulp.editions.compile import compile_content
from tests.portal.changing import change
from tests.portal.conftest import hand_in, member_of, the_list

pytestmark = pytest.mark.django_db

OURS = Answer(1, "Dat vinden wij.")
NOW = timezone.now()


@pytest.fixture
def party() -> Party:
    return the_list("gewoon-voorbeeldstad")


@pytest.fixture
def pia(party: Party) -> User:
    return member_of(party, "pia@voorbeeld.example", "Pia")


@pytest.fixture
def asked() -> Statement:
    return Statement.objects.get(key="gemengd-wonen")


def save(party: Party, asked: Statement, answer: Answer, by: User, seen: int = 0) -> None:
    actions.save_answers(party, {asked: (answer, seen)}, by=by, at=NOW)


def shown(party: Party) -> dict[str, published.Content]:
    fresh = Party.objects.select_related("contest").get(pk=party.pk)
    prefetch_related_objects([fresh], *published.FETCHED)
    return published.positions(fresh, list(Statement.objects.asked_in(fresh.contest)))


def read(party: Party, asked: Statement, **fields: object) -> Research:
    """What a second person checked in the programme."""
    staff = [User.objects.get_or_create(email=f"{who}@example.nl")[0] for who in "ab"]
    given = {
        "meaning": asked.meaning,
        "stance": -1,
        "quotation": "Wij bouwen nergens.",
        "source": "Programma, bladzijde 4",
        "entered_by": staff[0],
        "entered_at": NOW,
        "checked_by": staff[1],
        "checked_at": NOW,
    }
    return Research.objects.create(party=party, statement=asked, **given | fields)


def withhold(party: Party, asked: Statement, text: str) -> Withholding:
    by, _ = User.objects.get_or_create(email="a@example.nl")
    return Withholding.objects.create(
        party=party,
        statement=asked,
        motivation=text,
        ground=Withholding.Ground.HATE,
        explanation="Zo niet.",
        by=by,
        at=NOW,
    )


def test_programme_speaks_while_the_party_is_silent(
    party: Party, pia: User, asked: Statement
) -> None:
    read(party, asked)
    save(party, asked, OURS, pia)  # a draft
    assert shown(party)[asked.key] == {
        "stance": -1,
        "motivation": "Wij bouwen nergens.",
        "source": "Programma, bladzijde 4",
        "basis": "programme",
    }


@pytest.mark.parametrize(
    "fields",
    [
        {"checked_by": None, "checked_at": None},
        {"meaning": 7},
    ],
)
def test_what_nobody_checked_or_is_of_another_meaning_is_not_shown(
    party: Party, asked: Statement, fields: dict[str, object]
) -> None:
    read(party, asked, **fields)
    assert not shown(party)


def test_what_was_taken_back_is_not_shown(party: Party, asked: Statement) -> None:
    row = read(party, asked)
    row.withdrawn_by, row.withdrawn_at = row.entered_by, NOW
    row.save()
    assert not shown(party)


@pytest.mark.parametrize("answer", [OURS, Answer(None)])
def test_own_answer_replaces_the_programme(
    party: Party, pia: User, asked: Statement, answer: Answer
) -> None:
    read(party, asked)
    save(party, asked, answer, pia)
    hand_in(party, name="Pia", by=pia, at=NOW)
    assert shown(party)[asked.key] == answer.content


def test_answer_to_an_earlier_meaning_waits_for_the_party(
    party: Party, pia: User, asked: Statement
) -> None:
    save(party, asked, OURS, pia)
    hand_in(party, name="Pia", by=pia, at=NOW)
    assert asked.key in shown(party)
    change(asked, "Iets anders.", timezone.now())
    assert asked.key not in shown(party)
    actions.confirm(party, asked, seen=1, meaning=2, by=pia, at=timezone.now())
    assert shown(party)[asked.key] == OURS.content


def test_what_was_confirmed_stays_when_the_list_is_opened_again(
    party: Party, pia: User, asked: Statement
) -> None:
    save(party, asked, OURS, pia)
    hand_in(party, name="Pia", by=pia, at=NOW)
    change(asked, "Iets anders.", timezone.now())
    actions.confirm(party, asked, seen=1, meaning=2, by=pia, at=timezone.now())
    actions.reopen(party, by=pia, at=timezone.now())
    save(party, asked, Answer(-2), pia, seen=2)  # a draft
    assert shown(party)[asked.key] == OURS.content
    change(asked, "Weer iets anders.", timezone.now() + timedelta(seconds=1))
    assert asked.key not in shown(party)


def test_withheld_motivation_gives_its_ground_and_leaves_the_stance(
    party: Party, pia: User, asked: Statement
) -> None:
    save(party, asked, OURS, pia)
    hand_in(party, name="Pia", by=pia, at=NOW)
    withhold(party, asked, OURS.motivation)
    assert shown(party)[asked.key] == {**OURS.content, "motivation": "", "withheld": "hate"}


def test_withholding_holds_for_exactly_one_text(party: Party, pia: User, asked: Statement) -> None:
    save(party, asked, OURS, pia)
    hand_in(party, name="Pia", by=pia, at=NOW)
    row = withhold(party, asked, "Een andere tekst.")
    assert shown(party)[asked.key] == OURS.content
    row.delete()
    row = withhold(party, asked, OURS.motivation)
    row.lifted_by, row.lifted_at = row.by, NOW
    row.save()
    assert shown(party)[asked.key] == OURS.content


def test_drafts_say_what_would_be_published(party: Party, pia: User, asked: Statement) -> None:
    other = Statement.objects.exclude(pk=asked.pk)[0]
    save(party, asked, OURS, pia)
    withhold(party, asked, OURS.motivation)
    read(party, other)
    prefetch_related_objects([party], *published.FETCHED_FOR_DRAFTS)
    found = published.drafts(party, list(Statement.objects.asked_in(party.contest)))
    assert found[asked.key]["withheld"] == "hate"
    assert found[other.key]["basis"] == "programme"


def test_document_holds_what_the_programme_says(party: Party, asked: Statement) -> None:
    read(party, asked)
    content = compile_content(party.contest)
    [found] = [each for each in content["parties"] if each["slug"] == party.slug]
    assert found["positions"][asked.key]["basis"] == "programme"
