"""The audit log: reading it, and taking it along."""

import csv
from collections.abc import Iterator
from typing import Any

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from parties.accounts.access import PersonRequest
from parties.models.audit import EventQuerySet
from statements.curation.access import staff
from statements.curation.log import queries
from statements.curation.log.forms import FilterForm

BOM = "\ufeff"  # so that Excel reads it as UTF-8
HEADER = ("wanneer", "wie", "e-mailadres", "soort", "wat", "verkiezing", "gemeente")
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would carry out


@require_GET
@staff
def log(request: PersonRequest) -> HttpResponse:
    """Who did what, where and when."""
    form = FilterForm(request.GET, **queries.choices(request.user))
    is_valid = form.is_valid()
    context: dict[str, Any] = {"form": form}
    if is_valid:
        rows = queries.found(request.user, form.cleaned_data)
        page = queries.page(rows, form.cleaned_data["pagina"])
        context |= {"page": page, "events": queries.with_words(page)}
    return render(request, "curation/log/log.html", context, status=200 if is_valid else 422)


@require_GET
@staff
def export(request: PersonRequest) -> HttpResponse:
    """What was looked for, as a table."""
    form = FilterForm(request.GET, **queries.choices(request.user))
    if not form.is_valid():
        return render(request, "curation/log/log.html", {"form": form}, status=422)
    rows = queries.found(request.user, form.cleaned_data)
    response: HttpResponse = _file(rows, f"logboek-{timezone.localdate():%Y-%m-%d}.csv")
    return response


def _file(rows: EventQuerySet, name: str) -> Any:
    """A response that is no HttpResponse to the types, and is one to everything else."""
    response: HttpResponseBase = StreamingHttpResponse(
        _table(rows), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _table(rows: EventQuerySet) -> Iterator[str]:
    writer = csv.writer(_Line(), delimiter=";")
    yield BOM + writer.writerow(HEADER)
    for line in queries.lines(rows):
        yield writer.writerow(harmless(cell) for cell in line)


class _Line:
    """A file that hands each line back instead of keeping it."""

    def write(self, line: str) -> str:
        return line


def harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell
