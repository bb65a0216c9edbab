from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from obeya.plant.resources.intervals import Interval
from obeya.plant.resources.models import CalendarException, Shift, ShiftPattern, Site, WorkCalendar
from obeya.plant.resources.shifts import (
    Materialised,
    materialise,
    production_day_of,
    production_window_of,
    working_intervals,
    working_intervals_of,
)

MONDAY = date(2026, 3, 2)
SUNDAY = date(2026, 3, 8)
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


def utc(day: int, hour: int, minute: int = 0, month: int = 3) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


@pytest.fixture
def three_shifts(kestrel: Site) -> WorkCalendar:
    """Monday to Friday, early, late and night, half an hour of break in each."""
    calendar = WorkCalendar.objects.create(site=kestrel, code="3S", name="Three shifts")
    for weekday in range(5):
        for name, starts, ends, pause in [
            ("early", 6, 14, 10),
            ("late", 14, 22, 18),
            ("night", 22, 6, 2),
        ]:
            pattern = ShiftPattern.objects.create(
                calendar=calendar,
                name=name,
                weekday=weekday,
                starts_at=time(starts),
                ends_at=time(ends),
            )
            pattern.breaks.create(starts_at=time(pause), ends_at=time(pause, 30))
    return calendar


def made(calendar: WorkCalendar, **window: Any) -> Materialised:
    return materialise(
        [calendar], **{"from_date": MONDAY, "to_date": SUNDAY, "now": LONG_AGO, **window}
    )


def test_a_week_of_three_shifts_is_fifteen_rows(three_shifts: WorkCalendar) -> None:
    assert made(three_shifts) == Materialised(new=15, changed=0, removed=0)

    friday_night = Shift.objects.get(name="night", production_date=date(2026, 3, 6))
    assert (friday_night.began_at, friday_night.ended_at) == (utc(6, 21), utc(7, 5))
    assert friday_night.breaks == [["2026-03-07T01:00:00+00:00", "2026-03-07T01:30:00+00:00"]]
    assert friday_night.site == three_shifts.site


def test_a_year_takes_as_many_queries_as_a_week(three_shifts):
    with CaptureQueriesContext(connection) as week:
        assert made(three_shifts).new == 15
    with CaptureQueriesContext(connection) as year:
        assert made(three_shifts, to_date=MONDAY + timedelta(days=363)).new == 51 * 15

    assert len(year) == len(week)
    last = Shift.objects.latest("began_at")
    assert [
        (pause.hour, pause.minute) for pause in map(datetime.fromisoformat, last.breaks[0])
    ] == [
        (1, 0),
        (1, 30),
    ]


def test_doing_it_again_changes_nothing(three_shifts: WorkCalendar) -> None:
    made(three_shifts)
    before = list(Shift.objects.order_by("pk").values())

    assert made(three_shifts) == Materialised(0, 0, 0)
    assert list(Shift.objects.order_by("pk").values()) == before


def test_a_closed_day_has_no_shift_that_starts_on_it(three_shifts: WorkCalendar) -> None:
    CalendarException.objects.create(
        calendar=three_shifts, on_date=date(2026, 3, 4), name="Day off"
    )
    made(three_shifts)

    assert not Shift.objects.filter(production_date=date(2026, 3, 4)).exists()
    tuesday_night = Shift.objects.get(name="night", production_date=date(2026, 3, 3))
    assert tuesday_night.ended_at == utc(4, 5)  # it started the day before


def test_closed_hours_shorten_a_shift_or_stand_in_it_as_a_break(three_shifts: WorkCalendar) -> None:
    for starts, ends in [(5, 8), (12, 13)]:
        CalendarException.objects.create(
            calendar=three_shifts, on_date=MONDAY, starts_at=time(starts), ends_at=time(ends)
        )
    made(three_shifts)

    assert working_intervals(three_shifts, utc(2, 5), utc(2, 13)) == [
        Interval(utc(2, 7), utc(2, 9)),
        Interval(utc(2, 9, 30), utc(2, 11)),
        Interval(utc(2, 12), utc(2, 13)),
    ]


def test_extra_work_is_a_shift_of_its_own_where_no_other_is(three_shifts: WorkCalendar) -> None:
    CalendarException.objects.create(
        calendar=three_shifts,
        on_date=date(2026, 3, 7),
        name="Saturday",
        is_working=True,
        starts_at=time(4),
        ends_at=time(12),
    )
    made(three_shifts)

    saturday = Shift.objects.get(name="Saturday")
    assert (saturday.began_at, saturday.ended_at) == (utc(7, 5), utc(7, 11))  # after the night
    assert saturday.pattern is None


def test_patterns_hold_from_their_first_to_their_last_day(three_shifts: WorkCalendar) -> None:
    three_shifts.patterns.filter(name="early").update(valid_from=date(2026, 3, 4))
    three_shifts.patterns.filter(name="late").update(valid_to=date(2026, 3, 4))
    made(three_shifts)

    days = Shift.objects.order_by("production_date").values_list("production_date", flat=True)
    assert [day.day for day in days.filter(name="early")] == [4, 5, 6]
    assert [day.day for day in days.filter(name="late")] == [2, 3, 4]


