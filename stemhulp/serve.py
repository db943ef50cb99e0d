"""`python -m stemhulp.serve`: the web process of a server, as a container or systemd starts it.

It becomes granian, so that a signal to it is a signal to the server: SIGTERM lets requests in
flight end. Address, port and number of workers come from WEB_HOST, PORT and WEB_WORKERS.
"""

import os
import sys
from importlib import import_module

from django.core.exceptions import ImproperlyConfigured

from stemhulp.local import web_server


def main() -> None:
    """Raises SystemExit, with a paragraph that helps, when the configuration will not do."""
    try:
        import_module("stemhulp.settings")
    except ImproperlyConfigured as error:
        sys.exit(str(error))
    host = os.environ.get("WEB_HOST") or "127.0.0.1"
    port = int(os.environ.get("PORT") or 8000)
    workers = int(os.environ.get("WEB_WORKERS") or 2)
    command = web_server.command(host, port, workers=workers)
    os.execve(command[0], command, os.environ | web_server.KEEP_MEMORY)  # noqa: S606  # no shell


if __name__ == "__main__":
    main()
