"""The table of all councils: as rows of a page, and as a file for a spreadsheet."""

import csv
import io
from collections.abc import Iterable
from html import escape

from django.urls import reverse
from django.utils.safestring import SafeString

from parties.models import Election
from statements.curation.progress.queries import Row

HEADINGS = (
    *("gemeente", "regio", "lijsten", "uitgenodigd", "begonnen", "ingediend"),
    *("antwoorden", "gevraagd", "sluit"),
)
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # with these a cell is calculated, not shown
BOM = "\ufeff"  # tells Excel that the file is in UTF-8
PLACE = "gemeente"  # stands for any municipality in an address
ROW = (
    '<tr><td><label class="tick"><input type="checkbox" name="gemeente" value="{0}"{1}>'
    '<span class="visually-hidden">Kies {3}</span></label></td>'
    '<th scope="row"><a href="{2}">{3}</a></th><td>{4}</td>'
    "<td>{5}</td><td>{6}</td><td>{7}</td><td>{8}</td><td>{9} van {10}</td>"
    '<td class="nowrap">{11}</td></tr>'
)


def as_rows(rows: Iterable[Row], election: Election, ticked: Iterable[str] = ()) -> SafeString:
    """The rows in HTML: a template takes several times as long for all councils."""
    before, after = reverse("curation:contest", args=[election.slug, PLACE]).rsplit(PLACE, 1)
    chosen = frozenset(ticked)
    return SafeString(
        "".join(
            ROW.format(
                *(row.slug, " checked" if row.slug in chosen else "", before + row.slug + after),
                *(escape(row.name), escape(row.region) or "–", row.lists, row.invited, row.begun),
                *(row.submitted, row.answers, row.asked, row.left),
            )
            for row in rows
        )
    )


def as_file(rows: Iterable[Row]) -> str:
    """With semicolons, as Dutch spreadsheets expect; no cell is a formula."""
    written = io.StringIO()
    writer = csv.writer(written, delimiter=";")
    writer.writerow(HEADINGS)
    for row in rows:
        numbers = (row.lists, row.invited, row.begun, row.submitted, row.answers, row.asked)
        writer.writerow([_plain(row.name), _plain(row.region), *numbers, _plain(row.left)])
    return BOM + written.getvalue()


def _plain(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA) else text
