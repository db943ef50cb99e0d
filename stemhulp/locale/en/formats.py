"""How dates are written in our English: Django's own are American."""

DATE_FORMAT = "j F Y"
