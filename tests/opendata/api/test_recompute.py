"""Somebody who read the documentation only, gets the site's numbers: over HTTP, exactly."""

import json
import random
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.core.wsgi import get_wsgi_application
from django.db import connections

from stemhulp.editions import store
from tests.local.runs import clean_environment
from tests.opendata.api import recompute
from tests.opendata.api.programs import send, voter, warm

pytestmark = pytest.mark.django_db


class Quiet(WSGIRequestHandler):
    def log_message(self, *args: object) -> None:
        """Nothing: pytest has its own."""


@contextmanager
def live_server() -> Iterator[str]:
    """The product on a port of its own; all it needs is in memory already."""
    warm()
    application = get_wsgi_application()

    def served(environ: Any, start_response: Any) -> Any:
        try:
            return application(environ, start_response)
        finally:
            connections.close_all()

    with make_server("127.0.0.1", 0, served, WSGIServer, Quiet) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


def some_voters() -> Iterator[dict[str, Any]]:
    """Invented answers: all, some, few; with weights and without; a party's own."""
    edition = store.edition("gr2022", "voorbeeldstad")
    assert edition
    drawn = random.Random(2022)  # noqa: S311  # the same voters each time
    keys = [each.key for each in edition.statements]
    for share in (1, 0.8, 0.5, 0.2, 0):
        yield {
            "stances": {
                key: drawn.choice([-2, -1, 0, 1, 2, None]) for key in keys if drawn.random() < share
            },
            "weights": {
                "statements": drawn.sample(keys, 3),
                "themes": drawn.sample(["opvang", "werk"], drawn.randrange(3)),
            },
        }
    party = edition.parties[0]
    yield {
        "stances": {key: each.stance for key, each in party.positions.items()},
        "weights": {"statements": [], "themes": []},
    }


def exact(score: Any) -> Fraction | None:
    return score and Fraction(score["numerator"], score["denominator"])


def test_script_written_from_the_documentation_gets_the_numbers_of_the_site() -> None:
    with live_server() as site:
        for answers in some_voters():
            found = recompute.recompute(recompute.asking(site), "gr2022", "voorbeeldstad", answers)
            compare(found, json.loads(send(voter(**answers)).content))


def compare(found: Any, result: Any) -> None:
    """What the script counted, with what the site says."""
    assert found["friendliness"] == exact(result["friendliness"]["score"])
    assert found["says_little"] == result["says_little"]
    own = result["friendliness"]["themes"]
    assert found["themes"] == {key: exact(each) for key, each in own.items()}
    assert len(found["ranking"]) == len(result["ranking"])
    for mine, theirs in zip(found["ranking"], result["ranking"], strict=True):
        for name in ("party", "rank", "is_shared", "agreed", "compared"):
            assert mine[name] == theirs[name]
        assert mine["match"] == exact(theirs["match"])
        assert recompute.percent(mine["match"]) == theirs["match"]["percent"]
        assert mine["friendliness"] == exact(theirs["friendliness"])
        assert mine["themes"] == {key: exact(each) for key, each in theirs["themes"].items()}


def test_script_runs_by_itself() -> None:
    answers = {"stances": {"taalles-in-de-opvang": 2}}
    with live_server() as site:
        done = subprocess.run(
            [sys.executable, "-I", Path(recompute.__file__), site, "gr2022", "voorbeeldstad"],
            input=json.dumps(answers),
            env=clean_environment(),
            capture_output=True,
            text=True,
            check=True,
        )
    result = json.loads(send(voter(**answers)).content)
    assert [each["party"] for each in json.loads(done.stdout)["ranking"]] == [
        each["party"] for each in result["ranking"]
    ]
