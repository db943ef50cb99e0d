"""Mails about a list: each once, to whom it concerns, in text and HTML."""

import io
import re
from collections import Counter
from datetime import datetime, timedelta
from smtplib import SMTPServerDisconnected

import openpyxl
import pytest
import time_machine
from django.core import mail
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from pytest_django.fixtures import Settings

from parties.models import Contest, Membership, Party, User
from statements.models import Notice, Statement
from statements.portal import actions
from statements.portal.answers import Answer
from statements.portal.reminders import send_due
from tests.portal.conftest import AT, LIST, hand_in, member_of

DEADLINE = timezone.now().replace(microsecond=0) + timedelta(days=30)


@pytest.fixture
def closing(party: Party, fatima: User) -> Party:
    """The list has a deadline; Fatima has worked for it since long before."""
    Contest.objects.filter(pk=party.contest_id).update(own_deadline=DEADLINE)
    Membership.objects.update(since=AT)
    return party


def send(at: datetime) -> int:
    """What the command does at this moment."""
    with time_machine.travel(at, tick=False):
        return send_due(timezone.now())


def kinds() -> list[str]:
    return list(Notice.objects.order_by("pk").values_list("kind", flat=True))


def left(**span: float) -> datetime:
    return DEADLINE - timedelta(**span)


def parts(message: EmailMessage) -> tuple[str, str]:
    assert isinstance(message, EmailMultiAlternatives)
    return str(message.body), str(message.alternatives[0][0])


def test_each_reminder_goes_once_whatever_the_command_runs(closing: Party) -> None:
    for days in (29, 14.01):
        assert send(left(days=days)) == 0
    for days in (14, 13.9, 13, 7, 6.5, 3, 2, 1.5, 1, 0.9, 0.1):
        assert send(left(days=days)) == (days in {14, 7, 2, 1})
        assert send(left(days=days)) == 0
    assert kinds() == ["14-days", "7-days", "2-days", "24-hours"]
    assert [each.subject for each in mail.outbox] == [
        "Nog 14 dagen: de antwoorden van Gewoon Voorbeeldstad",
        "Nog 7 dagen: de antwoorden van Gewoon Voorbeeldstad",
        "Nog 2 dagen: de antwoorden van Gewoon Voorbeeldstad",
        "Nog 24 uur: de antwoorden van Gewoon Voorbeeldstad",
    ]


def test_who_is_late_with_sending_sends_only_the_most_urgent(closing: Party) -> None:
    assert send(left(days=1.5)) == 1
    assert kinds() == ["2-days"]


def test_who_handed_in_is_not_reminded_but_thanked(closing: Party, fatima: User) -> None:
    actions.save_answers(closing, {Statement.objects.all()[0]: (Answer(1), 0)}, by=fatima, at=AT)
    hand_in(closing, name="Fatima", by=fatima, at=AT)
    mail.outbox.clear()
    assert send(left(days=7)) == 0
    assert send(DEADLINE) == 1
    assert send(DEADLINE + timedelta(days=1)) == 0
    assert send(DEADLINE + timedelta(days=30)) == 0
    assert kinds() == ["thanks"]


def test_who_opened_it_again_is_reminded(closing: Party, fatima: User) -> None:
    actions.save_answers(closing, {Statement.objects.all()[0]: (Answer(1), 0)}, by=fatima, at=AT)
    hand_in(closing, name="Fatima", by=fatima, at=AT)
    actions.reopen(closing, by=fatima, at=AT)
    assert send(left(days=7)) == 1
    assert send(DEADLINE + timedelta(hours=1)) == 1  # thanks: what was handed in stands


def test_nobody_is_thanked_for_nothing(closing: Party) -> None:
    assert send(DEADLINE + timedelta(hours=1)) == 0


def test_who_left_or_just_came_is_not_written(closing: Party, fatima: User, jan: User) -> None:
    Membership.objects.filter(user=fatima).update(removed_at=AT, removed_by=jan)
    Membership.objects.filter(user=jan).update(since=left(days=6))
    assert send(left(days=5)) == 0
    assert send(left(days=2)) == 1
    assert [each.to for each in mail.outbox] == [["jan@voorbeeld.example"]]


def test_deadline_that_moves_reminds_anew(closing: Party) -> None:
    send(left(days=7))
    Contest.objects.update(own_deadline=DEADLINE + timedelta(days=10))
    assert send(DEADLINE + timedelta(days=10) - timedelta(days=7)) == 1


def test_each_list_of_a_person_has_its_own(closing: Party, fatima: User) -> None:
    other = Party.objects.get(slug="groen-voorbeeldstad")
    member_of(other, "groen@voorbeeld.example", "Groen")
    Membership.objects.create(party=other, user=fatima, since=AT)
    other.submissions.all().delete()
    assert send(left(days=7)) == 3
    assert Counter(Notice.objects.values_list("user__email", flat=True)) == {
        "fatima@voorbeeld.example": 2,
        "groen@voorbeeld.example": 1,
    }