def test_where_shifts_overlap_the_earlier_keeps_the_time(kestrel: Site) -> None:
    calendar = WorkCalendar.objects.create(site=kestrel, code="HANDOVER", name="With handover")
    for name, starts, ends in [("early", time(6), time(14, 10)), ("late", time(14), time(22))]:
        ShiftPattern.objects.create(
            calendar=calendar, name=name, weekday=0, starts_at=starts, ends_at=ends
        )
    made(calendar)

    assert [(s.began_at, s.ended_at) for s in Shift.objects.order_by("began_at")] == [
        (utc(2, 5), utc(2, 13, 10)),
        (utc(2, 13, 10), utc(2, 21)),
    ]


def test_a_shift_that_has_begun_is_frozen(three_shifts: WorkCalendar) -> None:
    made(three_shifts)
    now = utc(2, 8)  # Monday, in the early shift
    begun = Shift.objects.filter(began_at__lte=now).values().get()
    three_shifts.patterns.filter(name="early").update(starts_at=time(5), ends_at=time(13))
    three_shifts.patterns.filter(name="late").update(starts_at=time(13))

    result = made(three_shifts, now=now)

    assert Shift.objects.filter(began_at__lte=now).values().get() == begun
    late = Shift.objects.get(name="late", production_date=MONDAY)
    assert (late.began_at, late.ended_at) == (utc(2, 13), utc(2, 21))  # after the frozen one
    # From Tuesday on: late begins sooner; early ends sooner, but begins when the night has ended.
    assert result == Materialised(new=4, changed=4, removed=4)
    assert made(three_shifts, now=now) == Materialised(0, 0, 0)


def test_yesterdays_closure_comes_too_late(three_shifts: WorkCalendar) -> None:
    made(three_shifts)
    CalendarException.objects.create(calendar=three_shifts, on_date=MONDAY)

    result = made(three_shifts, now=utc(3, 5))  # Tuesday, its early shift begins

    assert result == Materialised(0, 0, 0)
    assert Shift.objects.filter(production_date=MONDAY).count() == 3


def test_nothing_is_added_to_a_past_that_was_settled(three_shifts: WorkCalendar) -> None:
    made(three_shifts)
    CalendarException.objects.create(
        calendar=three_shifts, on_date=MONDAY, is_working=True, starts_at=time(4), ends_at=time(6)
    )
    assert made(three_shifts, now=utc(3, 12)) == Materialised(0, 0, 0)


def test_working_time_is_without_breaks_and_clipped(three_shifts: WorkCalendar) -> None:
    made(three_shifts)

    assert working_intervals(three_shifts, utc(2, 6), utc(2, 14)) == [
        Interval(utc(2, 6), utc(2, 9)),
        Interval(utc(2, 9, 30), utc(2, 14)),
    ]


def test_the_rows_say_what_the_patterns_say(three_shifts: WorkCalendar) -> None:
    window = utc(1, 0), utc(30, 0)
    from_patterns = working_intervals(three_shifts, *window)
    made(three_shifts)  # the first week only

    assert working_intervals(three_shifts, *window) == from_patterns
    # four weeks of five days of 22.5 hours, and the night of Friday 27 has all its hours
    total = sum((each.length for each in from_patterns), timedelta(0))
    assert total == timedelta(hours=4 * 5 * 22.5)


def test_rows_win_over_patterns_where_there_are_rows(three_shifts: WorkCalendar) -> None:
    made(three_shifts)
    three_shifts.patterns.all().delete()

    assert working_intervals(three_shifts, utc(2, 5), utc(2, 9)) == [Interval(utc(2, 5), utc(2, 9))]
    assert working_intervals(three_shifts, utc(9, 5), utc(13, 9)) == []


def test_round_the_clock_is_one_interval_without_rows(kestrel: Site) -> None:
    furnace = WorkCalendar.objects.create(
        site=kestrel, code="24/7", name="Furnace", is_always_open=True
    )
    window = Interval(utc(28, 3, 17), utc(5, 4, 19, month=4))

    assert working_intervals(furnace, *window) == [window]


def test_a_closed_day_round_the_clock_is_a_production_day(kestrel: Site) -> None:
    furnace = WorkCalendar.objects.create(
        site=kestrel, code="24/7", name="Furnace", is_always_open=True
    )
    CalendarException.objects.create(calendar=furnace, on_date=date(2026, 3, 4))

    assert working_intervals(furnace, utc(1, 0), utc(8, 0)) == [
        Interval(utc(1, 0), utc(4, 5)),
        Interval(utc(5, 5), utc(8, 0)),
    ]


def test_two_calendars_take_as_many_queries_as_one(
    three_shifts: WorkCalendar, merlin: Site
) -> None:
    other = WorkCalendar.objects.create(site=merlin, code="3S", name="Same code, other site")
    ShiftPattern.objects.create(
        calendar=other, name="day", weekday=0, starts_at=time(8), ends_at=time(16)
    )
    made(three_shifts)

    with CaptureQueriesContext(connection) as one:
        working_intervals_of([three_shifts], utc(1, 0), utc(30, 0))
    with CaptureQueriesContext(connection) as two:
        found = working_intervals_of([three_shifts, other], utc(2, 0), utc(3, 0))

    assert len(one) == len(two) == 6
    assert found[other.pk] == [Interval(utc(2, 13), utc(2, 21))]  # New York


def test_the_production_day_of_a_site(kestrel: Site) -> None:
    assert production_day_of(kestrel, utc(2, 4, 59)) == date(2026, 3, 1)
    assert production_window_of(kestrel, MONDAY) == Interval(utc(2, 5), utc(3, 5))
