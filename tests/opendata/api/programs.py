"""A program that asks the API, through the test client."""

import json
from collections.abc import Mapping
from typing import Any

from django.test import Client

from stemhulp.editions import store

ROOT = "/api/v1"
ELECTION = f"{ROOT}/elections/gr2022"
TOWN = f"{ELECTION}/contests/voorbeeldstad"
MATCH = f"{ROOT}/match"


def ask(path: str, **headers: str) -> Any:
    """A program has no cookies, and is from nowhere."""
    return Client(headers={each.replace("_", "-"): said for each, said in headers.items()}).get(
        path
    )


def read(path: str) -> Any:
    """What is answered. Fails for anything but 200."""
    response = ask(path)
    assert response.status_code == 200, response.content
    return json.loads(response.content)


def everything(path: str) -> list[Any]:
    """All items of a list, page after page."""
    found: list[Any] = []
    while True:
        page = read(f"{path}{'&' if '?' in path else '?'}limit=100&offset={len(found)}")
        found += page["items"]
        if len(found) >= page["count"]:
            return found


def send(body: Any, content_type: str = "application/json", path: str = MATCH) -> Any:
    """A body as it is, or anything as JSON."""
    data = body if isinstance(body, (bytes, str)) else json.dumps(body)
    said: Any = {"CONTENT_TYPE": content_type, "CONTENT_LENGTH": str(len(data))}
    return Client().generic("POST", path, data, content_type, **({} if data else said))


def voter(stances: Mapping[str, int | None], **others: Any) -> dict[str, Any]:
    return {
        "election": "gr2022",
        "municipality": "voorbeeldstad",
        "stances": dict(stances),
        **others,
    }


def problem(response: Any, status: int) -> Any:
    """What a refusal says; fails when it is none of the one shape."""
    assert response.status_code == status, response.content
    assert response["Content-Type"] == "application/problem+json"
    assert response["Cache-Control"] == "no-store"
    told = json.loads(response.content)
    assert told.keys() == {"type", "title", "status", "detail", "errors"}
    assert told["status"] == status
    assert told["detail"].isascii() or "−" in told["detail"]
    for each in told["errors"]:
        assert each.keys() == {"where", "message"}
    return told


def warm() -> None:
    """Have everything in memory, as it is a moment after the start."""
    for slug in store.contests("gr2022"):
        for language in ("nl", "en"):
            store.edition("gr2022", slug, language)
