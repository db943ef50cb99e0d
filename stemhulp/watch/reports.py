"""Errors, reported to a Sentry server where SENTRY_DSN names one (`pip install …[sentry]`).

A report is made of the same fields as a line of the log, so what is in no log is in no report. None
of the SDK's integrations is on: they would look at requests, and at the values of variables.
"""

import logging
from traceback import extract_tb
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from stemhulp import VERSION
from stemhulp.watch import log

# What the SDK itself adds or needs, and what we made: all else is taken out before it is sent.
KEPT = (
    *("event_id", "timestamp", "level", "logger", "platform", "release", "environment", "sdk"),
    *("message", "tags", "exception"),
)
TAGS = ("request", "method", "route", "status")


class Reports(logging.Handler):
    """Sends what is logged as an error. `transport` takes the place of the network, in tests."""

    def __init__(self, dsn: str, transport: Any = None) -> None:
        super().__init__(level=logging.ERROR)
        try:
            import sentry_sdk  # noqa: PLC0415  # an extra
        except ImportError:
            raise ImproperlyConfigured(
                "SENTRY_DSN is set, but sentry-sdk is not installed: pip install --require-hashes "
                "-r requirements/sentry.txt. Or leave SENTRY_DSN out."
            ) from None
        self.client = sentry_sdk.Client(
            dsn=dsn,
            transport=transport,
            release=VERSION,
            server_name="",
            default_integrations=False,
            auto_enabling_integrations=False,
            include_local_variables=False,
            include_source_context=False,
            max_request_body_size="never",
            max_breadcrumbs=0,
            traces_sample_rate=None,
            auto_session_tracking=False,
            send_client_reports=False,
            enable_logs=False,
            before_send=only_kept,
        )

    def emit(self, record: logging.LogRecord) -> None:
        try:
            self.client.capture_event(report(record))
        except Exception:  # noqa: BLE001  # whatever it is, serving goes on, and the log has the line
            self.handleError(record)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802  # logging's name
        return

    def close(self) -> None:
        self.client.close(timeout=2.0)
        super().close()


def report(record: logging.LogRecord) -> Any:
    """An event in Sentry's form."""
    told = log.fields(record)
    made: dict[str, Any] = {
        "level": record.levelname.lower(),
        "logger": told["logger"],
        "message": told["message"],
        "tags": {name: str(told[name]) for name in TAGS if name in told},
    }
    if record.exc_info and record.exc_info[1] is not None:
        made["exception"] = {"values": [_exception(each) for each in log.chain(record.exc_info[1])]}
    return made


def _exception(error: BaseException) -> dict[str, Any]:
    frames = [
        {"filename": log.place(each.filename), "lineno": each.lineno, "function": each.name}
        for each in extract_tb(error.__traceback__, limit=-50)
    ]
    return {"type": log.kind(error), "value": "", "stacktrace": {"frames": frames}}


def only_kept(event: Any, hint: dict[str, Any]) -> Any:
    """What an event may hold, whoever put more into it."""
    return {name: value for name, value in event.items() if name in KEPT}
