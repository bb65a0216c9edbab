"""Shift rows, made ahead from the calendars and frozen once begun; and the time that is worked."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Max, Min

from obeya.plant.log.bulk import insert_many
from obeya.plant.log.saving import update_many
from obeya.plant.resources.intervals import Interval, clipped, union, without
from obeya.plant.resources.models import Shift, Site, WorkCalendar
from obeya.plant.resources.wall_clock import production_day, production_window
from obeya.plant.resources.windows import (
    Rules,
    ShiftWindow,
    closed_days,
    closed_windows,
    days,
    shift_windows,
)

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Materialised:
    """How many shift rows were made, changed and removed."""

    new: int
    changed: int
    removed: int


def materialise(
    calendars: Iterable[WorkCalendar], *, from_date: date, to_date: date, now: datetime
) -> Materialised:
    """Make the Shift rows that start on the days from `from_date` to `to_date` what they should be.

    Shifts that began at or before `now` are frozen: they stay, and nothing is added to their past.
    The same calendars twice change nothing. Query count does not grow with calendars or days.
    """
    chosen = {each.pk: each for each in calendars}
    rules = rules_of(chosen.values())
    present: dict[int, list[Shift]] = defaultdict(list)
    for row in Shift.objects.filter(
        calendar__in=chosen, production_date__range=(from_date - ONE_DAY, to_date + ONE_DAY)
    ):
        present[row.calendar_id].append(row)

    new: list[Shift] = []
    changed: list[Shift] = []
    removed: list[int] = []
    for calendar in chosen.values():
        rows = present[calendar.pk]
        frozen = [row for row in rows if row.began_at <= now]
        free = {
            row.began_at: row
            for row in rows
            if row.began_at > now and from_date <= row.production_date <= to_date
        }
        for wanted in _beside(frozen, shift_windows(rules[calendar.pk], from_date, to_date), now):
            known = free.pop(wanted.span.began_at, None)
            if known is None:
                new.append(_filled(Shift(site_id=calendar.site_id, calendar=calendar), wanted))
            elif _differs(known, wanted):
                changed.append(_filled(known, wanted))
        removed += [row.pk for row in free.values()]

    Shift.objects.filter(pk__in=removed).delete()
    update_many(changed, ["name", "production_date", "ended_at", "breaks", "pattern_id"])
    insert_many(new)
    return Materialised(len(new), len(changed), len(removed))


def working_intervals(
    calendar: WorkCalendar, began_at: datetime, ended_at: datetime
) -> list[Interval]:
    """When the calendar works in [began_at, ended_at): sorted, disjoint, UTC, without breaks."""
    return working_intervals_of([calendar], began_at, ended_at)[calendar.pk]


def working_intervals_of(
    calendars: Iterable[WorkCalendar], began_at: datetime, ended_at: datetime
) -> dict[int, list[Interval]]:
    """The same for many calendars, by their id, in as many queries as for one.

    Shift rows say what is worked between the first and the last of them; patterns say it outside.
    """
    chosen = {each.pk: each for each in calendars}
    rules = rules_of(chosen.values())
    covered = {
        row["calendar"]: (row["first"], row["last"])
        for row in Shift.objects.filter(calendar__in=chosen)
        .order_by()
        .values("calendar")
        .annotate(first=Min("production_date"), last=Max("production_date"))
    }
    rows: dict[int, list[Shift]] = defaultdict(list)
    for shift in Shift.objects.filter(
        calendar__in=chosen, ended_at__gt=began_at, began_at__lt=ended_at
    ):
        rows[shift.calendar_id].append(shift)
    return {
        pk: (
            _always_open(calendar, rules[pk], began_at, ended_at)
            if calendar.is_always_open
            else clipped(
                union(
                    [
                        *(part for row in rows[pk] for part in worked(row)),
                        *_outside(rules[pk], covered.get(pk), began_at, ended_at),
                    ]
                ),
                began_at,
                ended_at,
            )
        )
        for pk, calendar in chosen.items()
    }


def worked(shift: Shift) -> list[Interval]:
    """A shift without its breaks."""
    pauses = (Interval(*map(datetime.fromisoformat, each)) for each in shift.breaks)
    return without([Interval(shift.began_at, shift.ended_at)], pauses)


def rules_of(calendars: Iterable[WorkCalendar]) -> dict[int, Rules]:
    """What the calendars say, by their id, in four queries."""
    loaded = WorkCalendar.objects.filter(pk__in=[each.pk for each in calendars])
    return {
        each.pk: Rules(each.site.zone, list(each.patterns.all()), list(each.exceptions.all()))
        for each in loaded.select_related("site").prefetch_related("patterns__breaks", "exceptions")
    }


def production_day_of(site: Site, moment: datetime) -> date:
    """The production day that an instant at the site belongs to."""
    return production_day(site.zone, site.production_day_start, moment)


def production_window_of(site: Site, day: date) -> Interval:
    """A production day of the site, in UTC."""
    return production_window(site.zone, site.production_day_start, day)


def _beside(
    frozen: Sequence[Shift], wanted: Iterable[ShiftWindow], now: datetime
) -> Iterable[ShiftWindow]:
    """The wanted shifts that the frozen ones leave room for."""
    taken = [Interval(row.began_at, row.ended_at) for row in frozen]
    settled = max((row.production_date for row in frozen), default=date.min)
    for each in wanted:
        has_begun = each.span.began_at <= now
        if has_begun and each.production_date <= settled:
            continue
        for rest in without([each.span], taken)[:1]:  # cut: a calendar was changed during a shift
            breaks = tuple(clipped(each.breaks, *rest))
            yield ShiftWindow(each.name, each.production_date, rest, breaks, each.pattern_id)


def _differs(row: Shift, wanted: ShiftWindow) -> bool:
    return (
        row.ended_at,
        row.name,
        row.production_date,
        row.breaks,
        row.pattern_id,
    ) != (
        wanted.span.ended_at,
        wanted.name,
        wanted.production_date,
        _written(wanted.breaks),
        wanted.pattern_id,
    )


def _filled(row: Shift, wanted: ShiftWindow) -> Shift:
    row.began_at, row.ended_at = wanted.span
    row.name = wanted.name
    row.production_date = wanted.production_date
    row.breaks = _written(wanted.breaks)
    row.pattern_id = wanted.pattern_id
    return row


def _written(breaks: Iterable[Interval]) -> list[list[str]]:
    return [[each.began_at.isoformat(), each.ended_at.isoformat()] for each in breaks]


def _outside(
    rules: Rules, covered: tuple[date, date] | None, began_at: datetime, ended_at: datetime
) -> Iterable[Interval]:
    """From the patterns, for the days before the first and after the last shift row."""
    first = began_at.astimezone(rules.zone).date() - ONE_DAY
    last = ended_at.astimezone(rules.zone).date()
    spans = [(first, last)]
    if covered is not None:
        spans = [(first, min(last, covered[0] - ONE_DAY)), (max(first, covered[1] + ONE_DAY), last)]
    for from_day, to_day in spans:
        for shift in shift_windows(rules, from_day, to_day):
            yield from shift.working


def _always_open(
    calendar: WorkCalendar, rules: Rules, began_at: datetime, ended_at: datetime
) -> list[Interval]:
    """Round the clock, without what the exceptions close; a closed day is a production day."""
    site = calendar.site
    first = began_at.astimezone(rules.zone).date() - ONE_DAY
    last = ended_at.astimezone(rules.zone).date() + ONE_DAY
    closed = [
        production_window_of(site, day)
        for from_day, to_day in closed_days(rules)
        for day in days(max(from_day, first), min(to_day, last))
    ]
    return without([Interval(began_at, ended_at)], [*closed, *closed_windows(rules, first, last)])
