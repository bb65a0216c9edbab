"""When a quantity is due: a moment, or a bucket of the calendar."""

from datetime import date, datetime, timedelta

from obeya.engines.calloffs import values
from obeya.engines.calloffs.faults import Wrong
from obeya.engines.calloffs.x12.codes import DAYS, DISCRETE, MONTHS


def last_day(begins: datetime, timing: str, ends: str) -> date | None:
    """Of the bucket that a forecast timing (681) makes of its first day; None: that day itself."""
    if timing in DISCRETE:
        return None
    if timing in DAYS:
        return (begins + timedelta(days=DAYS[timing] - 1)).date()
    if timing in MONTHS:
        # of the calendar: a quarter ends with March, June, September or December
        last = begins.month + -begins.month % MONTHS[timing]
        return values.month(f"{begins.year}", f"{last:02}")[1]
    if timing == "F":
        until = values.day(ends)
        if until < begins.date():
            raise Wrong(f"its span ends on {until}, before it begins")
        return until
    raise Wrong(
        f"timing “{timing}” (FST03) is not known",
        "Known are A, C, D, F, M, Q, S, T, W and X; ask for one of them.",
    )


def at_time(day: datetime, said: str) -> datetime:
    if not (len(said) in (4, 6) and said.isascii() and said.isdecimal()):
        raise Wrong(f"time “{said}” is not HHMM")
    return values.in_range(day.year, day.month, day.day, int(said[:2]), int(said[2:4]))
