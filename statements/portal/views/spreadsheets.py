"""The spreadsheet: out, in, a look at what differs, and then all of it or nothing."""

import zlib
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from parties.accounts.access import PersonRequest
from parties.accounts.limits import limited
from parties.models import Party
from parties.problems import Problem, WayOn
from statements.models import Way
from statements.portal import actions, queries, spreadsheet
from statements.portal.access import for_member
from statements.portal.addresses import party_address
from statements.portal.answers import Answer
from statements.portal.queries import Line, Sheet
from statements.portal.refusals import refusal

KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SALT = "statements.portal.spreadsheet"
GOOD_FOR = 60 * 60  # seconds between looking at the differences and applying them


@dataclass(frozen=True)
class Difference:
    """One statement to which the spreadsheet has another answer."""

    line: Line
    answer: Answer


@require_GET
@for_member
def download(request: PersonRequest, party: Party) -> HttpResponse:
    """The statements, and what is filled in."""
    sheet = queries.sheet(party, timezone.now())
    content = spreadsheet.write(party, [(line.statement, line.answer) for line in sheet.lines])
    response = HttpResponse(content, content_type=KIND)
    name = spreadsheet.attachment_name(party)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_http_methods(["GET", "POST"])
@for_member
@limited("upload", "Elk bestand nalezen kost onze computers tijd.")
def upload(request: PersonRequest, party: Party) -> HttpResponse:
    """How it works; and, of a file, what would change row by row."""
    sheet = queries.sheet(party, timezone.now())
    context: dict[str, Any] = {"party": party, "sheet": sheet}
    if request.method == "GET":
        return render(request, "portal/spreadsheet.html", context)
    try:
        rows = _rows(request, sheet)
    except spreadsheet.UnreadableError as error:
        context["error"] = str(error)
        return render(request, "portal/spreadsheet.html", context, status=422)
    problems = [problem for row in rows for problem in row.problems]
    differences = _differences(sheet, rows)
    context |= {
        "problems": problems,
        "differences": differences,
        "payload": _sealed(party, differences) if differences and not problems else "",
    }
    status = 422 if problems else 200
    return render(request, "portal/spreadsheet_preview.html", context, status=status)


def _rows(request: PersonRequest, sheet: Sheet) -> list[spreadsheet.Row]:
    given = request.FILES.get("bestand")
    if given is None:
        raise spreadsheet.UnreadableError("Kies eerst het bestand dat je wilt inlezen.")
    spreadsheet.refuse_size(given.size or 0)
    statements = [line.statement for line in sheet.lines]
    return spreadsheet.read(given.read(), sheet.party, statements)


def _differences(sheet: Sheet, rows: list[spreadsheet.Row]) -> list[Difference]:
    """What is empty in the spreadsheet stays as it is: a file never takes an answer away.

    Nor does it confirm one: the same answer may be of before the statement changed, so it says
    nothing new. Another answer does; its writer looks at it beside the statement as it is now.
    """
    found = {row.statement.pk: row.answer for row in rows if row.answer is not None}
    return [
        Difference(line, found[line.statement.pk])
        for line in sheet.lines
        if line.statement.pk in found and found[line.statement.pk] != line.answer
    ]


def _sealed(party: Party, differences: list[Difference]) -> str:
    """What was looked at, signed, with the versions it was compared with: nothing is kept here."""
    changes = [
        [
            each.line.statement.key,
            each.line.position.version if each.line.position else 0,
            each.line.statement.meaning,
            each.answer.content,
        ]
        for each in differences
    ]
    return signing.dumps([party.pk, changes], salt=SALT, compress=True)


@require_POST
@for_member
def apply(request: PersonRequest, party: Party) -> HttpResponse:
    """Save everything that was looked at, or nothing."""
    again = WayOn("Lees het bestand opnieuw in", party_address(party, "spreadsheet"))
    try:
        pk, changes = signing.loads(request.POST.get("payload", ""), salt=SALT, max_age=GOOD_FOR)
    except (signing.BadSignature, ValueError, zlib.error) as error:
        raise _stale(again) from error
    if pk != party.pk:
        raise _stale(again)
    at = timezone.now()
    sheet = queries.sheet(party, at)
    lines = {line.statement.key: line.statement for line in sheet.lines}
    if any(key not in lines or lines[key].meaning != each for key, _, each, _ in changes):
        raise _stale(again)
    answers = {lines[key]: (Answer(**content), version) for key, version, _, content in changes}
    try:
        actions.save_answers(party, answers, by=request.user, at=at, way=Way.SPREADSHEET)
    except actions.ConflictError as error:
        raise _stale(again) from error
    except actions.RefusedError as error:
        raise refusal(request, party, error) from error
    count = len(changes)
    messages.success(
        request, f"{count} {'antwoord' if count == 1 else 'antwoorden'} uit het bestand opgeslagen."
    )
    return redirect(party_address(party))


def _stale(again: WayOn) -> Problem:
    return Problem(
        409,
        "Er is niets opgeslagen",
        "Sinds je de verschillen bekeek, is er iets veranderd, of het is langer dan een uur "
        "geleden. Lees je bestand opnieuw in; dan zie je de verschillen van nu.",
        [again],
    )
