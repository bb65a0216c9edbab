"""frePPLe's calendars: buckets with a value and a priority → shifts and days off.

A bucket with a value above 0 is a shift pattern; a whole-day bucket of 0 that overrides it is a
closed exception. The value itself is a capacity (2 places) and goes to the equipment.
"""

from dataclasses import dataclass, field
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any

from obeya.modules.exchange.plant_file import sheet_of
from obeya.modules.exchange.profiles.frepple.records import Record, Records
from obeya.modules.exchange.reading.typed import TypedSheet
from obeya.modules.organisation.public import CalendarRow

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
SHORT = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
ALWAYS_FROM = date(2001, 1, 2)  # frePPLe writes "ever" as 2001 to 2030
FOR_GOOD_FROM = date(2030, 12, 30)
DAY_ENDS = (time(23, 59, 59), time(23, 59), time(0))


@dataclass(frozen=True)
class Bucket:
    """A stretch of days on some weekdays between two times, with a value."""

    number: int
    value: Decimal
    priority: int
    starts_on: date | None
    ends_on: date | None  # last day; None: for good
    days: tuple[bool, ...]
    starts_at: time
    ends_at: time

    @property
    def is_whole_day(self) -> bool:
        return self.starts_at == time(0) and self.ends_at in DAY_ENDS

    @property
    def is_round_the_clock(self) -> bool:
        return self.is_whole_day and all(self.days)


@dataclass
class Calendar:
    name: str
    default: Decimal
    buckets: list[Bucket] = field(default_factory=list)

    @property
    def open(self) -> list[Bucket]:
        return [bucket for bucket in self.buckets if bucket.value > 0]

    @property
    def closed(self) -> list[Bucket]:
        return [bucket for bucket in self.buckets if bucket.value <= 0]

    @property
    def capacity(self) -> int:
        """The most that it ever allows."""
        return max(1, int(max([self.default, *(b.value for b in self.buckets)])))

    @property
    def restricts(self) -> bool:
        """False where it only says how many, at any time."""
        always = self.default > 0 or any(
            b.is_round_the_clock and b.starts_on is None and b.ends_on is None for b in self.open
        )
        return bool(self.closed) or not always


class Calendars:
    """All calendars of the file, and the rows of those that something is given."""

    def __init__(self, records: Records) -> None:
        self._records = records
        self._calendars = {
            record.text("name"): Calendar(record.text("name"), record.number_of("defaultvalue"))
            for record in records.of("calendar")
        }
        for record in records.of("calendarbucket"):
            if calendar := self._calendars.get(record.text("calendar")):
                calendar.buckets.append(_bucket(record))
        self._rows: list[tuple[int, dict[str, Any]]] = []
        self._written: set[str] = set()

    def capacity(self, name: str) -> int:
        return self._calendars[name].capacity if name in self._calendars else 1

    def write(self, name: str, within: str = "") -> str:
        """The code of the calendar ``name`` within the hours of ``within``; "" if it says nothing.

        frePPLe lets work run only where the place and the resource are both open. We keep the
        narrower pattern and the days off of both.
        """
        calendar = self._calendars.get(name)
        place = self._calendars.get(within)
        if calendar is None or (place is not None and not calendar.restricts):
            return ""
        if name not in self._written:
            self._written.add(name)
            own_pattern = [b for b in calendar.open if not b.is_round_the_clock]
            pattern = calendar if own_pattern or place is None else place
            if own_pattern and place is not None:
                self._records.note(
                    f"Calendar {name}: its own hours were taken with the days off of {within}; "
                    "frePPLe works only where both are open."
                )
            self._write_pattern(name, pattern)
            self._write_days_off(name, [calendar] if place is None else [place, calendar])
            self._note_levels(calendar)
        return name

    def sheet(self) -> TypedSheet:
        return sheet_of(CalendarRow, self._rows)

    def _write_pattern(self, name: str, calendar: Calendar) -> None:
        buckets = calendar.open
        if calendar.default > 0:
            everything = Bucket(
                0, calendar.default, 0, None, None, (True,) * 7, time(0), time(23, 59, 59)
            )
            buckets = [everything]
        for bucket in buckets:
            self._rows.append(
                (
                    bucket.number,
                    {
                        "calendar": name,
                        "name": name,
                        "shift": "day" if not bucket.is_whole_day else "round the clock",
                        "days": _weekdays(bucket.days),
                        "starts_at": bucket.starts_at,
                        "ends_at": time(0) if bucket.ends_at in DAY_ENDS else bucket.ends_at,
                        "valid_from": bucket.starts_on,
                        "valid_to": bucket.ends_on,
                    },
                )
            )

    def _write_days_off(self, name: str, calendars: list[Calendar]) -> None:
        written: set[date] = set()
        for bucket in (bucket for calendar in calendars for bucket in calendar.closed):
            if not bucket.is_round_the_clock or bucket.starts_on is None:
                self._records.note(
                    f"Calendar {name}: a closed bucket that covers only some weekdays or hours "
                    "was not carried over: a day off is a whole day here."
                )
                continue
            if bucket.starts_on in written:
                continue
            written.add(bucket.starts_on)
            self._rows.append(
                (
                    bucket.number,
                    {
                        "calendar": name,
                        "shift": "closed",
                        "on_date": bucket.starts_on,
                        "ends_on": bucket.ends_on,
                        "is_working": False,
                    },
                )
            )

    def _note_levels(self, calendar: Calendar) -> None:
        if len({bucket.value for bucket in calendar.open}) > 1:
            self._records.note(
                f"Calendar {calendar.name}: its capacity changes over time; the largest value "
                f"({calendar.capacity}) was taken."
            )


def _bucket(record: Record) -> Bucket:
    starts, ends = record.moment("startdate"), record.moment("enddate")
    last_day = None
    if ends is not None and ends.date() < FOR_GOOD_FROM:
        last_day = ends.date() - timedelta(days=1 if ends.time() == time(0) else 0)
    return Bucket(
        number=record.number,
        value=record.number_of("value"),
        priority=record.whole("priority"),
        starts_on=starts.date() if starts and starts.date() >= ALWAYS_FROM else None,
        ends_on=last_day,
        days=tuple(record.flag(day, True) for day in DAYS),
        starts_at=record.clock("starttime") or time(0),
        ends_at=record.clock("endtime") or time(23, 59, 59),
    )


def _weekdays(days: tuple[bool, ...]) -> str:
    return ",".join(short for short, works in zip(SHORT, days, strict=True) if works)
