"""Handing in with a name, opening again, and what voters then see."""

import html
import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from parties.models import Party, User
from statements.models import Statement, Submission
from statements.portal import actions
from statements.portal.answers import Answer, seal
from stemhulp.editions.compile import compile_edition
from tests.portal.conftest import AT, LIST, close, hand_in, open_for, the_list

SUBMIT = f"{LIST}indienen/"


def sign(client: Client, name: str, seen: str | None = None) -> Any:
    """Press the button under what stands there now, or under what was seen before."""
    party = the_list("gewoon-voorbeeldstad")
    seal_of_now = seal(party.positions.all())
    return client.post(SUBMIT, {"name": name, "seen": seal_of_now if seen is None else seen})


@pytest.fixture
def answered(party: Party, fatima: User) -> Party:
    """The list with an answer to 23 of its 24 statements."""
    answers = {each: (Answer(1, f"Over {each.key}."), 0) for each in Statement.objects.all()[:23]}
    actions.save_answers(party, answers, by=fatima, at=AT)
    return party


def test_overview_shows_everything_and_what_is_missing(client: Client, answered: Party) -> None:
    page = html.unescape(client.get(SUBMIT).content.decode())
    assert page.count("Over ") >= 23
    assert "1 stelling is nog niet beantwoord" in page
    assert 'value="Fatima de Boer"' in page
    assert len(re.findall(r">Verander<", page)) == 23
    assert len(re.findall(r">Beantwoord<", page)) == 1


def test_handing_in_signs_mails_and_closes(client: Client, answered: Party, jan: User) -> None:
    assert sign(client, " Fatima  de Boer ").headers["Location"] == LIST
    submission = Submission.objects.current().get(party=answered)
    assert (submission.name, len(submission.answers)) == ("Fatima de Boer", 23)
    assert sorted(each.to[0] for each in mail.outbox) == [
        "fatima@voorbeeld.example",
        "jan@voorbeeld.example",
    ]
    page = client.get(LIST).content.decode()
    assert "Ingediend" in page
    assert "Weer openen" in page
    assert (
        "<form"
        not in client.get(f"{LIST}stelling/gemengd-wonen/").content.decode().split("<main")[1]
    )


def test_double_click_hands_in_once(client: Client, answered: Party) -> None:
    for _ in range(2):
        assert sign(client, "Fatima").status_code == 302
    assert answered.submissions.count() == 1
    assert len(mail.outbox) == 1


def test_what_changed_since_it_was_looked_at_is_not_signed(
    client: Client, answered: Party, jan: User
) -> None:
    found = re.search(r'name="seen"\s+value="(\w+)"', client.get(SUBMIT).content.decode())
    assert found
    statement = Statement.objects.all()[0]
    actions.save_answers(answered, {statement: (Answer(-2, "Van Jan"), 1)}, by=jan, at=AT)
    for seen in (found[1], "", "x"):
        response = sign(client, "Fatima", seen)
        assert response.status_code == 409
        assert "intussen iets veranderd" in response.content.decode()
        assert "Van Jan" in response.content.decode()
    assert not answered.submissions.exists()
    assert sign(client, "Fatima").status_code == 302


@pytest.mark.parametrize(
    ("name", "said"),
    [("", "Vul je naam in"), ("   ", "Vul je naam in"), ("x" * 121, "Deze naam is te lang")],
)
def test_without_a_name_nothing_is_handed_in(
    client: Client, answered: Party, name: str, said: str
) -> None:
    response = sign(client, name)
    assert (response.status_code, said in response.content.decode()) == (422, True)
    assert not answered.submissions.exists()


def test_nothing_answered_is_told(client: Client, party: Party) -> None:
    response = sign(client, "Fatima")
    assert response.status_code == 409
    assert "Er is nog niets om in te dienen" in response.content.decode()
    assert "Er is nog niets om in te dienen" in client.get(SUBMIT).content.decode()


