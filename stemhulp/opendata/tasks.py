"""Keeping what is served as files up with what is published, beside the requests."""

import logging
from datetime import timedelta

from django.utils import timezone
from django_tasks import task
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from stemhulp.editions import store
from stemhulp.opendata.build import build

logger = logging.getLogger(__name__)
RETRY = timedelta(minutes=5)  # while the disk is full


@task()
def keep_up(election: str) -> bool:
    """Build what is behind. Many of these after each other cost no more than one.

    False when it could not be written: then it is tried again in a while, where something works
    beside the requests; where nothing does, when something is published again.
    """
    store.catch_up()
    try:
        build(election, timezone.now())
    except OSError as error:
        logger.error("Files of %s are not built yet: %s", election, error.strerror or error)
        if keep_up.get_backend().supports_defer:
            _later(election)
        return False
    return True


def _later(election: str) -> None:
    """Unless that is to be done already: each publication meets the same full disk."""
    waiting = DBTaskResult.objects.filter(
        task_path=keep_up.module_path, status=TaskResultStatus.READY, run_after__gt=timezone.now()
    ).exclude(run_after=get_date_max())
    if not any(each.args_kwargs["args"] == [election] for each in waiting):
        keep_up.using(run_after=timezone.now() + RETRY).enqueue(election)


def after_publishing(election: str) -> bool:
    """Have the files follow; False when they could not be made, if that is known at once.

    What was published stays published.
    """
    try:
        result = keep_up.enqueue(election)
    except Exception:
        logger.exception("The open data of %s could not be brought up to date.", election)
        return False
    return not (
        result.status == TaskResultStatus.FAILED
        or (result.status == TaskResultStatus.SUCCESSFUL and not result.return_value)
    )
