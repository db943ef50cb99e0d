"""`python -m tests.load`: every figure as a JSON object on a line of its own."""

import json
import os
import signal
import sys

from tests.load import http, matching

SUITES = [matching, http]


def main() -> None:
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # clear up as after Ctrl-C
    quick = bool(os.environ.get("QUICK"))
    for suite in SUITES:
        for figure in suite.figures(quick=quick):
            sys.stdout.write(json.dumps(figure) + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