def test_command_sends_what_is_due_now(closing: Party) -> None:
    Contest.objects.update(own_deadline=timezone.now() + timedelta(days=6))
    told = io.StringIO()
    call_command("send_reminders", stdout=told)
    call_command("send_reminders", stdout=told)
    assert told.getvalue() == "1 mails are on their way.\n0 mails are on their way.\n"


def test_reminder_leads_to_the_list_in_text_and_html(closing: Party, settings: Settings) -> None:
    settings.SITE_URL = "https://stemhulp.example/"
    send(left(days=7))
    text, page = parts(mail.outbox[0])
    address = f"https://stemhulp.example{LIST}"
    assert address in text.split()
    assert f'href="{address}"' in page
    assert "24 stellingen" in text
    assert "24 stellingen" in re.sub(r"\s+", " ", page)
    assert "\n\n\n" not in text
    assert mail.outbox[0].message()["Auto-Submitted"] == "auto-generated"


def test_received_and_thanks_have_all_answers_attached(closing: Party, fatima: User) -> None:
    answers = {each: (Answer(2, f"=Omdat {each.key}"), 0) for each in Statement.objects.all()}
    actions.save_answers(closing, answers, by=fatima, at=AT)
    hand_in(closing, name="Fatima de Boer", by=fatima, at=AT)
    send(DEADLINE)
    for message in mail.outbox:
        table, text = (each.content for each in message.attachments)
        assert str(text).count("=Omdat ") == 24
        assert isinstance(table, bytes)
        [sheet, *_] = openpyxl.load_workbook(io.BytesIO(table)).worksheets
        cells = [str(cell.value) for row in sheet.iter_rows() for cell in row]
        assert sum(cell.startswith("=Omdat ") for cell in cells) == 24
    assert "Fatima de Boer" in mail.outbox[0].body
    assert len(mail.outbox) == 2


def test_mail_server_that_refuses_is_tried_again_and_sends_once(
    closing: Party, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    assert send(left(days=7)) == 1

    def refuse(self: object) -> int:
        raise SMTPServerDisconnected

    with monkeypatch.context() as broken:
        broken.setattr(EmailMultiAlternatives, "send", refuse)
        work()
    assert not mail.outbox
    DBTaskResult.objects.filter(status="READY").update(run_after=timezone.now())
    work()
    work()
    assert len(mail.outbox) == 1
    assert "voorbeeld.example" not in str(list(DBTaskResult.objects.values_list("args_kwargs")))


def test_mail_server_that_refuses_for_an_hour_loses_nothing_and_sends_nothing_twice(
    closing: Party, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    start, tries = left(days=7), 0

    def refuse(self: object) -> int:
        nonlocal tries
        tries += 1
        raise SMTPServerDisconnected

    assert send(start) == 1
    with monkeypatch.context() as broken:
        broken.setattr(EmailMultiAlternatives, "send", refuse)
        for minutes in range(61):
            with time_machine.travel(start + timedelta(minutes=minutes), tick=False):
                work()
                send_due(timezone.now())
    assert 10 <= tries <= 13  # every five minutes
    assert not mail.outbox
    for minutes in range(61, 75):
        with time_machine.travel(start + timedelta(minutes=minutes), tick=False):
            work()
            send_due(timezone.now())
    assert len(mail.outbox) == 1


def test_clock_that_jumps_an_hour_sends_nothing_twice_and_loses_nothing(
    closing: Party, settings: Settings
) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    assert send(left(days=13)) == 1  # the reminder before it
    for hours in (0, 1, 0, -1, 0, 1):
        send(left(days=7) + timedelta(hours=hours))
        with time_machine.travel(left(days=7) + timedelta(hours=hours), tick=False):
            work()
    assert len(mail.outbox) == 2
    assert not DBTaskResult.objects.exclude(status="SUCCESSFUL").exists()


def test_task_of_a_worker_that_was_killed_is_done_again(closing: Party, settings: Settings) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    send(left(days=7))
    [task] = DBTaskResult.objects.all()
    with time_machine.travel(left(days=7), tick=False):
        task.claim("killed")
    with time_machine.travel(left(days=7) + timedelta(minutes=14), tick=False):
        call_command("resume_tasks", stdout=io.StringIO())
        work()
    assert not mail.outbox  # it may be running still
    with time_machine.travel(left(days=7) + timedelta(minutes=16), tick=False):
        call_command("resume_tasks", stdout=io.StringIO())
        work()
        work()
    assert len(mail.outbox) == 1


def work() -> None:
    """What `manage.py db_worker` does with the tasks that are ready."""
    for each in DBTaskResult.objects.ready():
        each.claim("test")
        result = each.task_result
        result.task.call(*result.args, **result.kwargs)
        each.set_successful(None)
