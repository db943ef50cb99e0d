"""Which statement an address means, and whether this person may read it."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import Http404, HttpResponse
from django.urls import reverse

from parties.accounts.access import PersonRequest
from statements.curation.access import require, staff
from statements.curation.permissions import WRITE_STATEMENT
from statements.models import Statement

P = ParamSpec("P")


def for_statement(
    view: Callable[Concatenate[PersonRequest, Statement, P], HttpResponse],
) -> Callable[Concatenate[PersonRequest, P], HttpResponse]:
    """Hand the view the statement of its address: a national one, or one of their regions."""

    @staff
    @wraps(view)
    def checked(request: PersonRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        address = {"election__slug": kwargs.pop("election"), "key": kwargs.pop("key")}
        rows = Statement.objects.select_related(
            "election", "municipality__region", "theme", "source", "withdrawn_by"
        )
        statement = rows.for_staff(request.user).filter(**address).first()
        if statement is None:
            _refuse(request, rows.filter(**address).first())
            raise Http404
        return view(request, statement, *args, **kwargs)

    return checked


def _refuse(request: PersonRequest, statement: Statement | None) -> None:
    """Raises a Problem that says why someone may not read what there is."""
    if statement is not None:
        require(request, WRITE_STATEMENT, statement)


def statement_address(statement: Statement, page: str = "statement") -> str:
    return reverse(f"curation:{page}", args=[statement.election.slug, statement.key])
