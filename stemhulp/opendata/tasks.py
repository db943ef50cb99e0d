"""Keeping what is served as files up with what is published, beside the requests."""

import logging

from django.utils import timezone
from django_tasks import task

from stemhulp.editions import store
from stemhulp.opendata.build import build

logger = logging.getLogger(__name__)


@task()
def keep_up(election: str) -> None:
    """Build what is behind. Many of these after each other cost no more than one."""
    store.catch_up()
    build(election, timezone.now())


def after_publishing(election: str) -> None:
    """Have the files follow. What was published stays published when they cannot be made."""
    try:
        keep_up.enqueue(election)
    except Exception:
        logger.exception("The open data of %s could not be brought up to date.", election)
