"""The API told to programs: OpenAPI 3.1, with what holds for every answer."""

import copy
import functools
import json
import re
from typing import Any

from django.conf import settings

from stemhulp.opendata.api.answers import JSON
from stemhulp.opendata.api.problems import MEDIA_TYPE
from stemhulp.opendata.api.service import api
from stemhulp.opendata.api.views import contests, elections, match  # noqa: F401  # they register

ROOT = "/api/v1"
LICENCE = {
    "name": "CC BY 4.0",
    "identifier": "CC-BY-4.0",
}
DESCRIPTION = (
    "What local parties in the Netherlands think of refugee policy, as they answered the voting "
    "aid of VluchtelingenWerk Nederland, with everything else that was published of it. "
    "Read about it at /api/v1/."
)
TAGS = {
    "Elections": "Which days there are.",
    "Municipalities": "Where people vote, and finding that by name or postcode.",
    "Contests": "What was asked in one municipality, of whom, and what they answered.",
    "Editions": "Every snapshot that was published, and its exact bytes.",
    "Match": "A voter beside all parties. Nothing of it is kept.",
}
KEPT = {
    "ETag": {
        "description": "Of what is answered. Send it as If-None-Match, and get 304 if it is the "
        "same still.",
        "required": True,
        "schema": {"type": "string"},
    },
    "Cache-Control": {
        "description": "How long any cache may keep it.",
        "required": True,
        "schema": {"type": "string"},
    },
}
NOT_KEPT = {
    "Cache-Control": {
        "description": "`no-store`.",
        "required": True,
        "schema": {"type": "string", "const": "no-store"},
    }
}
LINK = {
    "description": "To the pages before and after (`prev`, `next`), if there are any (RFC 8288).",
    "schema": {"type": "string"},
}


@functools.cache
def schema() -> dict[str, Any]:
    """The whole description; the same for as long as the process runs."""
    made = copy.deepcopy(dict(api.get_openapi_schema(path_prefix=f"{ROOT}/")))
    made["info"] = {
        "title": "Stemhulp: open data",
        "version": "1.0.0",
        "description": DESCRIPTION,
        "license": LICENCE,
    }
    made["servers"] = [{"url": settings.SITE_URL.rstrip("/")}]
    made["paths"] = dict(sorted(made["paths"].items(), key=lambda each: each[0].count("/")))
    made["tags"] = [{"name": name, "description": said} for name, said in TAGS.items()]
    for path in made["paths"].values():
        path.pop("head", None)  # as GET, without the body: HTTP says so itself
        for operation in path.values():
            _complete(operation)
    _drop_unused(made)
    return made


def _drop_unused(made: dict[str, Any]) -> None:
    """Shapes that nothing leads to: those of queries, whose members stand as parameters."""
    known = made["components"]["schemas"]
    found, following = set[str](), set(_named_in(made["paths"]))
    while following:
        found |= following
        following = {name for each in following for name in _named_in(known[each])} - found
    made["components"]["schemas"] = {name: known[name] for name in sorted(found)}


def _named_in(part: Any) -> list[str]:
    return re.findall(r'"#/components/schemas/(\w+)"', json.dumps(part))


def _complete(operation: dict[str, Any]) -> None:
    """What ninja does not say: what errors look like, and headers."""
    is_read = "requestBody" not in operation
    answers = operation["responses"] = {
        str(status): response for status, response in operation["responses"].items()
    }
    for status, response in answers.items():
        if status != "200":
            response["content"] = {MEDIA_TYPE: response["content"].pop(JSON)}
            response["headers"] = NOT_KEPT
    answers["200"]["headers"] = KEPT if is_read else NOT_KEPT
    if is_read:
        answers["304"] = {"description": "Not Modified", "headers": KEPT}
    if any(each["name"] == "limit" for each in operation["parameters"]):
        answers["200"]["headers"] = KEPT | {"Link": LINK}
