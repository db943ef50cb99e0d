"""Mail that could not go out now goes out later, and so does what a killed worker left.

Once a task begins to hand its mail over, that is written in its row, and only one worker can. So a
worker that is killed, two that have one task, or a clock that jumps send nothing twice. What cannot
be closed: a worker killed while it hands over (mostly well under a second) leaves a mail of which
nobody knows whether it was taken; it is not sent again, and told. And where the answer to a mail
does not come in time, it is sent again under the same Message-ID, as RFC 5321 (4.5.3.2.6) has it.
"""

import logging
from contextvars import ContextVar
from datetime import datetime, timedelta
from hashlib import sha256
from smtplib import SMTPDataError, SMTPRecipientsRefused
from typing import Any
from uuid import UUID

from django.core.mail import DNS_NAME
from django.dispatch import receiver
from django.utils import timezone
from django_tasks.base import Task, TaskResultStatus
from django_tasks.signals import task_finished, task_started
from django_tasks_db.backend import TaskResult
from django_tasks_db.models import DBTaskResult

logger = logging.getLogger(__name__)
SHORTEST, LONGEST_WAIT = timedelta(minutes=5), timedelta(minutes=30)  # between two tries
GIVE_UP = timedelta(days=4)  # RFC 5321, 4.5.4.1: at least four to five days
LONGEST = timedelta(minutes=15)  # a task takes; most of them a second
HANDING_OVER = "handing over"  # in the row, as its value
_at_hand: ContextVar[UUID | None] = ContextVar("_at_hand", default=None)  # the row of this task


class TakenOver(Exception):
    """Another worker hands over the mail of this task, or did."""


def later(task: "Task[Any, Any]", error: Exception, *arguments: int) -> None:
    """Do this task again in a while, for four days; what is refused for good is not tried again.

    Neither the address nor the text is logged.
    """
    if _is_final(error):
        logger.warning("%s%s: the address takes no mail", task.name, arguments)
        return
    now = timezone.now()
    row = _row()
    since = row.enqueued_at if row else now
    if now - since > GIVE_UP:
        logger.error("%s%s was refused for days, and is given up", task.name, arguments)
        return
    logger.warning("%s%s is tried later: %s", task.name, arguments, type(error).__name__)
    wait = min(max((now - since) / 4, SHORTEST), LONGEST_WAIT)
    again = task.using(run_after=now + wait).enqueue(*arguments)
    DBTaskResult.objects.filter(pk=again.id).update(enqueued_at=since)


def hand_over() -> None:
    """Write in the task's row that its mail goes to the server now.

    Raises TakenOver if that was written before. Nothing, for mail outside a worker.
    """
    if (row := _at_hand.get()) is None:
        return
    not_ended = DBTaskResult.objects.filter(
        pk=row, status__in=(TaskResultStatus.READY, TaskResultStatus.RUNNING)
    )
    if not not_ended.filter(return_value__isnull=True).update(return_value=HANDING_OVER):
        raise TakenOver


def message_id() -> str | None:
    """One for all tries of a mail (RFC 5322, 3.6.4): a second is not taken for a new one."""
    row = _row()
    if row is None:
        return None
    told = f"{row.task_path} {row.args_kwargs} {row.enqueued_at.isoformat()}"
    return f"<{sha256(told.encode()).hexdigest()[:32]}@{DNS_NAME}>"


def is_in_worker() -> bool:
    """Whether nobody waits for this mail."""
    return _at_hand.get() is not None


def resume(at: datetime) -> int:
    """Have tasks done again whose worker was killed, or lost the database; how many.

    They stand as running, and nobody runs them. Whose mail was being handed over is not: it may
    have arrived. That stands in the log, and the task as failed.
    """
    left = DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING, started_at__lt=at - LONGEST)
    for row in left.filter(return_value=HANDING_OVER):
        logger.error("%s %s: nobody knows if this mail arrived", row.task_name, row.pk)
    left.filter(return_value=HANDING_OVER).update(status=TaskResultStatus.FAILED, finished_at=at)
    count = left.filter(return_value__isnull=True).update(status=TaskResultStatus.READY)
    if count:
        logger.warning("%s tasks of workers that are gone are done again", count)
    return count


def _row() -> "DBTaskResult[Any, Any] | None":
    at_hand = _at_hand.get()
    return DBTaskResult.objects.filter(pk=at_hand).first() if at_hand else None


def _is_final(error: Exception) -> bool:
    """Whether address or mail was refused for good: a reply of 500 and up (RFC 5321, 4.2.1).

    Not where it is about us, such as our password: what is wrong there, we can mend.
    """
    if isinstance(error, SMTPDataError):
        return error.smtp_code >= 500
    return isinstance(error, SMTPRecipientsRefused) and all(
        code >= 500 for code, _ in error.recipients.values()
    )


@receiver(task_started)
def _begin(task_result: object, **more: Any) -> None:
    """Only a worker has a row to write in."""
    if isinstance(task_result, TaskResult):
        _at_hand.set(task_result.db_result.pk)


@receiver(task_finished)
def _end(task_result: object, **more: Any) -> None:
    if isinstance(task_result, TaskResult):
        _at_hand.set(None)
