"""A cell that is a day, a moment, a time of day or a duration."""

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from obeya.modules.exchange.reading.book import Cell
from obeya.modules.exchange.reading.numbers import DECIMALS, exact, read_decimal
from obeya.modules.exchange.reading.serial import clock, point
from obeya.modules.exchange.reading.values import Unreadable

SECONDS_PER = {"s": 1, "min": 60, "h": 3_600, "days": 86_400}
ISO_DATE = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})")
POINTED_DATE = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2})(?:\.0+)?)?")
SPAN = re.compile(r"(\d+):(\d{2})(?::(\d{2}))?")
UNIT_SPAN = re.compile(
    r"(?P<number>[\d.,]+)\s*"
    r"(?P<unit>s|sec|seconds?|min|mins|minutes?|h|hours?|d|days?)",
    re.IGNORECASE,
)


def read_date(cell: Cell) -> date:
    """A day: an Excel date, 2026-12-01 or 1.12.2026."""
    if isinstance(cell, datetime):
        if cell.time() != time.min:
            raise Unreadable("is a date with a time of day", "Leave the time out.")
        return cell.date()
    if isinstance(cell, date):
        return cell
    if isinstance(cell, Decimal):
        return read_date(_from_serial(cell))
    if isinstance(cell, str):
        text = cell.strip()
        if match := ISO_DATE.fullmatch(text):
            return _day(int(match[1]), int(match[2]), int(match[3]))
        if match := POINTED_DATE.fullmatch(text):
            return _day(int(match[3]), int(match[2]), int(match[1]))
        if (at := _moment_in(text)) is not None:
            return read_date(at)
    raise Unreadable(
        "is not a date that can only be read one way", "Write it as 2026-12-01 or 01.12.2026."
    )


def read_datetime(cell: Cell, *, bare_date_at: time = time.min) -> datetime:
    """A moment on the site's wall clock; a bare date means ``bare_date_at`` on that day."""
    if isinstance(cell, datetime):
        return cell
    if isinstance(cell, Decimal) and cell % 1:
        return _from_serial(cell)
    if isinstance(cell, str) and (at := _moment_in(cell.strip())) is not None:
        return at
    return datetime.combine(read_date(cell), bare_date_at)


def _moment_in(text: str) -> datetime | None:
    day, _, clock = text.replace("T", " ", 1).partition(" ")
    if not clock or not CLOCK.fullmatch(clock.strip()):
        return None
    return datetime.combine(read_date(day), read_time(clock.strip()))


def _from_serial(number: Decimal) -> datetime:
    if not Decimal(1) <= number < Decimal(109_575):  # 1900 to 2199
        raise Unreadable("is a number, not a date", "Write it as 2026-12-01.")
    return point(number)


def _day(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise Unreadable(
            "is a day that no calendar has", "Look at day and month; write 2026-12-01."
        ) from None


def read_time(cell: Cell) -> time:
    """Wall clock: an Excel time, 6:00 or 06:00:00; 24:00 is midnight."""
    if isinstance(cell, time):
        return cell
    if isinstance(cell, Decimal) and 0 <= cell <= 1:
        cell = timedelta(seconds=int((cell * 86_400).to_integral_value()))
    if isinstance(cell, timedelta) and timedelta(0) <= cell <= timedelta(days=1):
        return clock(cell // timedelta(seconds=1) % 86_400)
    if isinstance(cell, str) and (match := CLOCK.fullmatch(cell.strip())):
        hour, minute, second = int(match[1]), int(match[2]), int(match[3] or 0)
        if (hour, minute, second) == (24, 0, 0):
            return time.min
        if hour < 24 and minute < 60 and second < 60:
            return time(hour, minute, second)
    raise Unreadable("is not a time of day", "Write it as 06:00.")


def read_span(cell: Cell, unit: str, mark: str = ".", header_unit: str = "") -> Decimal:
    """A duration in ``unit`` (s, min, h, days).

    A number counts the unit of its column; 1:30 is an hour and a half; "90 min" says its unit.
    """
    counted_in = header_unit or unit
    if isinstance(cell, time):
        seconds = Decimal(cell.hour * 3_600 + cell.minute * 60 + cell.second)
    elif isinstance(cell, timedelta):
        seconds = Decimal(cell // timedelta(seconds=1))
    elif isinstance(cell, str) and (match := SPAN.fullmatch(cell.strip())):
        read_decimal(match[1])  # a number at all, and not too large
        minutes, rest = int(match[2]), int(match[3] or 0)
        if minutes > 59 or rest > 59:
            raise Unreadable("is not a duration", "Write 1:30 for an hour and a half.")
        seconds = Decimal(int(match[1]) * 3_600 + minutes * 60 + rest)
    elif isinstance(cell, str) and (match := UNIT_SPAN.fullmatch(cell.strip())):
        seconds = read_decimal(match["number"], mark) * _seconds_per(match["unit"].lower())
    else:
        number = read_decimal(cell, mark)
        if counted_in == unit:
            return number
        seconds = number * SECONDS_PER[counted_in]
    return exact(round(seconds / SECONDS_PER[unit], DECIMALS))


def _seconds_per(word: str) -> int:
    return {"s": 1, "m": 60, "h": 3_600, "d": 86_400}[word[0]]
