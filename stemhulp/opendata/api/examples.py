"""Examples that are true: what the API answers at this moment, cut short."""

import json
import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, QueryDict
from django.urls import resolve
from django.utils import timezone

from stemhulp.editions import store
from stemhulp.editions.edition import Edition
from stemhulp.opendata.api.answers import JSON
from stemhulp.opendata.api.finding import edition_of
from stemhulp.opendata.api.openapi import ROOT
from stemhulp.opendata.api.problems import ApiProblem

LONGEST_TEXT = 90  # characters
MOST_ITEMS = 2
UNPUBLISHED = {
    "election": "gr2022",
    "municipality": "voorbeeldstad",
    "party": "groen-voorbeeldstad",
    "statement": "taalles-in-de-opvang",
    "number": "1",
}
QUERIES = {
    "municipalities": "q=den+haag",
    "positions": "statement={statement}&limit=2",
    "statements": "language=en&limit=1",
    "themes": "language=en",
    "glossary": "language=en&limit=2",
    "features": "limit=1",
    "contests": "limit=1",
}


@dataclass(frozen=True)
class Example:
    """A request as a command, and what it gives; no answer where nothing was published."""

    command: str
    answer: str


def sample_edition() -> Edition | None:
    """An invented contest if there is one, else the first."""
    for election in store.elections(timezone.localdate()):
        guide, published = store.guide(election.slug), store.contests(election.slug)
        invented = [each.slug for each in guide.examples if each.slug in published] if guide else []
        for slug in [*invented, *sorted(published)][:1]:
            try:
                return edition_of(election.slug, slug)
            except ApiProblem:
                continue
    return None


def names_in(edition: Edition | None) -> Mapping[str, str]:
    """Something for each part of an address."""
    if edition is None or not edition.parties or not edition.statements:
        return UNPUBLISHED
    return {
        "election": edition.election.slug,
        "municipality": edition.municipality.slug,
        "party": edition.parties[0].slug,
        "statement": edition.statements[-1].key,
        "number": "1",
    }


def voter_of(names: Mapping[str, str], edition: Edition | None) -> dict[str, Any]:
    """Answers of nobody, to every third statement."""
    asked = edition.statements[::3] if edition else ()
    stances = {each.key: 2 - each.number % 5 for each in asked}
    return {
        "election": names["election"],
        "municipality": names["municipality"],
        "stances": stances or {names["statement"]: 2},
        "weights": {"statements": [names["statement"]], "themes": []},
    }


def reading(path: str, operation: str, names: Mapping[str, str]) -> Example:
    """`path` as the schema has it, with names in braces."""
    address = path.format_map(names)
    query = QUERIES.get(operation, "").format_map(names)
    url = address + (f"?{query}" if query else "")
    return Example(f"curl {shlex.quote(_absolute(url))}", _answer(_request("GET", address, query)))


def matching(names: Mapping[str, str], edition: Edition | None) -> Example:
    path, body = f"{ROOT}/match", json.dumps(voter_of(names, edition), indent=2)
    command = "\\\n  ".join(
        [
            f"curl {shlex.quote(_absolute(path))} ",
            f"--header {shlex.quote(f'Content-Type: {JSON}')} ",
            f"--data {shlex.quote(body)}",
        ]
    )
    request = _request("POST", path, "")
    request._body = body.encode()  # as if it had been read
    request.META |= {"CONTENT_TYPE": JSON, "CONTENT_LENGTH": str(len(body))}
    return Example(command, _answer(request))


def refusal(names: Mapping[str, str]) -> Example:
    """What a mistake gives."""
    path = f"{ROOT}/elections/{names['election']}/contests"
    return Example(
        f"curl {shlex.quote(_absolute(f'{path}?limit=0'))}",
        _answer(_request("GET", path, "limit=0"), wanted=422),
    )


def _request(method: str, path: str, query: str) -> HttpRequest:
    request = HttpRequest()
    request.method, request.path, request.path_info = method, path, path
    request.GET = QueryDict(query)
    return request


def _answer(request: HttpRequest, wanted: int = 200) -> str:
    try:
        request.resolver_match = match = resolve(request.path)
    except Http404:
        return ""
    response = match.func(request, *match.args, **match.kwargs)
    if response.status_code != wanted:
        return ""
    return json.dumps(shortened(json.loads(response.content)), indent=2, ensure_ascii=False)


def shortened(value: Any) -> Any:
    """Of a list the first two, of a text the beginning."""
    if isinstance(value, dict):
        return {name: shortened(each) for name, each in value.items()}
    if isinstance(value, list):
        cut = [shortened(each) for each in value[:MOST_ITEMS]]
        return [*cut, "…"] if len(value) > MOST_ITEMS else cut
    if isinstance(value, str) and len(value) > LONGEST_TEXT:
        return f"{value[:LONGEST_TEXT].rstrip()}…"
    return value


def _absolute(url: str) -> str:
    return settings.SITE_URL.rstrip("/") + url
