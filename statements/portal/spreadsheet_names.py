"""What the sheets of our spreadsheet are called."""

SHEET = "Standpunten"
GUIDE = "Uitleg"
MARK_SHEET = "Kenmerk"  # hidden; the mark stands in sight on the first sheet as well