def test_opening_again_is_one_click(client: Client, answered: Party) -> None:
    sign(client, "Fatima")
    for _ in range(2):  # a double click
        assert client.post(f"{LIST}heropenen/").headers["Location"] == LIST
    assert not Submission.objects.current().filter(party=answered).exists()
    page = client.get(LIST).content.decode()
    assert "Verder met stelling" in page
    assert "blijft gelden tot er opnieuw is ingediend" in page
    history = client.get(f"{LIST}geschiedenis/").content.decode()
    assert "getekend door Fatima" in history
    assert "weer geopend" in history


def test_after_the_deadline_neither_goes(client: Client, answered: Party) -> None:
    sign(client, "Fatima")
    close(answered)
    response = client.post(f"{LIST}heropenen/")
    assert (response.status_code, "De termijn is voorbij" in response.content.decode()) == (
        409,
        True,
    )
    assert Submission.objects.current().filter(party=answered).exists()
    assert "Weer openen" not in client.get(LIST).content.decode()


def test_too_late_is_told_and_the_name_given_back(client: Client, answered: Party) -> None:
    close(answered)
    response = sign(client, "Fatima de Boer")
    assert response.status_code == 409
    assert "Fatima de Boer" in response.content.decode().split("<main")[1]
    assert not answered.submissions.exists()
    assert "en er is niets ingediend" in client.get(LIST).content.decode()


def test_deadline_that_passes_while_reading(client: Client, answered: Party) -> None:
    open_for(answered, timedelta(milliseconds=1))
    assert sign(client, "Fatima").status_code == 409


def positions_of(slug: str) -> dict[str, int | None]:
    edition = compile_edition("gr2022", "voorbeeldstad")
    assert edition is not None
    [party] = [each for each in edition.parties if each.slug == slug]
    return {key: position.stance for key, position in party.positions.items()}


def test_voters_see_what_was_handed_in_and_nothing_else(answered: Party, fatima: User) -> None:
    assert positions_of(answered.slug) == {}  # a draft is nobody's position
    hand_in(answered, name="Fatima", by=fatima, at=AT)
    assert set(positions_of(answered.slug).values()) == {1}
    actions.reopen(answered, by=fatima, at=AT)
    statement = Statement.objects.all()[0]
    actions.save_answers(answered, {statement: (Answer(-2), 1)}, by=fatima, at=AT)
    assert set(positions_of(answered.slug).values()) == {1}  # until it is handed in anew
    hand_in(answered, name="Fatima", by=fatima, at=AT + timedelta(minutes=1))
    assert positions_of(answered.slug)[statement.key] == -2


def test_voters_see_that_and_why_an_answer_was_corrected(fatima: User) -> None:
    party, statement = the_list("groen-voorbeeldstad"), Statement.objects.all()[0]
    close(party)
    answer = Answer(-1, "Wij vergisten ons.")
    actions.correct(
        party, statement, answer, seen=1, by=fatima, at=timezone.now(), reason="Verwisseld"
    )
    edition = compile_edition("gr2022", "voorbeeldstad")
    assert edition is not None
    [found] = [each for each in edition.parties if each.slug == party.slug]
    correction = found.positions[statement.key].correction
    assert correction is not None
    assert (correction.on, correction.reason) == (timezone.localdate(), "Verwisseld")


def test_clock_that_is_set_back_an_hour_loses_nothing(answered: Party, fatima: User) -> None:
    """What was handed in last is what voters see, also when it bears an earlier time."""
    statement = Statement.objects.all()[0]
    hand_in(answered, name="Fatima", by=fatima, at=AT)
    actions.reopen(answered, by=fatima, at=AT)
    back = AT - timedelta(hours=1)
    saved = actions.save_answers(answered, {statement: (Answer(-2), 1)}, by=fatima, at=back)
    assert saved
    hand_in(the_list(answered.slug), name="Fatima", by=fatima, at=back)
    assert positions_of(answered.slug)[statement.key] == -2
    actions.reopen(answered, by=fatima, at=back)  # and it stays so while it is open again
    assert positions_of(answered.slug)[statement.key] == -2
    assert answered.revisions.filter(statement=statement).count() == 2
    assert answered.submissions.count() == 2
