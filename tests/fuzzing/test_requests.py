"""The same by way of a request: whatever is sent, the answer is a page or a refusal, no failure.

(The test client raises what a view did not catch.)
"""

import json
import random
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from stemhulp.quiz.answers import COOKIE, Answers, encrypt
from stemhulp.secure import limits
from tests.curation.staff import enter, national
from tests.fuzzing.changes import Drawing, Sample
from tests.fuzzing.readers import PLACE, VOTER, opened, sealed
from tests.parties.ballot_files import council, xml
from tests.quiz.browser import TOWN

pytestmark = pytest.mark.django_db
REQUESTS = 150
REFUSED = {400, 403, 404, 409, 411, 413, 415, 422}
BOUNDARY = "grens"
FORM = (
    f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="bestand"; filename="lijsten.xml"\r\n'
    f"Content-Type: text/xml\r\n\r\n{xml().decode()}\r\n--{BOUNDARY}--\r\n"
).encode()


@pytest.fixture(autouse=True)
def nobody_waits(settings: Settings) -> Iterator[None]:
    """So often no person asks."""
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "upload": "100000/m/user"}
    limits.counts.clear()
    yield
    limits.counts.clear()


def tried(send: Callable[[bytes], Any], sample: Sample, good: int = 200) -> None:
    """All are answered, the valid one well, and some are refused."""
    assert send(sample.after([])).status_code == good
    drawing, draw = Drawing([sample]), random.Random(random.getrandbits(64))  # noqa: S311
    refused = 0
    for _ in range(REQUESTS):
        limits.counts.clear()
        status = send(drawing.drawn(draw)).status_code
        assert status in REFUSED | {good}
        refused += status in REFUSED
    assert refused


def test_any_body_of_match_is_answered(client: Client) -> None:
    voter = {**VOTER, "edition": None, "stances": {"taalles-in-de-opvang": 2}, "weights": {}}
    sample = Sample(json.dumps(voter).encode())
    kind = {"content_type": "application/json"}
    tried(lambda body: client.post("/api/v1/match", body, **kind), sample)  # type: ignore[arg-type]


@pytest.mark.parametrize("inside", [False, True])
def test_any_cookie_gives_a_page(client: Client, inside: bool) -> None:  # noqa: FBT001
    answers = Answers(PLACE, {"taalles-in-de-opvang": 2}, edition=1)
    token = encrypt(answers).encode()
    sample = Sample(opened(token.decode()), sealed) if inside else Sample(token)

    def send(data: bytes) -> Any:
        client.cookies[COOKIE] = data.decode("latin-1")
        return client.get(f"{TOWN}stelling/1/")

    tried(send, sample)


def test_any_form_with_a_file_is_answered(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its file is read here: that it is read apart is tried elsewhere, and a process is slow."""
    monkeypatch.setattr("parties.uploads.apart.Reader.__call__", lambda own, data: own.read(data))
    enter(client, national())
    council((1, "Dorpsbelang"))
    page = reverse("curation:read_file", args=["gr2022"])
    kind = f"multipart/form-data; boundary={BOUNDARY}"
    tried(lambda body: client.post(page, body, content_type=kind), Sample(FORM))
