"""How dates are written in our Arabic: Django puts a comma before the year."""

DATE_FORMAT = "j F Y"
