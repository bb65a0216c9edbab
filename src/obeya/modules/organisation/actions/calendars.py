from collections.abc import Mapping, Sequence
from typing import Any

from obeya.modules.organisation.calendar_rules import check_calendars
from obeya.modules.organisation.events import CalendarsSaved
from obeya.modules.organisation.rows import CalendarRow
from obeya.modules.organisation.week import read_breaks, read_days
from obeya.plant.log.actions import action
from obeya.plant.log.actor import Actor
from obeya.plant.log.checking import rows_of
from obeya.plant.log.publishing import Change, publish
from obeya.plant.log.saving import Saved, Upserted, delete_many, upsert
from obeya.plant.resources.models import (
    CalendarException,
    Shift,
    ShiftBreak,
    ShiftPattern,
    Site,
    WorkCalendar,
)


@action(permission="organisation.edit_calendars")
def save_calendars(*, site: Site, rows: Sequence[CalendarRow], by: Actor) -> Saved:
    """Calendars by code, with their shifts, breaks and exceptions.

    The shifts of a calendar are said as a whole: where any is given, those left out are
    removed. The same holds for its exceptions. Shifts that began already stay as they were.
    """
    check_calendars(site, rows)
    calendars = _save_heads(site, rows)
    ids = {each.code: each.pk for each in calendars.objects}
    patterns, gone = _save_patterns(rows, ids)
    differing, changed_breaks = _save_breaks(rows, ids, patterns.objects)
    exceptions, days_gone = _save_exceptions(rows, ids)

    changes = [*calendars.changes, *patterns.changes, *changed_breaks, *exceptions.changes]
    changes += [*_remove(gone), *delete_many(days_gone)]
    touched = {each.calendar_id for each in [*gone, *days_gone]}
    touched |= patterns.touched("calendar_id") | exceptions.touched("calendar_id")
    touched |= {each.calendar_id for each in patterns.objects if each.pk in differing}
    publish(CalendarsSaved(*calendars.told(touched)), site=site, changes=changes)
    return calendars.saved(touched)


def _save_heads(site: Site, rows: Sequence[CalendarRow]) -> Upserted[WorkCalendar]:
    heads: dict[str, dict[str, Any]] = {}
    for row in rows:
        head = heads.setdefault(
            row.calendar, {"site_id": site.pk, "code": row.calendar, "is_always_open": False}
        )
        head["name"] = head.get("name") or row.name
        head["is_always_open"] = head["is_always_open"] or row.is_always_open
    for code, head in heads.items():
        head["name"] = head["name"] or code
    return upsert(WorkCalendar.objects.at(site), list(heads.values()), key=("code",))


def _pattern_key(values: Any) -> tuple[Any, ...]:
    return values.calendar_id, values.weekday, values.starts_at, values.valid_from


def _save_patterns(
    rows: Sequence[CalendarRow], ids: Mapping[str, int]
) -> tuple[Upserted[ShiftPattern], list[ShiftPattern]]:
    wanted = [
        {
            "calendar_id": ids[row.calendar],
            "weekday": day,
            "starts_at": row.starts_at,
            "valid_from": row.valid_from,
            "name": row.shift,
            "ends_at": row.ends_at,
            "valid_to": row.valid_to,
        }
        for row in rows
        for day in _days_of(row)
    ]
    spoken_of = {values["calendar_id"] for values in wanted}
    there = rows_of(ShiftPattern.objects.all(), "calendar_id", spoken_of)
    key = ("calendar_id", "weekday", "starts_at", "valid_from")
    said = {tuple(values[part] for part in key) for values in wanted}
    gone = [each for each in there if _pattern_key(each) not in said]
    return upsert(ShiftPattern.objects.all(), wanted, key=key), gone


def _save_breaks(
    rows: Sequence[CalendarRow], ids: Mapping[str, int], patterns: Sequence[ShiftPattern]
) -> tuple[set[int], list[Change]]:
    """Ids of the patterns whose breaks differ, and the changes."""
    by_key = {_pattern_key(each): each for each in patterns}
    said = {
        (by_key[ids[row.calendar], day, row.starts_at, row.valid_from].pk, start): end
        for row in rows
        for day in _days_of(row)
        for start, end in read_breaks(row.breaks)
    }
    there = rows_of(ShiftBreak.objects.all(), "pattern_id", [each.pk for each in patterns])
    gone = [each for each in there if (each.pattern_id, each.starts_at) not in said]
    wanted = [
        {"pattern_id": pattern, "starts_at": start, "ends_at": end}
        for (pattern, start), end in said.items()
    ]
    changes = delete_many(gone)
    breaks = upsert(ShiftBreak.objects.all(), wanted, key=("pattern_id", "starts_at"))
    differing = {each.pattern_id for each in gone} | {
        each.pattern_id
        for each, state in zip(breaks.objects, breaks.states, strict=True)
        if state != "unchanged"
    }
    return differing, [*changes, *breaks.changes]


def _save_exceptions(
    rows: Sequence[CalendarRow], ids: Mapping[str, int]
) -> tuple[Upserted[CalendarException], list[CalendarException]]:
    wanted = [
        {
            "calendar_id": ids[row.calendar],
            "on_date": row.on_date,
            "starts_at": row.starts_at,
            "ends_on": row.ends_on if row.ends_on != row.on_date else None,
            "name": row.shift,
            "is_working": row.is_working,
            "ends_at": row.ends_at,
        }
        for row in rows
        if row.on_date is not None
    ]
    key = ("calendar_id", "on_date", "starts_at")
    said = {tuple(values[part] for part in key) for values in wanted}
    spoken_of = {values["calendar_id"] for values in wanted}
    there = rows_of(CalendarException.objects.all(), "calendar_id", spoken_of)
    gone = [e for e in there if (e.calendar_id, e.on_date, e.starts_at) not in said]
    return upsert(CalendarException.objects.all(), wanted, key=key), gone


def _days_of(row: CalendarRow) -> tuple[int, ...]:
    return read_days(row.days) if row.on_date is None and row.days else ()


def _remove(patterns: list[ShiftPattern]) -> list[Change]:
    gone = {each.pk for each in patterns}
    if not gone:
        return []
    Shift.objects.filter(pattern_id__in=gone).update(pattern=None)
    changes = delete_many(rows_of(ShiftBreak.objects.all(), "pattern_id", gone))
    return [*changes, *delete_many(patterns)]
