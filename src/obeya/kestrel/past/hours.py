"""When a calendar of the plant works: wall-clock shifts as seconds since 1970, and back."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from obeya.kestrel.places import CALENDARS, holidays_of
from obeya.kestrel.work_centers import FURNACE

WEEK = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
Span = tuple[int, int]  # from, to [s since 1970]; the end is not worked any more


class Hours:
    """Working seconds of a calendar, counted from its first day."""

    def __init__(self, windows: Sequence[Span]) -> None:
        self.starts = [start for start, _ in windows]
        self.ends = [end for _, end in windows]
        self.before = [0]  # worked before each window
        for start, end in windows:
            self.before.append(self.before[-1] + end - start)

    def worked(self, at: int) -> int:
        """Seconds worked until ``at``."""
        place = bisect_right(self.starts, at) - 1
        if place < 0:
            return 0
        return self.before[place] + min(at, self.ends[place]) - self.starts[place]

    def begin(self, worked: int) -> int:
        """When work goes on after so many seconds: the start of a window, not the end before."""
        place = bisect_right(self.before, worked) - 1
        return self.starts[place] + worked - self.before[place]

    def end(self, worked: int) -> int:
        """When so many seconds have been worked: the end of a window, not the next start."""
        place = max(bisect_left(self.before, worked) - 1, 0)
        return self.starts[place] + worked - self.before[place]

    def left_in_window(self, worked: int) -> int:
        """Seconds until the next pause, for what must not be interrupted."""
        place = bisect_right(self.before, worked) - 1
        return self.before[place + 1] - worked

    def pieces(self, begun: int, ended: int) -> list[Span]:
        """The parts of worked seconds ``begun`` to ``ended``, as times, split at each pause."""
        found = []
        place = bisect_right(self.before, begun) - 1
        while begun < ended:
            until = min(ended, self.before[place + 1])
            start = self.starts[place] + begun - self.before[place]
            found.append((start, start + until - begun))
            begun, place = until, place + 1
        return found


def hours_of(calendar: str, zone: ZoneInfo, first: date, last: date) -> Hours:
    """From the morning of the first day to the night of the last."""
    _, shifts = CALENDARS[calendar]
    closed = set() if calendar == FURNACE else set(holidays_between(first, last))
    windows: list[Span] = []
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        for _, days, starts, ends, pauses in shifts if day not in closed else ():
            if _is_on(day, days):
                windows += _without(_window(zone, day, starts, ends), _breaks(zone, day, pauses))
    return Hours(_joined(sorted(windows)))


def holidays_between(first: date, last: date) -> Iterable[date]:
    for year in range(first.year - 1, last.year + 1):
        for _, begins, ends in holidays_of(year):
            for number in range(((ends or begins) - begins).days + 1):
                yield begins + timedelta(days=number)


def _is_on(day: date, days: str) -> bool:
    first, _, last = days.partition("-")
    return WEEK.index(first) <= day.weekday() <= WEEK.index(last or first)


def instant(zone: ZoneInfo, day: date, at: time) -> int:
    return int(datetime.combine(day, at, zone).timestamp())


def _window(zone: ZoneInfo, day: date, starts: time, ends: time) -> Span:
    last = day if ends > starts else day + timedelta(days=1)
    return instant(zone, day, starts), instant(zone, last, ends)


def _breaks(zone: ZoneInfo, day: date, pauses: str) -> Span | None:
    if not pauses:
        return None
    start, end = (time.fromisoformat(each) for each in pauses.split("-"))
    if start < time(6):  # of the night shift, which began the evening before
        day += timedelta(days=1)
    return instant(zone, day, start), instant(zone, day, end)


def _without(window: Span, pause: Span | None) -> list[Span]:
    if pause is None:
        return [window]
    parts = [(window[0], pause[0]), (pause[1], window[1])]
    return [(start, end) for start, end in parts if start < end]


def _joined(windows: Iterable[Span]) -> list[Span]:
    found: list[Span] = []
    for start, end in windows:
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((start, end))
    return found
