"""Just-in-time calls over a schedule, dock by dock; every figure is worked out by hand."""

from datetime import date, datetime
from decimal import Decimal
from itertools import permutations
from random import Random

import pytest

from obeya.engines.calloffs.calls import Called
from obeya.engines.calloffs.neutral import Slot, Zone

D = Decimal
NEW_DAY = date(2026, 11, 24)


def slot(day: str, pieces: int, zone: Zone = Zone.RELEASE) -> Slot:
    return Slot(datetime.fromisoformat(day), D(pieces), zone)


def week(day: str, pieces: int, until: str) -> Slot:
    return Slot(datetime.fromisoformat(day), D(pieces), Zone.RELEASE, date.fromisoformat(until))


def wanted(called: Called) -> list[tuple[str, int]]:
    return [(f"{each.due_at:%m-%d}", int(each.quantity)) for each in called.slots]


SCHEDULE = Called(
    (
        slot("2026-11-20", 100, Zone.FIRM),
        slot("2026-12-01", 100, Zone.FIRM),
        slot("2026-12-05", 100),
        slot("2027-01-05", 300, Zone.FORECAST),
    )
)
WEEK = Called((week("2026-11-30", 700, "2026-12-06"),))


def test_a_call_holds_for_its_own_days_alone():
    calls = (slot("2026-11-30", 40, Zone.FIRM), slot("2026-12-01", 60, Zone.FIRM))
    found = SCHEDULE.over_since(NEW_DAY).called({"": calls})
    assert found.slots == (*calls, *SCHEDULE.schedule[2:])


def test_a_call_for_tomorrow_leaves_what_is_due_today():
    called = slot("2026-11-25", 40, Zone.FIRM)
    before = Called((slot("2026-11-23", 9), slot("2026-11-24", 30), slot("2026-11-25", 70)))
    found = before.over_since(NEW_DAY).called({"": [called]})
    assert found.slots == (before.schedule[1], called)
    assert before.called({"": [called]}).slots == (*before.schedule[:2], called)


def test_a_week_that_reaches_beyond_the_days_called_for_keeps_its_rest():
    calls = (slot("2026-11-30", 100, Zone.FIRM), slot("2026-12-01", 150, Zone.FIRM))
    found = WEEK.over_since(NEW_DAY).called({"": calls})
    assert found.slots == (*calls, week("2026-12-02", 450, "2026-12-06"))


def test_a_call_of_zero_takes_its_day_back():
    before = Called((slot("2026-12-01", 100), slot("2026-12-05", 100)))
    assert before.called({"": [slot("2026-12-01", 0)]}).slots == before.schedule[1:]


@pytest.mark.parametrize("order", list(permutations(["D3", "D4", "D5"])))
def test_docks_called_one_after_another_are_wanted_together_in_any_order(order):
    pieces = {"D3": 30, "D4": 15, "D5": 20}
    found = SCHEDULE
    for dock in order:
        found = found.called({dock: [slot("2026-12-01", pieces[dock], Zone.FIRM)]})
    assert wanted(found) == [("11-20", 100), ("12-01", 65), ("12-05", 100), ("01-05", 300)]


def test_a_week_is_what_all_docks_leave_of_it_and_a_correction_does_not_shrink_it_twice():
    first = WEEK.called({"D3": [slot("2026-12-01", 100)]})
    both = first.called({"D4": [slot("2026-12-01", 50)]})
    assert wanted(both) == [("12-01", 150), ("12-02", 550)]

    assert wanted(both.called({"D3": [slot("2026-12-01", 120)]})) == [
        ("12-01", 170),
        ("12-02", 530),
    ]


def test_what_is_over_of_a_week_stays_taken_from_it():
    found = WEEK.called({"D3": [slot("2026-12-01", 100)]}).over_since(date(2026, 12, 2))
    assert wanted(found) == [("12-02", 600)]
    assert wanted(found.called({"D4": [slot("2026-12-03", 40)]})) == [("12-03", 40), ("12-04", 560)]


def test_a_dock_that_is_called_anew_keeps_its_other_days_and_the_other_dock_all_of_them():
    two = {
        "D3": [slot("2026-12-01", 30), slot("2026-12-03", 31)],
        "D4": [slot("2026-12-01", 40), slot("2026-12-02", 41)],
    }
    found = Called().called(two).called({"D3": [slot("2026-12-01", 0)]})
    assert wanted(found) == [("12-01", 40), ("12-02", 41), ("12-03", 31)]


def test_what_is_over_goes_but_for_the_docks_that_stand():
    found = SCHEDULE.called({"D3": [slot("2026-11-22", 3)], "D4": [slot("2026-11-22", 4)]})
    left = found.over_since(NEW_DAY, but=["D4"])
    assert wanted(left) == [("11-22", 4), ("12-01", 100), ("12-05", 100), ("01-05", 300)]
    assert wanted(left.without(["D4"])) == [("12-01", 100), ("12-05", 100), ("01-05", 300)]


@pytest.mark.parametrize("seed", range(20))
def test_a_day_is_the_sum_over_docks_of_the_newest_call_of_each_whatever_came_when(seed):
    random = Random(seed)
    scheduled = {day: random.randrange(1, 900) for day in range(1, 10)}
    newest: dict[tuple[str, int], int] = {}
    found = Called(tuple(slot(f"2026-12-{day:02}", n) for day, n in scheduled.items()))
    for _ in range(30):
        dock, day, pieces = random.choice("ABC"), random.randrange(1, 12), random.randrange(0, 90)
        newest[dock, day] = pieces
        found = found.called({dock: [slot(f"2026-12-{day:02}", pieces)]})

    called = {day for _, day in newest}
    expected = {day: n for day, n in scheduled.items() if day not in called}
    for (_, day), pieces in newest.items():
        expected[day] = expected.get(day, 0) + pieces
    assert wanted(found) == [(f"12-{day:02}", n) for day, n in sorted(expected.items()) if n]
