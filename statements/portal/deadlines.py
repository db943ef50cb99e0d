"""How a deadline is said: as a day and an hour, and as what is left of it."""

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format


def moment(deadline: datetime) -> str:
    """ "vrijdag 4 maart 2022 om 17.00 uur", on Dutch clocks."""
    return f"{date_format(local := timezone.localtime(deadline), 'l j F Y')} om {local:%H.%M} uur"


def time_left(deadline: datetime, at: datetime) -> str:
    """What is left, in whole days of the calendar, and on the last day in hours or minutes.

    Days are counted on Dutch calendars and hours as they pass, so the night in which the clock
    changes is told right.
    """
    left = deadline - at
    if left <= timedelta(0):
        return "gesloten"
    days = (timezone.localdate(deadline) - timezone.localdate(at)).days
    if days > 1:
        return f"nog {days} dagen"
    hours, minutes = divmod(int(left.total_seconds()) // 60, 60)
    if hours >= 1:
        return f"nog {hours} uur"
    return f"nog {minutes} {'minuut' if minutes == 1 else 'minuten'}" if minutes else "nog even"
