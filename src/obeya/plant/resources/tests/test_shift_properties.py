"""What holds for every calendar: patterns are drawn at random, weeks include the clock changes."""

from datetime import date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from obeya.plant.resources.models import CalendarException, ShiftBreak, ShiftPattern
from obeya.plant.resources.wall_clock import window
from obeya.plant.resources.windows import Rules, days, shift_windows

BERLIN = ZoneInfo("Europe/Berlin")
SPRING = date(2026, 3, 29)
AUTUMN = date(2026, 10, 25)
WEEKS = st.sampled_from([date(2026, 3, 23), date(2026, 6, 1), date(2026, 10, 19)])

quarters = st.integers(0, 95).map(lambda n: time(n // 4, 15 * (n % 4)))


@st.composite
def patterns(draw: st.DrawFn) -> ShiftPattern:
    pattern = ShiftPattern(
        name=draw(st.sampled_from(["early", "late", "night"])),
        weekday=draw(st.integers(0, 6)),
        starts_at=draw(quarters),
        ends_at=draw(quarters),
    )
    breaks = draw(st.lists(st.tuples(quarters, quarters), max_size=2))
    rows = ShiftBreak.objects.none()
    rows._result_cache = [ShiftBreak(starts_at=a, ends_at=b) for a, b in breaks if a != b]
    vars(pattern)["_prefetched_objects_cache"] = {"breaks": rows}  # as prefetch_related leaves it
    pattern.pk = draw(st.integers(1, 10_000))
    return pattern


@st.composite
def exceptions(draw: st.DrawFn) -> CalendarException:
    has_times = draw(st.booleans())
    return CalendarException(
        on_date=draw(WEEKS) + timedelta(days=draw(st.integers(0, 8))),
        is_working=has_times and draw(st.booleans()),
        starts_at=draw(quarters) if has_times else None,
        ends_at=draw(quarters) if has_times else None,
    )


@given(st.lists(patterns(), max_size=8), st.lists(exceptions(), max_size=3), WEEKS)
@settings(deadline=None, max_examples=300)
def test_shifts_are_sorted_never_overlap_and_do_not_depend_on_the_days_asked_for(
    drawn: list[ShiftPattern], closed_or_extra: list[CalendarException], monday: date
) -> None:
    rules = Rules(BERLIN, drawn, closed_or_extra)
    sunday = monday + timedelta(days=6)

    week = shift_windows(rules, monday, sunday)

    assert all(
        one.span.began_at < one.span.ended_at <= other.span.began_at
        for one, other in pairwise(week)
    )
    for shift in week:
        assert all(
            shift.span.began_at <= pause.began_at < pause.ended_at <= shift.span.ended_at
            for pause in shift.breaks
        )
    by_day = [shift for day in days(monday, sunday) for shift in shift_windows(rules, day, day)]
    assert sorted(by_day, key=lambda shift: shift.span) == week


def wall_hours(starts_at: time, ends_at: time) -> timedelta:
    begins, ends = (datetime.combine(SPRING, each) for each in (starts_at, ends_at))
    return ends - begins if ends > begins else ends - begins + timedelta(days=1)


# Shifts may begin and end at any quarter, except inside the hour that is lost or comes twice.
outside_the_change = quarters.filter(lambda wall: not time(2) < wall < time(3))


@given(outside_the_change, outside_the_change, st.integers(-200, 200))
def test_a_shift_has_its_hours_on_the_wall_except_at_a_change_by_exactly_one(
    starts_at: time, ends_at: time, number: int
) -> None:
    day = SPRING + timedelta(days=number)
    begins = datetime.combine(day, starts_at)
    hours = wall_hours(starts_at, ends_at)

    expected = hours
    if has_two_to_three(begins, begins + hours, SPRING):
        expected -= timedelta(hours=1)
    if has_two_to_three(begins, begins + hours, AUTUMN):
        expected += timedelta(hours=1)
    assert window(BERLIN, day, starts_at, ends_at).length == expected


def has_two_to_three(begins: datetime, ends: datetime, day: date) -> bool:
    return begins <= datetime.combine(day, time(2)) < datetime.combine(day, time(3)) <= ends
