"""The API itself: how a view gets its address, and how a list or an error goes out."""

from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from typing import Any, TypeVar, get_type_hints

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI, Path
from ninja.errors import HttpError, ValidationError
from pydantic import BaseModel

from stemhulp.editions import store
from stemhulp.editions.edition import Edition
from stemhulp.editions.guide import Guide
from stemhulp.opendata.api import shapes
from stemhulp.opendata.api.answers import Source, answer, links, part_of
from stemhulp.opendata.api.finding import imprint_of
from stemhulp.opendata.api.problems import ApiProblem, Problem
from stemhulp.opendata.api.requests import (
    StrictParser,
    from_http,
    from_validation,
    refuse_others,
)

View = TypeVar("View", bound=Callable[..., HttpResponse])
Each = TypeVar("Each")
api = NinjaAPI(
    title="Stemhulp",
    version="1",
    urls_namespace="api",
    openapi_url=None,
    docs_url=None,
    parser=StrictParser(),
)
CONTEST = "/elections/{election}/contests/{municipality}"
FOR_READING = (404, 422, 500, 503)


def _named(what: str, example: str) -> Any:
    """A part of an address."""
    return Path(..., description=what, pattern=shapes.SLUG, max_length=100, example=example)  # type: ignore[type-arg]


ELECTION = _named("The slug of an election.", "gr2022")
MUNICIPALITY = _named("The slug of a municipality.", "voorbeeldstad")
PARTY = _named("The slug of a party.", "groen-voorbeeldstad")
STATEMENT = _named("The key of a statement.", "taalles-in-de-opvang")
NUMBER: Any = Path(..., description="The number of an edition.", ge=1, le=1_000_000, example=1)  # type: ignore[type-arg]


@api.exception_handler(ApiProblem)
def _told(request: HttpRequest, error: ApiProblem) -> HttpResponse:
    return error.respond()


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    return from_validation(error).respond()


@api.exception_handler(HttpError)
def _refused(request: HttpRequest, error: HttpError) -> HttpResponse:
    return from_http(error).respond()


def reads(path: str, shape: type[BaseModel], tag: str, summary: str) -> Callable[[View], View]:
    """Let a view answer GET and HEAD under this path, with this shape."""

    def decorate(view: View) -> View:
        known = _parameters(view)

        @wraps(view)
        def checked(request: HttpRequest, **values: Any) -> HttpResponse:
            refuse_others(request, known)
            return view(request, **values)

        register = api.api_operation(
            ["GET", "HEAD"],
            path,
            response={200: shape, **dict.fromkeys(FOR_READING, Problem)},
            tags=[tag],
            summary=summary,
            operation_id=view.__name__,
        )
        register(checked)
        return view

    return decorate


def _parameters(view: Callable[..., Any]) -> frozenset[str]:
    """The names that a view knows in a query."""
    asked = get_type_hints(view).get("asked")
    return frozenset(asked.model_fields) if asked else frozenset()


def listed(
    request: HttpRequest,
    edition: Edition,
    asked: shapes.Paged,
    everything: Sequence[Each],
    shape: Callable[..., shapes.Listing],
    tell: Callable[[Each], BaseModel],
) -> HttpResponse:
    """A part of a list out of an edition, each of it as `tell` puts it."""
    match = request.resolver_match
    return answer(
        request,
        edition_source(edition),
        (match.url_name if match else "", *asked.model_dump().items()),
        lambda: shape(
            count=len(everything),
            items=[tell(each) for each in part_of(everything, asked.limit, asked.offset)],
        ),
        link=links_of(request, asked, len(everything)),
    )


def links_of(request: HttpRequest, asked: shapes.Paged, count: int) -> str:
    query = asked.model_dump(exclude_unset=True)
    return links(request.path, query, asked.limit, asked.offset, count)


def edition_source(edition: Edition) -> Source:
    """The edition decides; beside it, how many there are now."""
    imprint = imprint_of(edition)
    return Source(f"{edition.path} {imprint.number} {imprint.digest}", edition.beside)


def guide_source(guide: Guide) -> Source:
    """An election with all that was published of it."""
    known: Mapping[str, Any] = store.contests(guide.election.slug)
    published = [f"{slug} {each[-1].number} {each[-1].digest}" for slug, each in known.items()]
    return Source(" ".join([guide.digest, *sorted(published)]), guide.beside)
