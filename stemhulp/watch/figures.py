"""Figures that Prometheus reads. No label says anything of a voter.

Labels are the names of routes (not the municipality, not the number of a statement), methods, the
first digit of a status, and names of loggers.
"""

import logging

from django.conf import settings
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 3.0, 10.0)
registry = CollectorRegistry()
requests = Histogram(
    "stemhulp_request_seconds",
    "How long requests took, in the process that served them",
    ["route", "method", "status"],
    buckets=BUCKETS,
    registry=registry,
)
lines = Counter(
    "stemhulp_log_lines",
    "Warnings and errors in the log; a mail not sent is one of parties.accounts.adapter",
    ["logger", "level"],
    registry=registry,
)
# Of all processes together: what the worst one says.
stale = Gauge(
    "stemhulp_editions_stale_seconds",
    "Seconds that the database could not be reached; 0 if it can",
    multiprocess_mode="livemax",
    registry=registry,
)
contests = Gauge(
    "stemhulp_editions_contests",
    "Contests of which an edition is known",
    multiprocess_mode="livemin",
    registry=registry,
)
known = Gauge(
    "stemhulp_editions_known",
    "Editions that are known",
    multiprocess_mode="livemin",
    registry=registry,
)
held = Gauge(
    "stemhulp_editions_held",
    "Editions in memory, of all processes together",
    multiprocess_mode="livesum",
    registry=registry,
)


def observe(route: str, method: str, status: int, seconds: float) -> None:
    """Add one request, where anybody reads the figures."""
    if settings.METRICS_PORT:
        requests.labels(route, method, f"{status // 100}xx").observe(seconds)


class Lines(logging.Handler):
    """Counts what is logged as a warning or worse."""

    def __init__(self) -> None:
        super().__init__(level=logging.WARNING)

    def emit(self, record: logging.LogRecord) -> None:
        if settings.METRICS_PORT:
            lines.labels(record.name, record.levelname).inc()
