"""What a set of shifts and exceptions must obey before it becomes calendars."""

from collections import defaultdict
from collections.abc import Sequence
from itertools import combinations

from obeya.modules.organisation.rows import CalendarRow
from obeya.modules.organisation.week import DAYS, minutes_after, read_breaks, read_days
from obeya.plant.log.checking import RowCheck
from obeya.plant.resources.models import Site, WorkCalendar

DAY_MIN = 24 * 60
WEEK_MIN = 7 * DAY_MIN
HANDOVER_MIN = 60  # two shifts may share it; the earlier one keeps the time


def check_calendars(site: Site, rows: Sequence[CalendarRow]) -> None:
    check = RowCheck(rows)
    check.filled("calendar")
    check.in_use("calendar", WorkCalendar.objects.at(site))
    check.not_before("valid_to", "valid_from")
    check.not_before("ends_on", "on_date")
    for index, row in enumerate(rows):
        if row.on_date is not None:
            _check_exception(check, index, row)
        elif row.days:
            _check_shift(check, index, row)
        elif row.starts_at is not None or row.shift:
            check.add(index, "days", "a shift without days", "Write its weekdays, as in Mon-Fri.")
    check.refuse()
    _check_overlaps(check, rows)
    check.refuse()


def _check_exception(check: RowCheck[CalendarRow], index: int, row: CalendarRow) -> None:
    if row.days:
        check.add(index, "days", "weekdays on an exception", "Leave days or on_date empty.")
    if (row.starts_at is None) != (row.ends_at is None):
        check.add(index, "starts_at", "one time of two", "Write both times, or none.")
    if row.is_working and row.starts_at is None:
        check.add(index, "starts_at", "extra work without times", "Write when it starts and ends.")


def _check_shift(check: RowCheck[CalendarRow], index: int, row: CalendarRow) -> None:
    if not row.shift:
        check.add(index, "shift", "is empty", "Name the shift: Early, Late, Night.")
    if row.starts_at is None or row.ends_at is None:
        check.add(index, "starts_at", "a shift without times", "Write when it starts and ends.")
    try:
        read_days(row.days)
    except ValueError as error:
        check.add(index, "days", f"{error} is no weekday", "Write Mon-Fri, or Mon, Wed, Sat.")
    try:
        breaks = read_breaks(row.breaks)
    except ValueError as error:
        check.add(index, "breaks", f"{error} is no pause", "Write 10:00-10:30, 13:00-13:15.")
        return
    if row.starts_at is None or row.ends_at is None:
        return
    length = minutes_after(row.starts_at, row.ends_at) or DAY_MIN
    last = 0
    for start, end in sorted(breaks, key=lambda each: minutes_after(row.starts_at, each[0])):  # type: ignore[arg-type]
        begins = minutes_after(row.starts_at, start)
        ends = begins + minutes_after(start, end)
        if begins < last or ends > length or begins == ends:
            check.add(
                index,
                "breaks",
                f"the pause {start:%H:%M}-{end:%H:%M} is outside the shift or overlaps another",
                "Put each pause inside the shift, one after the other.",
            )
        last = max(last, ends)


def _check_overlaps(check: RowCheck[CalendarRow], rows: Sequence[CalendarRow]) -> None:
    """No two shifts of a calendar run at the same time."""
    spans: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
    for index, row in enumerate(rows):
        if row.on_date is None and row.days and row.starts_at and row.ends_at:
            length = minutes_after(row.starts_at, row.ends_at) or DAY_MIN
            for day in read_days(row.days):
                start = day * DAY_MIN + row.starts_at.hour * 60 + row.starts_at.minute
                spans[row.calendar].append((start, start + length, index))
    said: set[tuple[int, int]] = set()
    for of_calendar in spans.values():
        for (start, end, index), (start_2, end_2, other) in combinations(sorted(of_calendar), 2):
            pair = min(index, other), max(index, other)
            both = max(min(end, end_2) - start_2, min(end_2 - WEEK_MIN, end) - start)
            meet = both > HANDOVER_MIN or start == start_2
            if meet and pair not in said and _valid_together(rows[index], rows[other]):
                said.add(pair)
                first, day = rows[pair[0]], DAYS[start_2 // DAY_MIN]
                rule = f"overlaps {first.shift} {first.starts_at:%H:%M}-{first.ends_at:%H:%M}"
                check.add(pair[1], "starts_at", f"{rule} ({day})", "End one before the other.")


def _valid_together(one: CalendarRow, other: CalendarRow) -> bool:
    after = one.valid_to and other.valid_from and one.valid_to < other.valid_from
    before = other.valid_to and one.valid_from and other.valid_to < one.valid_from
    return not (after or before)
