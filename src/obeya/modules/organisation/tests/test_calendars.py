"""Calendars: shifts over midnight, breaks, exceptions, and what is refused."""

from datetime import date, time

import pytest

from obeya.modules.organisation.actions import save_calendars
from obeya.modules.organisation.queries import calendar_rows
from obeya.modules.organisation.rows import CalendarRow
from obeya.plant.log.models import OperationsEvent
from obeya.plant.log.refusal import RowsRefused
from obeya.plant.log.saving import Saved
from obeya.plant.resources.models import CalendarException, ShiftPattern, WorkCalendar
from obeya.testing import a_plant

pytestmark = pytest.mark.django_db

EARLY = CalendarRow("3S", "Early", "Mon-Fri", time(6), time(14), "10:00-10:30")
NIGHT = CalendarRow("3S", "Night", "Mon-Thu", time(22), time(6), "02:00-02:30")
CHRISTMAS = CalendarRow("3S", "Christmas", on_date=date(2026, 12, 24), ends_on=date(2026, 12, 26))


@pytest.fixture
def plant():
    return a_plant()


def test_what_is_read_back_saves_as_it_was(plant):
    first = save_calendars(site=plant.site, rows=[EARLY, NIGHT, CHRISTMAS], by=plant.by)

    rows = calendar_rows(site=plant.site, by=plant.by)
    again = save_calendars(site=plant.site, rows=rows, by=plant.by)

    assert [(row.shift, row.days, row.breaks) for row in rows] == [
        ("Early", "Mon-Fri", "10:00-10:30"),
        ("Night", "Mon-Thu", "02:00-02:30"),
        ("Christmas", "", ""),
    ]
    assert (first, again) == (Saved(new=1), Saved(unchanged=1))


def test_shifts_are_said_as_a_whole_and_exceptions_apart(plant):
    save_calendars(site=plant.site, rows=[EARLY, NIGHT, CHRISTMAS], by=plant.by)

    saved = save_calendars(site=plant.site, rows=[EARLY], by=plant.by)

    assert saved == Saved(changed=1)
    assert set(ShiftPattern.objects.values_list("name", flat=True)) == {"Early"}
    assert CalendarException.objects.get().name == "Christmas"


@pytest.mark.parametrize(
    ("row", "rule"),
    [
        (CalendarRow("", "Early", "Mon", time(6), time(14)), "is empty"),
        (CalendarRow("C", "", "Mon", time(6), time(14)), "is empty"),
        (CalendarRow("C", "Early", "Mon"), "a shift without times"),
        (CalendarRow("C", "Early", "", time(6), time(14)), "a shift without days"),
        (CalendarRow("C", "Early", "Mon-Fry", time(6), time(14)), "Fry is no weekday"),
        (CalendarRow("C", "E", "Mon", time(6), time(14), "noon"), "noon is no pause"),
        (
            CalendarRow("C", "E", "Mon", time(22), time(6), "07:00-07:30"),
            "the pause 07:00-07:30 is outside the shift or overlaps another",
        ),
        (CalendarRow("C", "Extra", on_date=date(2026, 12, 5), is_working=True), "without times"),
        (
            CalendarRow("C", "X", on_date=date(2026, 12, 5), ends_on=date(2026, 12, 4)),
            "before on_date",
        ),
    ],
)
def test_a_row_that_makes_no_sense_is_refused_and_changes_nothing(plant, row, rule):
    before = OperationsEvent.objects.count()

    with pytest.raises(RowsRefused) as refused:
        save_calendars(site=plant.site, rows=[EARLY, row], by=plant.by)

    [problem] = refused.value.problems
    assert rule in problem.rule
    assert problem.row == 1
    assert problem.remedy
    assert WorkCalendar.objects.count() == 0
    assert OperationsEvent.objects.count() == before


def test_two_shifts_at_the_same_time_are_refused_also_over_the_weekend(plant):
    late = CalendarRow("3S", "Late", "Mon-Fri", time(12), time(20))
    sunday = CalendarRow("3S", "Sunday night", "Sun", time(22), time(8))

    with pytest.raises(RowsRefused) as refused:
        save_calendars(site=plant.site, rows=[EARLY, late, sunday], by=plant.by)

    assert [problem.rule for problem in refused.value.problems] == [
        "overlaps Early 06:00-14:00 (Mon)",
        "overlaps Early 06:00-14:00 (Sun)",
    ]
    assert ShiftPattern.objects.count() == 0


def test_two_shifts_may_share_a_handover(plant):
    late = CalendarRow("3S", "Late", "Mon-Fri", time(13, 50), time(22))

    assert save_calendars(site=plant.site, rows=[EARLY, late], by=plant.by) == Saved(new=1)


def test_shifts_of_different_years_may_share_their_hours(plant):
    old = CalendarRow("C", "Old", "Mon", time(6), time(14), valid_to=date(2026, 12, 31))
    new = CalendarRow("C", "New", "Mon", time(7), time(15), valid_from=date(2027, 1, 1))

    assert save_calendars(site=plant.site, rows=[old, new], by=plant.by) == Saved(new=1)
