"""`python -m tests.load`: every figure as a JSON object on a line of its own."""

import json
import os
import sys

from tests.load import matching

SUITES = [matching]


def main() -> None:
    quick = bool(os.environ.get("QUICK"))
    for suite in SUITES:
        for figure in suite.figures(quick=quick):
            sys.stdout.write(json.dumps(figure) + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
