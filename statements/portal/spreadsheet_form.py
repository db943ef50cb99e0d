"""The form of the spreadsheet, as the side that writes it and the side that reads it know it."""

import re

from parties.models import Party
from statements.models import Stance

SHEET = "Standpunten"
GUIDE = "Uitleg"
MARK_SHEET = "Kenmerk"  # hidden; the mark stands in sight on the first sheet as well

NUMBER = "Nr."
THEME = "Speerpunt"
STATEMENT = "Stelling"
EXPLANATION = "Uitleg"
CHOICE = "Keuze"
MOTIVATION = "Toelichting"
SOURCE = "Bron"
KEY = "Sleutel"

FILLED_IN = (CHOICE, MOTIVATION, SOURCE)
NEEDED = (STATEMENT, *FILLED_IN, KEY)

NO_POSITION = "Wij hebben hier geen standpunt over"
CHOICES: dict[str, int | None] = {
    **{stance.in_dutch: stance.value for stance in Stance},
    NO_POSITION: None,
}
LABELS = {stance: label for label, stance in CHOICES.items()}

# One letter that Excel would take for its own notation: _x000D_ is how it writes a line end.
ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
# What XML 1.0 cannot hold (https://www.w3.org/TR/xml/#charsets), not even escaped.
NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def mark(party: Party) -> str:
    """Says of which election, municipality and party a file is; each name has no space or slash."""
    contest = party.contest
    return f"{contest.election.slug} / {contest.municipality.slug} / {party.slug}"
