"""Weekdays and breaks as people write them in a cell: Mon-Fri; 10:00-10:30, 13:00-13:15."""

import re
from collections.abc import Iterable
from datetime import time

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_SPAN = re.compile(r"^(\d{1,2}):(\d{2})-(\d{1,2}):(\d{2})$")

Break = tuple[time, time]


def read_days(text: str) -> tuple[int, ...]:
    """Weekdays named in ``text``, 0 is Monday. ValueError names the part that is none."""
    found: set[int] = set()
    for part in filter(None, re.split(r"[,;\s]+", re.sub(r"\s*[-–]\s*", "-", text.strip()))):
        if part.lower() == "daily":
            return tuple(range(7))
        first, _, last = part.partition("-")
        start, end = _day(first), _day(last or first)
        found.update(day % 7 for day in range(start, end + 1 if end >= start else end + 8))
    return tuple(sorted(found))


def days_text(days: Iterable[int]) -> str:
    """The inverse of read_days: runs of three and more days as Mon-Fri."""
    runs: list[list[int]] = []
    for day in sorted(set(days)):
        if runs and runs[-1][-1] == day - 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    return ", ".join(
        f"{DAYS[run[0]]}-{DAYS[run[-1]]}" if len(run) > 2 else ", ".join(DAYS[d] for d in run)
        for run in runs
    )


def read_breaks(text: str) -> tuple[Break, ...]:
    """Pauses named in ``text``. ValueError names the part that is none."""
    breaks = []
    for part in filter(None, re.split(r"[,;\s]+", re.sub(r"\s*[-–]\s*", "-", text.strip()))):
        match = _SPAN.match(part)
        if not match:
            raise ValueError(part)
        hours = [int(number) for number in match.groups()]
        try:
            breaks.append((time(hours[0], hours[1]), time(hours[2], hours[3])))
        except ValueError:
            raise ValueError(part) from None
    return tuple(sorted(breaks))


def breaks_text(breaks: Iterable[Break]) -> str:
    return ", ".join(f"{start:%H:%M}-{end:%H:%M}" for start, end in sorted(breaks))


def minutes_after(start: time, moment: time) -> int:
    """Minutes from ``start`` to ``moment``, over midnight if it comes before."""
    return ((moment.hour - start.hour) * 60 + moment.minute - start.minute) % (24 * 60)


def _day(name: str) -> int:
    if name.isdecimal() and 1 <= int(name) <= 7:
        return int(name) - 1
    for index, day in enumerate(DAYS):
        if name[:3].lower() == day.lower():
            return index
    raise ValueError(name)
