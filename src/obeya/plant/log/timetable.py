"""Timed work: entries of the rooms' module.py, fired once when due, also after downtime."""

import logging
from datetime import datetime, timedelta

from django.db.models import Q

from obeya.plant.log import clock, rooms
from obeya.plant.log.actor import system_actor
from obeya.plant.log.canonical import moment_text
from obeya.plant.log.heartbeat import beating
from obeya.plant.log.models import Timetable
from obeya.plant.log.rooms import TimetableEntry

log = logging.getLogger("obeya.worker")
LEASE = timedelta(minutes=5)


def fire() -> int:
    """Run every entry that is due; after downtime each fires once, not once per missed time."""
    now = clock.real_now()
    rows = {row.name: row for row in Timetable.objects.all()}
    fired = 0
    for entry in entries():
        row = rows.get(entry.name)
        if row is None:
            Timetable.objects.get_or_create(
                name=entry.name, defaults={"due_at": following(entry, now)}
            )
        elif row.due_at <= now and _lease(row, now):
            fired += _run(entry, row)
    return fired


def entries() -> list[TimetableEntry]:
    return [entry for module in rooms.rooms() for entry in module.timetable]


def following(entry: TimetableEntry, now: datetime) -> datetime:
    """The next time after now at which the entry is due."""
    if entry.every_s is not None:
        return now + timedelta(seconds=entry.every_s)
    if entry.daily_at is None:
        raise ValueError(f"{entry.name} has no time. Give it every_s or daily_at.")
    today = now.replace(
        hour=entry.daily_at.hour, minute=entry.daily_at.minute, second=0, microsecond=0
    )
    return today if today > now else today + timedelta(days=1)


def _lease(row: Timetable, now: datetime) -> bool:
    free = Q(leased_until=None) | Q(leased_until__lte=now)
    found = Timetable.objects.filter(free, pk=row.pk, due_at=row.due_at)
    return bool(found.update(leased_until=now + LEASE))


def _extend(row_id: int) -> None:
    """Slow work keeps its turn: nobody else begins the same beside it."""
    Timetable.objects.filter(pk=row_id).update(leased_until=clock.real_now() + LEASE)


def _run(entry: TimetableEntry, row: Timetable) -> bool:
    try:
        with beating(_extend, row.pk, every_s=LEASE.total_seconds() / 3):
            entry.do(by=system_actor(), key=f"timetable-{entry.name}-{moment_text(row.due_at)}")
    except Exception:
        log.exception("timetable entry %s failed; it is tried again in %s", entry.name, LEASE)
        return False
    now = clock.real_now()
    Timetable.objects.filter(pk=row.pk, due_at=row.due_at).update(
        due_at=following(entry, now), fired_at=now, leased_until=None
    )
    return True
