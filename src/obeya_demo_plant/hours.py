"""When a calendar works, in whole seconds since 1970: spans of work with their breaks left out."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

ALWAYS = 1 << 40  # seconds; some thirty thousand years
LONG_GAP_S = 3600  # people go home; a shorter gap is a break
Span = tuple[int, int]
Row = Mapping[str, Any]
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Hours:
    """Sorted, disjoint spans of work."""

    spans: Sequence[Span]

    @cached_property
    def _begins(self) -> Sequence[int]:
        return [begin for begin, _ in self.spans]

    def after(self, at: int, work_s: float) -> int:
        """The first whole second by which so much has been worked since ``at``."""
        place = max(0, bisect_right(self._begins, at) - 1)
        for begin, end in self.spans[place:]:
            there = max(0, end - max(begin, at))
            if work_s <= there:
                return int(max(begin, at) + -(-work_s // 1))
            work_s -= there
        return ALWAYS

    def worked(self, since: int, until: int) -> int:
        place = max(0, bisect_right(self._begins, since) - 1)
        total = 0
        for begin, end in self.spans[place:]:
            if begin >= until:
                break
            total += max(0, min(end, until) - max(begin, since))
        return total

    def opening(self, at: int) -> int:
        """``at`` itself while people are there, else when they come."""
        for begin, end in self._blocks_from(at):
            if end > at:
                return max(begin, at)
        return ALWAYS

    def closing(self, at: int) -> int:
        """When the people who are there at ``at`` go home."""
        for _, end in self._blocks_from(at):
            if end > at:
                return end
        return ALWAYS

    def _blocks_from(self, at: int) -> Iterable[Span]:
        place = max(0, bisect_right(self._begins, at - LONG_GAP_S) - 1)
        block: Span | None = None
        for begin, end in self.spans[place:]:
            if block and begin - block[1] < LONG_GAP_S:
                block = block[0], end
                continue
            if block:
                yield block
            block = begin, end
        if block:
            yield block


NEVER = Hours([])
ROUND_THE_CLOCK = Hours([(-ALWAYS, ALWAYS)])


def hours_of(
    shifts: Sequence[Row], breaks: Sequence[Row], closed: Sequence[Row], *, first: date, days: int
) -> Hours:
    """Of one calendar, from its rows as the REST door lists them."""
    spans = []
    for number in range(days):
        day = first + timedelta(days=number)
        if any(_is_closed(row, day) for row in closed):
            continue
        for row in shifts:
            if row["weekday"] == day.weekday() and _is_valid(row, day):
                spans += _without_breaks(row, day, breaks)
    return Hours(_merged(spans))


def _is_closed(row: Row, day: date) -> bool:
    if row["is_working"] or row["starts_at"]:
        return False  # extra work, or some hours only: what a foreman tells, not this list
    first = date.fromisoformat(row["on_date"])
    return first <= day <= (date.fromisoformat(row["ends_on"]) if row["ends_on"] else first)


def _is_valid(row: Row, day: date) -> bool:
    begins, ends = row["valid_from"], row["valid_to"]
    return not (begins and day < date.fromisoformat(begins)) and not (
        ends and day > date.fromisoformat(ends)
    )


def _without_breaks(row: Row, day: date, breaks: Sequence[Row]) -> list[Span]:
    zone, starts = ZoneInfo(row["time_zone"]), time.fromisoformat(row["starts_at"])
    begin, end = _window(day, starts, time.fromisoformat(row["ends_at"]), zone)
    pauses = []
    for each in breaks:
        if each["shift"] == row["shift"] and each["weekday"] == row["weekday"]:
            from_, to = (time.fromisoformat(each[name]) for name in ("starts_at", "ends_at"))
            pauses.append(_window(day if from_ >= starts else day + ONE_DAY, from_, to, zone))
    spans = []
    for pause_begin, pause_end in sorted(pauses):
        spans.append((begin, pause_begin))
        begin = pause_end
    return [*spans, (begin, end)]


def _window(day: date, starts: time, ends: time, zone: ZoneInfo) -> Span:
    last = day if ends > starts else day + ONE_DAY
    begin = datetime.combine(day, starts, zone).timestamp()
    return int(begin), int(datetime.combine(last, ends, zone).timestamp())


def _merged(spans: Iterable[Span]) -> list[Span]:
    merged: list[Span] = []
    for begin, end in sorted(spans):
        if merged and begin <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        elif end > begin:
            merged.append((begin, end))
    return merged
