"""Mail that could not go out now goes out later."""

import logging
from datetime import timedelta
from smtplib import SMTPRecipientsRefused
from typing import Any

from django.utils import timezone
from django_tasks.base import Task

logger = logging.getLogger(__name__)
RETRY = timedelta(minutes=5)  # while the server that sends mail refuses


def later(task: "Task[Any, Any]", error: Exception, *arguments: int) -> None:
    """Do this task again in a while; an address that is refused is not tried again.

    Neither the address nor the text is logged.
    """
    if _is_final(error):
        logger.warning("%s%s: the address takes no mail", task.name, arguments)
        return
    logger.warning("%s%s is tried later: %s", task.name, arguments, type(error).__name__)
    task.using(run_after=timezone.now() + RETRY).enqueue(*arguments)


def _is_final(error: Exception) -> bool:
    """Whether the address was refused for good: a reply of 500 and up (RFC 5321, 4.2.1)."""
    return isinstance(error, SMTPRecipientsRefused) and all(
        code >= 500 for code, _ in error.recipients.values()
    )
