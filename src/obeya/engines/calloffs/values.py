"""Numbers and dates of the three standards, read strictly."""

import re
from datetime import date, datetime, timedelta
from datetime import time as clock
from decimal import Decimal

from obeya.engines.calloffs.faults import Wrong

_NUMBER = re.compile(r"-?([0-9]{1,12}(\.[0-9]{1,6})?|\.[0-9]{1,6})$", re.ASCII)
FIRST_YEAR, LAST_YEAR = 1990, 2100
#: UN/EDIFACT 2379: formats of one moment → digits of the year, and all digits
MOMENTS = {
    "101": (2, 6),
    "102": (4, 8),
    "201": (2, 10),
    "202": (2, 12),
    "203": (4, 12),
    "204": (4, 14),
}
#: formats of a span: two moments of a format, joined by a hyphen or not
SPANS = {"711": "102", "713": "201", "717": "101", "718": "102", "719": "203"}
#: formats of a week or a month → digits of the year; and those of a span from one to another
BUCKETS = {"609": 2, "610": 4, "615": 2, "616": 4}
BUCKET_SPANS = {"709": "609", "710": "610", "715": "615", "716": "616"}
KNOWN_FORMATS = ", ".join(sorted([*MOMENTS, *SPANS, *BUCKETS, *BUCKET_SPANS]))


def number(text: str, what: str, *, mark: str = ".") -> Decimal:
    """``mark`` is the decimal mark that the file declares."""
    plain = text.strip().replace(mark, ".")
    if not _NUMBER.match(plain):
        raise Wrong(f"{what} “{text}” is no number of at most 12 digits and 6 decimals")
    return Decimal(plain)


def quantity(text: str, what: str, *, mark: str = ".") -> Decimal:
    """A number that is not below zero."""
    value = number(text, what, mark=mark)
    if value < 0:
        raise Wrong(f"{what} {value} is below zero")
    return value


def moment(text: str, code: str) -> tuple[datetime, date | None, bool]:
    """(begins, last day of a span or None, whether no time of day is said) by EDIFACT's 2379."""
    if code in MOMENTS:
        return _read(text, code), None, MOMENTS[code][1] <= 8
    if code in SPANS:
        inner = SPANS[code]
        plain, half = text.replace("-", ""), MOMENTS[inner][1]
        begins, ends = _read(plain[:half], inner), _read(plain[half:], inner)
        if ends < begins:
            raise Wrong(f"the span “{text}” ends before it begins")
        return begins, ends.date(), half <= 8
    if code in BUCKETS:
        return *_bucket(text, code), True
    if code in BUCKET_SPANS:
        inner = BUCKET_SPANS[code]
        plain, half = text.replace("-", ""), BUCKETS[inner] + 2
        begins, _ = _bucket(plain[:half], inner)
        last, until = _bucket(plain[half:], inner)
        if last < begins:
            raise Wrong(f"the span “{text}” ends before it begins")
        return begins, until, True
    raise Wrong(
        f"date format “{code}” is not known", f"Known are {KNOWN_FORMATS}; ask for one of them."
    )


def _bucket(text: str, code: str) -> tuple[datetime, date]:
    """First moment and last day of a week or a month."""
    digits = BUCKETS[code]
    year, part = ("20" if digits == 2 else "") + text[:digits], text[digits:]
    if code in ("609", "610"):
        return month(year, part)
    begins = week(year, part)
    return begins, (begins + timedelta(days=6)).date()


def _read(text: str, code: str) -> datetime:
    year, digits = MOMENTS[code]
    if not re.fullmatch(f"[0-9]{{{digits}}}", text):
        raise Wrong(f"date “{text}” is not {digits} digits, as its format {code} says")
    rest = [int(text[at : at + 2]) for at in range(year, digits, 2)]
    return in_range(int(text[:year]) + (2000 if year == 2 else 0), *rest)


def in_range(year: int, month: int, day: int, *time: int) -> datetime:
    """A moment on the wall, in a year that a call-off can mean."""
    try:
        hour, minute, second = (*time, 0, 0, 0)[:3]
        if (hour, minute, second) == (24, 0, 0):  # how a clock says the end of its day
            hour, minute = 23, 59
        read = datetime.combine(date(year, month, day), clock(hour, minute, second))
    except ValueError:
        said = "-".join(f"{part:02}" for part in (year, month, day, *time))
        raise Wrong(f"{said} is not on any calendar or clock") from None
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Wrong(f"the year {year} is not between {FIRST_YEAR} and {LAST_YEAR}")
    return read


def day(text: str) -> date:
    """CCYYMMDD, or YYMMDD of this century."""
    return _read(text, "102" if len(text) == 8 else "101").date()


def week(year: str, number_of_week: str) -> datetime:
    """Monday of an ISO week."""
    said = _two_numbers(year, number_of_week, "week")
    try:
        monday = date.fromisocalendar(*said, 1)
    except ValueError:
        raise Wrong(f"the year {year} has no week {number_of_week}") from None
    return in_range(monday.year, monday.month, monday.day)


def month(year: str, number_of_month: str) -> tuple[datetime, date]:
    """First and last day of a month."""
    first = in_range(*_two_numbers(year, number_of_month, "month"), 1)
    return first, ((first + timedelta(days=31)).replace(day=1) - timedelta(days=1)).date()


def _two_numbers(year: str, part: str, what: str) -> tuple[int, int]:
    if not re.fullmatch("[0-9]{4}", year) or not re.fullmatch("[0-9]{2}", part):
        raise Wrong(f"“{year}{part}” is no year and {what}")
    return int(year), int(part)
