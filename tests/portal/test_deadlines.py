"""How a deadline is said, the nights in which the clock changes included."""

from datetime import UTC, datetime, timedelta

import pytest

from parties.models import Contest
from statements.portal.deadlines import moment, time_left

DEADLINE = datetime(2022, 3, 4, 16, tzinfo=UTC)  # 17.00 uur in the Netherlands


def test_moment_is_said_on_dutch_clocks() -> None:
    assert moment(DEADLINE) == "vrijdag 4 maart 2022 om 17.00 uur"
    summer = datetime(2022, 7, 1, 16, tzinfo=UTC)
    assert moment(summer) == "vrijdag 1 juli 2022 om 18.00 uur"


@pytest.mark.parametrize(
    ("left", "said"),
    [
        (timedelta(days=14), "nog 14 dagen"),
        (timedelta(days=2), "nog 2 dagen"),
        (timedelta(hours=40), "nog 40 uur"),  # it closes tomorrow: hours say more than "1 day"
        (timedelta(hours=24), "nog 24 uur"),
        (timedelta(minutes=61), "nog 1 uur"),
        (timedelta(minutes=59), "nog 59 minuten"),
        (timedelta(minutes=1), "nog 1 minuut"),
        (timedelta(seconds=1), "nog even"),
        (timedelta(0), "gesloten"),
        (timedelta(seconds=-1), "gesloten"),
    ],
)
def test_what_is_left(left: timedelta, said: str) -> None:
    assert time_left(DEADLINE, DEADLINE - left) == said


def test_days_are_those_of_the_calendar() -> None:
    late_in_the_evening = datetime(2022, 3, 2, 22, 30, tzinfo=UTC)
    assert time_left(DEADLINE, late_in_the_evening) == "nog 2 dagen"


def test_hour_that_summer_time_takes_is_not_counted() -> None:
    deadline = datetime(2022, 3, 27, 1, tzinfo=UTC)  # 03.00 uur, in the night of the change
    before = datetime(2022, 3, 27, 0, tzinfo=UTC)  # 01.00 uur: one real hour, two on the clock
    assert moment(deadline) == "zondag 27 maart 2022 om 03.00 uur"
    assert time_left(deadline, before) == "nog 1 uur"


def test_deadline_in_that_night_is_one_moment() -> None:
    contest = Contest(own_deadline=datetime(2022, 3, 27, 1, tzinfo=UTC))
    assert not contest.is_closed(datetime(2022, 3, 27, 0, 59, 59, tzinfo=UTC))
    assert contest.is_closed(datetime(2022, 3, 27, 1, tzinfo=UTC))


def test_hour_that_winter_time_gives_is_counted() -> None:
    deadline = datetime(2022, 10, 30, 2, tzinfo=UTC)  # 03.00 uur
    before = datetime(2022, 10, 29, 23, tzinfo=UTC)  # 01.00 uur: three hours, two on the clock
    assert time_left(deadline, before) == "nog 3 uur"
