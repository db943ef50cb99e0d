"""The form of the spreadsheet, as the side that writes it and the side that reads it know it."""

from parties.models import Party
from statements.models import Stance

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


def mark(party: Party) -> str:
    """Says of which election, municipality and party a file is; each name has no space or slash."""
    contest = party.contest
    return f"{contest.election.slug} / {contest.municipality.slug} / {party.slug}"
