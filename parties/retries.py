"""Mail that could not go out now goes out later, and so does what a killed worker left."""

import logging
from datetime import datetime, timedelta
from smtplib import SMTPRecipientsRefused
from typing import Any

from django.utils import timezone
from django_tasks.base import Task, TaskResultStatus
from django_tasks_db.models import DBTaskResult

logger = logging.getLogger(__name__)
RETRY = timedelta(minutes=5)  # while the server that sends mail refuses
LONGEST = timedelta(minutes=15)  # a task takes; most of them a second


def later(task: "Task[Any, Any]", error: Exception, *arguments: int) -> None:
    """Do this task again in a while; an address that is refused is not tried again.

    Neither the address nor the text is logged.
    """
    if _is_final(error):
        logger.warning("%s%s: the address takes no mail", task.name, arguments)
        return
    logger.warning("%s%s is tried later: %s", task.name, arguments, type(error).__name__)
    task.using(run_after=timezone.now() + RETRY).enqueue(*arguments)


def resume(at: datetime) -> int:
    """Have tasks done again whose worker was killed, or lost the database; how many.

    They stand as running, and nobody runs them. Each of ours may be done twice: what was mailed
    already is looked up, or makes the mail before it worthless (`renew_token`).
    """
    left = DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING, started_at__lt=at - LONGEST)
    count = left.update(status=TaskResultStatus.READY)
    if count:
        logger.warning("%s tasks of workers that are gone are done again", count)
    return count


def _is_final(error: Exception) -> bool:
    """Whether the address was refused for good: a reply of 500 and up (RFC 5321, 4.2.1)."""
    return isinstance(error, SMTPRecipientsRefused) and all(
        code >= 500 for code, _ in error.recipients.values()
    )
