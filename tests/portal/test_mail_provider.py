"""An hour without the mail provider: a real SMTP server, the real queue, the real worker."""

import email
import io
import socketserver
import threading
from collections import Counter
from collections.abc import Iterator
from contextvars import copy_context
from datetime import timedelta

import pytest
import time_machine
from django.core.mail import EmailMultiAlternatives
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult
from pytest_django.fixtures import Settings

from parties import mail as mails
from parties.models import Contest, Membership, Party, User
from parties.retries import hand_over, resume
from statements.portal.reminders import send_due
from tests.portal.conftest import AT

START = timezone.now().replace(microsecond=0)


class Provider(socketserver.ThreadingTCPServer):
    """As much of RFC 5321 as mail takes; `refuses` is the word that gets `reply`, if any."""

    daemon_threads = True
    allow_reuse_address = True
    refuses, reply = "", ""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Conversation)
        self.taken: list[str] = []
        self.asked = 0


class Conversation(socketserver.StreamRequestHandler):
    server: Provider

    def handle(self) -> None:
        self.server.asked += 1
        if not self._say("greeting", "220 here"):
            return
        for line in self.rfile:
            word = line.decode().split(maxsplit=1)[0].strip().upper()
            if word == "QUIT":
                self._say("quit", "221 bye")
                return
            if word == "DATA":
                self._say("", "354 go on")
                text = self._text()
                if self._say("text", "250 taken"):
                    self.server.taken.append(text)
            else:
                self._say(word, "250 fine")

    def _say(self, word: str, otherwise: str) -> bool:
        is_refused = bool(word) and word == self.server.refuses
        self.wfile.write(f"{self.server.reply if is_refused else otherwise}\r\n".encode())
        if is_refused and self.server.reply.startswith("220-"):
            self.rfile.read()  # until the other hangs up
        return not is_refused

    def _text(self) -> str:
        lines = []
        for line in self.rfile:
            if line == b".\r\n":
                break
            lines.append(line.decode())
        return "".join(lines)


@pytest.fixture
def provider(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Provider]:
    # The connection of the test holds its transaction.
    monkeypatch.setattr(f"{Worker.__module__}.close_old_connections", lambda: None)
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    with Provider() as server:
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def two_mails(provider: Provider, party: Party, fatima: User, jan: User) -> None:
    """Reminders to two people of a list, waiting in the queue."""
    Contest.objects.filter(pk=party.contest_id).update(own_deadline=START + timedelta(days=7))
    Membership.objects.update(since=AT)
    with time_machine.travel(START, tick=False):
        assert send_due(timezone.now()) == 2


