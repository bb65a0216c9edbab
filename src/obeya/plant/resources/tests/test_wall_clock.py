from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from obeya.plant.resources.wall_clock import (
    instant,
    production_day,
    production_window,
    window,
)

BERLIN = ZoneInfo("Europe/Berlin")
SPRING = date(2026, 3, 29)  # 02:00 becomes 03:00
AUTUMN = date(2026, 10, 25)  # 03:00 becomes 02:00
ZONES = [
    BERLIN,
    ZoneInfo("America/New_York"),
    ZoneInfo("Asia/Kolkata"),
    ZoneInfo("Australia/Lord_Howe"),  # by half an hour
]


def test_a_night_shift_has_seven_hours_when_clocks_go_forward_and_nine_when_they_go_back() -> None:
    spring = window(BERLIN, SPRING - timedelta(days=1), time(22), time(6))
    autumn = window(BERLIN, AUTUMN - timedelta(days=1), time(22), time(6))
    usual = window(BERLIN, date(2026, 6, 1), time(22), time(6))

    assert spring.length == timedelta(hours=7)
    assert autumn.length == timedelta(hours=9)
    assert usual.length == timedelta(hours=8)


@pytest.mark.parametrize("wall", [time(2), time(2, 15), time(2, 59, 59)])
def test_a_time_that_the_clocks_jump_over_is_the_instant_of_the_jump(wall: time) -> None:
    assert instant(BERLIN, datetime.combine(SPRING, wall)) == datetime(2026, 3, 29, 1, tzinfo=UTC)


def test_a_time_that_comes_twice_is_its_first_occurrence() -> None:
    twice = datetime.combine(AUTUMN, time(2, 30))

    assert instant(BERLIN, twice) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_an_end_at_or_before_the_start_is_on_the_next_day() -> None:
    round_the_clock = window(BERLIN, date(2026, 3, 2), time(6), time(6))

    assert round_the_clock.length == timedelta(hours=24)
    assert round_the_clock.began_at == datetime(2026, 3, 2, 5, tzinfo=UTC)


@given(
    st.sampled_from(ZONES),
    st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1)),
    st.timedeltas(timedelta(0), timedelta(days=2)),
)
def test_a_later_wall_time_is_never_an_earlier_instant(
    zone: ZoneInfo, wall: datetime, later: timedelta
) -> None:
    assert instant(zone, wall) <= instant(zone, wall + later)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 3, 2, 4, 59, 59, tzinfo=UTC), date(2026, 3, 1)),
        (datetime(2026, 3, 2, 5, tzinfo=UTC), date(2026, 3, 2)),
        (datetime(2026, 3, 3, 4, 59, 59, tzinfo=UTC), date(2026, 3, 2)),
        (datetime(2026, 7, 1, 4, tzinfo=UTC), date(2026, 7, 1)),
    ],
)
def test_the_production_day_begins_at_six_on_the_wall(moment: datetime, day: date) -> None:
    assert production_day(BERLIN, time(6), moment) == day


@given(st.sampled_from(ZONES), st.times(), st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1)))
def test_every_instant_lies_in_the_window_of_its_production_day(
    zone: ZoneInfo, day_start: time, naive: datetime
) -> None:
    moment = naive.replace(tzinfo=UTC)
    began_at, ended_at = production_window(zone, day_start, production_day(zone, day_start, moment))
    assert began_at <= moment < ended_at
