"""What a spreadsheet means by a place and by a date: ECMA-376, part 1, 18.3.1.4, 18.8.30, 18.17.4.

openpyxl knows as much, and takes longer to load than a file takes to read.
"""

import re
from datetime import datetime, time, timedelta

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384  # of Excel; LibreOffice's are the same
PLACE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})", re.ASCII | re.IGNORECASE)
DAY_0, DAY_0_OF_MAC = datetime(1899, 12, 30), datetime(1904, 1, 1)  # noqa: DTZ001  # it has no zone
DATES = frozenset(map(str, (*range(14, 23), 45, 46, 47)))  # built-in formats that show a date
# In a format: what is shown as it stands, and what is no hour, minute or second between brackets.
LITERAL = re.compile(r'".*?"|\[(?!hh?\]|mm?\]|ss?\])[^\]]*\]')
MEANS_DATE = re.compile(r"(?<![_\\])[dmhys]", re.IGNORECASE)
MOST_SECONDS = 24 * 60 * 60


def row_number(written: str) -> int:
    """Raises ValueError for what is no row of a sheet."""
    if not (re.fullmatch(r"[0-9]{1,7}", written) and 1 <= int(written) <= LAST_ROW):
        raise ValueError("no row")
    return int(written)


def place(reference: str) -> tuple[int, int]:
    """B12 is row 12, column 2. Raises ValueError for what is no cell of a sheet."""
    found = PLACE.fullmatch(reference)
    if not found:
        raise ValueError("no cell")
    column = 0
    for letter in found[1].upper():
        column = 26 * column + ord(letter) - ord("A") + 1
    if column > LAST_COLUMN:
        raise ValueError("no column")
    return row_number(found[2]), column


def area(reference: str) -> tuple[int, int, int, int]:
    """A2:B12 is first column 1, first row 2, last column 2, last row 12. Raises ValueError."""
    first, _, last = reference.partition(":")
    (top, left), (bottom, right) = place(first), place(last or first)
    return left, top, right, bottom


def shows_date(code: str) -> bool:
    """Whether this format, its first part, has a day, month, year, hour, minute or second."""
    return MEANS_DATE.search(LITERAL.sub("", code.split(";", maxsplit=1)[0])) is not None


def moment(number: float, day_0: datetime) -> datetime | time:
    """The date that a number means, or the time of day before the first.

    Raises ValueError or OverflowError when there is no such day.
    """
    day, fraction = divmod(number, 1)
    spent = timedelta(milliseconds=round(fraction * MOST_SECONDS * 1000))
    if 0 <= number < 1 and not spent.days:
        return (day_0 + spent).time()
    if 0 < number < 60 and day_0 == DAY_0:  # Excel has a 29 February 1900
        day += 1
    return day_0 + timedelta(days=day) + spent
