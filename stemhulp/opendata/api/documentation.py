"""The page for people: everything that the schema says, in an order in which one can read it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.utils.html import escape, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import override
from pydantic import RootModel

from stemhulp import VERSION
from stemhulp.editions.edition import DUTCH, Edition
from stemhulp.opendata.api.answers import Source, answer
from stemhulp.opendata.api.commands import texts_of
from stemhulp.opendata.api.examples import (
    Example,
    matching,
    names_in,
    reading,
    refusal,
    sample_edition,
)
from stemhulp.opendata.api.fields import Field, members, parameters, prose, shape_of, shapes
from stemhulp.opendata.api.openapi import ROOT, TAGS, schema
from stemhulp.opendata.api.requests import LARGEST_BODY
from stemhulp.opendata.api.shapes import LANGUAGES, MOST_PER_PAGE
from stemhulp.opendata.downloads.licence import CREDIT
from stemhulp.quiz.kept import kept
from stemhulp.quiz.requests import VoterRequest, takes

ENGLISH = "en"
_beside: dict[Any, Any] = {}


@dataclass(frozen=True)
class Endpoint:
    """One address, ready to be read about."""

    name: str
    method: str
    path: SafeString  # which a line may break after each slash
    summary: str
    paragraphs: list[SafeString]
    parameters: tuple[Field, ...]
    body: tuple[Field, ...]
    body_shape: str
    shape: str  # of the answer
    statuses: SafeString  # that it may answer beside 200
    example: Example


@dataclass(frozen=True)
class Group:
    name: str
    description: str
    endpoints: list[Endpoint]


@takes("GET", "HEAD")
def page(request: VoterRequest) -> HttpResponse:
    """In English, as the API is; kept until another edition gives other examples."""
    edition = sample_edition()
    state = edition.imprint if edition else None
    with override(ENGLISH):
        response = kept(
            request,
            _beside,
            "opendata/api/documentation.html",
            lambda: _context(edition),
            changes_with=state,
        )
    response["Content-Language"] = ENGLISH
    return response


@takes("GET", "HEAD")
def openapi_file(request: VoterRequest) -> HttpResponse:
    """The description for programs."""
    return answer(request, Source(VERSION, _beside), "openapi", lambda: RootModel(schema()))


def _context(edition: Edition | None) -> dict[str, Any]:
    names = names_in(edition)
    with override(DUTCH):  # in which the API answers: addresses of pages are in it
        groups = _groups(names, edition)
        mistake = refusal(names)
    return {
        "root": ROOT,
        "credit": CREDIT,
        "site": schema()["servers"][0]["url"],
        "groups": groups,
        "shapes": shapes(schema()),
        "names": names,
        "refusal": mistake,
        "languages": LANGUAGES,
        "most_per_page": MOST_PER_PAGE,
        "largest_body": LARGEST_BODY // 1024,
        **texts_of(names, schema()["servers"][0]["url"]),
    }


def _groups(names: Mapping[str, str], edition: Edition | None) -> list[Group]:
    found: dict[str, list[Endpoint]] = {tag: [] for tag in TAGS}
    for path, methods in schema()["paths"].items():
        for method, operation in methods.items():
            is_read = method == "get"
            name = operation["operationId"]
            example = reading(path, name, names) if is_read else matching(names, edition)
            found[operation["tags"][0]].append(_endpoint(path, method, operation, example))
    return [Group(tag, TAGS[tag], endpoints) for tag, endpoints in found.items()]


def _endpoint(path: str, method: str, operation: Mapping[str, Any], example: Example) -> Endpoint:
    answered = operation["responses"]["200"]["content"]["application/json"]["schema"]
    sent = operation.get("requestBody", {}).get("content", {})
    body = shape_of(sent["application/json"]["schema"]) if sent else ""
    known = schema()["components"]["schemas"]
    return Endpoint(
        name=operation["operationId"],
        method=method.upper(),
        path=SafeString(escape(path).replace("/", "/<wbr>")),
        summary=operation["summary"],
        paragraphs=[prose(each) for each in operation.get("description", "").split("\n\n")],
        parameters=parameters(operation),
        body=members(known[body]) if body else (),
        body_shape=body,
        shape=shape_of(answered),
        statuses=_statuses(operation["responses"]),
        example=example,
    )


def _statuses(responses: Mapping[str, Any]) -> SafeString:
    others = sorted(each for each in responses if each != "200")
    return format_html_join(", ", "<code>{}</code>", ((each,) for each in others))
