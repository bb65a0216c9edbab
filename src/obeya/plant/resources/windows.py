"""The shifts that a calendar means for some days: patterns, less closures, plus extra work."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from obeya.plant.resources.intervals import Interval, clipped, union, without
from obeya.plant.resources.models import CalendarException, ShiftBreak, ShiftPattern
from obeya.plant.resources.wall_clock import window

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Rules:
    """What a calendar says, loaded."""

    zone: ZoneInfo
    patterns: Sequence[ShiftPattern]  # with prefetched breaks
    exceptions: Sequence[CalendarException]


@dataclass(frozen=True)
class ShiftWindow:
    """A shift that shall be: what a Shift row holds, without its row."""

    name: str
    production_date: date
    span: Interval
    breaks: tuple[Interval, ...]
    pattern_id: int | None

    @property
    def working(self) -> list[Interval]:
        return without([self.span], self.breaks)


def shift_windows(rules: Rules, first: date, last: date) -> list[ShiftWindow]:
    """Shifts that start on the days from first to last, sorted, never overlapping.

    Where patterns overlap (a handover), the earlier shift keeps the time.
    """
    # Shifts of the day before and after reach in: the earlier and the regular have the older right.
    regular = _in_turn(_regular(rules, first - ONE_DAY, last + ONE_DAY))
    extra = _in_turn(_extra(rules, first - ONE_DAY, last))
    taken = [each.span for each in regular]
    found = [*regular, *(piece for each in extra for piece in _pieces(each, taken))]
    found.sort(key=lambda each: each.span)
    return [each for each in found if first <= each.production_date <= last]


def days(first: date, last: date) -> Iterator[date]:
    for number in range((last - first).days + 1):
        yield first + timedelta(days=number)


def closed_days(rules: Rules) -> Iterator[tuple[date, date]]:
    """First and last of each run of days on which no shift starts."""
    for each in rules.exceptions:
        if not each.is_working and each.starts_at is None:
            yield each.on_date, each.ends_on or each.on_date


def closed_windows(rules: Rules, first: date, last: date) -> list[Interval]:
    """Closures of some hours, on the days from first to last."""
    return union(w for _, _, w in _windows_of_exceptions(rules, first, last, is_working=False))


def _regular(rules: Rules, first: date, last: date) -> Iterator[ShiftWindow]:
    closed = list(closed_days(rules))
    cuts = closed_windows(rules, first - ONE_DAY, last + ONE_DAY)
    for day in days(first, last):
        if any(from_day <= day <= to_day for from_day, to_day in closed):
            continue
        for pattern in rules.patterns:
            if _holds(pattern, day):
                yield from _of_pattern(rules.zone, pattern, day, cuts)


def _holds(pattern: ShiftPattern, day: date) -> bool:
    return (
        pattern.weekday == day.weekday()
        and (pattern.valid_from is None or pattern.valid_from <= day)
        and (pattern.valid_to is None or day <= pattern.valid_to)
    )


def _of_pattern(
    zone: ZoneInfo, pattern: ShiftPattern, day: date, cuts: list[Interval]
) -> Iterator[ShiftWindow]:
    whole = window(zone, day, pattern.starts_at, pattern.ends_at)
    open_parts = without([whole], cuts)
    if not open_parts:
        return
    kept = Interval(open_parts[0].began_at, open_parts[-1].ended_at)
    pauses = (_of_break(zone, pattern, each, day) for each in pattern.breaks.all())
    breaks = union(clipped([*pauses, *cuts], *kept))
    yield ShiftWindow(pattern.name, day, kept, tuple(breaks), pattern.pk)


def _of_break(zone: ZoneInfo, pattern: ShiftPattern, pause: ShiftBreak, day: date) -> Interval:
    is_next_day = pause.starts_at < pattern.starts_at
    return window(zone, day + ONE_DAY if is_next_day else day, pause.starts_at, pause.ends_at)


def _extra(rules: Rules, first: date, last: date) -> Iterator[ShiftWindow]:
    for day, name, whole in _windows_of_exceptions(rules, first, last, is_working=True):
        yield ShiftWindow(name, day, whole, (), None)


def _windows_of_exceptions(
    rules: Rules, first: date, last: date, *, is_working: bool
) -> Iterator[tuple[date, str, Interval]]:
    for each in rules.exceptions:
        if each.is_working is not is_working or each.starts_at is None or each.ends_at is None:
            continue
        for day in days(max(each.on_date, first), min(each.ends_on or each.on_date, last)):
            yield day, each.name, window(rules.zone, day, each.starts_at, each.ends_at)


def _in_turn(found: Iterable[ShiftWindow]) -> list[ShiftWindow]:
    """Sorted by start; a shift begins when those before it have ended."""
    kept: list[ShiftWindow] = []
    for each in sorted(found, key=lambda shift: shift.span):
        taken = [Interval(kept[0].span.began_at, kept[-1].span.ended_at)] if kept else []
        kept.extend(_pieces(each, taken))
    return kept


def _pieces(shift: ShiftWindow, taken: Iterable[Interval]) -> Iterator[ShiftWindow]:
    """What is left of a shift outside the time that is taken already."""
    for part in without([shift.span], taken):
        breaks = tuple(clipped(shift.breaks, *part))
        yield ShiftWindow(shift.name, shift.production_date, part, breaks, shift.pattern_id)
