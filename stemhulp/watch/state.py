"""What is asked at the moment that somebody reads: how editions fare, and what waits to be done."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import DatabaseError, InterfaceError
from django.db.models import Case, Count, F, Min, Q, When
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max
from prometheus_client import Metric
from prometheus_client.core import GaugeMetricFamily

from stemhulp.editions import store
from stemhulp.watch import figures

STATES = ("ready", "later", "running", "failed")


def look() -> None:
    """Set what this process says of its editions."""
    health, since = store.health(), store.stale_since()
    figures.stale.set((datetime.now().astimezone() - since).total_seconds() if since else 0.0)
    figures.contests.set(health["contests"])
    figures.known.set(health["editions"])
    figures.held.set(health["held_in_memory"])


@dataclass(frozen=True)
class Waiting:
    """Tasks by their state, and how long the oldest that may run waits, in seconds.

    They are mail, for the most part. What is to be done "later", was refused before
    (`parties.retries`).
    """

    tasks: dict[str, int]
    oldest: float


def waiting(now: datetime) -> Waiting | None:
    """None while the database is out of reach."""
    at_once = Q(run_after=get_date_max())
    is_ready = Q(status=TaskResultStatus.READY) & (at_once | Q(run_after__lte=now))
    is_later = Q(status=TaskResultStatus.READY, run_after__gt=now) & ~at_once
    since = Case(When(at_once, then=F("enqueued_at")), default=F("run_after"))
    try:
        found = DBTaskResult.objects.exclude(status=TaskResultStatus.SUCCESSFUL).aggregate(
            ready=Count("pk", filter=is_ready),
            later=Count("pk", filter=is_later),
            running=Count("pk", filter=Q(status=TaskResultStatus.RUNNING)),
            failed=Count("pk", filter=Q(status=TaskResultStatus.FAILED)),
            oldest=Min(since, filter=is_ready),
        )
    except (DatabaseError, InterfaceError):
        return None
    oldest = found["oldest"]
    seconds = (now - oldest).total_seconds() if oldest else 0.0
    return Waiting({state: found[state] for state in STATES}, max(seconds, 0.0))


class State:
    """The same for Prometheus. Of tasks it is silent while nobody can know."""

    def collect(self) -> Iterator[Metric]:
        found = None if store.stale_since() else waiting(timezone.now())
        is_up = float(found is not None)
        yield GaugeMetricFamily("stemhulp_database_up", "Whether it answers", value=is_up)
        if found is None:
            return
        tasks = GaugeMetricFamily("stemhulp_tasks", "Tasks by their state", labels=["state"])
        for state, count in found.tasks.items():
            tasks.add_metric([state], count)
        yield tasks
        yield GaugeMetricFamily(
            "stemhulp_tasks_oldest_seconds",
            "How long the oldest task that may run, waits",
            value=found.oldest,
        )