def work(name: str = "one") -> None:
    """What `manage.py db_worker --batch` does."""
    worker = Worker(
        queue_names=["*"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=name,
        excluded_queue_names=[],
    )
    worker.run()


def work_at(minutes: float) -> None:
    with time_machine.travel(START + timedelta(minutes=minutes), tick=False):
        work("one")
        work("two")


def recipients(provider: Provider) -> Counter[str]:
    return Counter(email.message_from_string(each)["To"] for each in provider.taken)


ONCE = {"fatima@voorbeeld.example": 1, "jan@voorbeeld.example": 1}


@pytest.mark.parametrize(
    ("refuses", "reply"),
    [
        ("greeting", "421 not now"),
        ("MAIL", "451 not now"),
        ("RCPT", "450 not now"),
        ("text", "452 full"),
    ],
)
def test_each_mail_arrives_once_after_an_hour_of_refusal(
    provider: Provider, two_mails: None, refuses: str, reply: str
) -> None:
    provider.refuses, provider.reply = refuses, reply
    for minutes in range(0, 61, 5):
        work_at(minutes)
    assert not provider.taken
    assert 10 <= provider.asked <= 2 * 13  # less and less often
    provider.refuses = ""
    for minutes in range(65, 200, 5):
        work_at(minutes)
    assert recipients(provider) == ONCE
    assert set(DBTaskResult.objects.values_list("status", flat=True)) == {"SUCCESSFUL"}


def test_each_mail_arrives_once_after_an_hour_of_nobody_at_the_port(
    provider: Provider, two_mails: None, settings: Settings
) -> None:
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    for minutes in range(0, 61, 5):
        work_at(minutes)
    settings.EMAIL_PORT = port
    for minutes in range(65, 200, 5):
        work_at(minutes)
    assert recipients(provider) == ONCE


def test_provider_that_takes_the_call_and_says_nothing_is_tried_again(
    provider: Provider, two_mails: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    provider.refuses, provider.reply = "greeting", "220-and so on"
    with monkeypatch.context() as hurried:
        hurried.setattr(mails, "PATIENCE", 0.2)
        work_at(0)
    provider.refuses = ""
    work_at(5)
    assert recipients(provider) == ONCE


@pytest.mark.parametrize(("refuses", "reply"), [("RCPT", "550 nobody"), ("text", "554 spam")])
def test_mail_that_is_refused_for_good_is_told_and_not_tried_again(
    provider: Provider,
    two_mails: None,
    refuses: str,
    reply: str,
    caplog: pytest.LogCaptureFixture,
) -> None:
    provider.refuses, provider.reply = refuses, reply
    for minutes in range(0, 60, 5):
        work_at(minutes)
    assert provider.asked == 2
    assert caplog.text.count("takes no mail") == 2
    assert "voorbeeld.example" not in caplog.text


def test_our_own_mistake_is_tried_for_days_and_then_given_up(
    provider: Provider, two_mails: None, caplog: pytest.LogCaptureFixture
) -> None:
    """A sender that is refused is a setting of ours; mended, the mail goes."""
    provider.refuses, provider.reply = "MAIL", "550 who are you"
    for hours in range(0, 24 * 5, 4):
        work_at(60 * hours)
    assert caplog.text.count("is given up") == 2
    assert 2 * 20 <= provider.asked <= 2 * 26
    assert not DBTaskResult.objects.ready().exists()


def test_worker_that_is_killed_after_the_provider_took_it_sends_nothing_twice(
    provider: Provider,
    two_mails: None,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    with monkeypatch.context() as killed:
        killed.setattr(DBTaskResult, "set_successful", lambda self, value: None)
        work_at(0)
    assert recipients(provider) == ONCE
    assert set(DBTaskResult.objects.values_list("status", flat=True)) == {"RUNNING"}
    with time_machine.travel(START + timedelta(minutes=16), tick=False):
        call_command("resume_tasks", stdout=io.StringIO())
    work_at(17)
    assert recipients(provider) == ONCE
    assert caplog.text.count("nobody knows if this mail arrived") == 2
    assert set(DBTaskResult.objects.values_list("status", flat=True)) == {"FAILED"}


def test_task_that_two_workers_have_is_mailed_by_one(
    provider: Provider, two_mails: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A clock that jumps makes a task that runs look like one that was left."""
    whole = EmailMultiAlternatives.send
    jumps = iter([True])

    def send_while_the_clock_jumps(self: EmailMultiAlternatives) -> int:
        if next(jumps, False):
            resume(timezone.now() + timedelta(hours=1))
            copy_context().run(work, "two")
        return whole(self)

    monkeypatch.setattr(EmailMultiAlternatives, "send", send_while_the_clock_jumps)
    work_at(0)
    assert recipients(provider) == ONCE


def test_clock_that_jumps_before_a_mail_is_handed_over_sends_it_once(
    provider: Provider, two_mails: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, jumps = hand_over, iter([True])

    def jump_first() -> None:
        if next(jumps, False):
            assert resume(timezone.now() + timedelta(hours=1)) == 1
            copy_context().run(work, "two")
        whole()

    monkeypatch.setattr(mails, "hand_over", jump_first)
    work_at(0)
    assert recipients(provider) == ONCE


def test_tries_of_a_mail_have_one_number_and_mails_have_their_own(
    provider: Provider, two_mails: None
) -> None:
    seen: list[str] = []
    whole = Conversation._text

    def keep(self: Conversation) -> str:
        text = whole(self)
        seen.append(str(email.message_from_string(text)["Message-ID"]))
        return text

    with pytest.MonkeyPatch.context() as watched:
        watched.setattr(Conversation, "_text", keep)
        provider.refuses, provider.reply = "text", "451 later"
        work_at(0)
        provider.refuses = ""
        work_at(5)
    assert len(seen) == 4
    assert sorted(Counter(seen).values()) == [2, 2]
