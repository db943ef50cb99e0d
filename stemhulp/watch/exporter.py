"""The figures of all processes together, on a port of their own that no voter reaches.

Whichever worker is asked, adds up what all of them wrote. It is imported when the folder has been
named (`processes.prepare`).
"""

import logging
import threading
import time
from collections.abc import Callable, Iterable
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

from django.conf import settings
from django.db import connections
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

from stemhulp.watch import processes, state

logger = logging.getLogger(__name__)
PULSE = 5.0  # seconds


class Server(ThreadingMixIn, WSGIServer):
    """Listens beside those of the other workers: whichever of them lives, answers."""

    daemon_threads = True
    allow_reuse_port = True


class Quiet(WSGIRequestHandler):
    """Who reads the figures stands in no log."""

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002  # its own name
        return


def serve() -> None:
    """Answer on METRICS_PORT in a thread, and keep saying how this process fares."""
    if not settings.METRICS_PORT:
        return
    address = (settings.METRICS_HOST, settings.METRICS_PORT)
    try:
        server = Server(address, Quiet)
    except OSError as error:
        logger.error("Figures cannot be had on port %s: %s.", address[1], error.strerror)
        return
    server.set_app(application)
    threading.Thread(target=server.serve_forever, name="figures", daemon=True).start()
    threading.Thread(target=_pulse, name="pulse", daemon=True).start()


def _pulse() -> None:
    while True:
        state.look()
        time.sleep(PULSE)


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """A WSGI application: the same at any address."""
    processes.forget_the_dead()
    try:
        body = text()
    finally:
        connections.close_all()
    start_response("200 OK", [("Content-Type", CONTENT_TYPE_LATEST)])
    return [body]


def text() -> bytes:
    """The figures of all processes, in the text format of Prometheus."""
    everything = CollectorRegistry()
    MultiProcessCollector(everything)  # type: ignore[no-untyped-call]
    everything.register(state.State())
    return generate_latest(everything)
