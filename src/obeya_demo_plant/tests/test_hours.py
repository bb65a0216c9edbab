"""Working hours from calendar rows, in the site's wall-clock time."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from obeya_demo_plant.hours import ALWAYS, NEVER, ROUND_THE_CLOCK, hours_of

BERLIN = ZoneInfo("Europe/Berlin")
HOUR_S = 3600


def row(shift, weekday, starts_at, ends_at, **other):
    return {
        "shift": shift,
        "weekday": weekday,
        "starts_at": starts_at,
        "ends_at": ends_at,
        "time_zone": "Europe/Berlin",
        "valid_from": None,
        "valid_to": None,
    } | other


def at(day, hour, minute=0, month=11):
    return int(datetime(2026, month, day, hour, minute, tzinfo=BERLIN).timestamp())


EARLY = [row("Early", day, "06:00:00", "14:00:00") for day in range(5)]
LATE = [row("Late", day, "14:00:00", "22:00:00") for day in range(5)]
NIGHT = [row("Night", day, "22:00:00", "06:00:00") for day in range(5)]
BREAKS = [
    *(row("Early", day, "10:00:00", "10:30:00") for day in range(5)),
    *(row("Night", day, "02:00:00", "02:30:00") for day in range(5)),
]


@pytest.fixture
def two_shifts():
    return hours_of([*EARLY, *LATE], BREAKS, [], first=date(2026, 11, 23), days=14)


def test_a_break_is_no_working_time_but_people_are_there(two_shifts):
    assert two_shifts.worked(at(23, 6), at(23, 22)) == 15.5 * HOUR_S
    assert two_shifts.after(at(23, 9), 1.5 * HOUR_S) == at(23, 11)
    assert two_shifts.opening(at(23, 10, 15)) == at(23, 10, 15)
    assert two_shifts.closing(at(23, 10, 15)) == at(23, 22)


def test_work_goes_on_the_next_morning_and_after_the_weekend(two_shifts):
    assert two_shifts.opening(at(23, 22)) == at(24, 6)
    assert two_shifts.after(at(23, 21), 2 * HOUR_S) == at(24, 7)
    assert two_shifts.opening(at(27, 23)) == at(30, 6)


def test_a_night_shift_ends_on_the_next_day_and_has_its_break_there():
    hours = hours_of(NIGHT, BREAKS, [], first=date(2026, 11, 23), days=2)

    assert hours.worked(at(23, 22), at(24, 6)) == 7.5 * HOUR_S
    assert hours.after(at(24, 1), 2 * HOUR_S) == at(24, 3, 30)


def test_the_night_of_the_clock_change_is_an_hour_longer():
    sunday = [row("Night", 5, "22:00:00", "06:00:00")]

    hours = hours_of(sunday, [], [], first=date(2026, 10, 24), days=1)

    assert hours.worked(at(24, 22, month=10), at(25, 6, month=10)) == 9 * HOUR_S


def test_a_holiday_is_not_worked_and_a_shift_holds_from_its_first_day_to_its_last():
    christmas = {
        "on_date": "2026-11-24", "ends_on": "2026-11-25", "is_working": False, "starts_at": None,
    }  # fmt: skip
    until_26 = [each | {"valid_to": "2026-11-26"} for each in EARLY]

    hours = hours_of(until_26, [], [christmas], first=date(2026, 11, 23), days=7)

    assert list(hours.spans) == [(at(23, 6), at(23, 14)), (at(26, 6), at(26, 14))]


def test_always_and_never():
    assert ROUND_THE_CLOCK.after(at(29, 3), HOUR_S) == at(29, 4)
    assert NEVER.opening(at(23, 6)) == ALWAYS
