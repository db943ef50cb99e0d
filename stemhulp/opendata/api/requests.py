"""Taking a request strictly: what is not known is refused, and named."""

import json
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.utils.datastructures import MultiValueDict
from ninja.errors import HttpError, ValidationError
from ninja.parser import Parser
from ninja.types import DictStrAny

from stemhulp.opendata.api.problems import ApiProblem, Mistake

LARGEST_BODY = 64 * 2**10  # bytes; a voter's answers are 2 KiB
LONGEST_NAME = 60  # characters of a name that is repeated in a message
MOST_MISTAKES = 20  # that one message names

Run = Callable[..., HttpResponse]


class StrictParser(Parser):
    """JSON as RFC 8259 and RFC 8785 have it: no NaN, no name twice, no depth without end."""

    def parse_body(self, request: HttpRequest) -> DictStrAny:
        return cast("DictStrAny", read_json(request.body))

    def parse_querydict(
        self, data: MultiValueDict[str, Any], list_fields: list[str], request: HttpRequest
    ) -> DictStrAny:
        twice = [name for name in data if len(data.getlist(name)) > 1]
        if twice:
            raise ApiProblem(
                422, "A parameter stands in the query twice.", _each(twice, "given twice")
            )
        return dict(data.items())


def read_json(body: bytes) -> Any:
    """What this JSON text holds, whole numbers as such (1.0 is 1). Raises ApiProblem."""
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        raise _unreadable("it is not UTF-8") from None
    try:
        return json.loads(
            text, parse_constant=_constant, parse_float=_number, object_pairs_hook=_members
        )
    except RecursionError:
        raise _unreadable("it is nested too deep") from None
    except json.JSONDecodeError as error:
        # Only the place: the text around it may be somebody's answers.
        at = f"line {error.lineno}, column {error.colno}"
        raise _unreadable(f"it is not JSON ({at})") from None
    except ValueError:
        raise _unreadable("a number in it has too many digits") from None


def _unreadable(why: str) -> ApiProblem:
    return ApiProblem(400, f"The body cannot be read: {why}.")


def _constant(name: str) -> Any:
    raise _unreadable(f"{name} is no JSON")


def _number(text: str) -> float | int:
    number = float(text)
    if number in {float("inf"), float("-inf")}:
        raise _unreadable("a number in it is too large")
    return int(number) if number.is_integer() else number


def _members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise _unreadable("an object in it has a member twice")
    return members


def takes_json(run: Run) -> Run:
    """Refuse, before any of it is read, a body that is too large or is no JSON."""

    @wraps(run)
    def checked(request: HttpRequest, *args: Any, **values: Any) -> HttpResponse:
        refusal = _refusal(request.META)
        return refusal.respond() if refusal else run(request, *args, **values)

    return checked


def _refusal(sent: dict[str, Any]) -> ApiProblem | None:
    length, kind = sent.get("CONTENT_LENGTH") or "", sent.get("CONTENT_TYPE") or ""
    if not length and sent.get("HTTP_TRANSFER_ENCODING"):
        return ApiProblem(411, "Say in Content-Length how long the body is.")
    if length.isdecimal() and int(length) > LARGEST_BODY:
        return ApiProblem(413, f"A body may be {LARGEST_BODY // 1024} KiB at most.")
    if kind.partition(";")[0].strip().lower() != "application/json":
        return ApiProblem(415, "Send the body as application/json.")
    if length in {"", "0"}:
        return ApiProblem(400, "The body is empty. Send a JSON object.")
    return None


def refuse_others(request: HttpRequest, known: Iterable[str]) -> None:
    """Raise ApiProblem for a parameter that this address does not know: it may be misspelt."""
    others = sorted(set(request.GET) - set(known))
    if others:
        names = ", ".join(sorted(known)) or "none"
        raise ApiProblem(
            422, f"The query has a parameter that is not known here. Known: {names}.",
            _each(others, "not known here"),
        )  # fmt: skip


def _each(names: Iterable[str], message: str) -> list[Mistake]:
    return [
        Mistake(where=["query", name[:LONGEST_NAME]], message=message)
        for name in list(names)[:MOST_MISTAKES]
    ]


def from_validation(error: ValidationError) -> ApiProblem:
    """What pydantic found, without repeating what was sent."""
    found = error.errors[:MOST_MISTAKES]
    return ApiProblem(
        422,
        "The request is not as described at /api/v1/; `errors` says where.",
        [Mistake(where=_place(each["loc"]), message=each["msg"]) for each in found],
    )


def _place(location: Iterable[Any]) -> list[str | int]:
    """The way to a mistake, without the names that ninja and pydantic put in between."""
    source, *way = location
    steps = way[1:] if way[:1] and way[0] in {"voter", "asked"} else way
    if steps[:1] == ["edition"]:  # a number or a digest: which of the two was tried, is no place
        steps = steps[:1]
    return [
        source,
        *(each if isinstance(each, int) else str(each)[:LONGEST_NAME] for each in steps),
    ]


def from_http(error: HttpError) -> ApiProblem:
    """What ninja made of a body that could not be read."""
    cause = error.__cause__
    return cause if isinstance(cause, ApiProblem) else ApiProblem(error.status_code, error.message)
