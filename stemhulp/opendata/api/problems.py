"""What a program reads when a request cannot be served: always the same shape (RFC 9457)."""

from collections.abc import Sequence
from http import HTTPStatus

from django.http import HttpResponse
from pydantic import BaseModel, Field

MEDIA_TYPE = "application/problem+json"
# What is said where nobody said more: the refusals of the server itself.
SAID = {
    400: "The request is not well formed.",
    403: "This is not for everyone.",
    404: "There is nothing at this address. /api/v1/ lists what there is.",
    405: "This address does not take this method. The Allow header says which it takes.",
    412: "What you know of it, in If-Match or If-Unmodified-Since, is not how it is.",
    413: "The request is larger than anything that is read here.",
    429: "More came from your address than we can answer. Try again after Retry-After seconds.",
    500: "A mistake of ours. It was noted; the request was not.",
    503: "This cannot be reached for the moment. Try again in a minute.",
}


class Mistake(BaseModel):
    """One thing that is wrong with a request."""

    where: list[str | int] = Field(
        description="The way to it: `body`, `query` or `path`, then names and places in lists.",
        examples=[["body", "stances", "taalles-in-de-opvang"]],
    )
    message: str = Field(description="What is wrong, in English.")


class Problem(BaseModel):
    """Why a request was not served. Every error has this shape, whatever went wrong."""

    type: str = Field(description="Always `about:blank`: the status says what kind it is.")
    title: str = Field(description="The name of the status.", examples=["Not Found"])
    status: int = Field(description="The HTTP status, once more.", ge=400, le=599)
    detail: str = Field(description="What is wrong, and what to do, in English.")
    errors: list[Mistake] = Field(description="Each mistake by its place; may be empty.")


class ApiProblem(Exception):
    """A request that cannot be served. Any view of the API may raise it."""

    def __init__(self, status: int, detail: str, errors: Sequence[Mistake] = ()) -> None:
        super().__init__(status)  # no text: a message may quote what was sent
        self.status = status
        self.detail = detail
        self.errors = list(errors)

    def respond(self) -> HttpResponse:
        return problem(HttpResponse(status=self.status), self.detail, self.errors)


def problem(
    response: HttpResponse, detail: str = "", errors: Sequence[Mistake] = ()
) -> HttpResponse:
    """The same response, with its status, told as a Problem. It is never cached."""
    status = HTTPStatus(response.status_code)
    told = Problem(
        type="about:blank",
        title=status.phrase,
        status=status.value,
        detail=detail or SAID.get(status.value, f"{status.phrase}."),
        errors=list(errors),
    )
    response.content = told.model_dump_json().encode()
    for header in ("Content-Encoding", "Content-Length", "ETag"):
        if header in response:
            del response[header]
    response["Content-Type"] = MEDIA_TYPE
    response["Content-Language"] = "en"
    response["Cache-Control"] = "no-store"
    if status is HTTPStatus.SERVICE_UNAVAILABLE:
        response["Retry-After"] = "60"
    return response


def is_told(response: HttpResponse) -> bool:
    """Whether this is a Problem already."""
    return response.get("Content-Type", "") == MEDIA_TYPE


def unknown(what: str, value: str, hint: str = "") -> ApiProblem:
    """Nothing goes by this name."""
    return ApiProblem(404, f"There is no {what} {value[:60]!r}. {hint}".rstrip())


def unreachable() -> ApiProblem:
    return ApiProblem(503, SAID[503])
